// The whole lab without a pointer: every control is reached with Tab, has a visible focus, and is used by key.

import assert from "node:assert/strict";
import { mounted, siteTest } from "./harness.mjs";

const path = "index.html?scenario=algorithms&replicas=3&rate=60&autoplay=0";

/** What has the focus: its role and name as a reader of screens would hear it. */
const focused = (page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at?.getAttribute("aria-label") ?? at?.labels?.[0]?.textContent ?? at?.textContent?.trim() ?? "";
  });

/** Goes on with Tab until something of this name has the focus; fails when it is not reached. */
async function reach(page, name, key = "Tab") {
  for (let step = 0; step < 150; step += 1) {
    if (name.test(await focused(page))) {
      const outlined = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        return style.outlineStyle !== "none" || style.boxShadow !== "none" || document.activeElement.type === "range";
      });
      assert.ok(outlined, `${name} has the focus, but nothing shows it`);
      return;
    }
    await page.keyboard.press(key);
  }
  assert.fail(`${name} is not reached with ${key}; the focus is on ${await focused(page)}`);
}

const clock = (page) => page.locator(".transport .clock").textContent().then(parseFloat);

siteTest("play, rate, crash, story and export by keyboard alone", { path }, async ({ page, picture }) => {
  await mounted(page);
  await page.keyboard.press("Space");
  await page.waitForFunction(() => parseFloat(document.querySelector(".transport .clock").textContent) > 1);
  await page.keyboard.press("Space");
  const stopped = await clock(page);
  await page.waitForTimeout(400);
  assert.equal(await clock(page), stopped, "paused");
  await page.keyboard.press(".");
  await page.keyboard.press(",");

  await reach(page, /^Crash: app-2$/);
  await page.keyboard.press("Enter");
  await reach(page, /^Traffic in requests\/s$/);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("120");
  await page.keyboard.press("Enter");
  await reach(page, /^Operate: limits/);
  await page.keyboard.press("Enter");
  await reach(page, /^CPU quota of app-1/);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("0.5");
  await page.keyboard.press("Enter");
  await reach(page, /^Drain app-1$/, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("e");
  const log = page.getByRole("complementary", { name: "Events", exact: true });
  for (const said of [/app-2 crashed/, /CPU quota of 0\.5 cores/, /app-1 gets nothing new/]) {
    await log.getByText(said).first().waitFor();
  }
  await picture("keyboard");
  await page.keyboard.press("e");

  await reach(page, /^Inside$/, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.locator(".request").first().waitFor();
  await page.locator(".request").first().focus();
  await page.keyboard.press("Enter");
  const story = page.getByRole("dialog", { name: /^Request \d/ });
  await story.waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.closest("dialog") !== null), "the focus is in the dialog");
  await page.keyboard.press("Escape");
  await story.waitFor({ state: "detached" });

  await reach(page, /^Save data$/, "Shift+Tab");
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.match(file.suggestedFilename(), /^algorithms-seed-\d+\.csv$/);
});

siteTest("to the comparison and back by keyboard alone", { path }, async ({ page }) => {
  await mounted(page);
  await reach(page, /^Compare$/);
  await page.keyboard.press("Enter");
  await page.locator(".lane").nth(1).waitFor();
  await reach(page, /^Take away the lane least_connections$/);
  await page.keyboard.press("Enter");
  await page.locator(".stage").waitFor();
  await reach(page, /^Share$/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.match(await focused(page), /^Share$/, "the focus is back where it was");
});
