import type { Candidate, Candidates } from "../../api/schema/probability";
import { number, percent, usd, words } from "../../format";
import { Num } from "../../ui/Num";
import { State } from "../../ui/State";
import { Table } from "../../ui/Table";
import { Why } from "../../ui/Tip";
import { marked } from "./marked";

/** A strangle's is the sum over both legs, which is a bound and no probability. */
const isBound = (c: Candidate) => c.legs.length > 1;

/** Structures at their target deltas. Two targets that come to the same contracts stand once, with both targets. */
export function CandidateTable(props: { answer: Candidates }) {
  return (
    <Table
      label="candidates"
      rows={merged(props.answer.candidates)}
      rowKey={(c) => c.structure + c.legs.join()}
      columns={[
        { head: "Structure", cell: (c) => words(c.structure) },
        { head: "Target delta", set: "n", cell: (c) => c.targets.map((t) => number(t)).join(", ") },
        { head: "Legs", set: "wrap", cell: (c) => marked(c.legs.join(" + "), c.extrapolated) },
        { head: "Premium yield", set: "n", cell: (c) => (c.premium_yield_pct === null ? "—" : `${number(c.premium_yield_pct)} %`) },
        { head: "P(ITM)", set: "n", cell: (c) => percent(c.probability_in_the_money) },
        { head: "P(touch)", set: "n", cell: (c) => <Touch of={c} /> },
        {
          head: "Expected value",
          set: "n",
          cell: (c) => <Num label={`expected value of ${words(c.structure)} ${c.legs.join(" + ")}`} text={usd} figure={{ value: c.expected_value_usd, state: "ok", reason: "no bid, or no density" }} lineage={{ number: "expected_value_usd" }} />,
        },
        { head: "Quotes", cell: (c) => <State value={c.quote_quality} /> },
      ]}
    />
  );
}

function Touch(props: { of: Candidate }) {
  const p = props.of.probability_touch;
  if (p === null) return "—";
  return isBound(props.of) ? <Why text="the legs' touches added, at most 100 %: at least one leg is touched with no more than this">≤ {percent(p)}</Why> : percent(p);
}

type Merged = Candidate & { targets: number[] };

export function merged(candidates: readonly Candidate[]): Merged[] {
  const out = new Map<string, Merged>();
  for (const candidate of candidates) {
    const key = `${candidate.structure} ${candidate.legs.join()}`;
    const known = out.get(key);
    if (known) known.targets.push(candidate.target_delta);
    else out.set(key, { ...candidate, targets: [candidate.target_delta] });
  }
  return [...out.values()];
}
