package io.voldesk.alert.rule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a desk may set about its signals; each default is the rule of the house. */
@ConfigMapping(prefix = "voldesk.alert")
public interface AlertSettings {
    /** When signals are refreshed by themselves, in Quartz notation and UTC; off unless set. */
    @WithDefault("off")
    String cron();

    /** A signal that was delivered, or may have been, is not sent again unasked for so long. */
    @WithDefault("PT6H")
    Duration repeatInterval();

    @WithDefault("PT26H")
    Duration syncOverdueAfter();

    /** How far ahead a silence may end. */
    @WithDefault("P90D")
    Duration longestSilence();

    /** How long a dry run may be dispatched. */
    @WithDefault("PT15M")
    Duration dryRunValid();

    Thresholds thresholds();

    /** A signal fires at one bound and holds to a nearer one. Vols and their differences are fractions. */
    interface Thresholds {
        /** 7d IV less 30d IV, above. */
        @WithDefault("0.005")
        double termInversionFires();

        @WithDefault("0")
        double termInversionHolds();

        /** 30d IV less 30d RV, below. */
        @WithDefault("0")
        double vrpFires();

        @WithDefault("0.005")
        double vrpHolds();

        /** Standard deviations of the gap from its 90-day mean, at least. */
        @WithDefault("2")
        double gapFires();

        @WithDefault("1.5")
        double gapHolds();

        @WithDefault("3")
        double gapCritical();

        /** Change of DVOL in 24 hours, at least. */
        @WithDefault("0.05")
        double dvolJumpFires();

        @WithDefault("0.03")
        double dvolJumpHolds();

        @WithDefault("0.10")
        double dvolJumpCritical();

        /** Daily deviations from a level, at most. */
        @WithDefault("0.5")
        double nearLevelFires();

        @WithDefault("0.7")
        double nearLevelHolds();

        /** Share of the trailing hours at or below (above, for low), at least. */
        @WithDefault("0.95")
        double extremeFires();

        @WithDefault("0.90")
        double extremeHolds();
    }
}
