// The comparison: lanes of one address, the same arrivals, a verdict from more runs, lanes added and taken away.

import assert from "node:assert/strict";
import { mounted, siteTest } from "./harness.mjs";

const query = "scenario=algorithms&replicas=3&rate=120&autoplay=1";
const path = `index.html?${query}&compare=round_robin,least_connections`;

siteTest("two lanes run beside each other, and the difference is said with its interval", { path }, async ({ page, picture }) => {
  await mounted(page);
  assert.equal(await page.locator(".lane").count(), 2);
  await page.getByText(/from 20 paired runs/).waitFor({ timeout: 60_000 });
  const title = await page.getByRole("heading", { level: 1 }).textContent();
  assert.match(title, /^least_connections answers the slowest 1 % .* round_robin\.$/);
  assert.match(await page.locator(".compare-proof").textContent(), /95 % interval [\d.]+ to [\d.]+.*Real: yes/);
  const row = page.getByRole("row", { name: /^p99/ });
  assert.match(await row.textContent(), /yes/);
  const chart = page.getByRole("img", { name: /^Response p99 at/ });
  assert.match(await chart.getAttribute("aria-label"), /round_robin .*least_connections/);
  await picture("compare");
});

siteTest("lanes come and go, and the address knows them", { path }, async ({ page }) => {
  await mounted(page);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("combobox", { name: "Add a lane with another algorithm" }).selectOption("random");
  await page.locator(".lane").nth(2).waitFor();
  const setting = page.getByRole("textbox", { name: /another setting/ });
  await setting.fill("replicas=5");
  await setting.press("Enter");
  await page.locator(".lane").nth(3).waitFor();
  await page.waitForFunction(() => decodeURIComponent(location.search).includes("compare=round_robin,least_connections,random,replicas=5"));
  await page.getByRole("button", { name: "Take away the lane random" }).click();
  await page.locator(".lane").nth(3).waitFor({ state: "detached" });
  await page.waitForFunction(() => !location.search.includes("random"));
  await page.reload();
  await mounted(page);
  assert.equal(await page.locator(".lane").count(), 3);
});

siteTest("the lab and the comparison keep the time", { path: "index.html?scenario=algorithms&t=6" }, async ({ page }) => {
  await mounted(page);
  const clock = page.locator(".transport .clock");
  await page.waitForFunction(() => document.querySelector(".transport .clock")?.textContent === "6.0 s");
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.locator(".lane").nth(1).waitFor();
  await page.waitForFunction(() => document.querySelector(".transport .clock")?.textContent === "6.0 s");
  await page.getByRole("button", { name: "Lab", exact: true }).click();
  await page.locator(".stage").waitFor();
  await page.waitForFunction(() => document.querySelector(".transport .clock")?.textContent === "6.0 s");
  assert.equal(await clock.textContent(), "6.0 s");
});

siteTest("at 1440 × 960 the time axis stands within the window, however many lanes there are", { path, viewport: { width: 1440, height: 960 } }, async ({ page, picture }) => {
  await mounted(page);
  for (const more of ["", ",random", ",random,power_of_d"]) {
    await page.goto(`${page.url().split("?")[0]}?${query}&compare=round_robin,least_connections${more}`);
    await mounted(page);
    await page.locator(".chart-word", { hasText: /^0 s$/ }).first().waitFor();
    await page.getByText(/from \d+ paired runs/).waitFor({ timeout: 60_000 });
    const box = await page.locator(".chart-word", { hasText: /^0 s$/ }).first().boundingBox();
    assert.ok(box.y + box.height <= 960, `the axis ends at ${box.y + box.height} with${more}`);
    const ends = await page.locator(".chart-word b, .chart-word").evaluateAll((words) => words.filter((word) => /least_connections/.test(word.textContent)).length);
    assert.ok(ends >= 2, "two charts name the lane at its end");
    await picture(`compare-${2 + more.split(",").length - 1}`);
  }
});

siteTest("more charts of a comparison come when they are asked for", { path, viewport: { width: 1440, height: 960 } }, async ({ page }) => {
  await mounted(page);
  const titles = () => page.locator(".chart-word", { hasText: /^(Response p99|Fullest replica|Goodput|Failures)$/ }).count();
  await page.waitForFunction(() => document.querySelectorAll(".compare .chart-word").length > 6);
  const few = await titles();
  await page.getByRole("button", { name: /^\d more$/ }).click();
  await page.locator(".chart-word", { hasText: /^Failures$/ }).waitFor();
  assert.ok(few < 4 && (await titles()) === 4, `${few} charts became ${await titles()}`);
});

siteTest("what is to be minded is said with its lane", { path: "index.html?scenario=black-friday&t=20&autoplay=0&compare=round_robin,least_connections" }, async ({ page }) => {
  await mounted(page);
  const said = page.locator(".compare .mind li");
  await said.first().waitFor();
  assert.match((await said.allTextContents()).join("\n"), /(round_robin|least_connections|Every lane): /);
});

siteTest("a figure of a comparison shows every lane and fits its frame", { path: `embed.html?${query.replace("autoplay=1", "autoplay=0")}&t=4&compare=round_robin,least_connections,random`, viewport: { width: 720, height: 560 } }, async ({ page, picture }) => {
  await mounted(page);
  await page.locator(".chart-word", { hasText: "random" }).first().waitFor();
  assert.deepEqual(await page.locator(".figure .lane h3").allTextContents(), [" round_robin", " least_connections", " random"]);
  assert.equal(await page.getByRole("button", { name: /Take away/ }).count(), 0);
  const height = await page.locator(".figure").evaluate((figure) => figure.getBoundingClientRect().height);
  assert.ok(height <= 560, `${height} px`);
  await picture("figure-compare");
});

siteTest("a figure of four lanes is no higher", { path: "embed.html?scenario=algorithms&replicas=3&rate=60&autoplay=0&t=4&compare=round_robin,least_connections,peak_ewma,random", viewport: { width: 720, height: 560 } }, async ({ page }) => {
  await mounted(page);
  await page.locator(".figure .lane").nth(3).waitFor();
  const [height, wide] = await page.locator(".figure").evaluate((figure) => [figure.getBoundingClientRect().height, figure.scrollWidth]);
  assert.ok(height <= 560 && wide <= 720, `${wide} × ${height} px`);
});

siteTest("a figure of three replicas fits 720 × 500", { path: "embed.html?scenario=black-friday&t=20&autoplay=0", viewport: { width: 720, height: 500 } }, async ({ page }) => {
  await mounted(page);
  await page.locator(".figure .replica").first().waitFor();
  const height = await page.locator(".figure").evaluate((figure) => figure.getBoundingClientRect().height);
  assert.ok(height <= 500, `${height} px`);
});
