package io.voldesk.tradesync.sync;

import java.time.Instant;

/** The highest (updated_at, trade_id) that is stored, in Alpha's own order of rows. */
public record Watermark(Instant updatedAt, String tradeId) {}
