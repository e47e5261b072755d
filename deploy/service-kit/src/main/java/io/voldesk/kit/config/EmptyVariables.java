package io.voldesk.kit.config;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.util.regex.Pattern;

/**
 * A variable that is set to nothing is a variable that is not set: its default stands, and no start fails for it. It speaks of names
 * in capitals only, as expressions in the configuration ask for them; it stands behind the reading of expressions for that.
 */
@Priority(Priorities.LIBRARY)
public class EmptyVariables implements ConfigSourceInterceptor {
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        boolean empty =
                value != null && value.getValue() != null && value.getValue().isBlank();
        return empty && VARIABLE.matcher(name).matches() ? null : value;
    }
}
