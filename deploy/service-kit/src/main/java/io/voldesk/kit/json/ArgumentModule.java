package io.voldesk.kit.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.voldesk.kit.param.Arguments;
import io.voldesk.kit.problem.Problem;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.BiFunction;

/** Dates, instants and text in JSON, read by the same rules as those in a query. */
final class ArgumentModule extends SimpleModule {
    ArgumentModule() {
        super("voldesk-arguments");
        addDeserializer(LocalDate.class, new Time<>(LocalDate.class, Arguments::date));
        addDeserializer(Instant.class, new Time<>(Instant.class, Arguments::instant));
        addDeserializer(String.class, new Text());
    }

    private static final class Time<T> extends StdScalarDeserializer<T> {
        private final transient BiFunction<String, String, T> reader;

        Time(Class<T> type, BiFunction<String, String, T> reader) {
            super(type);
            this.reader = reader;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (T) context.handleUnexpectedToken(handledType(), parser);
            }
            try {
                return reader.apply("", parser.getText());
            } catch (Problem refused) {
                throw new RefusedValue(parser, refused.errors().getFirst().message());
            }
        }
    }

    private static final class Text extends StdScalarDeserializer<String> {
        Text() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = StringDeserializer.instance.deserialize(parser, context);
            String fault = text == null ? null : Arguments.faultOf(text);
            if (fault != null) {
                throw new RefusedValue(parser, fault);
            }
            return text;
        }
    }
}
