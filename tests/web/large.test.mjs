// Ten thousand replicas: nothing on the page is as long as the list of them, and no task goes on and on.

import assert from "node:assert/strict";
import { mounted, siteTest } from "./harness.mjs";

/** The most elements that the page may have; with ten replicas it has some thousand. */
const NODES = 4_000;
/** The longest task, in milliseconds: generous, since machines that test are busy. Where an engine is asked for the time
 * too seldom, or a list has a row for each replica, it takes seconds. */
const TASK = 500;

const scenario = `[[traffic.source]]
rate = "100000/s"
[[traffic.class]]
demand = "exponential 70 ms"
[balancer]
algorithm = "least_connections"
[[service]]
replicas = 10000
threads = 64
[run]
duration = "60 s"
`;

const init = () => {
  window.tasks = [];
  const note = (list) => window.tasks.push(...list.getEntries().map((entry) => entry.duration));
  new PerformanceObserver(note).observe({ type: "longtask", buffered: true });
};

siteTest("ten thousand replicas fit on a page that goes on answering", { path: "index.html?scenario=algorithms&autoplay=0", init }, async ({ page }) => {
  await mounted(page);
  await page.getByRole("button", { name: "Scenario", exact: true }).click();
  await page.locator("#scenario-text").fill(scenario);
  await page.getByRole("button", { name: "Run it" }).click();
  await page.locator(".stage").waitFor();
  const few = async (where) => {
    const nodes = await page.evaluate(() => document.getElementsByTagName("*").length);
    assert.ok(nodes < NODES, `${where}: ${nodes} elements`);
  };
  await few("the scene");
  await page.evaluate(() => window.tasks.splice(0));
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await page.waitForFunction(() => parseFloat(document.querySelector(".transport .clock").textContent) > 0.2);
  await page.getByText("Break it: faults, reload").click();
  const who = page.getByRole("textbox", { name: "Which replica" });
  await who.fill("app-9999");
  await who.press("Enter");
  await page.getByRole("button", { name: "Break app-9999" }).click();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await few("faults");
  await page.getByRole("button", { name: "Inside", exact: true }).click();
  for (const tab of ["logs", "stats", "choice"]) {
    await page.locator(`#tab-${tab}`).click();
    await few(tab);
  }
  const tasks = await page.evaluate(() => window.tasks);
  assert.ok(Math.max(0, ...tasks) < TASK, `tasks in ms: ${tasks.map(Math.round)}`);
});
