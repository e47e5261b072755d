package io.voldesk.kit.param;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.kit.json.KnownNames;
import io.voldesk.kit.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads every typed {@code @QueryParam} and {@code @PathParam} of every service by {@link Arguments}; the field that a refusal names
 * is the annotation's. What is blank in a query is not there: the default stands for it where there is one. A place in the path is always
 * there.
 *
 * <p>An enum is read by its JSON names, exactly as in a body.
 */
@Provider
@Singleton
public class ArgumentConverters implements ParamConverterProvider {
    private static final Map<Class<?>, BiFunction<String, String, Object>> READERS = Map.ofEntries(
            Map.entry(LocalDate.class, Arguments::date),
            Map.entry(Instant.class, Arguments::instant),
            Map.entry(int.class, Arguments::integer),
            Map.entry(Integer.class, Arguments::integer),
            Map.entry(long.class, Arguments::whole),
            Map.entry(Long.class, Arguments::whole),
            Map.entry(double.class, Arguments::real),
            Map.entry(Double.class, Arguments::real),
            Map.entry(BigDecimal.class, Arguments::decimal),
            Map.entry(boolean.class, Arguments::truth),
            Map.entry(Boolean.class, Arguments::truth),
            Map.entry(String.class, Arguments::text));

    private final ObjectMapper json;

    public ArgumentConverters(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        Optional<String> name = name(annotations);
        BiFunction<String, String, Object> reader = type.isEnum() ? named(type) : reader(type, annotations);
        return name.isEmpty() || reader == null
                ? null
                : new Converter<>(
                        name.get(),
                        reader,
                        one(annotations, PathParam.class, PathParam::value).isPresent(),
                        one(annotations, DefaultValue.class, DefaultValue::value));
    }

    private static BiFunction<String, String, Object> reader(Class<?> type, Annotation[] annotations) {
        Optional<UpTo> upTo = one(annotations, UpTo.class, Function.identity());
        if (type != Instant.class || upTo.isEmpty()) {
            return READERS.get(type);
        }
        return upTo.get().excluded() ? Arguments::before : Arguments::upTo;
    }

    private BiFunction<String, String, Object> named(Class<?> type) {
        String fault = KnownNames.oneOf(json, type);
        return (name, sent) -> {
            try {
                return json.convertValue(sent, type);
            } catch (IllegalArgumentException e) {
                throw Problem.badField(name, fault);
            }
        };
    }

    static Optional<String> name(Annotation[] annotations) {
        return one(annotations, QueryParam.class, QueryParam::value)
                .or(() -> one(annotations, PathParam.class, PathParam::value));
    }

    private static <A extends Annotation, R> Optional<R> one(Annotation[] all, Class<A> kind, Function<A, R> part) {
        return Stream.of(all).filter(kind::isInstance).map(kind::cast).map(part).findFirst();
    }

    private record Converter<T>(
            String name, BiFunction<String, String, Object> reader, boolean inPath, Optional<String> fallback)
            implements ParamConverter<T> {
        @Override
        @SuppressWarnings("unchecked") // the reader was chosen by the type
        public T fromString(String sent) {
            boolean there = sent != null && (inPath || !sent.isBlank());
            String text = there ? sent : fallback.orElse(null);
            return text == null ? null : (T) reader.apply(name, text);
        }

        @Override
        public String toString(T value) {
            return String.valueOf(value);
        }
    }
}
