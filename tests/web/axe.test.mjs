// Every view is free of what axe finds against WCAG 2.2 AA, in light and in dark.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { everything, unfold } from "./fields.mjs";
import { mounted, siteTest } from "./harness.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds, each in a line. */
async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.html.slice(0, 120)}`));
}

const press = (name) => async (page) => page.getByRole("button", { name, exact: true }).first().click();
const query = "index.html?scenario=algorithms&replicas=3&rate=60&t=4";

/** Every view: its address, and how it is opened. */
const VIEWS = {
  lab: [query],
  crisis: ["index.html?scenario=black-friday&t=16"],
  compare: [`${query}&compare=round_robin,least_connections`],
  scenario: [query, press("Scenario")],
  everything: [query, async (page) => {
    await press("Scenario")(page);
    await page.locator("#scenario-text").fill(everything);
    await press("Everything")(page);
    await unfold(page);
  }],
  deployment: [query, async (page) => {
    await press("Scenario")(page);
    const text = "services:\n  app:\n    image: shop\n    ports: ['80:80']\n    scale: 2\n    deploy: {replicas: 2}\n";
    await page.locator("input[type=file]").setInputFiles({ name: "compose.yml", mimeType: "text/plain", buffer: Buffer.from(text) });
    await page.locator(".finding").first().waitFor();
    await unfold(page);
  }],
  warnings: ["index.html?scenario=first-server&t=3600", async (page) => {
    await page.locator(".mind").waitFor();
  }],
  share: [query, press("Share")],
  embed: [query, press("Embed")],
  help: [query, press("Keys and signs")],
  events: [query, press("Events")],
  inside: [query, press("Inside")],
  operate: [query, async (page) => page.getByText("Operate: limits, mix, checks, rollout").click()],
  faults: [query, async (page) => page.getByText("Break it: faults, reload").click()],
  depends: ["index.html?scenario=stampede&t=6"],
  zones: ["index.html?scenario=zones&t=21"],
  story: [query, async (page) => {
    await press("Inside")(page);
    await page.locator(".request").first().click();
    await page.getByRole("dialog").waitFor();
  }],
  figure: ["embed.html?scenario=black-friday&t=16"],
};

for (const [name, [path, open]] of Object.entries(VIEWS)) {
  for (const colorScheme of ["light", "dark"]) {
    siteTest(`axe finds nothing in ${name}, ${colorScheme}`, { path, colorScheme, reducedMotion: "reduce" }, async ({ page }) => {
      await mounted(page);
      await page.waitForTimeout(1200);
      await open?.(page);
      await page.waitForTimeout(300);
      assert.deepEqual(await violations(page), []);
    });
  }
}
