import { type ReactNode, useEffect, useRef } from "react";
import { PAGES, type PagePath } from "./pages";

/** A page: its name, what it answers, how to read it, and its own controls; the reader's focus comes to its head. */
export function Page(props: { path: PagePath; read?: readonly [string, string, string]; controls?: ReactNode; children: ReactNode }) {
  const page = PAGES.find((of) => of.path === props.path) as (typeof PAGES)[number];
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${page.name} · Voldesk`;
    head.current?.focus({ preventScroll: true });
  }, [page]);
  return (
    <>
      <div className="bar">
        <h1 ref={head} tabIndex={-1}>
          {page.name}
        </h1>
        <span className="purpose">{page.purpose}</span>
        {props.controls}
        {props.read && (
          <details className="how">
            <summary>How to read it</summary>
            <ol>
              {props.read.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </details>
        )}
      </div>
      {props.children}
    </>
  );
}
