package io.voldesk.snapshot.quote;

import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.ModelMarkLookup.Asked;
import io.voldesk.model.ModelMarkLookup.ModelMark;
import io.voldesk.model.OptionContract;
import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.AmberdataUnreadable;
import io.voldesk.snapshot.capture.SnapshotSource;
import io.voldesk.snapshot.surface.ShareSurface;
import io.voldesk.snapshot.surface.ShareSurface.Worth;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Prices share options on the vendor's surface of their hour; a share's surfaces are asked by the day. */
@ApplicationScoped
public class ModelMarks {
    private static final Logger LOG = Logger.getLogger(ModelMarks.class);
    private static final String ENDPOINT = "volatility/delta-surfaces/floating/tradfi";

    private final AmberdataClient amberdata;

    public ModelMarks(AmberdataClient amberdata) {
        this.amberdata = amberdata;
    }

    private record Day(String share, LocalDate date) {
        static Day of(Asked asked) {
            return new Day(
                    OptionContract.parseOsi(asked.symbol()).underlying(),
                    asked.at().atZone(ZoneOffset.UTC).toLocalDate());
        }
    }

    /** @param failure null, or why there are no surfaces */
    private record Surfaces(Map<Instant, ShareSurface> byHour, long rawId, String failure) {}

    List<ModelMark> price(List<Asked> contracts) {
        Map<Day, Surfaces> days = EachOnce.of(contracts.stream().map(Day::of).toList(), this::surfaces);
        return contracts.stream()
                .map(asked -> price(asked, days.get(Day.of(asked))))
                .toList();
    }

    private Surfaces surfaces(Day day) {
        Instant start = SnapshotSource.startOf(day.date());
        Instant end = SnapshotSource.endOf(day.date());
        try {
            var answer = amberdata.analyticsOnce(
                    ENDPOINT,
                    Map.of(
                            "currency", day.share(),
                            "startDate", start.toString(),
                            "endDate", end.toString(),
                            "timeInterval", "hours",
                            "timeFormat", "iso"),
                    end.plus(QuoteFinder.SETTLED));
            return new Surfaces(ShareSurface.read(answer.rows(), answer.rawId()), answer.rawId(), null);
        } catch (VendorFailure | AmberdataUnreadable e) {
            LOG.warnf("no surface of %s on %s: %s", day.share(), day.date(), e.getMessage());
            return new Surfaces(Map.of(), 0, QuoteFinder.reason(e));
        }
    }

    private static ModelMark price(Asked asked, Surfaces day) {
        OptionContract contract = OptionContract.parseOsi(asked.symbol());
        if (contract.isAdjusted()) {
            return ModelMark.none("adjusted_contract");
        }
        if (day.failure() != null) {
            return ModelMark.none(day.failure());
        }
        ShareSurface surface = day.byHour().get(asked.at().truncatedTo(ChronoUnit.HOURS));
        if (surface == null) {
            return ModelMark.none("no_surface_at_hour");
        }
        return switch (surface.worth(
                contract.right() == OptionContract.Right.C, contract.strike().doubleValue(), contract.expiry())) {
            case Worth.Priced p ->
                new ModelMark(
                        p.price(),
                        p.vol(),
                        p.forward(),
                        p.years(),
                        surface.timestamp(),
                        day.rawId(),
                        null,
                        p.rate(),
                        p.forwardSource(),
                        ShareSurface.MODEL);
            case Worth.Unknown unknown -> ModelMark.none(unknown.reason());
        };
    }
}
