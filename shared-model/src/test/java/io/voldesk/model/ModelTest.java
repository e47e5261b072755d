package io.voldesk.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
    private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());

    private static final Instant AT = Instant.parse("2026-01-02T03:00:00Z");

    private static Figure aged(Duration age) {
        return AgeRule.SNAPSHOT.figure(1.5, AT, AT.plus(age), SourceAuthority.DIRECT_SOURCE, "no_row");
    }

    @Test
    void aFigureIsANumberOrAReason() throws JsonProcessingException {
        for (Figure figure : List.of(
                aged(Duration.ofHours(1)),
                aged(Duration.ofHours(40)),
                aged(Duration.ofDays(30)),
                Figure.unknown(QualityState.PENDING, "not_captured_yet", null))) {
            assertEquals(figure, json.readValue(json.writeValueAsString(figure), Figure.class));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new Figure.Known(Double.NaN, AT, 0L, SourceAuthority.DIRECT_SOURCE));
        assertEquals(
                Figure.unknown(QualityState.MISSING, "no_row", AT),
                AgeRule.SNAPSHOT.figure(Double.NaN, AT, AT, SourceAuthority.DIRECT_SOURCE, "no_row"));
    }

    @Test
    void aFigureIsAsGoodAsItsAge() {
        assertEquals(new Figure.Known(1.5, AT, 129_600L, SourceAuthority.DIRECT_SOURCE), aged(Duration.ofHours(36)));
        assertEquals(
                new Figure.Stale(1.5, "older_than_36_hours", AT, 129_601L),
                aged(Duration.ofHours(36).plusSeconds(1)));
        assertEquals(QualityState.STALE, aged(Duration.ofDays(7)).state());
        Figure gone = aged(Duration.ofDays(7).plusSeconds(1));
        assertEquals(new Figure.Unknown(QualityState.MISSING, "older_than_7_days", AT, 604_801L), gone);
        assertEquals(
                QualityState.OK,
                AgeRule.LIVE.of(AT, AT.plusSeconds(75 * 60), "none").state());
        assertEquals(
                "older_than_75_minutes",
                AgeRule.LIVE.of(AT, AT.plusSeconds(76 * 60), "none").reason());
        assertEquals(
                "older_than_3_hours",
                AgeRule.LIVE.of(AT, AT.plusSeconds(181 * 60), "none").reason());
    }

    @Test
    void aSourceFromLaterIsNoAnswerToAnEarlierQuestion() {
        assertEquals(0L, AgeRule.LIVE.of(AT.plusSeconds(60), AT, "none").seconds(), "clocks differ a little");
        assertEquals(
                new AgeRule.Age(QualityState.MISSING, "later_than_asked", AT.plusSeconds(3_600), null),
                AgeRule.LIVE.of(AT.plusSeconds(3_600), AT, "none"));
        assertEquals("none", AgeRule.LIVE.of(null, AT, "none").reason());
    }

    @Test
    void aStatisticSaysOnHowMuchItStands() {
        assertEquals(QualityState.OK, Sample.of(2_160, 2_160, 90).state());
        assertEquals("coverage_below_80_percent", Sample.of(1_080, 2_160, 45).reason());
        assertEquals(
                "fewer_than_30_independent_observations",
                Sample.of(600, 2_160, 25).reason());
        assertEquals(0, Sample.of(0, 0, 0).coverage());
    }

    private static Enrichment.Summary summary(String contextStatus, String reason) {
        var step = new Enrichment.Step("market_context", contextStatus, 5, 3, reason);
        var errors = reason == null
                ? List.<Enrichment.StepError>of()
                : List.of(new Enrichment.StepError("market_context", reason));
        return new Enrichment.Summary(reason == null ? "ok" : "partial_error", false, 5, List.of(step), errors);
    }

    @Test
    void anEnrichmentIsUnfinishedWhereAStepBrokeOffAndNotWhereAVendorFailed() {
        assertFalse(summary("ok", null).unfinished());
        assertFalse(summary("partial_error", "the vendor failed").unfinished());
        assertTrue(summary("error", "broken off").unfinished());
        assertTrue(
                new Enrichment.Summary(
                                "partial_error",
                                false,
                                0,
                                List.of(),
                                List.of(new Enrichment.StepError("projection", "behind")))
                        .unfinished(),
                "what has no step was not looked at");
    }

    @Test
    void thePortionsOfAnEnrichmentAddUpAndKeepWhatWentWrong() {
        Enrichment.Summary both = summary("partial_error", "the vendor failed").plus(summary("ok", null));
        assertEquals("partial_error", both.status());
        assertEquals(10, both.rowsProcessed());
        assertEquals(
                List.of(new Enrichment.Step("market_context", "partial_error", 10, 6, "the vendor failed")),
                both.steps());
        assertEquals(1, both.errors().size());
    }

    @Test
    void aMarketStateTravelsAsAnArrayInTheOrderOfItsComponents() throws JsonProcessingException {
        var state = new MarketContextLookup.MarketState(
                Instant.parse("2026-01-02T03:00:00Z"),
                1.0,
                2.0,
                3.0,
                4.0,
                5.0,
                6.0,
                7.0,
                8.0,
                9.0,
                10.0,
                11.0,
                "positive",
                12.0,
                null,
                new MarketContextLookup.Ranked(0.25, 1_800, 76),
                new MarketContextLookup.Ranked(null, 88, 4),
                new MarketContextLookup.Ranked(0.5, 2_160, 91));
        ObjectMapper snake = json.copy()
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        String written = snake.writeValueAsString(state);
        assertEquals(
                "[\"2026-01-02T03:00:00Z\",1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0,9.0,10.0,11.0,\"positive\",12.0,null,"
                        + "[0.25,1800,76],[null,88,4],[0.5,2160,91]]",
                written);
        assertEquals(state, snake.readValue(written, MarketContextLookup.MarketState.class));
    }

    @Test
    void occSymbolsWithAndWithoutPadding() {
        var contract = new OptionContract(
                "MSTR", LocalDate.of(2026, 12, 18), OptionContract.Right.C, new BigDecimal("400.000"));
        assertEquals(contract, OptionContract.parseOsi("MSTR  261218C00400000"));
        assertEquals(contract, OptionContract.parseOsi("MSTR261218C00400000"));
        assertEquals("MSTR  261218C00400000", contract.osi());
        assertEquals("MSTR-18DEC26-400-C", contract.vendorInstrument());
        assertEquals("MSTR", OptionContract.parseOsi("MSTR1 261218P00322500").underlying());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MSTR",
                "MSTR  261318C00400000",
                "MSTR  260230C00400000",
                "MSTR  261218X00400000",
                "MSTR  261218C00000000"
            })
    void whatIsNoSymbolIsRefused(String symbol) {
        assertThrows(IllegalArgumentException.class, () -> OptionContract.parseOsi(symbol));
    }

    /** The digits of FLEX roots are the Options Clearing Corporation's: 1 American, 2 European, 3 and 4 the same settled in cash. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "MSTR  270115C00400000,PLAIN,none,MSTR,EXACT_LISTED",
                "2MSTR 270115C00400000,FLEX,EUROPEAN_PHYSICAL,MSTR,FLEX_LISTED",
                "1COIN261218P00250000,FLEX,AMERICAN_PHYSICAL,COIN,FLEX_LISTED",
                "4COIN 261218P00250000,FLEX,EUROPEAN_CASH,COIN,FLEX_LISTED",
                "MSTR1 270115C00400000,ADJUSTED,none,MSTR,STANDARD_ROOT_FALLBACK",
                "2MSTR1270115C00400000,ADJUSTED,EUROPEAN_PHYSICAL,MSTR,STANDARD_ROOT_FALLBACK",
                "5MSTR 270115C00400000,OTHER,none,MSTR,UNSUPPORTED",
                "ABCDEF270115C00400000,OTHER,none,ABCDEF,UNSUPPORTED",
                "2OTHER270115C00400000,FLEX,EUROPEAN_PHYSICAL,MSTR,UNMAPPED",
                "BRKB  270115C00400000,PLAIN,none,BRK.B,EXACT_LISTED",
                "2BRKB 270115C00400000,FLEX,EUROPEAN_PHYSICAL,BRK/B,FLEX_LISTED",
                "1BRK.B270115C00400000,FLEX,AMERICAN_PHYSICAL,BRK-B,FLEX_LISTED",
                "BRKB1 270115C00400000,ADJUSTED,none,BRK B,STANDARD_ROOT_FALLBACK",
                "2BRKA 270115C00400000,FLEX,EUROPEAN_PHYSICAL,BRK.B,UNMAPPED"
            })
    void everyRootHasAnIdentity(
            String symbol,
            OptionContract.RootKind kind,
            OptionContract.FlexStyle style,
            String underlying,
            ContractIdentity.Status status) {
        OptionContract contract = OptionContract.parseOsi(symbol);
        assertEquals(kind, contract.rootKind());
        assertEquals(style, contract.flexStyle());
        assertEquals(
                status, ContractIdentity.of(contract, underlying, 100, null).status());
        assertEquals(contract, OptionContract.parseOsi(contract.osi()));
    }

    @Test
    void anApprovalSpeaksOfOneMultiplier() {
        OptionContract contract = OptionContract.parseOsi("MSTR1 270115C00400000");
        var approval = new ContractIdentity.Approval("MSTR1", "150 MSTR", 150, null, "ann@desk", AT, "memo 50123");
        ContractIdentity approved = ContractIdentity.of(contract, "MSTR", 150, approval);
        assertEquals(ContractIdentity.Status.ADJUSTED_AUTHORITATIVE, approved.status());
        assertEquals("150 MSTR", approved.deliverable());
        ContractIdentity other = ContractIdentity.of(contract, "MSTR", 100, approval);
        assertEquals(ContractIdentity.Status.STANDARD_ROOT_FALLBACK, other.status());
        assertEquals("multiplier_differs_from_the_approved", other.reason());
        assertEquals("MSTR", other.providerRoot());
    }
}
