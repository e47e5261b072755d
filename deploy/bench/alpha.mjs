// An Alpha server that costs next to nothing: every page is rendered once, before it is asked for.
import { createServer } from "node:http";
import { execution } from "./rows.mjs";

const [count, port] = process.argv.slice(2).map(Number);
const PAGE = 1000;

function pages(changed) {
  const all = [];
  for (let from = 0; from < count; from += PAGE) {
    const to = Math.min(from + PAGE, count);
    const rows = [];
    for (let i = from; i < to; i++) rows.push(JSON.stringify(execution(i, changed)));
    all.push(Buffer.from(`{"data":[${rows.join(",")}],"next_cursor":${to < count ? `"${to / PAGE}"` : "null"},"as_of":"2026-01-01T00:00:00Z"}`));
  }
  return all;
}

const plain = pages(false);
const changed = pages(true);
let served = plain;

createServer((request, response) => {
  const url = new URL(request.url, "http://localhost");
  if (url.pathname.startsWith("/serve/")) {
    served = url.pathname.endsWith("changed") ? changed : plain;
    response.end("ok");
    return;
  }
  response.writeHead(200, { "Content-Type": "application/json" });
  response.end(served[Number(url.searchParams.get("cursor") ?? 0)]);
}).listen(port, () => console.log("ready"));
