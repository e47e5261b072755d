import { useEffect, useState } from "react";

interface Shown {
  text: string;
  left: number;
  top: number;
}

const WIDTH = 320;

/** The one layer of explanations: what carries `data-why` tells it on hover, focus and touch, whatever clips its parent. */
export function TipLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    const show = (event: Event) => {
      const of = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-why]") : null;
      const text = of?.dataset.why;
      if (!of || !text) return setShown(null);
      const box = of.getBoundingClientRect();
      setShown({ text, left: Math.max(8, Math.min(box.left, innerWidth - WIDTH - 8)), top: box.bottom + 6 });
    };
    const hide = () => setShown(null);
    const escape = (event: KeyboardEvent) => event.key === "Escape" && hide();
    addEventListener("pointerover", show);
    addEventListener("focusin", show);
    addEventListener("focusout", hide);
    addEventListener("scroll", hide, true);
    addEventListener("keydown", escape);
    return () => {
      removeEventListener("pointerover", show);
      removeEventListener("focusin", show);
      removeEventListener("focusout", hide);
      removeEventListener("scroll", hide, true);
      removeEventListener("keydown", escape);
    };
  }, []);
  return shown ? (
    <div className="tip" role="tooltip" style={{ left: shown.left, top: shown.top, maxWidth: WIDTH }}>
      {shown.text}
    </div>
  ) : null;
}

/** A word with its explanation, also for the keyboard. */
export function Why(props: { text: string; children: React.ReactNode; label?: string }) {
  return (
    <span className="why" tabIndex={0} role="note" data-why={props.text} aria-label={props.label}>
      {props.children}
    </span>
  );
}
