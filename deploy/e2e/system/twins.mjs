// What production has and one machine does not: two instances of each service behind one address. The first of each is the
// house's own; the second is started here and, like the house's, started again whenever it ends.
import { execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { connect as dial, createServer } from "node:net";
import { join } from "node:path";
import { DATABASE_PORT, HOME, ROOT, SANDBOX, SECRET, pidOf, until } from "./house.mjs";

const FAKETIME = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"];

const SERVICES = ["trade_sync", "analytics", "snapshot", "alert"].map((role, i) => ({
  role,
  module: `${role.replace("_", "-")}-service`,
  variable: `${role.toUpperCase()}_URL`,
  first: 18081 + i,
  second: 18181 + i,
  shared: 18281 + i,
}));

/** Where each service is asked: the addresses that stand before both instances. */
export const ADDRESSES = Object.fromEntries(SERVICES.map((s) => [s.variable, `http://localhost:${s.shared}`]));

/** libfaketime's file, fetched where this is Debian and root's; null, with the reason said, where there is none. */
function faketime() {
  const found = () => FAKETIME.find(existsSync) ?? null;
  if (!found()) {
    try {
      execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "libfaketime"], { stdio: "pipe" });
    } catch (e) {
      console.log(`clocks are not set apart: libfaketime is not here and could not be installed (${String(e.message).split("\n")[0]})`);
    }
  }
  return found();
}

/** Takes each connection to one of the two, by chance, and to the other where that one does not listen. */
function balance(port, targets, random) {
  const server = createServer((client) => {
    client.on("error", () => {});
    const order = random() < 0.5 ? targets : targets.toReversed();
    const reach = (i) => {
      if (i === order.length || client.destroyed) return client.destroy();
      let open = false;
      const instance = dial(order[i], "127.0.0.1", () => {
        open = true;
        client.pipe(instance);
        instance.pipe(client);
      });
      instance.on("error", () => (open ? client.destroy() : reach(i + 1)));
      instance.on("close", () => open && client.destroy());
      client.on("close", () => instance.destroy());
    };
    reach(0);
  });
  return new Promise((resolve, reject) => server.on("error", reject).listen(port, "127.0.0.1", () => resolve(server)));
}

/** One process started here, again and again until it is told to end. */
class Second {
  constructor(service, environment, log) {
    Object.assign(this, { service, environment, log, ending: false });
    this.start();
  }

  start() {
    const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin/java") : "java";
    const jar = join(ROOT, this.service.module, "target/quarkus-app/quarkus-run.jar");
    this.process = spawn(java, ["-Xmx256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-jar", jar], {
      env: { ...process.env, ...this.environment, PORT: String(this.service.second) },
      stdio: ["ignore", this.log, this.log],
    });
    this.process.on("exit", () => this.ending || setTimeout(() => this.start(), 200));
  }

  end() {
    this.ending = true;
    this.process.kill("SIGKILL");
  }
}

/** All pairs. {@link stand} goes before the house is started, {@link fill} after. */
export class Twins {
  #servers = [];
  #seconds = [];
  #log;

  /** @param random a function of [0, 1) that says which instance a connection goes to */
  async stand(random) {
    for (const s of SERVICES) this.#servers.push(await balance(s.shared, [s.first, s.second], random));
  }

  /** Starts the second instances, 30 s ahead where the clock can be set; @returns how far ahead they are. */
  async fill(environment) {
    const library = faketime();
    // the clock that waits are measured by is left alone, by a library that does not mend that one either: a JVM would wait no time
    const wallOnly = { FAKETIME_DONT_FAKE_MONOTONIC: "1", FAKETIME_FORCE_MONOTONIC_FIX: "0" };
    const ahead = library ? { LD_PRELOAD: library, FAKETIME: "+30s", ...wallOnly } : {};
    this.#log = openSync(join(HOME, "run/second.log"), "a", 0o600);
    for (const service of SERVICES) {
      const own = {
        ...{ ...ADDRESSES, ...ahead, ...environment, ADMIN_SECRET: SECRET, QUARKUS_HTTP_HOST: "127.0.0.1" },
        ...{ ALPHA_BASE_URL: `${SANDBOX}/alpha`, ALPHA_API_KEY: "sandbox-alpha-key", AMBERDATA_BASE_URL: `${SANDBOX}/amberdata` },
        ...{ AMBERDATA_API_KEY: "sandbox-amberdata-key", SLACK_WEBHOOK_URL: `${SANDBOX}/slack/webhook` },
        ...{ DATABASE_URL: `jdbc:postgresql://localhost:${DATABASE_PORT}/voldesk`, DATABASE_USER: service.role, DATABASE_PASSWORD: service.role },
      };
      this.#seconds.push(new Second(service, own, this.#log));
    }
    await this.ready(240);
    return library ? 30 : 0;
  }

  /** Every process that may be ended: what to call it, and its id of this moment. */
  victims() {
    const firsts = [...SERVICES.map((s) => s.module), "gateway"].map((name) => ({ name: `${name} (first)`, pid: () => pidOf(name) }));
    return [...firsts, ...this.#seconds.map((s) => ({ name: `${s.service.module} (second)`, pid: () => s.process.pid }))];
  }

  /** Until both instances of each service are ready. */
  async ready(seconds) {
    for (const s of SERVICES) {
      for (const port of [s.first, s.second]) {
        await until(`a ready ${s.module} on ${port}`, seconds, async () => {
          const answer = await fetch(`http://127.0.0.1:${port}/internal/health/ready`, { signal: AbortSignal.timeout(3000) });
          await answer.arrayBuffer();
          return answer.status === 200;
        });
      }
    }
  }

  end() {
    this.#seconds.forEach((s) => s.end());
    this.#servers.forEach((s) => s.close());
    if (this.#log !== undefined) closeSync(this.#log);
  }
}
