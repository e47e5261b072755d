import { Outlet, useLocation } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { Toaster } from "sonner";
import { AsOfProvider } from "../clock";
import { Notice } from "../ui/Notice";
import { LineageContext, type LineageRef, written } from "../ui/origin";
import { useScheme } from "../ui/scheme";
import { TipLayer } from "../ui/Tip";
import { Drawers } from "./Drawers";
import { useKeys } from "./keys";
import { Outage } from "./Outage";
import { Palette } from "./Palette";
import { Rail } from "./Rail";
import { useAddress } from "./search";
import { TopBar } from "./TopBar";

/** What stands round every page. */
export function Shell() {
  const { search, set } = useAddress();
  const path = useLocation({ select: (of) => of.pathname });
  const scheme = useScheme();
  const [palette, setPalette] = useState(false);
  const [typed, setTyped] = useState("");
  const openPalette = useCallback(() => setPalette(true), []);
  useKeys(openPalette);
  return (
    <AsOfProvider date={search.date ?? null}>
      <LineageContext value={(of: LineageRef) => set({ lineage: written(of) })}>
        <a className="skip" href="#page">
          To the page
        </a>
        <div className="shell">
          <Rail />
          <div className="stage">
            <TopBar openPalette={openPalette} />
            <Outage />
            <main id="page">
              <ErrorBoundary resetKeys={[path]} fallbackRender={({ error, resetErrorBoundary }) => <PageBroken error={error} again={resetErrorBoundary} />}>
                <Outlet />
              </ErrorBoundary>
            </main>
          </div>
        </div>
        <Drawers />
        <Palette open={palette} setOpen={setPalette} typed={typed} setTyped={setTyped} />
        <Toaster theme={scheme} position="bottom-right" />
        <TipLayer />
      </LineageContext>
    </AsOfProvider>
  );
}

export function PageBroken(props: { error: unknown; again?: () => void }) {
  return (
    <div className="bar">
      <Notice tone="bad" face="error">
        <b>This page cannot be drawn.</b> {props.error instanceof Error ? props.error.message : String(props.error)}
        {props.again && (
          <button type="button" onClick={props.again}>
            Retry
          </button>
        )}
      </Notice>
    </div>
  );
}
