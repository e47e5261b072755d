// The gateway's pass-through against nginx' proxy_pass to the same upstream (nginx answering 1 KiB of JSON), 64 connections, one run.
//   node deploy/bench/gateway.mjs [seconds = 8] [repetitions = 5]
// Needs nginx and wrk, JAVA_HOME of a JDK 25, and everything built: the gateway under test is one more beside a house, on its database,
// and counts no client's requests.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withHouse } from "./house.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const HOME = join(ROOT, "deploy/bench/target/nginx");
const [seconds, repetitions] = [Number(process.argv[2] ?? 8), Number(process.argv[3] ?? 5)];
const [UPSTREAM, NGINX, GATEWAY] = [28301, 28302, 28303];
const PATH = "/api/internal/trades?limit=1";
const body = JSON.stringify({ items: [], padding: "x".repeat(1024 - 28) });

mkdirSync(HOME, { recursive: true });
writeFileSync(
  join(HOME, "nginx.conf"),
  `worker_processes auto; pid ${HOME}/nginx.pid; error_log ${HOME}/error.log; daemon off;
events { worker_connections 1024; }
http {
  access_log off; client_body_temp_path ${HOME}/body; proxy_temp_path ${HOME}/proxy; fastcgi_temp_path ${HOME}/f; uwsgi_temp_path ${HOME}/u; scgi_temp_path ${HOME}/s;
  keepalive_requests 1000000000;
  upstream service { server 127.0.0.1:${UPSTREAM}; keepalive 128; keepalive_requests 1000000000; }
  server { listen ${UPSTREAM} backlog=1024; location / { default_type application/json; return 200 '${body}'; } }
  server { listen ${NGINX} backlog=1024; location / { proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection ""; } }
}
`,
);

const nginx = spawn("nginx", ["-p", HOME, "-c", join(HOME, "nginx.conf")], { stdio: "inherit" });
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin/java") : "java";
const startGateway = () => spawn(java, ["-Xmx256m", "-XX:+UseSerialGC", "-jar", join(ROOT, "gateway/target/quarkus-app/quarkus-run.jar")], {
  env: {
    ...process.env,
    PORT: String(GATEWAY),
    TRADE_SYNC_URL: `http://127.0.0.1:${UPSTREAM}`,
    ADMIN_SECRET: "bench",
    DATABASE_URL: "jdbc:postgresql://localhost:28432/voldesk",
    RATE_LIMITS: "false",
  },
  stdio: "ignore",
});

async function serves(port) {
  for (let i = 0; i < 200; i++) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}${PATH}`);
      const text = await response.text();
      if (response.status === 200 && text === body) return;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${port} does not serve the upstream's answer`);
}

const MS = { us: 0.001, ms: 1, s: 1000 };
function wrk(port, duration) {
  const out = execFileSync("wrk", ["-t1", "-c64", `-d${duration}s`, "--latency", `http://127.0.0.1:${port}${PATH}`]).toString();
  if (/Non-2xx|Socket errors/.test(out)) throw new Error(out);
  const [, p99, unit] = out.match(/99%\s+([\d.]+)(us|ms|s)/);
  return { rate: Number(out.match(/Requests\/sec:\s+([\d.]+)/)[1]), p99: Number(p99) * MS[unit] };
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

try {
  await withHouse({}, measured);
} finally {
  nginx.kill();
}

async function measured() {
  const gateway = startGateway();
  try {
    await serves(NGINX);
    await serves(GATEWAY);
    wrk(GATEWAY, 15); // the JVM's warm-up
    const seen = { nginx: [], gateway: [] };
    for (let i = 0; i < repetitions; i++) {
      seen.nginx.push(wrk(NGINX, seconds));
      seen.gateway.push(wrk(GATEWAY, seconds));
    }
    console.log("| through | requests/s | p99, ms |\n|---|---|---|");
    for (const [name, runs] of Object.entries(seen)) console.log(`| ${name} | ${median(runs.map((r) => r.rate)).toFixed(0)} | ${median(runs.map((r) => r.p99)).toFixed(2)} |`);
    const ratio = (key) => median(seen.gateway.map((r) => r[key])) / median(seen.nginx.map((r) => r[key]));
    console.log(`\nrequests/s ${ratio("rate").toFixed(2)}× nginx (wanted 0.5×), p99 ${ratio("p99").toFixed(2)}× (wanted at most 2.5×)`);
  } finally {
    gateway.kill();
  }
}
