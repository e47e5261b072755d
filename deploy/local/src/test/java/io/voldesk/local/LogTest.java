package io.voldesk.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
    @TempDir
    Path folder;

    private void write(Path file, String name, String lines) throws Exception {
        new Log(file).copy(name, new BufferedReader(new StringReader(lines)), line -> {});
    }

    @Test
    void aLogIsCarriedOnFromStartToStart() throws Exception {
        Path file = folder.resolve("voldesk.log");
        write(file, "gateway", "first\nşecond");
        write(file, "snapshot-service", "third");
        assertEquals(
                List.of("gateway             | first", "gateway             | şecond", "snapshot-service    | third"),
                Files.readAllLines(file));
    }

    @Test
    void nobodyButItsOwnerReadsIt() throws Exception {
        Path file = Files.createFile(
                folder.resolve("voldesk.log"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        write(file, "gateway", "first");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void itIsTurnedOverBySize() throws Exception {
        Path file = folder.resolve("voldesk.log");
        String line = "x".repeat(1 << 20) + "\n";
        write(file, "gateway", line.repeat(70));
        assertTrue(Files.size(file) < 65L << 20, () -> file + " grew beyond its size");
        assertTrue(Files.exists(folder.resolve("voldesk.log.1")));
    }
}
