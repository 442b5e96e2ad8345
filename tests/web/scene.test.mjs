// The scene: who calls whom, workers behind their broker, zones in outlines, what is wrong on the card.

import assert from "node:assert/strict";
import { mounted, siteTest } from "./harness.mjs";

const wide = { viewport: { width: 1440, height: 960 } };

/** Where something is on the page. */
const box = (page, selector) => page.locator(selector).first().boundingBox();

siteTest("workers stand behind their broker, and their log is theirs", { path: "index.html?scenario=celery&t=25", ...wide }, async ({ page, picture }) => {
  await mounted(page);
  await page.waitForTimeout(900);
  assert.deepEqual(await page.locator(".pool .replica h3").allTextContents(), ["app-1", "app-2"]);
  const broker = page.locator(".dependency", { hasText: "rabbitmq" });
  assert.match(await broker.textContent(), /\d+ wait.*in work.*\/s done/);
  const [pool, between, worker] = [await box(page, ".pool"), await box(page, ".dependency"), await box(page, ".service")];
  assert.ok(pool.x + pool.width < between.x && between.x + between.width < worker.x, "from left to right");
  assert.match(await page.locator(".headline").textContent(), /2 replicas answer .* 1 worker; \d+ messages wait at rabbitmq/);
  await picture("celery");
  await page.getByRole("button", { name: "Inside", exact: true }).click();
  await page.getByRole("tab", { name: "Logs" }).click();
  await page.getByRole("combobox", { name: "Whose log" }).selectOption("worker-1");
  assert.match(await page.locator(".log").textContent(), /^worker-1 +\| \[ +[\d.]+ s\] task=rabbitmq succeeded inside=[\d.]+ ms age=[\d.]+ m?s/m);
});

siteTest("services stand behind those who call them", { path: "index.html?scenario=shop&t=15", ...wide }, async ({ page, picture }) => {
  await mounted(page);
  await page.waitForTimeout(900);
  assert.deepEqual(await page.locator(".pool .replica h3").allTextContents(), ["edge-1"]);
  const columns = await page.locator(".column").evaluateAll((list) => list.map((column) => [...column.querySelectorAll("h3")].map((name) => name.textContent)));
  assert.deepEqual(columns, [["sso-1", "orders-1", "notifications-1"], ["payments-1", "orders-db"]]);
  // Clients, balancer, edge, three that edge calls, two that orders calls.
  assert.equal(await page.locator(".flow .band:not([display])").count(), 7);
  await picture("shop");
});

siteTest("a lost zone is marked by icon and word", { path: "index.html?scenario=zones&t=21", ...wide }, async ({ page, picture }) => {
  await mounted(page);
  await page.waitForTimeout(900);
  assert.deepEqual(await page.locator(".group .group-head b").allTextContents(), ["zone 1", "zone 2"]);
  const lost = page.locator(".group.lost");
  assert.equal(await lost.count(), 1);
  assert.equal(await lost.locator(".group-head .chip").textContent(), "lost");
  assert.equal(await lost.locator(".group-head .chip svg").count(), 1);
  await picture("zones");
});

for (const [name, viewport] of [["phone", { width: 390, height: 844 }], ["tablet", { width: 820, height: 1100 }]]) {
  siteTest(`columns fit on a ${name}`, { path: "index.html?scenario=shop&t=15", viewport }, async ({ page, picture }) => {
    await mounted(page);
    await page.waitForTimeout(900);
    const beyond = await page.evaluate(() => {
      const stage = document.querySelector(".stage").getBoundingClientRect();
      return [...document.querySelectorAll(".stage li")].filter((each) => each.getBoundingClientRect().right > stage.right + 1).map((each) => each.textContent.slice(0, 30));
    });
    assert.deepEqual(beyond, []);
    await picture(`shop-${name}`);
  });
}
