import { describe, expect, it } from "vitest";
import type { Report } from "../../api/schema/trades";
import { POSTS } from "../../test/server";
import { obstacles } from "./gate";

const preview = (more: Partial<Report> = {}) => ({ ...(POSTS.full as unknown as Report), ...more });
const wanted = { fullScope: true, includePending: false, accepted: [] as string[] };
const at = (minutes: number) => Date.parse(preview().finished_at) + minutes * 60_000;
const ghost = { name: "E2E-CRASH", kind: "unmatched_local", reason: "in the cache, and no longer served by Alpha" };

describe("a real sync", () => {
  it("is open on a clean preview of its scope", () => expect(obstacles(preview(), wanted, at(14))).toEqual([]));
  it("needs a preview", () => expect(obstacles(null, wanted, at(1))).toEqual(["a preview has to come first"]));
  it("needs one of the last 15 minutes", () => expect(obstacles(preview(), wanted, at(16))[0]).toMatch(/older than 15 minutes/));
  it("needs one of the same scope", () => expect(obstacles(preview(), { ...wanted, includePending: true }, at(1))[0]).toMatch(/another scope/));
  it("of the full scope needs a full-scope one", () => expect(obstacles(preview({ diagnostic_scope: "incremental_delta" }), wanted, at(1))[0]).toMatch(/full-scope preview/));
  it("is held by what nobody has accepted, by name", () => expect(obstacles(preview({ exceptions: [ghost], clean: false }), wanted, at(1))).toEqual(["1 of its exceptions are not accepted: E2E-CRASH"]));
  it("opens when each of them is accepted", () => expect(obstacles(preview({ exceptions: [ghost], clean: false }), { ...wanted, accepted: ["E2E-CRASH"] }, at(1))).toEqual([]));
});
