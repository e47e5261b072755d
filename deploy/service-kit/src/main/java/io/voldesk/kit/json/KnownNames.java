package io.voldesk.kit.json;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Tells whoever sent a name that an enum does not have which names it has. */
public final class KnownNames extends DeserializationProblemHandler {
    private final ObjectMapper json;

    KnownNames(ObjectMapper json) {
        this.json = json;
    }

    /** What is wrong with any other name. */
    public static String oneOf(ObjectMapper json, Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> json.convertValue(constant, String.class))
                .collect(Collectors.joining(", ", "must be one of ", ""));
    }

    @Override
    public Object handleWeirdStringValue(DeserializationContext context, Class<?> type, String value, String failure)
            throws IOException {
        if (type.isEnum()) {
            throw new RefusedValue(context.getParser(), oneOf(json, type));
        }
        return NOT_HANDLED;
    }
}
