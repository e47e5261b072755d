package io.voldesk.analytics.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.MarketContextLookup;
import io.voldesk.model.ModelMarkLookup;
import io.voldesk.model.QuoteLookup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Market states, option quotes and model marks for many executions, in as few calls as the other side takes. */
@ApplicationScoped
public class MarketData {
    public static final int MOST_INSTANTS = 25_000;
    private static final int QUESTIONS_A_CALL = 500;

    private final SnapshotApi snapshot;

    public MarketData(@RestClient SnapshotApi snapshot) {
        this.snapshot = snapshot;
    }

    /** Market data could not be asked; nothing was learned about any row. */
    public static final class Unreachable extends RuntimeException {
        Unreachable(String message, Throwable why) {
            super(message, why);
        }
    }

    /**
     * @param instants at most {@link #MOST_INSTANTS}, in order of time
     * @param tolerance a state after an instant is met only where none lies so near before it
     * @throws Unreachable where market data does not answer, or not for every instant
     */
    public MarketContextLookup.Answer statesMet(String currency, List<Instant> instants, Duration tolerance) {
        MarketContextLookup.Answer answer = ask(() ->
                snapshot.marketContext(new MarketContextLookup.Request(currency, instants, tolerance.toSeconds())));
        requireWhole(instants.size(), answer.nearest() == null ? 0 : answer.nearest().length, "market states");
        int states = answer.states() == null ? 0 : answer.states().size();
        requireWhole(IntStream.of(answer.nearest()).max().orElse(-1) + 1, states, "market states");
        return answer;
    }

    /** The captures that market data has stored since one of its runs. */
    public Captures captures(long afterRun) {
        return ask(() -> snapshot.captures(afterRun));
    }

    /** In the order of the windows. */
    public List<QuoteLookup.Found> quotes(List<QuoteLookup.Window> windows) {
        return inParts(
                windows,
                part -> snapshot.quotes(new QuoteLookup.Request(part)).windows(),
                found -> found.quotes() != null || found.failure() != null,
                "quotes");
    }

    /** In the order of the contracts. */
    public List<ModelMarkLookup.ModelMark> modelMarks(List<ModelMarkLookup.Asked> contracts) {
        return inParts(
                contracts,
                part -> snapshot.modelMarks(new ModelMarkLookup.Request(part)).marks(),
                mark -> mark.price() != null || mark.failure() != null,
                "model marks");
    }

    /** @throws Unreachable where there is no such payload, too */
    public JsonNode raw(long id) {
        return ask(() -> snapshot.raw(id));
    }

    /** The captured rows under a market state. */
    public JsonNode marketStateRows(String currency, Instant hour) {
        return ask(() -> snapshot.lineage("market_state", currency, hour));
    }

    /** @param whole whether an answer says anything: one that says nothing was cut, and is not one of nothing there */
    private static <Q, A> List<A> inParts(
            List<Q> questions, Function<List<Q>, List<A>> answers, Predicate<A> whole, String of) {
        List<A> all = new ArrayList<>(questions.size());
        for (int from = 0; from < questions.size(); from += QUESTIONS_A_CALL) {
            List<Q> part = questions.subList(from, Math.min(from + QUESTIONS_A_CALL, questions.size()));
            List<A> answered = ask(() -> answers.apply(part));
            requireWhole(
                    part.size(),
                    (int) answered.stream()
                            .filter(answer -> answer != null && whole.test(answer))
                            .count(),
                    of);
            all.addAll(answered);
        }
        return all;
    }

    private static void requireWhole(int asked, int answered, String of) {
        if (answered < asked) {
            throw new Unreachable(
                    "snapshot-service answered " + answered + " of " + asked + " " + of + ": its answer is cut", null);
        }
    }

    /** A connection that breaks in the answer and an answer that cannot be read tell nothing, as none does. */
    private static <T> T ask(Supplier<T> question) {
        T answer;
        try {
            answer = question.get();
        } catch (VendorFailure e) {
            throw new Unreachable(e.getMessage(), e);
        } catch (ProcessingException e) {
            throw new Unreachable("snapshot-service did not answer", e);
        } catch (RuntimeException e) {
            throw new Unreachable("the answer of snapshot-service broke off or cannot be read", e);
        }
        if (answer == null) {
            throw new Unreachable("snapshot-service gave an empty answer", null);
        }
        return answer;
    }
}
