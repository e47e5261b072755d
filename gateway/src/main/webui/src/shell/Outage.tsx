import { onlineManager } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { EVERY, useApi } from "../api/query";
import { Deep } from "../api/schema/system";
import { Notice } from "../ui/Notice";

const useOnline = () => useSyncExternalStore((tell) => onlineManager.subscribe(tell), () => onlineManager.isOnline());

/** One line for one cause: no network, no gateway, or a service that does not answer. */
export function Outage() {
  const online = useOnline();
  const deep = useApi("/api/health/deep", Deep, EVERY.health);
  const down = deep.data?.services.filter((service) => service.status !== "ok" && service.status !== "degraded") ?? [];
  if (!online) return <Line>This browser is offline. What is shown is as old as it says.</Line>;
  if (deep.isError && deep.error.failure !== "problem") return <Line>The gateway cannot be reached: {deep.error.message}. What is shown is as old as it says.</Line>;
  if (down.length > 0) return <Line>Not answering: {down.map((service) => `${service.service} (${service.reason ?? service.status})`).join(", ")}. What rests on it says so.</Line>;
  return null;
}

function Line(props: { children: React.ReactNode }) {
  return (
    <div className="banner" data-testid="banner">
      <Notice tone="bad">{props.children}</Notice>
    </div>
  );
}
