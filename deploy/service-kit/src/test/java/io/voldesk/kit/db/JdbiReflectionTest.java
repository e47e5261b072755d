package io.voldesk.kit.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.JdbiConfig;
import org.junit.jupiter.api.Test;

class JdbiReflectionTest {
    @Test
    void everyConfigurationOfTheLibraryIsRegistered() throws Exception {
        var found = new TreeSet<String>();
        for (String name : classes()) {
            Class<?> type = Class.forName(name, false, Jdbi.class.getClassLoader());
            if (JdbiConfig.class.isAssignableFrom(type) && !type.isInterface()) {
                found.add(name);
            }
        }
        assertEquals(
                found,
                new TreeSet<>(List.of(JdbiReflection.class
                        .getAnnotation(RegisterForReflection.class)
                        .classNames())));
    }

    private static List<String> classes() throws IOException, java.net.URISyntaxException {
        Path jar = Path.of(
                Jdbi.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (var file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("org/jdbi/v3/core/") && name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                    .toList();
        }
    }
}
