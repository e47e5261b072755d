import type { KeyboardEvent } from "react";

/** What makes a table's row open something, by mouse and by keyboard; nothing where there is nothing to open. */
export function openable(open: (() => void) | undefined) {
  if (!open) return {};
  return {
    "data-open": true,
    tabIndex: 0,
    onClick: open,
    onKeyDown: (e: KeyboardEvent) => {
      if (e.key !== "Enter" || e.target !== e.currentTarget) return;
      // the key ends here: it would press the first button of what it opens
      e.preventDefault();
      open();
    },
  };
}
