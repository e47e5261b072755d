package io.voldesk.alert.input;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.voldesk.kit.vendor.VendorFailure;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** What another service said, or why it said nothing that could be used; asking it never fails. */
public sealed interface Answer<T> {
    Logger LOG = Logger.getLogger(Answer.class);

    record Given<T>(T value) implements Answer<T> {}

    record None<T>(String reason) implements Answer<T> {}

    /** Whatever ends the call, a refusal, a broken connection, an answer that is none, becomes a reason. */
    static <T> Answer<T> to(Supplier<T> call) {
        try {
            T value = call.get();
            return value == null ? new None<>("the answer was empty") : new Given<>(value);
        } catch (RuntimeException e) {
            String reason = reason(e);
            LOG.warnf("another service gave no answer to alerts: %s (%s)", reason, e);
            return new None<>(reason);
        }
    }

    /** Of two answers that are needed together; without either there is none. */
    default <U, R> Answer<R> and(Answer<U> other, BiFunction<T, U, R> both) {
        return switch (this) {
            case None<T> none -> new None<>(none.reason());
            case Given<T> given ->
                switch (other) {
                    case None<U> none -> new None<>(none.reason());
                    case Given<U> second -> new Given<>(both.apply(given.value(), second.value()));
                };
        };
    }

    private static String reason(RuntimeException failure) {
        if (failure instanceof VendorFailure) {
            return failure.getMessage();
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonMappingException unread) {
                return "the answer could not be read"
                        + (unread.getPath().isEmpty() ? "" : ", at " + path(unread))
                        + missing(unread);
            }
            if (cause instanceof TimeoutException) {
                return "the service did not answer in time";
            }
        }
        return switch (failure) {
            case WebApplicationException _ -> "the answer could not be read";
            case ProcessingException _ -> "the service does not answer";
            default -> "the connection broke";
        };
    }

    private static String path(JsonMappingException unread) {
        return unread.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String missing(JsonMappingException unread) {
        String words = unread.getOriginalMessage();
        return words != null && words.startsWith("Missing required creator property")
                ? ": " + words.replaceFirst("(Missing required) creator (property '[^']*').*", "$1 $2")
                : "";
    }
}
