package io.voldesk.kit.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/**
 * Makes the API document say what records say. An answer always has all its fields: all are required, and those may be null that
 * are a boxed number or boolean or marked {@link Nullable}; only what is shown where it is there is not. In a body the caller may
 * leave out, or send as null, what is not marked as needed.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class RecordSchemas implements OASFilter {
    private static final String REFERENCE = "#/components/schemas/";
    private static final String JACKSON = "com.fasterxml.jackson.annotation.";
    private static final DotName UNWRAPPED = DotName.createSimple(JACKSON + "JsonUnwrapped");
    private static final DotName RAW = DotName.createSimple(JACKSON + "JsonRawValue");
    private static final DotName PROPERTY = DotName.createSimple(JACKSON + "JsonProperty");
    private static final DotName INCLUDE = DotName.createSimple(JACKSON + "JsonInclude");
    private static final String FREE = "JsonNode";
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final Set<String> BOXED =
            Set.of("java.lang.Integer", "java.lang.Long", "java.lang.Double", "java.lang.Boolean", "java.lang.Short");
    private static final NamingBase SNAKE_CASE = (NamingBase) PropertyNamingStrategies.SNAKE_CASE;

    private final IndexView index;
    private final List<ClassInfo> shapes;

    public RecordSchemas(IndexView index) {
        this.index = index;
        this.shapes = index.getKnownClasses().stream()
                .filter(type -> type.name().toString().startsWith("io.voldesk."))
                .filter(type -> !type.isAnnotation() && !type.isEnum())
                // an anonymous class has no name, and is no shape of JSON
                .filter(type -> type.simpleName() != null)
                .sorted(Comparator.comparingInt(
                                (ClassInfo type) -> type.simpleName().length())
                        .reversed())
                .toList();
    }

    /**
     * What a field of a record is in JSON.
     *
     * @param shownIfThere whether it is left out instead of null
     */
    private record Field(boolean nullable, boolean raw, boolean shownIfThere) {
        static final Field USUAL = new Field(false, false, false);

        Field or(Field other) {
            return new Field(nullable || other.nullable, raw || other.raw, shownIfThere || other.shownIfThere);
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components = document.getComponents();
        if (components == null || components.getSchemas() == null || document.getPaths() == null) {
            return;
        }
        if (components.getSchemas().containsKey(FREE)) {
            // JSON of another's making, of which nothing is promised
            components.addSchema(FREE, OASFactory.createSchema());
        }
        Map<String, Schema> schemas = components.getSchemas();
        Set<String> answers = new HashSet<>();
        operations(document)
                .filter(operation -> operation.getResponses() != null)
                .flatMap(operation -> operation.getResponses().getAPIResponses().values().stream())
                .forEach(answer -> reach(answer.getContent(), schemas, answers));
        schemas.forEach((name, schema) -> {
            if (schema.getProperties() != null) {
                describe(name, schema, answers.contains(name));
            }
        });
    }

    private static Stream<Operation> operations(OpenAPI document) {
        return document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream());
    }

    private static void reach(Content content, Map<String, Schema> schemas, Set<String> reached) {
        if (content != null) {
            content.getMediaTypes().values().forEach(type -> reach(type.getSchema(), schemas, reached));
        }
    }

    private static void reach(Schema schema, Map<String, Schema> schemas, Set<String> reached) {
        if (schema == null) {
            return;
        }
        if (schema.getRef() != null) {
            String name = schema.getRef().substring(REFERENCE.length());
            if (reached.add(name)) {
                reach(schemas.get(name), schemas, reached);
            }
        }
        reach(schema.getItems(), schemas, reached);
        reach(schema.getAdditionalPropertiesSchema(), schemas, reached);
        Stream.of(schema.getAnyOf(), schema.getOneOf(), schema.getAllOf())
                .filter(list -> list != null)
                .flatMap(List::stream)
                .forEach(part -> reach(part, schemas, reached));
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(property -> reach(property, schemas, reached));
        }
    }

    private void describe(String name, Schema schema, boolean answer) {
        Map<String, Field> fields = fieldsOf(name, schema.getProperties().keySet());
        List<String> needed = schema.getRequired() == null ? List.of() : schema.getRequired();
        for (String property : List.copyOf(schema.getProperties().keySet())) {
            Field field = fields.getOrDefault(property, Field.USUAL);
            Schema shown = field.raw()
                    ? OASFactory.createSchema()
                    : schema.getProperties().get(property);
            boolean nullable = answer ? field.nullable() && !field.shownIfThere() : !needed.contains(property);
            schema.addProperty(property, nullable && !field.raw() ? orNull(shown) : shown);
        }
        if (answer) {
            schema.setRequired(schema.getProperties().keySet().stream()
                    .filter(property ->
                            !fields.getOrDefault(property, Field.USUAL).shownIfThere())
                    .toList());
        }
    }

    private static Schema orNull(Schema schema) {
        if (schema.getType() != null && schema.getRef() == null) {
            if (!schema.getType().contains(Schema.SchemaType.NULL)) {
                schema.addType(Schema.SchemaType.NULL);
            }
            return schema;
        }
        return OASFactory.createSchema()
                .addAnyOf(schema)
                .addAnyOf(OASFactory.createSchema().addType(Schema.SchemaType.NULL));
    }

    /** Of the record whose name the schema has and whose fields are its properties; of all such, where names repeat. */
    private Map<String, Field> fieldsOf(String name, Set<String> properties) {
        Map<String, Field> merged = new LinkedHashMap<>();
        int length = 0;
        for (ClassInfo type : shapes) {
            if (!name.startsWith(type.simpleName()) || type.simpleName().length() < length) {
                continue;
            }
            Map<String, Field> fields = fieldsOf(type);
            if (fields.keySet().equals(properties)) {
                length = type.simpleName().length();
                fields.forEach((property, field) -> merged.merge(property, field, Field::or));
            }
        }
        return merged;
    }

    private Map<String, Field> fieldsOf(ClassInfo type) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (FieldInfo field : inherited(type)) {
            ClassInfo part = field.hasAnnotation(UNWRAPPED)
                    ? index.getClassByName(field.type().name())
                    : null;
            if (part != null) {
                fields.putAll(fieldsOf(part));
            } else {
                boolean nullable = nullable(field.type()) || field.hasAnnotation(NULLABLE);
                boolean shownIfThere = (nullable && shownIfThere(type.declaredAnnotation(INCLUDE)))
                        || shownIfThere(field.annotation(INCLUDE));
                fields.put(property(field), new Field(nullable, field.hasAnnotation(RAW), shownIfThere));
            }
        }
        for (MethodInfo method : type.methods()) {
            if (method.parametersCount() == 0 && method.hasDeclaredAnnotation(PROPERTY)) {
                boolean nullable = nullable(method.returnType()) || method.hasAnnotation(NULLABLE);
                fields.merge(
                        property(method.name(), method.declaredAnnotation(PROPERTY)),
                        new Field(nullable, false, false),
                        Field::or);
            }
        }
        return fields;
    }

    private static boolean shownIfThere(@Nullable AnnotationInstance included) {
        return included != null && included.value().asEnum().equals("NON_NULL");
    }

    private List<FieldInfo> inherited(ClassInfo type) {
        List<FieldInfo> fields = new ArrayList<>();
        for (ClassInfo owner = type; owner != null; owner = index.getClassByName(owner.superName())) {
            owner.unsortedFields().stream()
                    .filter(field -> !Modifier.isStatic(field.flags()))
                    .forEach(fields::add);
            if (owner.superName() == null) {
                break;
            }
        }
        return fields;
    }

    private static boolean nullable(Type type) {
        return type.hasAnnotation(NULLABLE) || BOXED.contains(type.name().toString());
    }

    private static String property(FieldInfo field) {
        return property(field.name(), field.annotation(PROPERTY));
    }

    private static String property(String name, @Nullable AnnotationInstance named) {
        return named == null || named.value() == null
                ? SNAKE_CASE.translate(name)
                : named.value().asString();
    }
}
