// What a learner does: follows a client from request to request, asks for ports in another way, goes back and forth in
// time, and looks at a comparison without scrolling.

import assert from "node:assert/strict";
import { mounted, siteTest } from "./harness.mjs";

const shop = { path: "index.html?scenario=black-friday&t=16" };

siteTest("a story leads to the requests of the same client", shop, async ({ page, picture }) => {
  await mounted(page);
  await page.getByText("16.0 s").first().waitFor();
  await page.locator(".stage .running [data-request]").first().click();
  const dialog = page.getByRole("dialog");
  const title = dialog.getByRole("heading", { name: /^Request / });
  const first = await title.textContent();
  await picture("story-of-a-client");
  await dialog.getByRole("button", { name: "This client’s last" }).click();
  await title.filter({ hasNotText: first }).waitFor();
  const number = (text) => Number(text.replaceAll(/\D/g, ""));
  const before = await title.textContent();
  assert.ok(number(before) < number(first), `${before} was before ${first}`);
  // From there the next one is the one that we came from.
  await dialog.getByRole("button", { name: "This client’s next" }).click();
  await title.filter({ hasText: first }).waitFor();
});

siteTest(
  "a story says what others would have picked",
  { path: "index.html?scenario=algorithms&replicas=3&rate=120&t=8" },
  async ({ page }) => {
    await mounted(page);
    await page.getByText("8.0 s").first().waitFor();
    await page.locator(".stage .running [data-request]").first().click();
    const rows = page.getByRole("dialog").locator(".story-others li");
    await rows.first().waitFor();
    assert.ok((await rows.count()) >= 4);
    for (const text of await rows.allTextContents()) assert.match(text, /app-[123]$/);
  },
);

siteTest("cards say what is in memory, and where baskets are", shop, async ({ page }) => {
  await mounted(page);
  const card = page.locator(".replica").first();
  await card.getByText(/\d+ baskets/).waitFor();
  assert.match(await card.locator(".memory").textContent(), /sessions \d+, process 64|process 64, sessions \d+/);
  assert.ok((await card.locator(".gauge").nth(1).locator(".value").count()) >= 3, "a piece for each part");
});

// A jump takes several frames: the picture after it is the one of then, whichever way it was come to.
siteTest("the picture of a moment is the same from both sides", shop, async ({ page }) => {
  await mounted(page);
  const seen = async () => {
    await page.waitForTimeout(700);
    const rates = await page.locator(".stage .rate").allTextContents();
    const cards = await page.locator(".replica article").allTextContents();
    return [...rates, ...cards];
  };
  const slider = page.locator(".scrubber-input").first();
  const go = async (seconds) => {
    await slider.evaluate((input, to) => {
      input.value = String(to * 10); // in steps of 0.1 s
      for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
    }, seconds);
    await page.locator(".clock").getByText(`${seconds.toFixed(1)} s`).first().waitFor();
  };
  await go(19);
  await go(12);
  const back = await seen();
  assert.ok(back.some((text) => text.endsWith("/s")), back.join("; "));
  await go(2);
  await go(12);
  assert.deepEqual(await seen(), back);
});

siteTest(
  "a port each lets every replica run",
  { path: "index.html?scenario=port-conflict&t=4" },
  async ({ page, picture }) => {
    await mounted(page);
    await page.getByText("not started").first().waitFor();
    await picture("ports-asked");
    await page.getByRole("radio", { name: /8080-8082:80/ }).check();
    await page.getByRole("button", { name: "Play", exact: true }).click().catch(() => {});
    await page.locator(".replica.ok").nth(2).waitFor();
    await page.getByRole("radio", { name: /expose/ }).check();
    await page.locator(".balancer").waitFor();
    await page.locator(".replica.ok").nth(2).waitFor();
    // And back, although clients now go through a balancer.
    await page.getByRole("radio", { name: /"8080:80"/ }).check();
    await page.locator(".host").waitFor();
  },
);

for (const compare of ["round_robin,least_connections", "round_robin,least_connections,peak_ewma,random"]) {
  siteTest(
    `a comparison of ${compare.split(",").length} lanes needs no scrolling`,
    {
      path: `index.html?scenario=algorithms&replicas=3&rate=60&t=10&compare=${compare}`,
      viewport: { width: 1440, height: 960 },
    },
    async ({ page, picture }) => {
      await mounted(page);
      await page.locator(".forest").waitFor({ timeout: 60_000 });
      const lowest = await page.locator(".compare .chart-frame").evaluate((frame) => {
        const box = frame.getBoundingClientRect();
        return { bottom: box.bottom, height: box.height, page: document.documentElement.scrollHeight };
      });
      await picture(`compare-${compare.split(",").length}`);
      assert.ok(lowest.page <= 960, `the page is ${lowest.page} px high`);
      assert.ok(lowest.bottom <= 960, `charts end at ${lowest.bottom} px`);
      assert.ok(lowest.height >= 200, `charts have ${lowest.height} px`);
    },
  );
}
