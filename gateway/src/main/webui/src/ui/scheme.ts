import { useSyncExternalStore } from "react";

export type Scheme = "dark" | "light";
const KEY = "voldesk-scheme";
const system = () => matchMedia("(prefers-color-scheme: dark)");
const watchers = new Set<() => void>();

const chosen = () => localStorage.getItem(KEY) as Scheme | null;
const current = (): Scheme => chosen() ?? (system().matches ? "dark" : "light");

function tell() {
  document.documentElement.dataset.scheme = current();
  for (const watcher of watchers) watcher();
}

/** Sets the scheme of the document, as chosen or as the system has it, and follows the system where nobody has chosen. */
export function followScheme() {
  document.documentElement.dataset.scheme = current();
  system().addEventListener("change", tell);
}

export function choose(scheme: Scheme) {
  localStorage.setItem(KEY, scheme);
  tell();
}

export const useScheme = () =>
  useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, current);
