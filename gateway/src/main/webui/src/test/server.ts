import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import recorded from "./answers/answers.json";
import posts from "./answers/posts.json";

type Body = Record<string, unknown>;
const ANSWERS = recorded as unknown as Record<string, Body>;
export const POSTS = posts as unknown as Record<"preview" | "real" | "full" | "dispatch", Body>;

/** The recorded answer of a path; its currency counts, its other parameters do not. */
export function answer(path: string, currency?: string): Body {
  const found = ANSWERS[currency ? `${path}?${currency}` : path] ?? ANSWERS[path];
  if (!found) throw new Error(`nothing is recorded for ${path}`);
  return structuredClone(found);
}

const RECORDED = http.get("*/api/*", ({ request }) => {
  const { pathname, searchParams } = new URL(request.url);
  const currency = searchParams.get("currency") ?? searchParams.get("asset")?.toUpperCase();
  const body = ANSWERS[currency ? `${pathname}?${currency}` : pathname] ?? ANSWERS[pathname];
  return body ? HttpResponse.json(body) : HttpResponse.json({ status: 404, detail: "not recorded" }, { status: 404 });
});

export const OPERATOR = { signed_in: true, email: "operator@voldesk.example", csrf_token: "a-token", sign_in_offered: true };

/** Answers every GET as recorded, and nothing else. */
export const server = setupServer(RECORDED);

export const signedIn = () => server.use(http.get("*/api/session", () => HttpResponse.json(OPERATOR)));
