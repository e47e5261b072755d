package io.voldesk.local;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The environment each process gets: the caller's where it is given, the sandbox's and local defaults otherwise. */
final class Settings {
    static final String LOCAL_ADMIN_SECRET = "local-admin-secret";

    /** The services behind the gateway. */
    enum Service {
        TRADE_SYNC,
        ANALYTICS,
        SNAPSHOT,
        ALERT;

        /** @param first the port of the first service; the others follow it */
        int port(int first) {
            return first + ordinal();
        }

        String role() {
            return name().toLowerCase(Locale.ROOT);
        }

        String module() {
            return role().replace('_', '-') + "-service";
        }
    }

    private final Map<String, String> common = new HashMap<>();
    private final String database;
    private final Map<String, String> gateway = new HashMap<>();

    /** @param sessionSecret of this home */
    Settings(
            Map<String, String> given,
            String database,
            String sandbox,
            int gatewayPort,
            int servicesPort,
            String sessionSecret) {
        this.database = database;
        put(given, common, "ADMIN_SECRET", LOCAL_ADMIN_SECRET);
        put(given, common, "ALPHA_BASE_URL", sandbox + "/alpha");
        put(given, common, "ALPHA_API_KEY", "sandbox-alpha-key");
        put(given, common, "AMBERDATA_BASE_URL", sandbox + "/amberdata");
        put(given, common, "AMBERDATA_API_KEY", "sandbox-amberdata-key");
        put(given, common, "SLACK_WEBHOOK_URL", sandbox + "/slack/webhook");
        for (Service service : Service.values()) {
            common.put(service.name() + "_URL", "http://localhost:" + service.port(servicesPort));
        }
        put(given, gateway, "OIDC_ENABLED", "true");
        put(given, gateway, "OIDC_ISSUER", sandbox + "/google");
        put(given, gateway, "OIDC_CLIENT_SECRET", "client-secret-of-the-sandbox-000000");
        put(given, gateway, "SESSION_SECRET", sessionSecret);
        put(given, gateway, "PUBLIC_URL", "http://localhost:" + gatewayPort);
        // a browser sends no Secure cookie over plain http
        put(given, gateway, "COOKIE_SECURE", String.valueOf(gateway.get("PUBLIC_URL").startsWith("https:")));
        put(given, gateway, "OPERATORS", "operator@voldesk.example");
        put(given, gateway, "SCHEDULER_OIDC_ENABLED", "true");
        put(given, gateway, "SCHEDULER_ISSUER", sandbox + "/google");
        put(given, gateway, "SCHEDULER_AUDIENCE", "http://localhost:" + gatewayPort);
        put(given, gateway, "SCHEDULER_EMAIL", "scheduler@voldesk.example");
    }

    private static void put(Map<String, String> given, Map<String, String> into, String name, String fallback) {
        String value = given.get(name);
        into.put(name, value == null || value.isBlank() ? fallback : value);
    }

    Map<String, String> of(Service service) {
        return withSchema(service.role());
    }

    Map<String, String> ofGateway() {
        Map<String, String> environment = withSchema("gateway");
        environment.putAll(gateway);
        return environment;
    }

    private Map<String, String> withSchema(String role) {
        Map<String, String> environment = new HashMap<>(common);
        environment.put("DATABASE_URL", database);
        environment.put("DATABASE_USER", role);
        environment.put("DATABASE_PASSWORD", role);
        return environment;
    }
}
