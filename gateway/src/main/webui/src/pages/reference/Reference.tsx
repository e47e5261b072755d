import { EVERY, useApi } from "../../api/query";
import { OpenApi } from "../../api/schema/openapi";
import { Page } from "../../shell/Page";
import { DataGrid, type GridColumn } from "../../ui/DataGrid";
import { Panel } from "../../ui/Panel";
import { Section } from "../../ui/Section";
import { CATALOGUE, type Formula } from "./catalogue";
import { type Operation, operations } from "./operations";

const FORMULAS: GridColumn<Formula>[] = [
  { key: "label", head: "Figure", kind: "text", width: 170, pinned: true },
  { key: "page", head: "Page", kind: "text", width: 90, facet: true },
  { key: "formula", head: "Formula", kind: "text", width: 330, cell: (f) => <span data-why={f.formula} tabIndex={0}>{f.formula}</span> },
  { key: "endpoint", head: "Route", kind: "text", width: 190 },
  { key: "field", head: "Field", kind: "text", width: 116 },
  { key: "table", head: "Table", kind: "text", width: 160, cell: (f) => <span data-why={f.table} tabIndex={0}>{f.table}</span> },
  { key: "source", head: "Source", kind: "text", width: 210, hidden: true },
];

const ROUTES: GridColumn<Operation>[] = [
  { key: "path", head: "Route", kind: "text", width: 330, pinned: true },
  { key: "method", head: "Method", kind: "text", width: 70, facet: true },
  { key: "parameters", head: "Parameters", kind: "text", width: 320 },
  { key: "summary", head: "What it is", kind: "text", width: 340, cell: (o) => <span data-why={o.summary}>{o.summary}</span> },
];

export function Reference() {
  const openapi = useApi("/api/openapi", OpenApi, EVERY.hourly);
  return (
    <Page path="/reference" read={["Formulas are the ones that a figure's drawer shows: one catalogue.", "Routes are the ones that the gateway lets through: one table.", "Filter either by page, or by method."]}>
      <Section title="Formulas">
        <DataGrid label="formulas" columns={FORMULAS} rows={CATALOGUE} rowKey={(f) => f.number} height={360} />
      </Section>
      <Panel title="Routes" query={openapi} height={392} about="The API's own document.">
        {(o) => <DataGrid label="routes" columns={ROUTES} rows={operations(o)} rowKey={(of) => `${of.method} ${of.path}`} height={360} />}
      </Panel>
    </Page>
  );
}
