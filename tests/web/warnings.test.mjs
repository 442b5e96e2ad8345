// What to mind before trusting the numbers stands beside them, in the reader's language, with the next thing to do.

import assert from "node:assert/strict";
import { mounted, siteTest } from "./harness.mjs";

const path = "index.html?scenario=first-server&t=3600";
/** Waits for the end of the run, where more is known. */
const finish = (page) => page.locator(".mind", { hasText: /seed|Startwert|graine/ }).waitFor();

siteTest("at the end of a run it is said what its numbers are worth", { path }, async ({ page, picture }) => {
  await mounted(page);
  await finish(page);
  const text = await page.locator(".mind").textContent();
  assert.match(text, /numbers of one seed/);
  assert.doesNotMatch(text, /--\w/, "a page has no flags");
  await page.locator(".mind").scrollIntoViewIfNeeded();
  await picture("warnings");
});

siteTest("what is advised can be done by a press", { path: "index.html?scenario=algorithms&replicas=3&t=3600" }, async ({ page }) => {
  await mounted(page);
  await finish(page);
  const advice = page.getByRole("button", { name: /^Run again: replicas \d+/ });
  const wanted = (await advice.textContent()).match(/\d+/)[0];
  await advice.click();
  await page.waitForFunction((n) => document.querySelectorAll("article").length === n, Number(wanted));
  assert.equal(await page.locator(".mind").count(), 0, "nothing is said before there is anything to mind");
});

for (const [lang, words] of [["de", /Zahlen eines Startwerts/], ["fr", /chiffres d’une graine/]]) {
  siteTest(`warnings speak ${lang}`, { path: `${path}&lang=${lang}` }, async ({ page }) => {
    await mounted(page);
    await finish(page);
    assert.match(await page.locator(".mind").textContent(), words);
  });
}
