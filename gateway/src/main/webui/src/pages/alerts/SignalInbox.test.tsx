import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { answer, POSTS, server, signedIn } from "../../test/server";
import { show } from "../../test/show";
import { SignalInbox } from "./SignalInbox";

type Sent = { dry_run: boolean; signal_ids?: number[]; dry_run_id?: number };
type Found = { id: number; kind: string; text: string }[];
const signals = () => answer("/api/alerts/signals").items as Found;
const NEW = { ...(answer("/api/alerts/signals").items as object[])[0], id: 99, text: "BTC: a new critical one", fingerprint: "new|BTC|" };
let standing: unknown[];
let sent: Sent[];

/** As the alert service does: of named ids those, of none all; a dry run has an id of its own. */
function dispatches() {
  server.use(
    http.get("*/api/alerts/signals", () => HttpResponse.json({ items: standing })),
    http.post("*/api/admin-proxy/alerts/refresh", () => {
      standing = [NEW, ...standing];
      return HttpResponse.json({ refreshed_at: "2026-11-25T04:41:00Z", items: standing });
    }),
    http.post("*/api/admin-proxy/alerts/dispatch", async ({ request }) => {
      const body = (await request.json()) as Sent;
      sent.push(body);
      const all = (POSTS.dispatch as { results: { signal_id: number; status: string }[] }).results;
      const results = all.filter((of) => !body.signal_ids || body.signal_ids.includes(of.signal_id)).map((of) => ({ ...of, status: body.dry_run ? "would_send" : "delivered" }));
      return HttpResponse.json({ ...POSTS.dispatch, dry_run: body.dry_run, dry_run_id: 40 + sent.length, results });
    }),
  );
}

const send = () => screen.getByRole("button", { name: "Dispatch to Slack" }) as HTMLButtonElement;
const dryRun = async () => {
  await userEvent.click(await screen.findByRole("button", { name: "Show what would be sent" }));
  await screen.findByText("Dry run:");
};

describe("the inbox of signals", () => {
  beforeEach(() => {
    standing = signals();
    sent = [];
    signedIn();
    dispatches();
  });

  it("leaves notes on data quality unticked, and sends exactly what the dry run showed, after a look at its words", async () => {
    show(<SignalInbox />);
    await screen.findByText(signals()[0].text);
    expect(send().disabled).toBe(true);
    await dryRun();
    const meant = signals().filter((of) => of.kind !== "data_quality").map((of) => of.id);
    expect([...(sent[1].signal_ids ?? [])].sort()).toEqual([...meant].sort());
    await userEvent.click(send());
    const dialog = screen.getByRole("dialog");
    expect(dialog.textContent).toContain("CRITICAL BTC: spot 59712 USD crossed the gamma flip");
    await userEvent.click(within(dialog).getByRole("button", { name: "Yes, send" }));
    await screen.findByText("Dispatch:");
    expect(sent[2]).toMatchObject({ dry_run: false, dry_run_id: 42 });
    expect([...(sent[2].signal_ids ?? [])].sort()).toEqual([...meant].sort());
    expect(send().disabled).toBe(true);
  });

  it("closes when a refresh brings a signal that no dry run has shown", async () => {
    show(<SignalInbox />);
    await screen.findByText(signals()[0].text);
    await dryRun();
    expect(send().disabled).toBe(false);
    await userEvent.click(screen.getByRole("button", { name: "Refresh" }));
    await screen.findByText("BTC: a new critical one");
    expect(send().disabled).toBe(true);
    expect(send().dataset.why).toContain("1 chosen since the dry run");
  });

  it("closes when the choice or the note changes", async () => {
    show(<SignalInbox />);
    await screen.findByText(signals()[0].text);
    await dryRun();
    await userEvent.click(screen.getByLabelText(new RegExp(signals()[0].text)));
    expect(send().dataset.why).toContain("1 not chosen any more");
    await userEvent.click(screen.getByLabelText(new RegExp(signals()[0].text)));
    expect(send().disabled).toBe(false);
    await userEvent.type(screen.getByLabelText("note"), "look");
    expect(send().dataset.why).toContain("another note than shown");
  });
});
