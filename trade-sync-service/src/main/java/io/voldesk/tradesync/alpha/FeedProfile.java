package io.voldesk.tradesync.alpha;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How one shape of Alpha's feed is asked and read. It is data: a YAML file, shipped in {@code alpha-profiles} or anywhere else.
 *
 * @param path appended to the address; empty where the address is the whole of it
 * @param header the name of the header with the key, and {@code scheme} what stands before the key in it; empty for the raw key
 * @param parameters the source's names of {@code portfolios, include_pending, updated_since, limit, cursor}
 * @param rows where in the answer the rows may stand, dots between names; so {@code cursor} and {@code asOf}
 * @param cursor empty for a feed that has no pages
 * @param signedPremium whether the sign of a premium is its direction, which the side says already; else it has none
 * @param aliases which name feeds which field
 * @param words a field's values in our words, as they stand and {@link #plain}; a field without any takes ours only
 * @param standards what stands for a field that a row does not have
 */
record FeedProfile(
        String name,
        String path,
        String header,
        String scheme,
        Map<String, String> parameters,
        Set<String> rows,
        Set<String> cursor,
        Set<String> asOf,
        boolean signedPremium,
        Map<String, Alias> aliases,
        Map<AlphaField, Map<String, String>> words,
        Map<AlphaField, String> standards) {
    private static final Set<String> PARAMETERS =
            Set.of("portfolios", "include_pending", "updated_since", "limit", "cursor");
    private static final Set<AlphaField> OPTIONAL = Set.of(
            AlphaField.VERSION,
            AlphaField.FEES,
            AlphaField.PREMIUM_USD,
            AlphaField.QUANTITY_UNIT,
            AlphaField.SETTLE_DATE);
    private static final int MOST_ALIASES = 60;

    /** A name that feeds a field; of several the one of the lowest rank wins. */
    record Alias(AlphaField field, int rank) {}

    /**
     * A shipped profile by its name, or the one in a file.
     *
     * @throws IllegalArgumentException where there is none, or it is none; the message is fit for the operator
     */
    static FeedProfile load(String nameOrFile) {
        String resource = "/alpha-profiles/" + nameOrFile + ".yaml";
        boolean shipped = nameOrFile.matches("[a-z-]{1,40}");
        try (InputStream in =
                shipped ? FeedProfile.class.getResourceAsStream(resource) : Files.newInputStream(Path.of(nameOrFile))) {
            if (in == null) {
                throw new IllegalArgumentException("no feed profile is called " + nameOrFile);
            }
            return of(new YAMLMapper().readTree(in), nameOrFile);
        } catch (IOException e) {
            throw new IllegalArgumentException("the feed profile " + nameOrFile + " cannot be read", e);
        }
    }

    static FeedProfile of(JsonNode yaml, String name) {
        JsonNode request = yaml.path("request");
        JsonNode answer = yaml.path("answer");
        return new FeedProfile(
                name,
                request.path("path").asText(""),
                required(request, "header"),
                request.path("scheme").asText(""),
                parameters(request.path("parameters")),
                names(answer, "rows"),
                hasNoPages(answer) ? Set.of() : names(answer, "cursor"),
                names(answer, "as_of"),
                signedPremium(yaml.path("premium")),
                aliases(yaml.path("fields"), yaml.path("defaults")),
                words(yaml.path("values")),
                standards(yaml.path("defaults")));
    }

    Alias alias(String name) {
        return aliases.get(name);
    }

    String standard(AlphaField field) {
        return standards.get(field);
    }

    /**
     * A value in our words; null where it is none. {@code Partially Filled} and {@code PARTIALLY-FILLED} are the same as the
     * profile's {@code partially_filled}.
     */
    String word(AlphaField field, String value) {
        Map<String, String> known = words.get(field);
        if (known != null) {
            String exactly = known.get(value);
            return exactly != null ? exactly : known.get(plain(value));
        }
        return field.allowed().contains(value) ? value : null;
    }

    /** Without case and separators; a word of nothing else stays as it is. */
    private static String plain(String word) {
        String plain = word.replaceAll("[\\s_./-]", "").toLowerCase(Locale.ROOT);
        return plain.isEmpty() ? word : plain;
    }

    /** The header's value. */
    String credential(String key) {
        return scheme.isEmpty() ? key : scheme + " " + key;
    }

    private static String required(JsonNode node, String field) {
        String text = node.path(field).asText("");
        if (text.isBlank()) {
            throw new IllegalArgumentException("the feed profile has no " + field);
        }
        return text;
    }

    private static Map<String, String> parameters(JsonNode node) {
        Map<String, String> parameters = new HashMap<>();
        for (String ours : PARAMETERS) {
            parameters.put(ours, required(node, ours));
        }
        return Map.copyOf(parameters);
    }

    private static Set<String> names(JsonNode node, String field) {
        List<String> names = list(node.path(field));
        if (names.isEmpty()) {
            throw new IllegalArgumentException("the feed profile's answer has no " + field);
        }
        return Set.copyOf(names);
    }

    /** {@code cursor: []} is a word; a cursor that is left out is a mistake. */
    private static boolean hasNoPages(JsonNode answer) {
        return answer.path("cursor").isArray() && answer.path("cursor").isEmpty();
    }

    private static boolean signedPremium(JsonNode node) {
        return switch (node.asText("absolute")) {
            case "absolute" -> false;
            case "signed" -> true;
            default -> throw new IllegalArgumentException("the feed profile's premium is neither signed nor absolute");
        };
    }

    private static List<String> list(JsonNode node) {
        List<String> values = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(value -> values.add(value.asText()));
        } else if (!node.isMissingNode() && !node.isNull()) {
            values.add(node.asText());
        }
        return values;
    }

    private static Map<String, Alias> aliases(JsonNode node, JsonNode defaults) {
        Map<String, Alias> aliases = new HashMap<>();
        node.fieldNames().forEachRemaining(FeedProfile::field);
        for (AlphaField field : AlphaField.values()) {
            List<String> names = list(node.path(field.json()));
            if (names.size() > MOST_ALIASES) {
                throw new IllegalArgumentException("the feed profile has too many names of " + field.json());
            }
            if (names.isEmpty() && !OPTIONAL.contains(field) && !defaults.has(field.json())) {
                throw new IllegalArgumentException("the feed profile does not say where " + field.json() + " stands");
            }
            for (int rank = 0; rank < names.size(); rank++) {
                if (aliases.put(names.get(rank), new Alias(field, rank)) != null) {
                    throw new IllegalArgumentException("the feed profile names " + names.get(rank) + " twice");
                }
            }
        }
        return aliases;
    }

    private static Map<AlphaField, Map<String, String>> words(JsonNode node) {
        Map<AlphaField, Map<String, String>> words = new EnumMap<>(AlphaField.class);
        node.properties().forEach(entry -> {
            AlphaField field = field(entry.getKey());
            Map<String, String> known = new HashMap<>();
            entry.getValue().properties().forEach(ours -> {
                if (!field.allowed().contains(ours.getKey())) {
                    throw new IllegalArgumentException(
                            "the feed profile maps to a " + entry.getKey() + " that is none: " + ours.getKey());
                }
                for (String theirs : list(ours.getValue())) {
                    put(known, theirs, ours.getKey());
                    put(known, plain(theirs), ours.getKey());
                }
            });
            words.put(field, known);
        });
        return words;
    }

    private static void put(Map<String, String> known, String theirs, String ours) {
        String other = known.put(theirs, ours);
        if (other != null && !other.equals(ours)) {
            throw new IllegalArgumentException(
                    "the feed profile takes " + theirs + " for " + other + " and for " + ours);
        }
    }

    private static Map<AlphaField, String> standards(JsonNode node) {
        Map<AlphaField, String> standards = new EnumMap<>(AlphaField.class);
        node.properties()
                .forEach(entry ->
                        standards.put(field(entry.getKey()), entry.getValue().asText()));
        return standards;
    }

    private static AlphaField field(String name) {
        return AlphaField.named(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("the feed profile speaks of an unknown field: " + name));
    }
}
