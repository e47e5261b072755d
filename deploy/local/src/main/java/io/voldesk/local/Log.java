package io.voldesk.local;

import java.io.BufferedReader;
import java.io.IOException;
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

    /** Until the process ends; a stream that breaks with its process is such an end. */
    void copy(String name, BufferedReader from, Consumer<String> also) {
        try {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                also.accept(line);
                synchronized (writer) {
                    writer.write(String.format("%-20s| %s%n", name, line));
                    writer.flush();
                }
            }
        } catch (IOException e) {
            also.accept("the log ended: " + e.getMessage());
        }
    }
}
