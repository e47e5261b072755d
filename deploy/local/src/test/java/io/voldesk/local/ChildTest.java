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

    private final List<String> said = new CopyOnWriteArrayList<>();
    private Child child;
    private Log log;

    private Child started(String... arguments) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> command = Child.java(
                List.of(),
                Stream.concat(
                                Stream.of("-cp", "target/test-classes", SlowStarter.class.getName()),
                                Stream.of(arguments))
                        .toList());
        child = new Child("slow", port, command, Map.of(), "/health");
        log = new Log(folder.resolve("log"));
        child.start(log);
        return child;
    }

    private boolean healthy(int mostStarts) throws Exception {
        return child.comeUp(mostStarts, log, said::add);
    }

    @AfterEach
    void stop() {
        child.terminate();
        child.awaitEnd();
    }

    @Test
    void aProcessThatIsAliveIsWaitedForAndTheWaitIsTold() throws Exception {
        started("1600", "starting");
        try (var waiting = new Waiting("slow", child::lastWord, Duration.ofMillis(500), said::add)) {
            assertTrue(healthy(1));
        }
        assertTrue(said.size() >= 3, said.toString());
        assertEquals("still waiting for slow, 1 s so far (last said: starting); Ctrl-C stops", said.get(1));
        assertTrue(child.secondsToHealthy() >= 1.6);
        int until = said.size();
        Thread.sleep(700);
        assertEquals(until, said.size(), "nothing is said of what is there");
    }

    @Test
    void aProcessThatDiesIsReportedWithTheEndOfItsLog() throws Exception {
        started("50", "no room left", "3");
        assertFalse(healthy(1));
        assertEquals("slow ended with exit code 3; the end of its log:\nno room left", child.epitaph());
    }

    @Test
    void aProcessThatDiesSilentlyIsReportedWithHowItWasStarted() throws Exception {
        started("0", "", "1");
        assertFalse(healthy(1));
        String epitaph = child.epitaph();
        assertTrue(epitaph.startsWith("slow ended with exit code 1 without a word; it was started as: "), epitaph);
        assertTrue(epitaph.endsWith("SlowStarter 0  1"), epitaph);
    }

    @Test
    void aFirstStartThatDiesIsTriedAgainAndEachEndIsTold() throws Exception {
        // it comes up once the file is there, which its second death leaves behind
        Path twice = folder.resolve("second");
        started("50", "not yet", "1", twice.toString());
        assertTrue(healthy(5));
        assertEquals(2, said.size(), said.toString());
        assertEquals(
                "slow ended with exit code 1; the end of its log:\nnot yet\nslow is started again", said.getFirst());
    }

    @Test
    void aStartThatNeverSucceedsIsGivenUp() throws Exception {
        started("0", "no", "1");
        assertFalse(healthy(3));
        assertEquals(2, said.size(), said.toString());
    }

    @Test
    void aSignalFromOutsideIsNamed() throws Exception {
        started("60000", "at work");
        ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();
        assertFalse(healthy(1));
        assertTrue(child.epitaph().startsWith("slow ended with exit code 137, ended from outside by signal 9"));
    }
}
