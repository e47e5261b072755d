import { Activity, BellRing, BookOpen, ChartNoAxesCombined, Database, Gauge, LayoutDashboard, ReceiptText, Waves } from "lucide-react";

/** The pages by the question an operator comes with. */
export const PAGES = [
  { path: "/", name: "Overview", key: "o", group: "Market setup", icon: LayoutDashboard, purpose: "Where the market stands, and what waits for a hand." },
  { path: "/analytics", name: "Analytics", key: "a", group: "Market setup", icon: ChartNoAxesCombined, purpose: "How vol is priced along strikes and dates, and where dealers' gamma turns." },
  { path: "/probability", name: "Probability", key: "b", group: "Market setup", icon: Activity, purpose: "What the listed options say of where the price will be." },
  { path: "/flow", name: "Flow", key: "f", group: "Market setup", icon: Waves, purpose: "What followed when dealers were long or short gamma." },
  { path: "/performance", name: "Performance", key: "p", group: "Measurement", icon: Gauge, purpose: "How executions were filled and what became of them." },
  { path: "/trades", name: "Trades", key: "t", group: "Measurement", icon: ReceiptText, purpose: "Whether the cache is Alpha's, and every execution in it." },
  { path: "/data", name: "Data", key: "d", group: "Operations", icon: Database, purpose: "Which snapshots are there, which are missing, and how to mend them." },
  { path: "/alerts", name: "Alerts", key: "l", group: "Operations", icon: BellRing, purpose: "Which signals stand, and what goes to Slack." },
  { path: "/reference", name: "Reference", key: "r", group: "Reference", icon: BookOpen, purpose: "What each figure means, where it is from and which route has it." },
] as const;

export type PagePath = (typeof PAGES)[number]["path"];
export const GROUPS = [...new Set(PAGES.map((page) => page.group))];
