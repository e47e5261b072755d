import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { PAGES } from "./pages";
import { kept, type Shared } from "./search";

const PAUSE_MS = 1_500;

/** g and a letter: a page. /: the page's filter. Ctrl K or ?: everything by its name. */
export function useKeys(openPalette: () => void) {
  const navigate = useNavigate();
  useEffect(() => {
    let afterG = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        return openPalette();
      }
      const target = event.target as HTMLElement;
      if (target.matches("input, textarea, select, [contenteditable]") || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.key === "?") openPalette();
      if (event.key === "/") {
        event.preventDefault();
        document.querySelector<HTMLInputElement>("input[type=search]")?.focus();
      }
      const page = event.timeStamp - afterG < PAUSE_MS ? PAGES.find((p) => p.key === event.key) : undefined;
      if (page) void navigate({ to: page.path, search: (old: Shared) => kept(old) } as never);
      afterG = event.key === "g" ? event.timeStamp : 0;
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [navigate, openPalette]);
}
