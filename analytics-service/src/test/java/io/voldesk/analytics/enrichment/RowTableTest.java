package io.voldesk.analytics.enrichment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns of a row are its components. */
class RowTableTest {
    record Row(
            String sourceTradeId, String contextKey, int forVersion, String state, String reason, Double riskReversal25)
            implements EnrichedRow {}

    @ParameterizedTest
    @CsvSource({
        "state, state",
        "sourceTradeId, source_trade_id",
        "atmIv7, atm_iv_7",
        "atmIv30, atm_iv_30",
        "rv30, rv_30",
        "riskReversal25, risk_reversal_25",
        "dvolRankHours, dvol_rank_hours"
    })
    void aComponentNamesItsColumn(String component, String column) {
        assertEquals(column, RowTable.column(component));
    }

    @Test
    void theKeyNeverChanges() {
        RowTable<Row> table = RowTable.of("row", Row.class);
        assertEquals(
                List.of("source_trade_id", "context_key", "for_version", "state", "reason", "risk_reversal_25"),
                table.columns());
        assertEquals(List.of("for_version", "state", "reason", "risk_reversal_25"), table.changing());
    }

    @Test
    void onlyAVendorThatFailedHasToldNothing() {
        assertTrue(new Row("T", "k", 1, "pending", "vendor_error", null).vendorFailed());
        assertFalse(new Row("T", "k", 1, "pending", "contract_changed", null).vendorFailed());
        assertFalse(new Row("T", "k", 1, "unavailable", "vendor_error", null).vendorFailed());
    }
}
