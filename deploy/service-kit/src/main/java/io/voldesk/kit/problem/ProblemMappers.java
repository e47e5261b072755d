package io.voldesk.kit.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.voldesk.kit.db.DatabaseTrouble;
import io.voldesk.kit.json.RefusedValue;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure of a resource into problem+json. An unforeseen one is logged whole and answered without its text. */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    public static final String PROBLEM_JSON = "application/problem+json";

    @ServerExceptionMapper
    public Response problem(Problem problem, UriInfo uri) {
        if (problem.status() >= 500) {
            LOG.warnf("%s answered %d: %s", uri.getPath(), problem.status(), problem.getMessage());
        }
        return answer(problem.status(), problem.title(), problem.getMessage(), problem.errors(), problem.more(), uri);
    }

    @ServerExceptionMapper
    public Response unreadableJson(JacksonException e, UriInfo uri) {
        if (!(e instanceof JsonMappingException mapping)) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            return answer(400, "Bad request", "the body is not valid JSON" + where, List.of(), Map.of(), uri);
        }
        String field = mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "")
                // of a list of plain values the caller knows the list
                .replaceFirst("\\[[0-9]+]$", "");
        String message = switch (e) {
            case RefusedValue refused -> refused.why();
            case UnrecognizedPropertyException _ -> "is not a known field";
            default -> "has a value of the wrong type or form";
        };
        var error = new Problem.FieldError(field.isEmpty() ? "body" : field, message);
        return answer(400, "Bad request", error.field() + " " + message, List.of(error), Map.of(), uri);
    }

    /** More exact than the framework's own mapper for this exception, which would win otherwise. */
    @ServerExceptionMapper
    public Response mismatch(MismatchedInputException e, UriInfo uri) {
        return unreadableJson(e, uri);
    }

    /** Arguments and bodies that break the constraints on them, in the names that the caller knows. */
    @ServerExceptionMapper
    public Response violations(ConstraintViolationException e, UriInfo uri) {
        List<Problem.FieldError> errors = e.getConstraintViolations().stream()
                .map(violation -> new Problem.FieldError(WireName.of(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Problem.FieldError::field).thenComparing(Problem.FieldError::message))
                .toList();
        String detail = errors.stream()
                .map(error -> error.field() + ": " + error.message())
                .collect(Collectors.joining("; "));
        return answer(400, "Bad request", detail, errors, Map.of(), uri);
    }

    @ServerExceptionMapper
    public Response webApplication(WebApplicationException e, UriInfo uri) {
        if (e.getClass().getSimpleName().startsWith("Client")) {
            // thrown by a call of ours: the caller's request is not to blame
            LOG.warnf(e, "%s: another service's answer could not be used", uri.getPath());
            return answer(502, "Bad gateway", "another service's answer could not be used", List.of(), Map.of(), uri);
        }
        if (e.getCause() instanceof JacksonException json) {
            return unreadableJson(json, uri);
        }
        if (e.getCause() instanceof Problem refused) {
            // an argument that its converter refused
            return problem(refused, uri);
        }
        int status = e.getResponse().getStatus();
        if (status < 400) {
            return e.getResponse();
        }
        String title = e.getResponse().getStatusInfo().getReasonPhrase();
        return answer(status, title, title, List.of(), Map.of(), uri);
    }

    @ServerExceptionMapper
    public Response unforeseen(RuntimeException e, UriInfo uri) {
        Optional<Problem> database = DatabaseTrouble.of(e);
        if (database.isPresent()) {
            LOG.warnf(e, "%s: %s", uri.getPath(), database.get().getMessage());
            return problem(database.get(), uri);
        }
        LOG.errorf(e, "%s failed", uri.getPath());
        Problem internal = Problem.internal();
        return answer(internal.status(), internal.title(), internal.getMessage(), List.of(), Map.of(), uri);
    }

    private static Response answer(
            int status,
            String title,
            String detail,
            List<Problem.FieldError> errors,
            Map<String, Object> more,
            UriInfo uri) {
        Map<String, Object> body =
                Problem.body(status, title, detail, errors, more, uri.getPath(), MDC.get(TraceFilter.TRACE_ID));
        return Response.status(status).type(PROBLEM_JSON).entity(body).build();
    }
}
