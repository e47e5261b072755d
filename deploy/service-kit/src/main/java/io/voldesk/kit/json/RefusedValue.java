package io.voldesk.kit.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** A value of the right type that an argument may not have; what is wrong with it may be told to the caller. */
public final class RefusedValue extends MismatchedInputException {
    private final String why;

    RefusedValue(JsonParser parser, String why) {
        super(parser, why);
        this.why = why;
    }

    public String why() {
        return why;
    }
}
