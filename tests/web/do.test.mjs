// Doing things to a running world, and to its time.

import assert from "node:assert/strict";
import { mounted, siteTest } from "./harness.mjs";

const path = "index.html?scenario=algorithms&replicas=3&rate=60&autoplay=1";
const clock = (page) => page.locator(".transport .clock").textContent();

siteTest("a fault is made, seen in the log, and healed", { path }, async ({ page, picture }) => {
  await mounted(page);
  await page.getByText("Break it: faults, reload").click();
  await page.getByRole("combobox", { name: "Which fault" }).selectOption("freeze");
  await page.getByRole("button", { name: "Break app-1" }).click();
  await page.getByRole("button", { name: "Events", exact: true }).click();
  const log = page.getByRole("complementary", { name: "Events", exact: true });
  await log.getByText(/app-1/).first().waitFor();
  const before = await log.getByText(/app-1/).count();
  await picture("fault");
  await page.getByRole("button", { name: "Events", exact: true }).click();
  await page.getByRole("button", { name: "Heal app-1" }).click();
  await page.getByRole("button", { name: "Events", exact: true }).click();
  await page.waitForFunction((n) => document.querySelectorAll(".events-list li").length > n, before);
});

siteTest("time goes on by 100 ms, and two futures are played", { path: "index.html?scenario=algorithms&replicas=3&rate=60&t=5" }, async ({ page, picture }) => {
  await mounted(page);
  await page.waitForFunction(() => document.querySelector(".transport .clock")?.textContent === "5.0 s");
  await page.getByRole("button", { name: /on by 100 ms/ }).click();
  await page.waitForFunction(() => document.querySelector(".transport .clock")?.textContent === "5.1 s");
  await page.getByLabel("Two futures from now").selectOption({ label: "app-1 crashes" });
  await page.locator(".lane").nth(1).waitFor();
  await page.waitForFunction(() => document.querySelector(".transport .clock")?.textContent === "5.1 s");
  await page.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(() => parseFloat(document.querySelector(".transport .clock").textContent) > 6);
  const lanes = await page.locator(".lane").allTextContents();
  assert.ok(!/at 5\.1 s/.test(lanes[0]) && /app-1 .*at 5\.1 s/.test(lanes[1]), lanes.join("\n"));
  assert.notEqual(lanes[0].replace(/^[^0-9]*/, ""), lanes[1].replace(/^.*?5\.1 s/, ""), "the futures differ");
  await picture("fork");
});
