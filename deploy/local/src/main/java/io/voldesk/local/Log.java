package io.voldesk.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The one log of all processes, each line under its process's name. */
final class Log {
    private final Writer writer;

    Log(Path file) throws IOException {
        writer = Files.newBufferedWriter(file);
    }

    void copy(String name, BufferedReader from, Consumer<String> also) {
        from.lines().forEach(line -> {
            also.accept(line);
            synchronized (writer) {
                try {
                    writer.write(String.format("%-20s| %s%n", name, line));
                    writer.flush();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }
}
