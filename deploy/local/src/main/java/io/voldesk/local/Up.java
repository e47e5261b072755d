package io.voldesk.local;

import io.voldesk.database.SchemaAndRoles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The whole house on one machine: embedded PostgreSQL, the sandbox, the services, the gateway; each waits for what it stands
 * on, for as long as that is alive. Runs until it is told to stop, and stops everything it started.
 *
 * <p>{@code --fresh} starts from an empty database. Environment: {@code VOLDESK_PORT} (8080), {@code VOLDESK_DB_PORT}
 * (15432), {@code VOLDESK_SANDBOX_PORT} (8090), {@code VOLDESK_SERVICES_PORT} (8081, the first of four), {@code VOLDESK_HOME}
 * ({@code deploy/local}, the folder for data and log), {@code VOLDESK_SERVICE_HEAP} (the heap of each service, in place of its
 * own), {@code VOLDESK_JAVA_OPTS} (further options of each service's JVM), and whatever the services read; vendors that are not
 * given are the sandbox's.
 */
public final class Up {
    private static final Path ROOT = Path.of(System.getProperty("voldesk.root", "."));
    private static final Path HOME = ROOT.resolve(System.getenv().getOrDefault("VOLDESK_HOME", "deploy/local"));
    private static final Path DATA = HOME.resolve("data");
    private static final Path RUN = HOME.resolve("run");
    private static final Instant STARTED = Instant.now();
    private static final int MOST_STARTS = 3;
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

    private final Map<String, String> environment = System.getenv();
    private final List<Child> children = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private EmbeddedPostgres postgres;

    private Up() {}

    public static void main(String[] arguments) throws Exception {
        Up up = new Up();
        Runtime.getRuntime().addShutdownHook(new Thread(up::stop, "stop"));
        try {
            if (List.of(arguments).contains("--fresh")) {
                deleteRecursively(DATA);
            }
            up.start();
        } catch (StartFailed e) {
            if (up.stopped.getCount() > 0) {
                say("FAILED  " + e.getMessage());
            }
            System.exit(1);
        }
        up.stopped.await();
    }

    private static final class StartFailed extends Exception {
        StartFailed(String message) {
            super(message);
        }
    }

    private static void say(String text) {
        System.out.printf(
                "[%5.1f s] %s%n", Duration.between(STARTED, Instant.now()).toMillis() / 1000.0, text);
    }

    private int port(String name, int fallback) {
        return Integer.parseInt(environment.getOrDefault(name, String.valueOf(fallback)));
    }

    private void start() throws IOException, SQLException, InterruptedException, StartFailed {
        Files.createDirectories(RUN);
        Log log = new Log(RUN.resolve("voldesk.log"));
        int gatewayPort = port("VOLDESK_PORT", 8080);
        int sandboxPort = port("VOLDESK_SANDBOX_PORT", 8090);

        String database = startDatabase(port("VOLDESK_DB_PORT", 15_432));
        say("database is up: " + database);

        String sandboxUrl = "http://localhost:" + sandboxPort;
        int servicesPort = port("VOLDESK_SERVICES_PORT", 8081);
        Settings settings = new Settings(
                environment,
                database,
                sandboxUrl,
                gatewayPort,
                servicesPort,
                LocalSecret.of(RUN.resolve("session-secret")));
        Child sandbox = begin(Child.sandbox(ROOT, sandboxPort), log);
        List<Child> services = new ArrayList<>();
        for (Settings.Service service : Settings.Service.values()) {
            services.add(begin(
                    Child.service(
                            ROOT,
                            service.module(),
                            service.port(servicesPort),
                            settings.options(service.heap()),
                            settings.of(service)),
                    log));
        }
        await(sandbox, log);
        for (Child service : services) {
            await(service, log);
        }
        Child gateway = begin(
                Child.gateway(ROOT, gatewayPort, settings.options(Settings.GATEWAY_HEAP), settings.ofGateway()), log);
        await(gateway, log);

        System.out.println();
        System.out.printf("%-22s %8s %10s %8s%n", "process", "port", "healthy", "memory");
        for (Child child : children) {
            System.out.printf(
                    "%-22s %8d %8.1f s %6d MB%n",
                    child.name(), child.port(), child.secondsToHealthy(), child.residentMegabytes());
        }
        System.out.println();
        System.out.println("Voldesk is up:   http://localhost:" + gatewayPort + "/");
        System.out.println("log:             " + RUN.resolve("voldesk.log").normalize());
        if (!environment.containsKey("ADMIN_SECRET")) {
            System.out.println("admin secret:    " + Settings.LOCAL_ADMIN_SECRET
                    + " (the local default; set ADMIN_SECRET for another)");
        }
        Files.writeString(
                RUN.resolve("healthy"), String.valueOf(ProcessHandle.current().pid()));
    }

    private String startDatabase(int port) throws IOException, SQLException, StartFailed {
        if (Child.isTaken(port)) {
            throw new StartFailed(
                    "port " + port + " for the database is taken: is another house up? (VOLDESK_DB_PORT sets another)");
        }
        Files.createDirectories(DATA);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                // its launcher cannot tell a slow server from a dead one, and would give up after ten seconds
                .setPGStartupWait(Duration.ofMinutes(10))
                .setPort(port)
                .setDataDirectory(DATA.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "200")
                // the embedded server is made for tests and would not wait for the disk; here the data is meant to stay
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "256MB");
        try (var waiting = new Waiting("the database", () -> "port " + port, PROGRESS_EVERY, Up::say)) {
            postgres = builder.start();
        }
        var superuser = new PGSimpleDataSource();
        superuser.setUrl("jdbc:postgresql://localhost:" + port + "/postgres");
        superuser.setUser("postgres");
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select from pg_database where datname = 'voldesk'")) {
            if (!found.next()) {
                try (Statement create = connection.createStatement()) {
                    create.execute("create database voldesk");
                }
            }
        }
        String url = "jdbc:postgresql://localhost:" + port + "/voldesk";
        superuser.setUrl(url);
        SchemaAndRoles.create(
                superuser, SchemaAndRoles.SERVICES.stream().collect(Collectors.toMap(Function.identity(), s -> s)));
        return url;
    }

    private Child begin(Child child, Log log) throws IOException, StartFailed {
        if (child.portIsTaken()) {
            throw new StartFailed("port " + child.port() + " for " + child.name() + " is taken by another program");
        }
        synchronized (children) {
            children.add(child);
        }
        child.start(log);
        return child;
    }

    private void await(Child child, Log log) throws IOException, InterruptedException, StartFailed {
        try (var waiting = new Waiting(child.name(), child::lastWord, PROGRESS_EVERY, Up::say)) {
            if (!child.comeUp(MOST_STARTS, log, Up::say)) {
                throw new StartFailed(child.name() + " did not become healthy: " + child.epitaph());
            }
        }
        say(child.name() + " is healthy");
        notePids();
        child.onExit(() -> restart(child, log));
    }

    /** A process that ends by itself is started again; the rest goes on meanwhile. */
    private void restart(Child child, Log log) {
        if (stopped.getCount() == 0) {
            return;
        }
        try {
            say(child.epitaph());
            child.start(log);
            await(child, log);
        } catch (IOException | StartFailed e) {
            say(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void notePids() {
        synchronized (children) {
            try {
                Files.writeString(
                        RUN.resolve("pids"),
                        children.stream()
                                .map(child -> child.name() + " " + child.pid() + "\n")
                                .collect(Collectors.joining()));
            } catch (IOException e) {
                say("the process ids could not be noted: " + e.getMessage());
            }
        }
    }

    /** The gateway first, so that nothing new comes in; the database last. */
    private void stop() {
        stopped.countDown();
        List<Child> running;
        synchronized (children) {
            running = new ArrayList<>(children).reversed();
        }
        running.forEach(Child::terminate);
        running.forEach(Child::awaitEnd);
        try {
            Files.deleteIfExists(RUN.resolve("healthy"));
            if (postgres != null) {
                postgres.close();
            }
        } catch (IOException e) {
            say("the database did not stop cleanly: " + e.getMessage());
        }
        say("stopped");
    }

    private static void deleteRecursively(Path path) throws IOException {
        if (Files.exists(path)) {
            try (var files = Files.walk(path)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
