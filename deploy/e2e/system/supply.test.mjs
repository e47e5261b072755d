// What is taken from outside: no version with a known flaw, lock files that hold for every platform.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { ROOT, TARGET } from "./house.mjs";

const LOCKS = ["deploy/e2e", "deploy/bench", "gateway/src/main/webui"];

/** Builds a project that depends on one library only, with the rules that every module is held against; its output where refused. */
function refused(group, name, version) {
  mkdirSync(TARGET, { recursive: true });
  const folder = mkdtempSync(join(TARGET, "planted-"));
  try {
    // a file at hand stands in for the library, so that nothing has to be fetched
    writeFileSync(
      join(folder, "pom.xml"),
      `<project><modelVersion>4.0.0</modelVersion>
         <parent><groupId>io.voldesk</groupId><artifactId>voldesk</artifactId><version>1.0.0-SNAPSHOT</version><relativePath>../../../../pom.xml</relativePath></parent>
         <artifactId>planted</artifactId><packaging>pom</packaging>
         <dependencies><dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version>
           <scope>system</scope><systemPath>${join(ROOT, "pom.xml")}</systemPath></dependency></dependencies></project>`,
    );
    const command = `. deploy/.tools.sh; find_jdk; find_maven; exec "$MVN" -o -B -ntp -f ${join(folder, "pom.xml")} validate`;
    execFileSync("bash", ["-c", command], { cwd: ROOT, encoding: "utf8", stdio: "pipe" });
    return null;
  } catch (e) {
    return String(e.stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("known-bad versions", () => {
  test("a planted one fails the build, which names its advisory and what mends it", () => {
    const output = refused("io.netty", "netty-codec-http", "4.1.133.Final");
    assert.match(output ?? "the build went through", /known bad: io\.netty:netty-codec-http .*CVE-2026-89044.*fixed in 4\.1\.138\.Final/);
  });

  test("its mended version does not", () => {
    assert.equal(refused("io.netty", "netty-codec-http", "4.1.138.Final"), null);
  });
});

describe("lock files", () => {
  for (const folder of LOCKS) {
    test(`${folder}: every package with its checksum, every platform's own, no registry by name`, () => {
      const text = readFileSync(join(ROOT, folder, "package-lock.json"), "utf8");
      const { packages } = JSON.parse(text);
      const names = Object.keys(packages).filter((name) => name !== "");
      assert.deepEqual(names.filter((name) => !packages[name].integrity?.startsWith("sha512-")), []);
      const optional = Object.values(packages).flatMap((p) => Object.keys(p.optionalDependencies ?? {}));
      assert.deepEqual(optional.filter((name) => !names.some((n) => n === `node_modules/${name}` || n.endsWith(`/node_modules/${name}`))), []);
      assert.deepEqual(names.filter((name) => packages[name].resolved), []);
    });
  }
});
