/** One of a few, as buttons side by side. */
export function Segmented<T extends string>(props: { label: string; options: readonly T[]; value: T | null; set: (value: T) => void; text?: (value: T) => string }) {
  return (
    <div className="segmented" role="group" aria-label={props.label}>
      {props.options.map((option) => (
        <button key={option} type="button" aria-pressed={option === props.value} onClick={() => props.set(option)}>
          {props.text ? props.text(option) : option}
        </button>
      ))}
    </div>
  );
}
