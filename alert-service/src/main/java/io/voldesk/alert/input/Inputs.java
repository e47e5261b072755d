package io.voldesk.alert.input;

import io.voldesk.model.MarketFigures;
import io.voldesk.model.ServiceStatus;
import java.util.Map;

/**
 * Everything the rules read, as it was answered at one refresh.
 *
 * @param markets by currency
 */
public record Inputs(
        Map<String, Market> markets,
        Answer<ServiceStatus.Snapshots> snapshots,
        Answer<ServiceStatus.Densities> densities,
        Answer<ServiceStatus.Sync> sync,
        Answer<ServiceStatus.Analytics> analytics) {

    public record Market(
            Answer<MarketFigures.Overview> overview,
            Answer<MarketFigures.Thresholds> thresholds,
            Answer<MarketFigures.Levels> levels,
            Answer<MarketFigures.History> history) {}
}
