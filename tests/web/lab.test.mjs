// The lab: it loads, runs, meets Black Friday, loses a replica, and ends with the digest of the command line.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mounted, siteTest } from "./harness.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What the command line says of the same run; it is built here only where the native tests have not built it. */
function headless(...args) {
  const built = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", "doorbuster");
  const run = ["run", ...args, "--format", "json"];
  const [command, words] = existsSync(built) ? [built, run] : ["cargo", ["run", "--quiet", "--", ...run]];
  return JSON.parse(execFileSync(command, words, { cwd: root, maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] }));
}

const digest = (page) => page.locator(".digest code").textContent();

/** Runs as fast as the machine can until the scenario is over. */
async function toTheEnd(page) {
  await page.getByRole("button", { name: "as fast as possible" }).or(page.getByRole("button", { name: /^max/i })).first().click();
  await page.waitForFunction(() => document.querySelector("#app")?.textContent.includes("40.0 s"), undefined, { timeout: 60_000 });
}

const presets = readdirSync(join(root, "scenarios")).filter((file) => file.endsWith(".toml")).map((file) => file.slice(0, -5));

for (const preset of presets) {
  siteTest(`${preset} loads and runs`, { path: `index.html?scenario=${preset}&autoplay=1` }, async ({ page }) => {
    await mounted(page);
    const first = await digest(page);
    await page.waitForFunction((before) => document.querySelector(".digest code")?.textContent !== before, first);
    assert.equal(await page.locator(".notice").count(), 0);
  });
}

siteTest("black friday ends with the digest of the command line", { path: "index.html?scenario=black-friday&autoplay=1" }, async ({ page, picture }) => {
  await mounted(page);
  await toTheEnd(page);
  await page.waitForTimeout(600); // numbers change four times a second
  const report = headless("black-friday");
  assert.equal(await digest(page), report.digest);
  await picture("black-friday-end");
});

siteTest("a click crashes a replica, and the log says so", { path: "index.html?scenario=algorithms&autoplay=1&replicas=3&rate=60" }, async ({ page, picture }) => {
  await mounted(page);
  await page.getByRole("button", { name: "Events" }).click();
  const button = page.getByRole("button", { name: "Crash: app-2" });
  await page.getByRole("article", { name: /app-2/ }).hover();
  await button.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("complementary", { name: "Events" }).getByText(/app-2 crashed/).first().waitFor();
  await picture("crash");
});

siteTest("the Black Friday button raises the traffic", { path: "index.html?scenario=growth&autoplay=1" }, async ({ page, picture }) => {
  await mounted(page);
  await page.getByRole("button", { name: /black friday \+10,000/i }).first().click();
  await page.getByText(/101 times the base/).first().waitFor();
  await picture("spike");
});
