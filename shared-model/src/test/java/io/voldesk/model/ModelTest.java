package io.voldesk.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
    private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());

    @Test
    void aFigureIsANumberOrAReason() throws JsonProcessingException {
        Instant at = Instant.parse("2026-01-02T03:00:00Z");
        assertEquals(
                Figure.known(1.5, at), json.readValue(json.writeValueAsString(Figure.known(1.5, at)), Figure.class));
        Figure missing = Figure.unknown(QualityState.MISSING, "no_row", null);
        assertEquals(missing, json.readValue(json.writeValueAsString(missing), Figure.class));
        assertThrows(IllegalArgumentException.class, () -> Figure.known(Double.NaN, at));
        assertEquals(
                QualityState.STALE,
                Figure.known(1, at).notBefore(at.plusSeconds(1)).state());
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
                "positive",
                11.0,
                null,
                13.0,
                14.0);
        ObjectMapper snake = json.copy()
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        String written = snake.writeValueAsString(state);
        assertEquals(
                "[\"2026-01-02T03:00:00Z\",1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0,9.0,10.0,\"positive\",11.0,null,13.0,14.0]",
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
}
