package io.voldesk.kit.db;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads JDBC's times as ours. */
public final class Rows {
    private Rows() {}

    /** Null where the column is. */
    public static Instant instant(Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    /** Every column by its name, in order. */
    public static Map<String, Object> asMap(ResultSet row) throws SQLException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            Object value = row.getObject(i);
            map.put(
                    row.getMetaData().getColumnName(i),
                    switch (value) {
                        case Timestamp time -> time.toInstant();
                        case Date day -> day.toLocalDate();
                        case null, default -> value;
                    });
        }
        return map;
    }
}
