import { useMutation } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { type GenericSchema, type InferOutput, is } from "valibot";
import { ApiError, checked, send } from "./client";
import { operatorsToken, useRefresh } from "./query";
import { Job } from "./schema/system";

/** Jobs that this browser follows, whatever page it is on. */
const followed = new Map<string, Job>();
const watchers = new Set<() => void>();
let shown: readonly Job[] = [];

function publish() {
  shown = [...followed.values()];
  for (const tell of watchers) tell();
}

const subscribe = (tell: () => void) => {
  watchers.add(tell);
  return () => watchers.delete(tell);
};

export const useFollowedJobs = () => useSyncExternalStore(subscribe, () => shown);

const running = new Map<string, Promise<unknown>>();

/** Follows a job's events to its end; the browser connects again by itself where the line breaks. Asked twice, it follows once. */
export function follow(job: Job): Promise<unknown> {
  const known = running.get(job.id);
  if (known) return known;
  const end = new Promise<unknown>((resolve, reject) => {
    const events = new EventSource(`/api/jobs/${job.id}/events`);
    const settle = (then: () => void) => {
      events.close();
      followed.delete(job.id);
      publish();
      then();
    };
    followed.set(job.id, job);
    publish();
    events.onmessage = (event) => {
      const now = read(event.data as string);
      if (!now) return;
      followed.set(now.id, now);
      publish();
      if (now.status === "done") settle(() => resolve(now.result));
      if (now.status === "cancelled") settle(() => reject(new ApiError(0, cancelled(now), null)));
      if (now.status === "failed") settle(() => reject(new ApiError(now.problem?.status ?? 0, now.problem?.detail ?? "failed", now.problem?.trace_id ?? null)));
    };
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) settle(() => reject(new ApiError(0, "the job's events cannot be read", null)));
    };
  }).finally(() => running.delete(job.id));
  running.set(job.id, end);
  return end;
}

function read(data: string): Job | null {
  try {
    return checked(Job, JSON.parse(data));
  } catch {
    return null;
  }
}

const cancelled = (job: Job) => (job.kind === "trade_sync" ? "cancelled: nothing of this run was kept" : "cancelled: what it had stored by then stands");

export const stop = async (job: Job) => send("DELETE", `/api/jobs/${job.id}`, await operatorsToken());

/** A change that runs as a job, with its progress and a way to stop it. A service may answer at once all the same, a dry run for one. */
export function useJob<S extends GenericSchema, B extends object>(path: string, schema: S, changes: string[]) {
  const refresh = useRefresh();
  const jobs = useFollowedJobs();
  const mutation = useMutation<InferOutput<S>, ApiError, B>({
    mutationKey: [path],
    mutationFn: async (body) => {
      const answer = await send("POST", path, await operatorsToken(), body, { Prefer: "respond-async" });
      if (!is(Job, answer)) return checked(schema, answer);
      ids.set(path, answer.id);
      return checked(schema, await follow(answer));
    },
    onSettled: () => {
      ids.delete(path);
      return refresh(...changes);
    },
  });
  const job = jobs.find((of) => of.id === ids.get(path)) ?? null;
  return { ...mutation, job, cancel: () => job && stop(job) };
}

/** Which job a route's button has begun. */
const ids = new Map<string, string>();
