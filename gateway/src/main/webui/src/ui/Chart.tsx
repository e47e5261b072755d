import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { Download, Image, Table2, Undo2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { saveAs } from "../api/client";
import { DASH } from "../format";
import { type ChartTable, csv, type Ink, ink } from "./chartParts";
import { type Scheme, useScheme } from "./scheme";
import { Table } from "./Table";

interface Props {
  label: string;
  /** Drawn anew when it or the colour scheme changes; where a reader has zoomed to, stays. */
  option: (ink: Ink) => EChartsCoreOption;
  table: ChartTable;
  height?: number;
  /** Charts of one group share their cursor and their zoom. */
  group?: string;
  onClick?: (at: { seriesIndex?: number; dataIndex?: number; value: unknown }) => void;
}

/** A chart that follows its size and the colour scheme; always UTC; with its table, CSV, PNG and the way back from a zoom. */
export function Chart(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const scheme = useScheme();
  const [asTable, setAsTable] = useState(false);
  const [failed, setFailed] = useState<Error | null>(null);
  const { option, group } = props;
  const latest = useRef(props.onClick);
  latest.current = props.onClick;
  useEffect(() => {
    let gone = false;
    let observer: ResizeObserver | undefined;
    if (asTable) return;
    import("./echarts").then(
      ({ init }) => {
        if (gone || !box.current) return;
        const made = init(box.current, undefined, { renderer: "canvas", useDirtyRect: false });
        chart.current = made;
        if (group) made.group = group;
        made.setOption(dressed(option(ink())));
        made.on("click", (event) => latest.current?.(event as never));
        observer = new ResizeObserver(() => made.resize());
        observer.observe(box.current);
      },
      (e) => !gone && setFailed(e instanceof Error ? e : new Error(String(e))),
    );
    return () => {
      gone = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
    // its options are followed below: a chart is made once, and its zoom stays
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asTable, group]);
  useRedraw(chart, option, scheme);
  if (failed) throw failed;
  return (
    <figure className="chart">
      <div className="tools">
        <button type="button" aria-pressed={asTable} aria-label={`${props.label} as a table`} data-why="as a table" onClick={() => setAsTable(!asTable)}>
          <Table2 size={13} aria-hidden />
        </button>
        <button type="button" aria-label={`save ${props.label} as CSV`} data-why="save as CSV" onClick={() => saveAs(new Blob([csv(props.table)], { type: "text/csv" }), `${props.label}.csv`)}>
          <Download size={13} aria-hidden />
        </button>
        <button type="button" disabled={asTable} aria-label={`save ${props.label} as PNG`} data-why="save as PNG" onClick={() => savePng(chart.current, props.label)}>
          <Image size={13} aria-hidden />
        </button>
        <button type="button" disabled={asTable} aria-label={`${props.label}: show the whole range`} data-why="show the whole range" onClick={() => chart.current?.dispatchAction({ type: "dataZoom", start: 0, end: 100 })}>
          <Undo2 size={13} aria-hidden />
        </button>
      </div>
      {/* two elements, not one that changes: a chart that goes clears what it stood in */}
      {asTable ? (
        <div key="table" style={{ height: props.height ?? 260 }}>
          <Table
            label={props.label}
            rows={props.table.rows}
            rowKey={(row) => row.join()}
            columns={props.table.columns.map((head, i) => ({ head, set: i ? ("n" as const) : undefined, cell: (row: (string | number | null)[]) => row[i] ?? DASH }))}
          />
        </div>
      ) : (
        <div key="chart" ref={box} role="img" aria-label={props.label} style={{ height: props.height ?? 260 }} />
      )}
    </figure>
  );
}

/** Draws a changed option into the standing chart. */
function useRedraw(chart: React.RefObject<EChartsType | null>, option: Props["option"], scheme: Scheme) {
  useEffect(() => {
    const standing = chart.current;
    if (!standing) return;
    const zoom = (standing.getOption() as { dataZoom?: { start?: number; end?: number }[] }).dataZoom?.[0];
    standing.setOption(dressed(option(ink())), { notMerge: true });
    if (zoom && (zoom.start !== 0 || zoom.end !== 100)) standing.dispatchAction({ type: "dataZoom", start: zoom.start, end: zoom.end });
  }, [chart, option, scheme]);
}

const dressed = (option: EChartsCoreOption): EChartsCoreOption => ({ useUTC: true, animation: false, backgroundColor: "transparent", ...option });

function savePng(chart: EChartsType | null, name: string) {
  if (!chart) return;
  const link = document.createElement("a");
  link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: ink().sheet });
  link.download = `${name}.png`;
  link.click();
}
