import { EVERY, useApi } from "../../api/query";
import { Deep } from "../../api/schema/system";
import { Panel } from "../../ui/Panel";
import { State } from "../../ui/State";
import { Table } from "../../ui/Table";

export function Services() {
  const deep = useApi("/api/health/deep", Deep, EVERY.health);
  return (
    <Panel title="Services" query={deep} span={5} height={140} about="Asked of each service itself.">
      {(d) => (
        <Table
          label="services"
          rows={d.services}
          rowKey={(s) => s.service}
          columns={[
            { head: "Service", cell: (s) => s.service },
            { head: "State", cell: (s) => <State value={s.status} /> },
            { head: "Schema", cell: (s) => s.migration ?? "none" },
            { head: "Reason", set: "wrap", cell: (s) => s.reason ?? "none" },
          ]}
        />
      )}
    </Panel>
  );
}
