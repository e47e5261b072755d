package io.voldesk.analytics.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionSessionTest {
    private final OptionSession session = new OptionSession();

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T14:29:59Z,false", // winter: opens at 14:30 UTC
        "2026-11-20T14:30:00Z,true",
        "2026-11-20T20:59:59Z,true",
        "2026-11-20T21:00:00Z,false",
        "2026-07-10T13:30:00Z,true", // summer: an hour earlier in UTC
        "2026-07-10T20:00:00Z,false",
        "2026-11-21T15:00:00Z,false", // Saturday
        "2026-11-26T15:00:00Z,false", // Thanksgiving
        "2026-11-27T17:59:59Z,true", // the day after closes at 13:00
        "2026-11-27T18:00:00Z,false",
        "2025-01-09T15:00:00Z,false", // closed for mourning
        "2018-12-05T15:00:00Z,false",
        "2026-07-03T15:00:00Z,false", // Independence Day on a Saturday closes the Friday
        "2027-07-05T15:00:00Z,false", // on a Sunday the Monday
        "2021-12-31T15:00:00Z,true", // New Year's Day on a Saturday closes no Friday: the year's books do
        "2027-12-31T15:00:00Z,true",
        "2027-12-24T15:00:00Z,false", // Christmas on a Saturday closes the Friday
        "2026-12-24T18:00:00Z,false", // Christmas Eve closes at 13:00
        "2021-06-18T15:00:00Z,true", // Juneteenth is kept from 2022 on
        "2022-06-20T15:00:00Z,false"
    })
    void sessionsFollowNewYorkAndItsHolidays(Instant at, boolean open) {
        assertEquals(open, session.contains(at));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T15:00:00Z,2026-11-20T15:00:00Z",
        "2026-11-20T13:00:00Z,2026-11-20T14:30:00Z", // before the open of the same day
        "2026-11-20T22:00:00Z,2026-11-23T14:30:00Z", // over the weekend
        "2026-11-25T22:00:00Z,2026-11-27T14:30:00Z", // over Thanksgiving
        "2026-03-06T22:00:00Z,2026-03-09T13:30:00Z" // over the change to summer time
    })
    void aTargetRollsForwardToTheNextOpen(Instant target, Instant rolled) {
        assertEquals(rolled, session.rollForward(target));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20,2026-11-20T21:00:00Z",
        "2026-04-03,2026-04-02T20:00:00Z", // Good Friday: the contract last trades on Thursday
        "2026-11-28,2026-11-27T18:00:00Z" // a Saturday expiry after a short day
    })
    void aContractTradesLastAtTheCloseOfItsLastTradingDay(LocalDate expiry, Instant last) {
        assertEquals(last, session.lastTradeOf(expiry));
    }
}
