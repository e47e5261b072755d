package io.voldesk.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The gateway's route table against the resources of the services, both read from the compiled classes: every public operation is
 * a route, every route is answered, and the table names exactly the query parameters that the resource reads.
 */
class RouteTableTest {
    private static final String JAX_RS = "jakarta.ws.rs.";
    private static final List<String> SERVICES =
            List.of("trade-sync-service", "analytics-service", "snapshot-service", "alert-service", "gateway");

    /** A job's id begins with its service, which a resource need not know. */
    private static final List<String> JOB_OWNERS = List.of("trade-sync", "analytics", "snapshot");

    @Test
    void theTableNamesWhatTheResourcesRead() throws Exception {
        Map<String, Set<String>> table = table();
        Map<String, Set<String>> resources = resources();
        assertTrue(table.size() > 40, () -> "only " + table.size() + " routes were found: build the gateway first");
        assertEquals(text(resources), text(table), "resources on the left, the route table on the right");
    }

    static String text(Map<String, Set<String>> operations) {
        return operations.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Method and path without the names of its holes, to the names of its query parameters. */
    private static Map<String, Set<String>> table() throws Exception {
        URL[] classes = {
            Path.of("../../gateway/target/classes/")
                    .toAbsolutePath()
                    .normalize()
                    .toUri()
                    .toURL()
        };
        Map<String, Set<String>> found = new TreeMap<>();
        try (var loader = new URLClassLoader(classes, null)) {
            Class<?> routes = loader.loadClass("io.voldesk.gateway.route.RouteTable");
            for (Object route : (List<?>) routes.getField("ROUTES").get(null)) {
                String template = (String) value(route, "template");
                for (String owner : JOB_OWNERS) {
                    template = template.replace("/api/jobs/" + owner + "-{", "/api/jobs/{");
                }
                Set<String> parameters = new TreeSet<>();
                ((List<?>) value(route, "parameters")).forEach(name -> parameters.add((String) name));
                found.put(operation((String) value(route, "method"), template), parameters);
            }
        }
        return found;
    }

    private static Object value(Object route, String component) throws Exception {
        return route.getClass().getMethod(component).invoke(route);
    }

    static Map<String, Set<String>> resources() {
        Map<String, Set<String>> found = new TreeMap<>();
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPaths(Stream.concat(SERVICES.stream(), Stream.of("deploy/service-kit"))
                        .map(module -> Path.of("../..", module, "target/classes/io/voldesk"))
                        .toList());
        for (JavaClass resource : classes) {
            // a client of another service is an interface
            Optional<String> root = resource.isInterface() ? Optional.empty() : value(resource, "Path");
            if (root.isEmpty()) {
                continue;
            }
            for (JavaMethod method : resource.getMethods()) {
                String path = joined(root.get(), value(method, "Path").orElse(""));
                if (path.startsWith("/api/")) {
                    Stream.of("GET", "POST", "PUT", "PATCH", "DELETE")
                            .filter(verb -> method.isAnnotatedWith(JAX_RS + verb))
                            .forEach(verb -> found.put(operation(verb, path), parameters(method)));
                }
            }
        }
        return found;
    }

    private static Set<String> parameters(JavaMethod method) {
        return method.getParameters().stream()
                .flatMap(parameter -> value(parameter, "QueryParam").stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<String> value(HasAnnotations<?> annotated, String annotation) {
        return annotated
                .tryGetAnnotationOfType(JAX_RS + annotation)
                .flatMap(found -> found.get("value"))
                .map(String.class::cast);
    }

    private static String operation(String method, String path) {
        return method + " " + path.replaceAll("\\{[^}]*}", "{}");
    }

    private static String joined(String root, String path) {
        return ("/" + root + "/" + path).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
    }
}
