import { useMemo } from "react";
import { Chart } from "./Chart";
import { type TimeChartData, timeOption, timeTable } from "./timeOption";

/** Series over time, in UTC, in panes that share their axis; what is missing is a shaded gap. */
export function TimeChart(props: { label: string; data: TimeChartData; height?: number }) {
  const { data } = props;
  const option = useMemo(() => (ink: Parameters<typeof timeOption>[1]) => timeOption(data, ink), [data]);
  const table = useMemo(() => timeTable(data), [data]);
  return <Chart label={props.label} option={option} table={table} height={props.height ?? 420} />;
}
