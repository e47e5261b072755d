import type { Dispatched } from "../../api/schema/alerts";

/** The words of a Slack message in their order, as a reader of the channel sees them. */
export function slackText(message: Dispatched["message"]): string {
  if (!message) return "";
  const texts: string[] = [];
  const walk = (node: unknown) => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node && typeof node === "object") {
      for (const [name, value] of Object.entries(node)) {
        if (name === "text" && typeof value === "string") texts.push(value);
        else walk(value);
      }
    }
  };
  walk(message.blocks ?? []);
  return (texts.length ? texts.join("\n") : (message.text ?? "")).replaceAll("*", "");
}
