import type { Realised } from "../../api/schema/market";
import { DASH, percent, words } from "../../format";
import { Num } from "../../ui/Num";
import { Table } from "../../ui/Table";
import { Why } from "../../ui/Tip";
import { stands } from "./sample";

/** Realised vol by estimator and window, and the vendor's own beside it. */
export function RealisedVols(props: { answer: Realised; currency: string }) {
  const { windows, vendor, daily_bars } = props.answer;
  const estimators = windows[0]?.estimates.map((e) => `${words(e.estimator)}, ${e.bars}`) ?? [];
  const rows = [...estimators, `vendor, ${words(vendor.method)}`];
  return (
    <>
      <Table
        label="realised vol"
        rows={rows.map((name, i) => ({ name, i }))}
        rowKey={(r) => r.name}
        columns={[
          { head: "Estimator", set: "wrap", cell: (r) => r.name },
          ...windows.map((w) => ({
            head: `${w.days} d`,
            set: "n" as const,
            cell: ({ name, i }: { name: string; i: number }) => {
              if (i === estimators.length) return <Vendor days={w.days} answer={props.answer} currency={props.currency} />;
              const x = w.estimates[i];
              return (
                <Why text={`${x.reason ? `${words(x.reason)}; ` : ""}${stands(x.sample)}`}>
                  <Num label={`${name}, ${w.days} d`} text={percent} figure={{ value: x.value, last_value: x.last_value, state: x.state, reason: x.reason }} lineage={{ number: "realised_vol", currency: props.currency }} />
                </Why>
              );
            },
          })),
        ]}
      />
      <small>Daily bars: {words(daily_bars)}. Slanted: few or missing observations.</small>
    </>
  );
}

function Vendor(props: { days: number; answer: Realised; currency: string }) {
  const { rv7, rv30 } = props.answer.vendor;
  const figure = props.days === 7 ? rv7 : props.days === 30 ? rv30 : null;
  if (!figure) return <Why text="the vendor has no such window">{DASH}</Why>;
  return <Num label={`vendor's realised vol, ${props.days} d`} text={percent} figure={figure} source="daily" lineage={props.days === 30 ? { number: "rv30", currency: props.currency } : undefined} />;
}
