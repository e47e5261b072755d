import { useMutation } from "@tanstack/react-query";
import { type ApiError, checked, send } from "../../api/client";
import { operatorsToken, useRefresh } from "../../api/query";
import { Dispatched, type Signal } from "../../api/schema/alerts";
import type { Shown } from "./selection";

const PATH = "/api/alerts/dispatch";

const ask = async (body: object) => checked(Dispatched, await send("POST", PATH, await operatorsToken(), body));

/** Shows what would be sent of the chosen signals: what was sent within its repeat interval, or is silenced, is not among it. */
async function show(signals: readonly Signal[], note: string): Promise<Shown> {
  const words = note ? { note } : {};
  const all = await ask({ dry_run: true, ...words });
  const sendable = new Set(all.results.filter((of) => of.status === "would_send").map((of) => of.signal_id));
  const wanted = signals.filter((of) => sendable.has(of.id));
  const exactly = wanted.length === sendable.size;
  const answer = exactly || wanted.length === 0 ? all : await ask({ dry_run: true, signal_ids: wanted.map((of) => of.id), ...words });
  const named = new Set(answer.results.map((of) => of.signal_id));
  const others = all.results.filter((of) => !named.has(of.signal_id)).map((of) => (sendable.has(of.signal_id) ? { ...of, status: "not_chosen" } : of));
  return { dryRunId: answer.dry_run_id ?? null, signals: wanted.map(({ id, text }) => ({ id, text })), note, answer: { ...answer, results: [...answer.results, ...others] } };
}

/** A dry run of chosen signals, and the dispatch of exactly what it showed. */
export function useDispatch() {
  const refresh = useRefresh();
  const dryRun = useMutation<Shown, ApiError, { signals: readonly Signal[]; note: string }>({ mutationFn: ({ signals, note }) => show(signals, note) });
  const dispatch = useMutation<Dispatched, ApiError, Shown>({
    mutationFn: (shown) =>
      ask(
        shown.dryRunId === null
          ? { dry_run: false, signal_ids: shown.signals.map((of) => of.id), ...(shown.note ? { note: shown.note } : {}) }
          : { dry_run: false, dry_run_id: shown.dryRunId, signal_ids: shown.signals.map((of) => of.id), ...(shown.note ? { note: shown.note } : {}) },
      ),
    onSuccess: () => {
      dryRun.reset();
      return refresh("/api/alerts");
    },
  });
  return { dryRun, dispatch };
}
