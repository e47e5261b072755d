package io.voldesk.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSecretTest {
    @TempDir
    Path home;

    @Test
    void eachHomeHasItsOwnKeepsItAndShowsItToItsOwnerOnly() throws Exception {
        Path file = home.resolve("a/run/session-secret");
        String secret = LocalSecret.of(file);
        assertTrue(secret.length() >= 32, "long enough for the gateway to start with");
        assertEquals(secret, LocalSecret.of(file), "sessions outlive a restart");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertNotEquals(secret, LocalSecret.of(home.resolve("b/run/session-secret")));
        Files.writeString(file, "");
        assertTrue(LocalSecret.of(file).length() >= 32, "a file that was cut short is made anew");
    }
}
