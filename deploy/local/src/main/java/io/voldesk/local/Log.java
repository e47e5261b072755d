package io.voldesk.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.handlers.SizeRotatingFileHandler;

/**
 * The one log of all processes, each line under its process's name. It is carried on from start to start and turned over by size,
 * and nobody but its owner reads it.
 */
final class Log {
    private static final long MOST_BYTES = 64L << 20;
    private static final int KEPT = 5;

    private final SizeRotatingFileHandler file;

    Log(Path path) throws IOException {
        if (Files.notExists(path)) {
            Files.createFile(path);
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        file = new SizeRotatingFileHandler(path.toFile(), true);
        file.setRotateSize(MOST_BYTES);
        file.setMaxBackupIndex(KEPT);
        file.setEncoding(StandardCharsets.UTF_8.name());
        file.setFormatter(new Lines());
    }

    private static final class Lines extends Formatter {
        @Override
        public String format(LogRecord line) {
            return line.getMessage() + System.lineSeparator();
        }
    }

    /** Until the process ends; a stream that breaks with its process is such an end. */
    void copy(String name, BufferedReader from, Consumer<String> also) {
        try {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                also.accept(line);
                file.publish(new LogRecord(Level.INFO, String.format("%-20s| %s", name, line)));
            }
        } catch (IOException e) {
            also.accept("the log ended: " + e.getMessage());
        }
    }
}
