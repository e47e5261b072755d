package io.voldesk.sandbox;

import java.nio.charset.StandardCharsets;

/** Deterministic randomness: the same key and place give the same number on every machine and in every run. */
final class Noise {
    private Noise() {}

    /** Uniform in [0, 1). */
    static double uniform(String key, long place) {
        return (mix(hash(key) + place * 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53;
    }

    /** Roughly standard normal: the sum of twelve uniforms. */
    static double normal(String key, long place) {
        return normal(hash(key), place);
    }

    private static double normal(long key, long place) {
        double sum = -6;
        long seed = mix(key + place * 0x9E3779B97F4A7C15L);
        for (int i = 0; i < 12; i++) {
            seed = mix(seed + 0x9E3779B97F4A7C15L);
            sum += (seed >>> 11) * 0x1.0p-53;
        }
        return sum;
    }

    /**
     * A continuous path over hours whose change over one hour has about the deviation one and which roams like a random walk
     * up to {@code octaves} doublings of an hour, then stays within bounds. The seeds are worked out once.
     */
    static final class Path {
        private final long[] seeds;

        Path(String key, int octaves) {
            seeds = new long[octaves];
            for (int octave = 0; octave < octaves; octave++) {
                seeds[octave] = hash(key + octave);
            }
        }

        double at(double hours) {
            return at(hours, seeds.length);
        }

        /** Its fast part alone: the first {@code octaves} doublings. */
        double at(double hours, int octaves) {
            double sum = 0;
            for (int octave = 0; octave < octaves; octave++) {
                double period = 1L << octave;
                double place = hours / period;
                long node = (long) Math.floor(place);
                double t = place - node;
                double smooth = t * t * (3 - 2 * t);
                double from = normal(seeds[octave], node);
                double to = t == 0 ? from : normal(seeds[octave], node + 1);
                sum += 0.5 * Math.sqrt(period) * (from + smooth * (to - from));
            }
            return sum;
        }
    }

    private static long hash(String key) {
        long h = 1125899906842597L;
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            h = 31 * h + b;
        }
        return mix(h);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
