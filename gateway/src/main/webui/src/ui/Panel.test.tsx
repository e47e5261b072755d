import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse, delay } from "msw";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { useApi } from "../api/query";
import { AsOfProvider } from "../clock";
import { server } from "../test/server";
import { show } from "../test/show";
import { Panel } from "./Panel";

const Shape = v.looseObject({ state: v.string(), reason: v.nullish(v.string()), as_of: v.nullish(v.string()), word: v.string() });
const GOOD = { state: "ok", word: "drawn", as_of: new Date().toISOString() };

function Tried(props: { draw?: (word: string) => React.ReactNode; liveOnly?: boolean }) {
  const query = useApi("http://localhost/api/tried", Shape, 60_000);
  return (
    <Panel title="Tried" query={query} source="live" liveOnly={props.liveOnly} quality={(a) => ({ state: a.state, reason: a.reason, asOf: a.as_of })} remedy={<a href="/data">mend</a>}>
      {(a) => props.draw?.(a.word) ?? <p>{a.word}</p>}
    </Panel>
  );
}

const answers = (reply: () => Response | Promise<Response>) => server.use(http.get("*/api/tried", reply as never));

describe("a panel", () => {
  it("waits with its height reserved", async () => {
    answers(async () => {
      await delay("infinite");
      return HttpResponse.json(GOOD);
    });
    show(<Tried />);
    expect(screen.getByRole("status", { name: "loading Tried" })).toBeTruthy();
    expect(screen.getByRole("region", { name: "Tried" }).getAttribute("aria-busy")).toBe("true");
    expect(screen.getByRole("region", { name: "Tried" }).style.getPropertyValue("--height")).toBe("120px");
  });

  it("shows its data", async () => {
    answers(() => HttpResponse.json(GOOD));
    show(<Tried />);
    expect(await screen.findByText("drawn")).toBeTruthy();
  });

  it("says why there is none, and what would help", async () => {
    answers(() => HttpResponse.json({ ...GOOD, state: "missing", reason: "no_surface" }));
    show(<Tried />);
    expect((await screen.findByText("No data:")).parentElement?.textContent).toBe("No data: no surface mend");
    expect(screen.queryByText("drawn")).toBeNull();
  });

  it("stands back where the service calls it stale, and where its age does", async () => {
    answers(() => HttpResponse.json({ ...GOOD, state: "stale", reason: "too_old" }));
    show(<Tried />);
    expect((await screen.findByText("drawn")).parentElement?.className).toContain("dim");
    answers(() => HttpResponse.json({ ...GOOD, as_of: "2020-01-01T00:00:00Z" }));
    show(<Tried />);
    await waitFor(() => expect(document.querySelectorAll('[data-face="degraded"]')).toHaveLength(2));
  });

  it.each([
    ["a refusal", () => HttpResponse.json({ status: 503, detail: "away", trace_id: "t-9" }, { status: 503 }), "away"],
    ["an odd answer", () => HttpResponse.json({}), "not of its documented shape"],
    ["a page", () => HttpResponse.html("<p>"), "not readable"],
    ["no connection", () => HttpResponse.error(), "no connection"],
  ])("tells %s and tries again", async (_, reply, said) => {
    answers(reply);
    show(<Tried />);
    expect((await screen.findByRole("alert")).textContent).toContain(said);
    answers(() => HttpResponse.json(GOOD));
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    expect(await screen.findByText("drawn")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("keeps what it knew, standing back, when it cannot be asked again", async () => {
    answers(() => HttpResponse.json(GOOD));
    show(<Tried draw={(word) => <Again word={word} />} />);
    await screen.findByText("drawn");
    answers(() => HttpResponse.error());
    await userEvent.click(screen.getByRole("button", { name: "again" }));
    expect(await screen.findByRole("alert")).toBeTruthy();
    expect(screen.getByText("drawn").closest(".content")?.className).toContain("dim");
  });

  it("alone fails where its drawing fails", async () => {
    answers(() => HttpResponse.json(GOOD));
    show(
      <>
        <p>beside it</p>
        <Tried
          draw={() => {
            throw new Error("odd");
          }}
        />
      </>,
    );
    expect((await screen.findByRole("alert")).textContent).toContain("cannot be drawn: odd");
    expect(screen.getByText("beside it")).toBeTruthy();
    expect(screen.getByRole("region", { name: "Tried" })).toBeTruthy();
  });

  it("that is live only folds in as-of mode and says so", async () => {
    answers(() => HttpResponse.json(GOOD));
    show(
      <AsOfProvider date="2026-09-15">
        <Tried liveOnly />
      </AsOfProvider>,
    );
    expect(screen.getByText("live only: it has no answer as of 2026-09-15")).toBeTruthy();
  });
});

function Again(props: { word: string }) {
  const query = useApi("http://localhost/api/tried", Shape, 60_000);
  return (
    <>
      <p>{props.word}</p>
      <button type="button" onClick={() => void query.refetch()}>
        again
      </button>
    </>
  );
}
