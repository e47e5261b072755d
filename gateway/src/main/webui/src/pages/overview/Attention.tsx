import { Link } from "@tanstack/react-router";
import { EVERY, useApi } from "../../api/query";
import { Signals } from "../../api/schema/alerts";
import { Status } from "../../api/schema/snapshots";
import { Card, Desk } from "../../api/schema/trades";
import { kept, type Shared } from "../../shell/search";
import { Notice } from "../../ui/Notice";
import { Section } from "../../ui/Section";
import { State } from "../../ui/State";
import { CARD } from "../trades/SyncCard";
import { SIGNALS } from "../alerts/SignalInbox";
import { items } from "./waiting";

/** What waits for a hand, each with the page where it is mended. */
export function Attention() {
  const status = useApi("/api/snapshots/status", Status, EVERY.hourly);
  const card = useApi(CARD, Card, EVERY.sync);
  const desk = useApi("/api/internal/trades/diagnostics?limit=100", Desk, EVERY.hourly);
  const signals = useApi(SIGNALS, Signals, EVERY.live);
  const asked = { snapshots: status, "sync card": card, differences: desk, signals };
  const unknown = Object.entries(asked).flatMap(([name, query]) => (query.isError ? [name] : []));
  const waiting = Object.values(asked).some((query) => query.isPending);
  const found = items({ status: status.data, card: card.data, desk: desk.data, signals: signals.data });
  return (
    <Section title="Needs attention" span={6}>
      <div style={{ minHeight: 236 }} aria-busy={waiting}>
        {unknown.length > 0 && <Notice tone="bad">Not known, because it could not be asked: {unknown.join(", ")}.</Notice>}
        {waiting && <div className="skeleton" role="status" aria-label="loading what needs attention" />}
        {!waiting && found.length === 0 && unknown.length === 0 && <p>Nothing waits.</p>}
        <ul className="plain">
          {found.map((item) => (
            <li key={item.text}>
              <State value={item.severity} /> {item.text}{" "}
              <Link to={item.page} search={(old: Shared) => kept(old)}>
                {item.action}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}
