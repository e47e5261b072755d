import { Link, useLocation } from "@tanstack/react-router";
import { MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { GROUPS, PAGES } from "./pages";
import { kept, type Shared } from "./search";

const ON_PHONE = ["/", "/trades", "/data", "/analytics", "/alerts"];

/** The way between the pages, grouped by the question an operator comes with; on a phone a bar at the bottom. */
export function Rail() {
  const path = useLocation({ select: (of) => of.pathname });
  const [more, setMore] = useState(false);
  return (
    <nav className={more ? "rail more" : "rail"} aria-label="pages" onClick={() => setMore(false)}>
      <b className="brand">Voldesk</b>
      {GROUPS.map((group) => (
        <div key={group} className="group" role="group" aria-label={group}>
          <span className="group-name">{group}</span>
          {PAGES.filter((page) => page.group === group).map(({ path: to, name, key, icon: Icon }) => (
            <Link key={to} to={to} search={(old: Shared) => kept(old)} aria-current={to === path ? "page" : undefined} data-phone={ON_PHONE.includes(to)} title={`g ${key}`}>
              <Icon size={16} aria-hidden />
              <span>{name}</span>
            </Link>
          ))}
        </div>
      ))}
      <button
        type="button"
        className="more-button"
        aria-expanded={more}
        onClick={(e) => {
          e.stopPropagation();
          setMore(!more);
        }}
      >
        <MoreHorizontal size={16} aria-hidden />
        <span>More</span>
      </button>
    </nav>
  );
}
