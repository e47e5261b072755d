import type { ReactNode } from "react";

/** A line that wants to be read. */
export function Notice(props: { tone?: "warn" | "bad"; face?: string; children: ReactNode }) {
  return (
    <div className={`notice ${props.tone ?? ""}`} role={props.tone === "bad" ? "alert" : undefined} data-face={props.face}>
      {props.children}
    </div>
  );
}
