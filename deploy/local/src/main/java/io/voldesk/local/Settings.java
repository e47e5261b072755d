package io.voldesk.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The environment each process gets: the caller's where it is given, the sandbox's and local defaults otherwise. */
final class Settings {
    static final String LOCAL_ADMIN_SECRET = "local-admin-secret";

    static final String GATEWAY_HEAP = "256m";

    /** The services behind the gateway. */
    enum Service {
        TRADE_SYNC("256m"),
        ANALYTICS("256m"),
        SNAPSHOT("384m"),
        ALERT("256m");

        private final String heap;

        Service(String heap) {
            this.heap = heap;
        }

        /** The most its objects may take, as the JVM's {@code -Xmx} has it. */
        String heap() {
            return heap;
        }

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

    private final Map<String, String> given;
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
        this.given = given;
        this.database = database;
        // the secrets of this house are known to everybody: it is for this machine only
        put(given, common, "QUARKUS_HTTP_HOST", "127.0.0.1");
        put(given, common, "ADMIN_SECRET", LOCAL_ADMIN_SECRET);
        put(given, common, "ALPHA_BASE_URL", sandbox + "/alpha");
        put(given, common, "ALPHA_API_KEY", "sandbox-alpha-key");
        put(given, common, "AMBERDATA_BASE_URL", sandbox + "/amberdata");
        put(given, common, "AMBERDATA_API_KEY", "sandbox-amberdata-key");
        put(given, common, "SLACK_WEBHOOK_URL", sandbox + "/slack/webhook");
        for (Service service : Service.values()) {
            put(given, common, service.name() + "_URL", "http://localhost:" + service.port(servicesPort));
        }
        put(given, gateway, "OIDC_ENABLED", "true");
        put(given, gateway, "OIDC_ISSUER", sandbox + "/google");
        put(given, gateway, "OIDC_CLIENT_SECRET", "client-secret-of-the-sandbox-000000");
        put(given, gateway, "SESSION_SECRET", sessionSecret);
        put(given, gateway, "PUBLIC_URL", "http://localhost:" + gatewayPort);
        // a browser sends no Secure cookie over plain http
        put(
                given,
                gateway,
                "COOKIE_SECURE",
                String.valueOf(gateway.get("PUBLIC_URL").startsWith("https:")));
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

    /** Options of a service's JVM. */
    List<String> options(String heap) {
        List<String> options = new ArrayList<>();
        options.add("-Xmx" + given.getOrDefault("VOLDESK_SERVICE_HEAP", heap));
        String further = given.getOrDefault("VOLDESK_JAVA_OPTS", "").strip();
        if (!further.isEmpty()) {
            options.addAll(List.of(further.split("\\s+")));
        }
        return options;
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
