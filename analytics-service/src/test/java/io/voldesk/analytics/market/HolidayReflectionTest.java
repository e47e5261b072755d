package io.voldesk.analytics.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.jackson.JacksonConfigurationService;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.jar.JarFile;
import javax.xml.stream.XMLEventFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import org.junit.jupiter.api.Test;

class HolidayReflectionTest {
    @Test
    void whatTheLibraryMakesByNameIsRegistered() throws Exception {
        var settings = new Properties();
        try (var in = HolidayManager.class.getResourceAsStream("/jollyday.properties")) {
            settings.load(in);
        }
        var made = new TreeSet<String>();
        settings.values().forEach(name -> made.add(name.toString().strip()));
        for (var factory : List.of(XMLEventFactory.class, XMLInputFactory.class, XMLOutputFactory.class)) {
            ServiceLoader.load(factory).stream()
                    .forEach(provider -> made.add(provider.type().getName()));
        }
        Path jar = Path.of(JacksonConfigurationService.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.contains("/mapping/") && name.endsWith(".class"))
                    .forEach(name -> made.add(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.')));
        }
        assertEquals(
                made,
                new TreeSet<>(List.of(HolidayReflection.class
                        .getAnnotation(RegisterForReflection.class)
                        .classNames())));
    }
}
