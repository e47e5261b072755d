import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { POSTS, server, signedIn } from "../../test/server";
import { show } from "../../test/show";
import { SyncCard } from "./SyncCard";

const SYNC = "*/api/admin-proxy/internal/trades/sync";
const NOW = () => new Date().toISOString();
const GHOST = { name: "E2E-CRASH", kind: "unmatched_local", reason: "in the cache, and no longer served by Alpha" };
let sent: Record<string, unknown>[];

function syncAnswers(preview: Record<string, unknown>) {
  server.use(
    http.post(SYNC, async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      sent.push(body);
      return HttpResponse.json(body.dry_run ? { ...preview, finished_at: NOW() } : { ...POSTS.real, finished_at: NOW() });
    }),
  );
}

const toTheGate = async () => {
  await userEvent.click(await screen.findByRole("button", { name: "Preview" }));
  await screen.findByTestId("sync-result");
  await userEvent.click(screen.getByLabelText("Dry run"));
  return screen.getByRole("button", { name: "Sync for real" }) as HTMLButtonElement;
};

describe("the sync card", () => {
  beforeEach(() => {
    sent = [];
    signedIn();
  });

  it("holds a real sync until what the preview found is accepted by name, and sends both", async () => {
    syncAnswers({ ...POSTS.full, clean: false, unmatched_local_trade_ids: ["E2E-CRASH"], exceptions: [GHOST] });
    show(<SyncCard />);
    const go = await toTheGate();
    expect(go.disabled).toBe(true);
    expect(screen.getByText("The cache and the source differ.")).toBeTruthy();
    expect(screen.getByText(/not accepted: E2E-CRASH/)).toBeTruthy();
    await userEvent.click(screen.getByLabelText(/E2E-CRASH/));
    expect(go.disabled).toBe(false);
    await userEvent.click(go);
    const dialog = screen.getByRole("dialog");
    expect(within(dialog).getByText("portfolio_names=ICOI,IMST|include_pending=false")).toBeTruthy();
    expect(within(dialog).getByText("Premium delta, USD")).toBeTruthy();
    await userEvent.click(within(dialog).getByRole("button", { name: "Yes, sync" }));
    await screen.findByText("Real sync");
    expect(sent[1]).toMatchObject({ dry_run: false, preview_run_id: POSTS.full.run_id, accept: ["E2E-CRASH"] });
  });

  it("holds it again where the scope is changed after the preview", async () => {
    syncAnswers(POSTS.full);
    show(<SyncCard />);
    const go = await toTheGate();
    expect(go.disabled).toBe(false);
    await userEvent.click(screen.getByLabelText("Include pending"));
    expect(go.disabled).toBe(true);
    expect(screen.getByText(/another scope/)).toBeTruthy();
  });

  it("shows the diagnostic's quarantine, the gross premium change and each portfolio's part", async () => {
    syncAnswers({ ...POSTS.full, quarantined_count: 3, clean: false });
    show(<SyncCard />);
    await toTheGate();
    const result = screen.getByTestId("sync-result");
    const heads = within(within(result).getByRole("group", { name: "counts of the run" })).getAllByRole("columnheader").map((h) => h.textContent);
    expect(heads).toContain("In quarantine");
    expect(within(within(result).getByRole("group", { name: "by portfolio" })).getByText("IMST")).toBeTruthy();
    syncAnswers(POSTS.preview);
    await userEvent.click(screen.getByLabelText("Dry run"));
    await userEvent.click(screen.getByRole("button", { name: "Preview" }));
    expect(await within(screen.getByRole("region", { name: "OMS/PMS Sync" })).findByText("Gross premium change, USD")).toBeTruthy();
  });

  it("shows the server's refusal in its words", async () => {
    server.use(http.post(SYNC, () => HttpResponse.json({ status: 409, detail: "the preview is older than 15 minutes" }, { status: 409 })));
    show(<SyncCard />);
    await userEvent.click(await screen.findByRole("button", { name: "Preview" }));
    expect((await screen.findByRole("alert")).textContent).toContain("older than 15 minutes");
  });
});
