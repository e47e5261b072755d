package io.voldesk.kit.problem;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;

/** What the caller calls an argument: the parameter's name in the query or path, the field's in the body. */
final class WireName {
    private static final NamingBase SNAKE_CASE = (NamingBase) PropertyNamingStrategies.SNAKE_CASE;

    private WireName() {}

    static String of(ConstraintViolation<?> violation) {
        Path.MethodNode method = null;
        StringBuilder field = new StringBuilder();
        String argument = "body";
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.METHOD) {
                method = node.as(Path.MethodNode.class);
                continue;
            }
            if (node.getKind() == ElementKind.PARAMETER) {
                int index = node.as(Path.ParameterNode.class).getParameterIndex();
                argument = argument(violation.getRootBeanClass(), method, index);
                continue;
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                if (node.isInIterable() && node.getIndex() != null) {
                    field.append('[').append(node.getIndex()).append(']');
                }
                field.append(field.isEmpty() ? "" : ".").append(SNAKE_CASE.translate(node.getName()));
            }
        }
        return field.isEmpty() ? argument : field.toString();
    }

    private static String argument(Class<?> resource, Path.MethodNode node, int index) {
        Class<?>[] types = node.getParameterTypes().toArray(Class<?>[]::new);
        // the container's subclass of a resource repeats its methods without their annotations
        for (Class<?> owner = resource; owner != null; owner = owner.getSuperclass()) {
            try {
                Method method = owner.getDeclaredMethod(node.getName(), types);
                for (Annotation annotation : method.getParameterAnnotations()[index]) {
                    if (annotation instanceof QueryParam query) {
                        return query.value();
                    }
                    if (annotation instanceof PathParam path) {
                        return path.value();
                    }
                }
            } catch (NoSuchMethodException e) {
                // the next class up may have it
            }
        }
        return "body";
    }
}
