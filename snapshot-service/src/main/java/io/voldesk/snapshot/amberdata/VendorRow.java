package io.voldesk.snapshot.amberdata;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * One row of a vendor answer, read field by field into our units. A value that is missing is null; one that is there and cannot be
 * kept costs the row, and the row alone: {@link Unusable} says why.
 */
public final class VendorRow {
    private final JsonNode fields;

    public VendorRow(JsonNode fields) {
        this.fields = fields;
    }

    /** Why a row cannot be kept: {@code missing_FIELD, unreadable_FIELD, out_of_range_FIELD} or {@code expired_FIELD}. */
    public static final class Unusable extends RuntimeException {
        Unusable(String reason) {
            super(reason, null, false, false);
        }

        public String reason() {
            return getMessage();
        }
    }

    /** A time that the row is nothing without. */
    public Instant neededTime(String field) {
        Instant time = time(field);
        if (time == null) {
            throw new Unusable("unreadable_" + field);
        }
        return time;
    }

    public Instant time(String field) {
        return read(field, Vendor::time);
    }

    /** When a contract ends that is observed at a time; the row is nothing without it. */
    public Instant neededExpiration(String field, Instant at) {
        Instant expiration = neededTime(field);
        if (expiration.isAfter(at.plus(Vendor.LONGEST_CONTRACT))) {
            throw new Unusable("out_of_range_" + field);
        }
        return expiration;
    }

    /** A name that the row is nothing without. */
    public String neededName(String field) {
        String name = name(field);
        if (name == null) {
            throw new Unusable("missing_" + field);
        }
        return name;
    }

    public String name(String field) {
        return read(field, Vendor::text);
    }

    /** {@code C} or {@code P}. */
    public String putCall(String field) {
        String right = name(field);
        if (right != null && !right.equals("C") && !right.equals("P")) {
            throw new Unusable("unreadable_" + field);
        }
        return right;
    }

    public Double number(String field) {
        return read(field, Vendor::number);
    }

    /** Percent as the vendor sends it, to the fraction we keep. */
    public Double vol(String field) {
        return read(field, Vendor::vol);
    }

    /** As {@link #vol}, of a row that is nothing without it. */
    public Double neededVol(String field) {
        Double vol = vol(field);
        if (vol == null) {
            throw new Unusable("missing_" + field);
        }
        return vol;
    }

    /** For a value that a reader finds not to fit the others of its row. */
    public Unusable unusable(String reason) {
        return new Unusable(reason);
    }

    private <T> T read(String field, BiFunction<JsonNode, String, T> reader) {
        T value = reader.apply(fields, field);
        if (value == null && fields.hasNonNull(field)) {
            throw new Unusable("unreadable_" + field);
        }
        return value;
    }
}
