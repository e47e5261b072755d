package io.voldesk.kit.param;

import io.voldesk.kit.problem.Problem;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a query parameter that the resource does not read, or that comes twice: a misspelt filter must not read as none. */
public class QueryRule {
    private final Map<Method, SortedSet<String>> known = new ConcurrentHashMap<>();

    @ServerRequestFilter
    public void check(ResourceInfo resource, UriInfo uri) {
        var sent = uri.getQueryParameters();
        if (sent.isEmpty()) {
            return;
        }
        SortedSet<String> names = known.computeIfAbsent(resource.getResourceMethod(), QueryRule::names);
        sent.forEach((name, values) -> {
            if (!names.contains(name)) {
                throw Problem.badField(
                        name,
                        names.isEmpty()
                                ? "is not a known query parameter"
                                : "is not a known query parameter: " + String.join(", ", names));
            }
            if (values.size() > 1) {
                throw Problem.badField(name, "is given more than once");
            }
        });
    }

    private static SortedSet<String> names(Method method) {
        SortedSet<String> names = new TreeSet<>();
        for (var parameter : method.getParameters()) {
            QueryParam read = parameter.getAnnotation(QueryParam.class);
            if (read != null) {
                names.add(read.value());
            }
        }
        return names;
    }
}
