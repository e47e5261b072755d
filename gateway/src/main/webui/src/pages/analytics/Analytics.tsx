import { useState } from "react";
import { EVERY, useApi } from "../../api/query";
import { Levels, Profile, Realised, Regime, Smile, SpotVol, Surface, Term, Thresholds } from "../../api/schema/market";
import { useAsOf } from "../../clock";
import { number, points } from "../../format";
import { Page } from "../../shell/Page";
import { useCurrency } from "../../shell/search";
import { Figure } from "../../ui/Figure";
import { Panel } from "../../ui/Panel";
import { SignalInbox } from "../alerts/SignalInbox";
import { GammaProfile } from "./GammaProfile";
import { Ladder } from "./Ladder";
import { RealisedVols } from "./RealisedVols";
import { SmileOf, SurfaceMap } from "./SurfaceMap";
import { Stationarity } from "./Stationarity";
import { SpotVolTable } from "./SpotVolTable";
import { TermChart } from "./TermChart";
import { ThresholdTable } from "./ThresholdTable";

interface Aged {
  state: string;
  reason: string | null;
  as_of: string | null;
}

const aged = (a: Aged) => ({ state: a.state, reason: a.reason, asOf: a.as_of });
const ofSurface = (a: { state: string; reason: string | null; surface_timestamp: string | null }) => ({ state: a.state, reason: a.reason, asOf: a.surface_timestamp });

export function Analytics() {
  const currency = useCurrency();
  const asOf = useAsOf();
  const query = `?currency=${currency}${asOf ? `&date=${asOf}` : ""}`;
  const surface = useApi(`/api/analytics/surface${query}`, Surface, EVERY.hourly);
  const profile = useApi(`/api/analytics/gamma-profile${query}`, Profile, EVERY.hourly);
  const levels = useApi(asOf ? null : `/api/analytics/gex-levels?currency=${currency}`, Levels, EVERY.live);
  const term = useApi(`/api/analytics/term-structure${query}`, Term, EVERY.hourly);
  const thresholds = useApi(`/api/analytics/thresholds${query}`, Thresholds, EVERY.hourly);
  const spotVol = useApi(`/api/analytics/spot-vol${query}`, SpotVol, EVERY.hourly);
  const smile = useApi(`/api/analytics/smile-tracking${query}`, Smile, EVERY.hourly);
  const realised = useApi(`/api/analytics/realised-vol${query}`, Realised, EVERY.hourly);
  const regime = useApi(`/api/analytics/regime${query}`, Regime, EVERY.hourly);
  const [expiry, setExpiry] = useState<string | null>(null);
  return (
    <Page
      path="/analytics"
      read={[
        "The surface is vol by delta and expiry; click a row and its smile stands beside it.",
        "Gamma profile and ladder are of one price axis: where the profile crosses zero, dealers turn.",
        "A threshold's bar spans its 5 to 95 % of 90 days, the mark is now; fewer than 30 independent days give none.",
      ]}
    >
      <Panel title="Surface" query={surface} span={7} height={330} source="daily" quality={ofSurface} about="The vendor's delta surface of one hour.">
        {(s) => <SurfaceMap surface={s} pick={setExpiry} />}
      </Panel>
      <Panel title="Smile" query={surface} span={5} height={330} source="daily" quality={ofSurface} about="The chosen expiry beside its neighbours.">
        {(s) => <SmileOf surface={s} expiry={expiry} set={setExpiry} />}
      </Panel>
      <Panel title="Gamma profile" query={profile} span={7} height={340} source="daily" quality={aged} about="Every option of the hour's chain, priced anew along spot.">
        {(p) => <GammaProfile profile={p} />}
      </Panel>
      <Panel title="GEX levels" query={levels} span={5} height={340} source="live" liveOnly quality={aged} about="Live exposures by strike; magnets draw, repellers push.">
        {(l) => <Ladder levels={l} />}
      </Panel>
      <Panel title="Term structure" query={term} span={5} height={260} source="daily" quality={ofSurface} about="At-the-money vol of the listed expiries.">
        {(t) => <TermChart term={t} />}
      </Panel>
      <Panel title="Thresholds, 90 days" query={thresholds} span={7} height={260} source="daily" quality={aged} about="Where now stands among the trailing 90 days.">
        {(t) => <ThresholdTable answer={t} currency={currency} />}
      </Panel>
      <Panel title="Spot–vol" query={spotVol} span={5} height={168} source="daily" quality={aged} about="How vol has moved with spot, hour by hour.">
        {(s) => <SpotVolTable answer={s} />}
      </Panel>
      <Panel title="Smile tracking" query={smile} span={7} height={168} source="daily" quality={aged} about="Whether the smile sticks to strikes or moves with spot.">
        {(s) => (
          <div className="figures">
            <Figure label="Skew stickiness ratio" source="daily" lineage={{ number: "skew_stickiness_ratio", currency }} figure={s.skew_stickiness_ratio} text={(v) => number(v)} />
            <Figure label="Spot–vol beta" source="daily" lineage={{ number: "spot_vol_beta", currency }} figure={s.spot_vol_beta} text={(v) => number(v)} />
            <Figure label="ATM skew slope" source="daily" lineage={{ number: "skew_slope", currency }} figure={s.skew_slope} text={(v) => number(v, 3)} />
            <Figure label="24 h, fixed strike" source="daily" lineage={{ number: "fixed_strike_change", currency }} figure={s.fixed_strike_change} text={points} />
            <Figure label="24 h, fixed delta" source="daily" lineage={{ number: "fixed_delta_change", currency }} figure={s.fixed_delta_change} text={points} />
          </div>
        )}
      </Panel>
      <SignalInbox />
      <Panel title="Realised vol" query={realised} span={6} height={250} source="daily" quality={aged} about="Estimators over the same bars.">
        {(r) => <RealisedVols answer={r} currency={currency} />}
      </Panel>
      <Panel title="Regime stationarity" query={regime} span={6} height={250} source="daily" quality={aged} about="Whether the series' past speaks for its future.">
        {(r) => <Stationarity answer={r} />}
      </Panel>
    </Page>
  );
}

