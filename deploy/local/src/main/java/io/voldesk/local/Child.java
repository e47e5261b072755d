package io.voldesk.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One process of the house. */
final class Child {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private static final int REMEMBERED_LINES = 25;
    private static final Duration MOST_FOR_THE_LAST_LINES = Duration.ofSeconds(2);
    /** A process without memory ends, and is started again, in place of going on crippled. */
    private static final List<String> BOUNDED = List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

    private static final int SIGNAL = 128;

    private final String name;
    private final int port;
    private final List<String> command;
    private final Map<String, String> environment;
    private final URI health;
    private final Deque<String> last = new ArrayDeque<>();
    private Process process;
    private Thread copying;
    private int fruitlessStarts;
    private volatile boolean terminated;
    private Instant started;
    private Instant healthy;

    /** @param healthPath answers 200 once the process can do its work */
    Child(String name, int port, List<String> command, Map<String, String> environment, String healthPath) {
        this.name = name;
        this.port = port;
        this.command = command;
        this.environment = environment;
        this.health = URI.create("http://localhost:" + port + healthPath);
    }

    /** @param arguments of the JVM: its heap and whatever else it is to run with */
    static Child service(Path root, String module, int port, List<String> arguments, Map<String, String> environment) {
        return quarkus(root, module, port, arguments, environment, "/internal/health/ready");
    }

    /** Its front shows no more than that it serves. */
    static Child gateway(Path root, int port, List<String> arguments, Map<String, String> environment) {
        return quarkus(root, "gateway", port, arguments, environment, "/api/health");
    }

    private static Child quarkus(
            Path root,
            String module,
            int port,
            List<String> arguments,
            Map<String, String> environment,
            String healthPath) {
        Path jar = root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        return new Child(module, port, java(arguments, List.of("-jar", jar.toString())), environment, healthPath);
    }

    static Child sandbox(Path root, int port) {
        Path target = root.resolve("deploy/sandbox/target");
        String classpath = target.resolve("classes") + ":" + target.resolve("lib") + "/*";
        return new Child(
                "sandbox",
                port,
                java(List.of("-Xmx512m"), List.of("-cp", classpath, "io.voldesk.sandbox.Sandbox")),
                Map.of(),
                "/health");
    }

    /** A command that runs the JDK this one runs on; later options of the JVM go before earlier ones. */
    static List<String> java(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(BOUNDED);
        command.addAll(options);
        command.addAll(arguments);
        return command;
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    boolean portIsTaken() {
        return isTaken(port);
    }

    static boolean isTaken(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void start(Log log) throws IOException {
        fruitlessStarts++;
        started = Instant.now();
        synchronized (last) {
            last.clear();
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().putAll(environment);
        process = builder.start();
        copying = Thread.ofVirtual().start(() -> log.copy(name, process.inputReader(), this::remember));
    }

    private void remember(String line) {
        synchronized (last) {
            last.addLast(line);
            if (last.size() > REMEMBERED_LINES) {
                last.removeFirst();
            }
        }
    }

    /** How a process that is gone ended: its exit code and the end of its log, or that it left none. */
    String epitaph() throws InterruptedException {
        int code = process.waitFor();
        // what it said last may still be on its way through the pipe
        copying.join(MOST_FOR_THE_LAST_LINES);
        synchronized (last) {
            String ended = name + " ended with exit code " + code
                    + (code > SIGNAL ? ", ended from outside by signal " + (code - SIGNAL) : "");
            return last.isEmpty()
                    ? ended + " without a word; it was started as: " + String.join(" ", command)
                    : ended + "; the end of its log:\n" + String.join("\n", last);
        }
    }

    /** What it said last, if anything. */
    String lastWord() {
        synchronized (last) {
            return last.isEmpty() ? "nothing said yet" : "last said: " + last.getLast();
        }
    }

    /**
     * Waits until it is healthy. Where it ends before, it is started again: what it stands on may only just have come up.
     *
     * @param most starts in a row without success after which it is given up
     * @param say is told how a start ended that is not the last
     */
    boolean comeUp(int most, Log log, Consumer<String> say) throws IOException, InterruptedException {
        while (!awaitHealthy()) {
            if (terminated || fruitlessStarts >= most) {
                return false;
            }
            say.accept(epitaph() + "\n" + name + " is started again");
            start(log);
        }
        return true;
    }

    /** Waits for as long as the process lives; false once it has ended without having become healthy. */
    private boolean awaitHealthy() throws InterruptedException {
        while (process.isAlive()) {
            try {
                var answer = HTTP.send(
                        HttpRequest.newBuilder(health)
                                .timeout(Duration.ofSeconds(2))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
                if (answer.statusCode() == 200) {
                    healthy = Instant.now();
                    fruitlessStarts = 0;
                    return true;
                }
            } catch (IOException e) {
                // not listening yet
            }
            Thread.sleep(50);
        }
        return false;
    }

    void onExit(Runnable what) {
        process.onExit().thenRunAsync(what);
    }

    double secondsToHealthy() {
        return Duration.between(started, healthy).toMillis() / 1000.0;
    }

    /** From /proc; −1 where there is none. */
    long residentMegabytes() {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    long pid() {
        return process == null ? -1 : process.pid();
    }

    void terminate() {
        terminated = true;
        if (process != null) {
            process.destroy();
        }
    }

    void awaitEnd() {
        if (process == null) {
            return;
        }
        try {
            if (!process.waitFor(12, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
