import { useMemo } from "react";
import { Chart } from "./Chart";
import { type XYChartData, xyOption, xyTable } from "./xyOption";

/** One quantity over another, each in its unit. */
export function XYChart(props: { label: string; data: XYChartData; height?: number }) {
  const { data } = props;
  const option = useMemo(() => (ink: Parameters<typeof xyOption>[1]) => xyOption(data, ink), [data]);
  const table = useMemo(() => xyTable(data), [data]);
  return <Chart label={props.label} option={option} table={table} height={props.height ?? 260} />;
}
