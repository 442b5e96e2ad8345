// What is done by hand is told at once and can be taken back; what stands above and on the lanes of a comparison.

import assert from "node:assert/strict";
import { mounted, siteTest } from "./harness.mjs";

const wide = { width: 1440, height: 960 };

siteTest(
  "a cut is told, and taken back",
  { path: "index.html?scenario=algorithms&replicas=3&rate=60&autoplay=1", viewport: wide },
  async ({ page, picture }) => {
    await mounted(page);
    await page.getByText("Operate: limits, mix, checks, rollout").click();
    const undo = page.getByRole("button", { name: "Undo the last change" });
    assert.equal(await undo.count(), 0, "there is nothing to take back yet");
    const start = page.url();
    await page.getByRole("button", { name: "Cut off app-1" }).click();
    await page.getByText("app-1 is cut off.").first().waitFor();
    await picture("cut-off");
    await page.waitForFunction((before) => location.href.length > before, start.length);
    const told = page.url();
    await undo.click();
    await page.getByRole("button", { name: "Cut off app-1" }).waitFor();
    await page.getByText("app-1 is cut off.").first().waitFor({ state: "hidden" });
    await page.waitForFunction((before) => location.href.length < before, told.length);
    assert.equal(await undo.count(), 0);
  },
);

siteTest(
  "lanes say their rule and who is busy",
  { path: "index.html?scenario=algorithms&replicas=3&rate=120&t=20&compare=round_robin,least_connections", viewport: wide },
  async ({ page, picture }) => {
    await mounted(page);
    await page.getByText("20.0 s").first().waitFor();
    await page.locator(".lane-card .chip.busy").first().waitFor();
    await picture("lanes-busy");
    assert.deepEqual(await page.locator(".lane-rule").allTextContents(), ["each in turn, blind", "fewest in flight"]);
  },
);

siteTest(
  "three lanes with a caution each need no scrolling",
  { path: "index.html?scenario=black-friday&t=20&compare=round_robin,least_connections,random", viewport: wide },
  async ({ page, picture }) => {
    await mounted(page);
    await page.locator(".mind li").nth(2).waitFor();
    await picture("compare-cautions");
    const [inside, room] = await page.locator(".compare").evaluate((main) => [main.scrollHeight, main.clientHeight]);
    assert.ok(inside <= room, `${inside} px in ${room}`);
    const wide = await page.locator(".lane-numbers").evaluateAll((all) => all.map((one) => one.clientHeight));
    assert.ok(Math.max(...wide) <= 36, `two lines each: ${wide}`);
  },
);

for (const [preset, chosen, where] of [
  ["shared-cart", "store", "In redis,"],
  ["sticky-cart", "replica, sticky", "In the replica’s memory; a cookie leads back"],
]) {
  siteTest(`${preset}: where the sessions are`, { path: `index.html?scenario=${preset}` }, async ({ page }) => {
    await mounted(page);
    const sessions = page.getByRole("radiogroup", { name: "Sessions kept in" });
    await sessions.getByRole("radio", { name: chosen, exact: true, checked: true }).waitFor();
    assert.ok((await page.locator("#sessions-says").textContent()).startsWith(where));
  });
}

siteTest("baskets move to a store, and the run starts anew", { path: "index.html?scenario=black-friday&t=20" }, async ({ page, picture }) => {
  await mounted(page);
  const sessions = page.getByRole("radiogroup", { name: "Sessions kept in" });
  const rule = page.locator("#algorithm");
  await rule.selectOption("random");
  await sessions.getByRole("radio", { name: "store", exact: true }).click();
  await page.locator("article", { has: page.getByText("sessions", { exact: true }) }).first().waitFor();
  await sessions.getByRole("radio", { name: "store", exact: true, checked: true }).waitFor();
  assert.ok((await page.locator("#sessions-says").textContent()).startsWith("In sessions,"));
  assert.equal(await rule.inputValue(), "random", "what was chosen by hand stays");
  await picture("sessions-in-a-store");
  await sessions.getByRole("radio", { name: "replica, sticky", exact: true }).click();
  await sessions.getByRole("radio", { name: "replica, sticky", exact: true, checked: true }).waitFor();
});
