package io.voldesk.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The services' API documents, as they are built: complete, typed, and of the same operations as resources and route table. */
class ApiDocumentTest {
    private static final List<String> SERVICES =
            List.of("trade-sync-service", "analytics-service", "snapshot-service", "alert-service", "gateway");

    /** Text of the caller's own: ids, searches, names of portfolios, lists with commas, cursors and places to return to. */
    private static final Set<String> FREE_TEXT = Set.of(
            "id", "q", "portfolio", "portfolio_names", "underlying", "root", "levels", "cursor", "number", "return_to");

    /** Answered with a place to go to and no content. */
    private static final Set<String> REDIRECTS = Set.of("GET /api/session/login");

    private static final String NO_CONTENT = "204";

    /** What is shown only where it is there: the grade of a rule without a bound, counts of a step that did not happen. */
    private static final Set<String> SHOWN_IF_THERE = Set.of("Grade", "Counts", "SyncReport", "PortfolioPart");

    private static final Map<String, JsonNode> DOCUMENTS = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        for (String service : SERVICES) {
            Path generated = Path.of("../..", service, "target/quarkus-app/quarkus/generated-bytecode.jar");
            assertTrue(generated.toFile().exists(), () -> "build " + service + " first");
            try (var jar = new JarFile(generated.toFile())) {
                var entry = jar.getJarEntry("META-INF/quarkus-generated-openapi-doc.JSON");
                DOCUMENTS.put(service, new ObjectMapper().readTree(jar.getInputStream(entry)));
            }
        }
    }

    private record Operation(String service, String name, JsonNode said) {
        List<JsonNode> parameters(String in) {
            return StreamSupport.stream(said.path("parameters").spliterator(), false)
                    .filter(parameter -> parameter.path("in").asText().equals(in))
                    .toList();
        }

        JsonNode resolved(JsonNode schema) {
            return schema.has("$ref")
                    ? DOCUMENTS.get(service).at(schema.get("$ref").asText().substring(1))
                    : schema;
        }
    }

    private static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        DOCUMENTS.forEach((service, document) -> document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method ->
                                Set.of("get", "post", "put", "patch", "delete").contains(method.getKey()))
                        .filter(method -> path.getKey().startsWith("/api/"))
                        .forEach(method -> operations.add(new Operation(
                                service,
                                method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                                method.getValue())))));
        return operations;
    }

    @Test
    void theDocumentsNameWhatTheResourcesRead() {
        Map<String, Set<String>> said = new TreeMap<>();
        operations().forEach(operation -> {
            Set<String> names = new TreeSet<>();
            operation
                    .parameters("query")
                    .forEach(parameter -> names.add(parameter.path("name").asText()));
            said.put(operation.name().replaceAll("\\{[^}]*}", "{}"), names);
        });
        assertEquals(RouteTableTest.text(RouteTableTest.resources()), RouteTableTest.text(said));
    }

    @Test
    void everyOperationSaysWhatItAnswers() {
        assertNone(operations().stream()
                .filter(operation -> !REDIRECTS.contains(operation.name()))
                .filter(operation -> operation.said().path("responses").properties().stream()
                        .noneMatch(answer -> saysWhatIsAnswered(answer.getKey(), answer.getValue())))
                .map(Operation::name));
    }

    private static boolean saysWhatIsAnswered(String status, JsonNode answer) {
        return status.equals(NO_CONTENT)
                || (status.startsWith("2")
                        && answer.path("content").properties().stream()
                                .anyMatch(content ->
                                        !content.getValue().path("schema").isEmpty()));
    }

    @Test
    void argumentsAreTypedOrFreeText() {
        assertNone(operations().stream()
                .flatMap(operation -> Stream.of("query", "path")
                        .flatMap(in -> operation.parameters(in).stream())
                        .filter(parameter ->
                                !FREE_TEXT.contains(parameter.path("name").asText()))
                        .filter(parameter -> {
                            JsonNode schema = operation.resolved(parameter.path("schema"));
                            return schema.path("type").asText().equals("string")
                                    && !schema.has("enum")
                                    && !schema.has("format");
                        })
                        .map(parameter -> operation.name() + " " + parameter.path("name"))));
    }

    /** What an answer holds it always holds; a reader's code can be generated from that. */
    @Test
    void answersAreCompleteAndInSnakeCase() {
        List<String> wrong = new ArrayList<>();
        DOCUMENTS.forEach((service, document) -> {
            Set<String> reached = new TreeSet<>();
            document.path("paths").properties().stream()
                    .filter(path -> path.getKey().startsWith("/api/"))
                    .forEach(path -> path.getValue()
                            .findValues("responses")
                            .forEach(answer -> reach(document, answer, reached)));
            for (String name : reached) {
                JsonNode schema = document.at(name.substring(1));
                Set<String> properties = new TreeSet<>();
                schema.path("properties").fieldNames().forEachRemaining(properties::add);
                Set<String> required = new TreeSet<>();
                schema.path("required").forEach(field -> required.add(field.asText()));
                boolean complete = SHOWN_IF_THERE.contains(name.substring(name.lastIndexOf('/') + 1))
                        ? properties.containsAll(required)
                        : properties.equals(required);
                if (!complete || properties.stream().anyMatch(property -> !property.matches("[a-z0-9_]+"))) {
                    wrong.add(service + " " + name + " " + properties + " required " + required);
                }
            }
        });
        assertNone(wrong.stream());
    }

    private static void reach(JsonNode document, JsonNode part, Set<String> reached) {
        part.findValuesAsText("$ref").forEach(reference -> {
            if (reached.add(reference)) {
                reach(document, document.at(reference.substring(1)), reached);
            }
        });
    }

    private static void assertNone(Stream<String> wrong) {
        assertEquals("", String.join("\n", wrong.toList()));
    }
}
