import { useEffect, useState } from "react";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const isDate = (text: string) => DATE.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

/** A UTC date as the house writes it, YYYY-MM-DD, whatever the browser's own habit; empty is none. */
export function DateField(props: { label: string; value: string | undefined; set: (date: string | undefined) => void }) {
  const [typed, setTyped] = useState(props.value ?? "");
  useEffect(() => setTyped(props.value ?? ""), [props.value]);
  const wrong = typed !== "" && !isDate(typed);
  const take = () => {
    if (!wrong && typed !== (props.value ?? "")) props.set(typed || undefined);
  };
  return (
    <label className="date">
      {props.label}{" "}
      <input
        type="text"
        inputMode="numeric"
        placeholder="YYYY-MM-DD"
        maxLength={10}
        value={typed}
        aria-invalid={wrong}
        data-why={wrong ? "a date of the calendar as YYYY-MM-DD, UTC" : undefined}
        onChange={(e) => {
          setTyped(e.target.value);
          if (isDate(e.target.value)) props.set(e.target.value);
        }}
        onBlur={take}
        onKeyDown={(e) => e.key === "Enter" && take()}
      />
    </label>
  );
}
