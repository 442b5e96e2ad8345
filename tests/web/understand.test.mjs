// Looking inside a run: the life of one request, logs, tables, counters, and why a replica is chosen.

import assert from "node:assert/strict";
import { mounted, siteTest } from "./harness.mjs";

const path = "index.html?scenario=algorithms&replicas=3&rate=60&autoplay=1";

siteTest("a request tells its life, step by step", { path }, async ({ page, picture }) => {
  await mounted(page);
  await page.getByRole("button", { name: "Inside" }).click();
  await page.locator(".request").nth(5).waitFor();
  await page.locator(".request").nth(5).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Request \d/ });
  await dialog.waitFor();
  assert.match(await dialog.locator(".lead").first().textContent(), /^The client got 200 OK after [\d.]+ [mµ]?s from app-\d\.$/);
  const steps = await dialog.locator(".story-steps li").allTextContents();
  assert.match(steps[0], /The client sends GET /);
  assert.match(steps.at(-1), /The answer reaches the client/);
  assert.match(await dialog.getByRole("complementary").textContent(), /Why app-\d\?.*round_robin.*in flight/);
  assert.equal(await dialog.locator(".candidates tbody tr").count(), 3);
  await dialog.getByText("The answer’s headers").click();
  assert.match(await dialog.locator("pre").textContent(), /X-Upstream-Server: 172\.18\.0\.\d:80/);
  await picture("story");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

siteTest("a dot of the scene is a request", { path: "index.html?scenario=black-friday&t=12" }, async ({ page }) => {
  await mounted(page);
  const dot = page.locator(".stage [data-request]:visible").first();
  await dot.waitFor();
  await dot.click({ force: true });
  await page.getByRole("dialog", { name: /^Request \d/ }).waitFor();
});

siteTest("logs, tables and counters are those of the run", { path }, async ({ page, picture }) => {
  await mounted(page);
  await page.waitForTimeout(1500);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Inside" }).click();
  await page.getByRole("tab", { name: "Logs" }).click();
  assert.match(await page.locator(".log").textContent(), /^app-\d +\| \[ +[\d.]+ s\] /m);
  await page.getByRole("combobox", { name: "Whose log" }).selectOption("app-2");
  const lines = (await page.locator(".log").textContent()).trim().split("\n");
  assert.ok(lines.length > 3 && lines.every((line) => line.startsWith("app-2")), lines.join("\n"));
  await page.getByRole("tab", { name: "Logs" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator(".inside table tbody tr").count(), 3);
  await picture("stats");
  await page.keyboard.press("ArrowRight");
  assert.match(await page.locator(".log").textContent(), /Active connections: \d+ \nserver accepts handled requests\n \d+ \d+ \d+ /);
  await page.keyboard.press("ArrowRight");
  await page.locator(".candidates tbody tr").nth(2).waitFor();
  assert.equal(await page.locator(".candidates code").count(), 3, "every candidate has its score");
  await picture("choice");
});

siteTest("a life is told on the narrowest screen", { path: "index.html?scenario=black-friday&t=14", viewport: { width: 320, height: 640 } }, async ({ page, picture }) => {
  await mounted(page);
  await page.getByText("All controls").click();
  const speed = await page.locator(".transport .log-range:visible").boundingBox();
  assert.ok(speed.width > 100, `a slider of ${speed.width} px`);
  await page.getByRole("button", { name: "Inside" }).click();
  const [head, body] = [await page.locator(".inside .events-head").boundingBox(), await page.locator(".inside-body").boundingBox()];
  const tabs = await page.locator(".inside .seg").boundingBox();
  assert.ok(tabs.y >= head.y && tabs.y + tabs.height <= body.y + 1, "tabs are on nothing else");
  await page.locator(".request").nth(1).click();
  const dialog = page.getByRole("dialog", { name: /^Request \d/ });
  await dialog.waitFor();
  const [wide, room] = await dialog.evaluate((one) => [one.scrollWidth, one.clientWidth]);
  assert.ok(wide <= room, `${wide} px in ${room}`);
  await picture("story-narrow");
});
