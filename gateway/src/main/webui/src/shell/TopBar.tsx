import { useLocation } from "@tanstack/react-router";
import { Moon, Search, Sun } from "lucide-react";
import { toast } from "sonner";
import { signOut } from "../api/client";
import { useSession } from "../api/query";
import { DateField } from "../ui/DateField";
import { choose, useScheme } from "../ui/scheme";
import { Segmented } from "../ui/Segmented";
import { DataClock } from "./DataClock";
import { JobTray } from "./JobTray";
import { CURRENCIES, useAddress, useCurrency } from "./search";

/** One currency and one as-of date for every page, what the data rests on, and who is signed in. */
export function TopBar(props: { openPalette: () => void }) {
  const { search, set } = useAddress();
  const currency = useCurrency();
  const scheme = useScheme();
  return (
    <header className={search.date ? "top as-of" : "top"}>
      <Segmented label="currency" options={CURRENCIES} value={currency} set={(of) => set({ currency: of })} />
      <DateField label="As of" value={search.date} set={(date) => set({ date })} />
      {search.date && (
        <button type="button" onClick={() => set({ date: undefined })}>
          Back to live
        </button>
      )}
      <DataClock />
      <JobTray />
      <button type="button" aria-label="go to anything by its name" onClick={props.openPalette} aria-keyshortcuts="Control+K">
        <Search size={13} aria-hidden /> <kbd>Ctrl K</kbd>
      </button>
      <button type="button" aria-label={scheme === "dark" ? "light colours" : "dark colours"} onClick={() => choose(scheme === "dark" ? "light" : "dark")}>
        {scheme === "dark" ? <Sun size={14} aria-hidden /> : <Moon size={14} aria-hidden />}
      </button>
      <Who />
    </header>
  );
}

function Who() {
  const session = useSession();
  const back = useLocation({ select: (of) => of.pathname + of.searchStr });
  if (!session.data) return <span className="who">{session.isError ? "session not known" : "…"}</span>;
  const { signed_in: signedIn, email, csrf_token: csrf } = session.data;
  if (signedIn) {
    return (
      <span className="who">
        {email}{" "}
        <button type="button" onClick={() => csrf && signOut(csrf).catch((e: Error) => toast.error(`not signed out: ${e.message}`))}>
          Sign out
        </button>
      </span>
    );
  }
  return <span className="who">{session.data.sign_in_offered ? <a href={`/api/session/login?return_to=${encodeURIComponent(back)}`}>Sign in</a> : "read only"}</span>;
}
