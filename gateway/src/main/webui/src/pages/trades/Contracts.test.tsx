import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import { server, signedIn } from "../../test/server";
import { show } from "../../test/show";
import { Contracts } from "./Contracts";

const ADJUSTED = { root: "MSTR1", underlying: "MSTR", multiplier: 100, kind: "adjusted", flex_style: null, identity: { status: "unapproved", reason: "adjusted_root" }, executions: 2 };

it("a root that is no standard listing is approved with its deliverable and a reason", async () => {
  signedIn();
  let sent: unknown;
  server.use(
    http.get("*/api/internal/contracts", () => HttpResponse.json({ items: [ADJUSTED], next_cursor: null })),
    http.post("*/api/admin-proxy/internal/contracts/MSTR1", async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ run_id: 7, analytics: { status: "ok" } });
    }),
  );
  show(<Contracts />);
  await userEvent.type(await screen.findByLabelText("deliverable of MSTR1"), "150 MSTR");
  await userEvent.type(screen.getByLabelText("reason for MSTR1"), "memo 12345");
  await userEvent.click(screen.getByRole("button", { name: "Approve" }));
  expect((await screen.findByRole("status")).textContent).toBe("approved, run 7");
  expect(sent).toEqual({ deliverable: "150 MSTR", multiplier: 100, provider_root: null, reason: "memo 12345" });
});
