package io.voldesk.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
    @TempDir
    Path folder;

    private Child child;

    private Child started(String... arguments) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> command = Child.java(Stream.concat(
                        Stream.of("-cp", "target/test-classes", SlowStarter.class.getName()), Stream.of(arguments))
                .toList());
        child = new Child("slow", port, command, Map.of(), "/health");
        child.start(new Log(folder.resolve("log")));
        return child;
    }

    @AfterEach
    void stop() {
        child.terminate();
        child.awaitEnd();
    }

    @Test
    void aProcessThatIsAliveIsWaitedForAndTheWaitIsTold() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        try (var waiting = new Waiting("slow", Duration.ofMillis(500), said::add)) {
            assertTrue(started("1600", "starting").awaitHealthy());
        }
        assertTrue(said.size() >= 3, said.toString());
        assertEquals("still waiting for slow, 1 s so far; Ctrl-C stops", said.get(1));
        assertTrue(child.secondsToHealthy() >= 1.6);
        int until = said.size();
        Thread.sleep(700);
        assertEquals(until, said.size(), "nothing is said of what is there");
    }

    @Test
    void aProcessThatDiesIsReportedWithTheEndOfItsLog() throws Exception {
        assertFalse(started("50", "no room left", "3").awaitHealthy());
        assertEquals("slow ended with exit code 3; the end of its log:\nno room left", child.epitaph());
    }

    @Test
    void aProcessThatDiesSilentlyIsSaidToHaveLeftNoLog() throws Exception {
        assertFalse(started("0", "", "1").awaitHealthy());
        assertEquals("slow ended with exit code 1; it left no log", child.epitaph());
    }
}
