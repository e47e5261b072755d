import { http, HttpResponse } from "msw";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { server } from "../test/server";
import { ApiError, get } from "./client";

const Shape = v.looseObject({ items: v.array(v.string()) });
const asked = async (reply: () => Response | Promise<Response>) => {
  server.use(http.get("*/api/a", reply as never));
  return get("http://localhost/api/a", Shape).catch((e: ApiError) => e);
};

describe("an answer", () => {
  it("is handed on when it has its shape", async () => {
    expect(await asked(() => HttpResponse.json({ items: ["a"] }))).toEqual({ items: ["a"] });
  });

  it.each([
    ["a proxy's page", () => HttpResponse.html("<h1>Gateway</h1>"), /not readable/],
    ["a cut body", () => new HttpResponse('{"items":["a"', { headers: { "Content-Type": "application/json" } }), /not readable/],
    ["nothing at all", () => new HttpResponse(""), /not readable/],
    ["an empty object", () => HttpResponse.json({}), /not of its documented shape: items/],
    ["another type", () => HttpResponse.json({ items: [1] }), /items\.0/],
  ])("that is %s is an error and never an empty answer", async (_, reply, message) => {
    const error = await asked(reply);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ failure: "unreadable", message: expect.stringMatching(message) });
  });

  it("that is a problem keeps its detail, status and trace", async () => {
    const error = await asked(() => HttpResponse.json({ status: 503, detail: "snapshot is away", trace_id: "t-1" }, { status: 503 }));
    expect(error).toMatchObject({ status: 503, message: "snapshot is away", traceId: "t-1", failure: "problem" });
  });

  it("takes the trace of the header where a page is answered in its place", async () => {
    expect(await asked(() => HttpResponse.html("<p>bad gateway</p>", { status: 502, headers: { "x-trace-id": "t-2" } }))).toMatchObject({ status: 502, traceId: "t-2" });
  });

  it("that does not come is told as no connection", async () => {
    expect(await asked(() => HttpResponse.error())).toMatchObject({ status: 0, failure: "offline" });
  });
});
