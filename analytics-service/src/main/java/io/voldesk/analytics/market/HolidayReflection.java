package io.voldesk.analytics.market;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The holiday library makes its managers and parsers by the names in its own settings, and reads a calendar's XML into its
 * mapping: a native executable has to be told of them. The calendar and the settings are among its resources
 * ({@code quarkus.native.resources.includes}).
 */
@RegisterForReflection(
        classNames = {
            "com.ctc.wstx.stax.WstxEventFactory",
            "com.ctc.wstx.stax.WstxInputFactory",
            "com.ctc.wstx.stax.WstxOutputFactory",
            "de.focus_shift.jollyday.jackson.mapping.ChristianHoliday",
            "de.focus_shift.jollyday.jackson.mapping.ChristianHolidayType",
            "de.focus_shift.jollyday.jackson.mapping.ChronologyType",
            "de.focus_shift.jollyday.jackson.mapping.Configuration",
            "de.focus_shift.jollyday.jackson.mapping.EthiopianOrthodoxHoliday",
            "de.focus_shift.jollyday.jackson.mapping.EthiopianOrthodoxHolidayType",
            "de.focus_shift.jollyday.jackson.mapping.Fixed",
            "de.focus_shift.jollyday.jackson.mapping.FixedWeekdayBetweenFixed",
            "de.focus_shift.jollyday.jackson.mapping.FixedWeekdayInMonth",
            "de.focus_shift.jollyday.jackson.mapping.FixedWeekdayRelativeToFixed",
            "de.focus_shift.jollyday.jackson.mapping.Holiday",
            "de.focus_shift.jollyday.jackson.mapping.HolidayCycleType",
            "de.focus_shift.jollyday.jackson.mapping.HolidayType",
            "de.focus_shift.jollyday.jackson.mapping.Holidays",
            "de.focus_shift.jollyday.jackson.mapping.IslamicHoliday",
            "de.focus_shift.jollyday.jackson.mapping.IslamicHolidayType",
            "de.focus_shift.jollyday.jackson.mapping.Month",
            "de.focus_shift.jollyday.jackson.mapping.MoveableHoliday",
            "de.focus_shift.jollyday.jackson.mapping.MovingCondition",
            "de.focus_shift.jollyday.jackson.mapping.RelativeToEasterSunday",
            "de.focus_shift.jollyday.jackson.mapping.RelativeToFixed",
            "de.focus_shift.jollyday.jackson.mapping.RelativeToWeekdayInMonth",
            "de.focus_shift.jollyday.jackson.mapping.Source",
            "de.focus_shift.jollyday.jackson.mapping.Sources",
            "de.focus_shift.jollyday.jackson.mapping.Substituted",
            "de.focus_shift.jollyday.jackson.mapping.Weekday",
            "de.focus_shift.jollyday.jackson.mapping.When",
            "de.focus_shift.jollyday.jackson.mapping.Which",
            "de.focus_shift.jollyday.jackson.mapping.With",
            "de.focus_shift.jollyday.core.impl.DefaultHolidayManager",
            "de.focus_shift.jollyday.core.impl.JapaneseHolidayManager",
            "de.focus_shift.jollyday.core.parser.impl.ChristianHolidayParser",
            "de.focus_shift.jollyday.core.parser.impl.EthiopianOrthodoxHolidayParser",
            "de.focus_shift.jollyday.core.parser.impl.FixedParser",
            "de.focus_shift.jollyday.core.parser.impl.FixedWeekdayBetweenFixedParser",
            "de.focus_shift.jollyday.core.parser.impl.FixedWeekdayInMonthParser",
            "de.focus_shift.jollyday.core.parser.impl.FixedWeekdayRelativeToFixedParser",
            "de.focus_shift.jollyday.core.parser.impl.IslamicHolidayParser",
            "de.focus_shift.jollyday.core.parser.impl.RelativeToEasterSundayParser",
            "de.focus_shift.jollyday.core.parser.impl.RelativeToFixedParser",
            "de.focus_shift.jollyday.core.parser.impl.RelativeToWeekdayInMonthParser",
            "de.focus_shift.jollyday.jackson.JacksonConfigurationService"
        })
final class HolidayReflection {
    private HolidayReflection() {}
}
