import type { Raw, Story } from "../../api/schema/story";
import { words } from "../../format";
import { Table } from "../../ui/Table";

/** Row, formula, source and raw payload of each of a story's numbers. */
export function StoryLineage(props: { lineage: Story["lineage"] }) {
  return (
    <>
      <h3>Where it comes from</h3>
      <Table
        label="lineage of the story"
        rows={props.lineage}
        rowKey={(l) => `${l.table} ${l.row}`}
        columns={[
          { head: "Row", set: "wrap", cell: (l) => <code>{`${l.table} ${l.row}`}</code> },
          { head: "Formula", set: "wrap", cell: (l) => l.formula },
          { head: "Source", set: "wrap", cell: (l) => words(l.source) },
          { head: "Raw payload", set: "wrap", cell: (l) => <Payloads raw={l.raw} reason={l.reason} /> },
        ]}
      />
    </>
  );
}

function Payloads(props: { raw: Story["lineage"][number]["raw"]; reason: string | null }) {
  const { raw } = props;
  if (raw === null) return words(props.reason);
  if (!Array.isArray(raw)) return <Payload raw={raw} />;
  return raw.map((of) => (
    <div key={of.table}>
      {of.rows} of <code>{of.table}</code>{" "}
      {of.raw.map((one) => (
        <Payload key={one.id} raw={one} />
      ))}
    </div>
  ));
}

function Payload(props: { raw: Raw }) {
  return (
    <a href={`/api/snapshots/raw/${props.raw.id}`}>
      raw {props.raw.id} <code>{props.raw.sha256.slice(0, 12)}…</code>{" "}
    </a>
  );
}
