import type { UseQueryResult } from "@tanstack/react-query";
import { Clock3 } from "lucide-react";
import type { ApiError } from "../api/client";
import type { Fig } from "../api/schema/common";
import { useMoment } from "../clock";
import { age, DASH, time, words } from "../format";
import { outlived, type Source } from "../freshness";
import { type LineageRef, useLineage } from "./origin";

export interface NumProps {
  label: string;
  /** Its unit and sign. */
  text: (value: number) => string;
  figure?: Fig | null;
  /** The question that brings it: while it is open, or failed, the figure is neither there nor missing. */
  query?: Pick<UseQueryResult<unknown, ApiError>, "isPending" | "isError" | "error" | "data">;
  /** Where it is from; older than that source may be, it is stale even if nobody has said so. */
  source?: Source;
  lineage?: LineageRef;
}

export type Reading =
  | { face: "loading" }
  | { face: "failed"; why: string }
  | { face: "missing"; why: string }
  | { face: "stale"; value: number; why: string; asOf: string | null }
  | { face: "ok"; value: number; asOf: string | null };

/** What a figure is at a moment: one of five, each with its reason. */
export function reading(props: Pick<NumProps, "figure" | "query" | "source">, moment: number): Reading {
  const { figure, query } = props;
  if (query && !query.data) {
    if (query.isError) return { face: "failed", why: query.error?.message ?? "failed" };
    if (query.isPending) return { face: "loading" };
  }
  const asOf = figure?.as_of ?? null;
  if (!figure) return { face: "missing", why: "not served" };
  if (figure.value === null) {
    const last = figure.last_value ?? null;
    const why = words(figure.reason ?? figure.state);
    return last === null ? { face: "missing", why } : { face: "stale", value: last, why, asOf };
  }
  if (figure.state === "stale" || figure.state === "degraded") return { face: "stale", value: figure.value, why: words(figure.reason ?? figure.state), asOf };
  if (outlived(asOf, props.source, moment)) return { face: "stale", value: figure.value, why: "older than its source allows", asOf };
  return { face: "ok", value: figure.value, asOf };
}

/** One figure, in a table or alone: its value, or why there is none; a click leads to where it comes from. */
export function Num(props: NumProps) {
  const moment = useMoment();
  const open = useLineage();
  const read = reading(props, moment);
  if (read.face === "loading") return <span className="num loading" role="status" aria-label={`loading ${props.label}`} />;
  const { shown, why, spoken } = told(read, props, moment);
  const className = `num ${read.face}`;
  const body = (
    <>
      {read.face === "stale" && <Clock3 size={11} aria-hidden />}
      {shown}
    </>
  );
  const lineage = props.lineage;
  return lineage ? (
    <button type="button" className={className} data-why={why} aria-label={`${props.label}: ${spoken}`} onClick={() => open(lineage)}>
      {body}
    </button>
  ) : (
    <span className={className} tabIndex={why ? 0 : undefined} role={why ? "note" : undefined} data-why={why} aria-label={why ? `${props.label}: ${spoken}` : undefined}>
      {body}
    </span>
  );
}

function told(read: Exclude<Reading, { face: "loading" }>, props: NumProps, moment: number) {
  switch (read.face) {
    case "failed":
      return { shown: "failed", why: read.why, spoken: `could not be asked, ${read.why}` };
    case "missing":
      return { shown: DASH, why: read.why, spoken: `not available, ${read.why}` };
    case "stale": {
      const when = age(read.asOf, moment);
      return { shown: props.text(read.value), why: `${read.why}; ${time(read.asOf)}, ${when}`, spoken: `${props.text(read.value)}, stale, ${when}` };
    }
    case "ok":
      return { shown: props.text(read.value), why: read.asOf ? `${time(read.asOf)}, ${age(read.asOf, moment)}` : undefined, spoken: props.text(read.value) };
  }
}
