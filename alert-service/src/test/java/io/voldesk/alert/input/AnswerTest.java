package io.voldesk.alert.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.voldesk.kit.json.JsonRules;
import io.voldesk.model.MarketFigures;
import io.voldesk.model.ServiceStatus;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read of the other services: a field that is renamed there is an error here, and an error is a reason. */
class AnswerTest {
    private static final ObjectMapper JSON = JsonRules.apply(new ObjectMapper().registerModule(new JavaTimeModule()));

    static Stream<Class<?>> records() {
        return Stream.of(MarketFigures.class, ServiceStatus.class)
                .flatMap(border -> Stream.of(border.getDeclaredClasses()));
    }

    /** Each field of each record in turn left out of an answer that has all others: never read as null. */
    @ParameterizedTest
    @MethodSource("records")
    void withoutOneOfItsFieldsAnAnswerIsNotRead(Class<?> type) {
        for (RecordComponent missing : type.getRecordComponents()) {
            ObjectNode answer = JSON.createObjectNode();
            for (RecordComponent component : type.getRecordComponents()) {
                answer.putNull(name(component));
            }
            answer.put("a_new_field", 1);
            answer.remove(name(missing));
            var unread = assertThrows(
                    MismatchedInputException.class,
                    () -> JSON.treeToValue(answer, type),
                    () -> type.getSimpleName() + " without " + missing.getName());
            assertTrue(
                    unread.getMessage().contains(name(missing))
                            || missing.getType().isPrimitive(),
                    unread.getMessage());
        }
    }

    private static String name(RecordComponent component) {
        return JSON.getPropertyNamingStrategy() == null
                ? component.getName()
                : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    }

    @Test
    void whateverEndsACallIsAReason() {
        assertEquals(new Answer.Given<>(7), Answer.to(() -> 7));
        assertEquals(new Answer.None<>("the answer was empty"), Answer.to(() -> null));
        assertEquals(new Answer.None<>("the connection broke"), Answer.to(() -> {
            throw new IllegalStateException("Connection was closed");
        }));
        Answer<Object> unread = Answer.to(() -> {
            try {
                return JSON.readValue(
                        "{\"currency\":\"BTC\",\"metrics\":[{\"metric\":\"dvol\"}]}", MarketFigures.Thresholds.class);
            } catch (java.io.IOException e) {
                throw new jakarta.ws.rs.WebApplicationException(e);
            }
        });
        assertEquals(
                new Answer.None<>("the answer could not be read, at metrics.[0].now: Missing required property 'now'"),
                unread);
    }

    @Test
    void ofTwoAnswersNeitherIsEnough() {
        Answer<Integer> one = new Answer.Given<>(1);
        Answer<Integer> none = new Answer.None<>("gone");
        assertEquals(new Answer.Given<>(2), one.and(one, Integer::sum));
        assertEquals(none, one.and(none, Integer::sum));
        assertEquals(none, none.and(one, Integer::sum));
    }
}
