package io.voldesk.snapshot.quote;

import io.voldesk.kit.problem.Problem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Answers many questions, each distinct one once, a few at a time: the vendor is shared with the snapshots. */
final class EachOnce {
    private static final Semaphore VENDOR_CALLS = new Semaphore(8);

    private EachOnce() {}

    /** @throws Problem that the answer to one of them threw */
    static <Q, A> Map<Q, A> of(Collection<Q> questions, Function<Q, A> answer) {
        Map<Q, Future<A>> asked = new LinkedHashMap<>();
        Map<Q, A> answers = new LinkedHashMap<>();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Q question : questions) {
                asked.computeIfAbsent(question, q -> workers.submit(() -> inTurn(q, answer)));
            }
            for (var one : asked.entrySet()) {
                answers.put(one.getKey(), one.getValue().get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static <Q, A> A inTurn(Q question, Function<Q, A> answer) throws InterruptedException {
        VENDOR_CALLS.acquire();
        try {
            return answer.apply(question);
        } finally {
            VENDOR_CALLS.release();
        }
    }
}
