import { useState } from "react";
import type { Latest } from "../../api/schema/snapshots";
import { useMoment } from "../../clock";
import { age, count, DASH, time, words } from "../../format";
import { CURRENCIES } from "../../shell/search";
import { Drawer } from "../../ui/Drawer";
import { State } from "../../ui/State";
import { Table } from "../../ui/Table";
import { Why } from "../../ui/Tip";

/** Type by currency: state, records and age; the whole row of each below. */
export function LatestMatrix(props: { items: Latest[]; date: string }) {
  const [whole, setWhole] = useState(false);
  const types = [...new Set(props.items.map((item) => item.type))];
  const of = (type: string, currency: string) => props.items.find((item) => item.type === type && item.currency === currency);
  return (
    <>
      <p>
        Judged against the latest complete UTC date, <b>{props.date}</b>.
      </p>
      <Table
        label="latest status by type and currency"
        rows={types}
        rowKey={(type) => type}
        columns={[{ head: "Type", cell: (type) => words(type) }, ...CURRENCIES.map((currency) => ({ head: currency, set: "wrap" as const, cell: (type: string) => <Cell item={of(type, currency)} /> }))]}
      />
      <button type="button" onClick={() => setWhole(true)}>
        Every column
      </button>
      <Drawer title="Latest status" wide open={whole} close={() => setWhole(false)}>
        <Whole items={props.items} />
      </Drawer>
    </>
  );
}

function Cell(props: { item: Latest | undefined }) {
  const moment = useMoment();
  const { item } = props;
  if (!item) return <State value="missing" />;
  const notes = [item.reason, item.warnings === item.reason ? null : item.warnings].filter((t) => t !== null).map(words);
  return (
    <>
      <State value={item.status} />{" "}
      <Why text={[...notes, `source ${time(item.source_to)}`, `last attempt ${item.last_attempt ?? "none"}`].join("; ")}>
        {count(item.record_count)}, {item.source_to ? age(item.source_to, moment) : DASH}
      </Why>
      {notes.length > 0 && <small> {notes.join("; ")}</small>}
    </>
  );
}

function Whole(props: { items: Latest[] }) {
  return (
    <Table
      label="latest status"
      rows={props.items}
      rowKey={(i) => i.type + i.currency}
      columns={[
        { head: "Type", cell: (i) => words(i.type) },
        { head: "Currency", cell: (i) => i.currency },
        { head: "Date", cell: (i) => i.snapshot_date ?? DASH },
        { head: "Records", set: "n", cell: (i) => count(i.record_count) },
        { head: "Suspicious", set: "n", cell: (i) => count(i.suspicious_count) },
        { head: "Source times", set: "n", cell: (i) => count(i.source_timestamps) },
        { head: "Source time", set: "wrap", cell: (i) => time(i.source_to) },
        { head: "Created", set: "wrap", cell: (i) => time(i.created_at) },
        { head: "Last attempt", set: "wrap", cell: (i) => i.last_attempt ?? "none" },
      ]}
    />
  );
}
