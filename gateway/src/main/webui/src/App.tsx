import { useEffect, useState } from "react";
import { Link, Route, Switch, useLocation, useSearch } from "wouter";
import { signOut, useSession } from "./api";
import { Analytics } from "./pages/Analytics";
import { Data } from "./pages/Data";
import { Flow } from "./pages/Flow";
import { Overview } from "./pages/Overview";
import { Performance } from "./pages/Performance";
import { Probability } from "./pages/Probability";
import { Trades } from "./pages/Trades";

const PAGES = [
  { path: "/", name: "Overview", key: "o" },
  { path: "/trades", name: "Trades", key: "t" },
  { path: "/performance", name: "Performance", key: "p" },
  { path: "/data", name: "Data", key: "d" },
  { path: "/analytics", name: "Analytics", key: "a" },
  { path: "/probability", name: "Probability", key: "b" },
  { path: "/flow", name: "Flow", key: "f" },
];

export function App() {
  const [path, go] = useLocation();
  const search = useSearch();
  const [help, setHelp] = useState(false);
  const session = useSession();
  useEffect(() => {
    document.title = `${PAGES.find((p) => p.path === path)?.name ?? "Not found"} · Voldesk`;
  }, [path]);
  useEffect(() => {
    let afterG = false;
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.matches("input, textarea, select") || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.key === "?") setHelp((shown) => !shown);
      if (event.key === "/") {
        event.preventDefault();
        document.querySelector<HTMLInputElement>("input[type=search]")?.focus();
      }
      const page = afterG ? PAGES.find((p) => p.key === event.key) : undefined;
      if (page) go(page.path);
      afterG = event.key === "g";
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [go]);
  return (
    <>
      <header className="top">
        <b className="brand">Voldesk</b>
        <nav aria-label="pages">
          {PAGES.map((p) => (
            <Link key={p.path} href={p.path} aria-current={p.path === path ? "page" : undefined}>
              {p.name}
            </Link>
          ))}
        </nav>
        <span className="who">
          {session.data?.signed_in ? (
            <>
              {session.data.email} <button onClick={() => void signOut()}>Sign out</button>
            </>
          ) : session.data?.sign_in_offered ? (
            <a href={`/api/session/login?return_to=${encodeURIComponent(search ? `${path}?${search}` : path)}`}>Sign in</a>
          ) : (
            "read only"
          )}
        </span>
      </header>
      {help && (
        <aside className="notice" role="note">
          <b>Keys:</b> {PAGES.map((p) => `g ${p.key} ${p.name}`).join(" · ")} · / filter · ? this help
        </aside>
      )}
      <main>
        <Switch>
          <Route path="/" component={Overview} />
          <Route path="/trades" component={Trades} />
          <Route path="/performance" component={Performance} />
          <Route path="/data" component={Data} />
          <Route path="/analytics" component={Analytics} />
          <Route path="/probability" component={Probability} />
          <Route path="/flow" component={Flow} />
          <Route>
            <p className="notice">There is no such page.</p>
          </Route>
        </Switch>
      </main>
    </>
  );
}
