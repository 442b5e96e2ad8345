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
