import { type ReactNode, useId } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { Notice } from "./Notice";

/** A panel that asks nothing by itself, a form for one. */
export function Section(props: { title: string; span?: number; actions?: ReactNode; children: ReactNode }) {
  const heading = useId();
  return (
    <section className="panel" style={{ "--span": props.span ?? 12 } as React.CSSProperties} aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{props.title}</h2>
        {props.actions}
      </header>
      <ErrorBoundary
        fallbackRender={({ error, resetErrorBoundary }) => (
          <Notice tone="bad" face="error">
            <b>This cannot be drawn.</b> {error instanceof Error ? error.message : String(error)}
            <button type="button" onClick={resetErrorBoundary}>
              Retry
            </button>
          </Notice>
        )}
      >
        {props.children}
      </ErrorBoundary>
    </section>
  );
}
