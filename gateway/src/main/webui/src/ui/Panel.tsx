import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { ApiError } from "../api/client";
import { useAsOf, useMoment } from "../clock";
import { age, time, words } from "../format";
import { outlived, type Source } from "../freshness";
import { Notice } from "./Notice";

export interface Quality {
  state: string;
  reason?: string | null;
  asOf?: string | null;
}

interface Props<T> {
  title: string;
  query: UseQueryResult<T, ApiError>;
  /** Columns of twelve that it takes. */
  span?: 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12;
  /** Pixels it holds free while nothing is there yet, so that nothing jumps. */
  height?: number;
  /** One sentence: what it is built from. */
  about?: string;
  quality?: (data: T) => Quality;
  source?: Source;
  /** Where nothing is there: what would help. */
  remedy?: ReactNode;
  /** It cannot follow an as-of date. */
  liveOnly?: boolean;
  actions?: ReactNode;
  children: (data: T) => ReactNode;
}

/** One section of a page with its five faces: loading, data, no data, stale or degraded, error. Whatever fails, fails in here. */
export function Panel<T>(props: Props<T>) {
  const { query, title } = props;
  const heading = useId();
  const asOf = useAsOf();
  const collapsed = Boolean(props.liveOnly && asOf);
  return (
    <section
      className="panel"
      style={{ "--span": props.span ?? 12, "--height": collapsed ? undefined : `${props.height ?? 120}px` } as React.CSSProperties}
      aria-busy={query.isPending && !collapsed}
      aria-labelledby={heading}
    >
      <ErrorBoundary resetKeys={[query.dataUpdatedAt]} fallbackRender={({ error, resetErrorBoundary }) => <Broken title={title} heading={heading} error={error} again={() => (resetErrorBoundary(), void query.refetch())} />}>
        {collapsed ? <LiveOnly title={title} heading={heading} date={asOf as string} /> : <Faces {...props} heading={heading} />}
      </ErrorBoundary>
    </section>
  );
}

function Faces<T>(props: Props<T> & { heading: string }) {
  const { query, title } = props;
  const moment = useMoment();
  const quality = query.data !== undefined && props.quality ? props.quality(query.data) : null;
  const none = quality !== null && ["missing", "unavailable"].includes(quality.state);
  const told = quality !== null && ["stale", "degraded", "suspicious"].includes(quality.state);
  const old = quality !== null && !none && !told && outlived(quality.asOf, props.source, moment);
  return (
    <>
      <header>
        <h2 id={props.heading} data-why={props.about} tabIndex={props.about ? 0 : undefined}>
          {title}
        </h2>
        {quality?.asOf && <small data-why={time(quality.asOf)}>{time(quality.asOf)}</small>}
        {props.actions}
      </header>
      {query.isPending && <div className="skeleton" role="status" aria-label={`loading ${title}`} />}
      {query.isError && <Failure error={query.error} old={query.data !== undefined ? query.dataUpdatedAt : null} again={() => void query.refetch()} />}
      {none && (
        <Notice face="no-data">
          <b>No data:</b> {words(quality.reason ?? quality.state)} {props.remedy}
        </Notice>
      )}
      {(told || old) && (
        <Notice tone="warn" face="degraded">
          <b>{old ? "stale" : words(quality.state)}</b> {quality.reason && told ? words(quality.reason) : ""} {quality.asOf ? `(${age(quality.asOf, moment)})` : ""}
        </Notice>
      )}
      {query.data !== undefined && !none && <div className={told || old || query.isError ? "content dim" : "content"}>{props.children(query.data)}</div>}
    </>
  );
}

function Failure(props: { error: ApiError; old: number | null; again: () => void }) {
  return (
    <Notice tone="bad" face="error">
      <b>{props.error.failure === "unreadable" ? "Answer not readable." : "Not available now."}</b> {props.error.message}
      {props.error.traceId && <small> trace {props.error.traceId}</small>}
      {props.old !== null && <small> What is shown was asked at {time(new Date(props.old).toISOString())}.</small>}
      <button type="button" onClick={props.again}>
        Retry
      </button>
    </Notice>
  );
}

function Broken(props: { title: string; heading: string; error: unknown; again: () => void }) {
  return (
    <>
      <header>
        <h2 id={props.heading}>{props.title}</h2>
      </header>
      <Failure error={new ApiError(200, `this answer cannot be drawn: ${props.error instanceof Error ? props.error.message : String(props.error)}`, null, "unreadable")} old={null} again={props.again} />
    </>
  );
}

function LiveOnly(props: { title: string; heading: string; date: string }) {
  return (
    <header>
      <h2 id={props.heading}>{props.title}</h2>
      <small data-face="live-only">live only: it has no answer as of {props.date}</small>
    </header>
  );
}
