import { useMemo } from "react";
import type { DensityAnswer } from "../../api/schema/probability";
import { number, percent } from "../../format";
import { XYChart } from "../../ui/XYChart";
import type { XYChartData } from "../../ui/xyOption";

const price = (v: number) => number(v, v < 1_000 ? 1 : 0);

/** Density and smile over price, with spot, forward and the bands between quantiles. */
export function DensityChart(props: { answer: DensityAnswer }) {
  const { answer } = props;
  const data = useMemo((): XYChartData => {
    const at = (p: number) => answer.quantiles.find((q) => Math.abs(q.probability - p) < 1e-9)?.price;
    const band = (low: number, high: number, name: string) => {
      const [from, to] = [at(low), at(high)];
      return from === undefined || to === undefined ? [] : [{ from, to, name }];
    };
    return {
      x: { name: "price, USD", text: price },
      series: [
        { name: "density", unit: { name: "density, ×10⁻⁶ per USD", text: (v) => number(1e6 * v, 1) }, area: true, points: answer.points.map((p) => [p.price, p.density] as const) },
        { name: "smile", unit: { name: "vol", text: percent }, right: true, dashed: true, points: answer.points.map((p) => [p.price, p.vol] as const) },
      ],
      marks: [...(answer.spot === null ? [] : [{ at: answer.spot, name: `spot ${price(answer.spot)}` }]), ...(answer.forward === null ? [] : [{ at: answer.forward, name: `forward ${price(answer.forward)}` }])],
      bands: [...band(0.05, 0.95, "90 %"), ...band(0.25, 0.75, "50 %")],
    };
  }, [answer]);
  return <XYChart label="implied density and smile" data={data} height={380} />;
}
