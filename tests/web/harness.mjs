// What every browser test shares: the built site on a static server, a browser, and what may not happen in a
// page.
//
// A new test is a file of its own, tests/web/SUBJECT.test.mjs:
//
//   import assert from "node:assert/strict";
//   import { mounted, siteTest } from "./harness.mjs";
//
//   const path = "index.html?scenario=black-friday";
//
//   siteTest("a crash is in the event log", { path }, async ({ page, picture }) => {
//     await mounted(page);
//     await page.getByRole("button", { name: "Crash" }).first().click();
//     await page.getByText("crashed").waitFor();
//     await picture("crash"); // artefacts/crash.png
//   });
//
// `page` is a Playwright page. A test fails on its own when the page logs an error, throws, asks another host
// for something, or gets no answer; { allowErrors: true } is for tests of just that. Options beside path and
// allowErrors go to Playwright's newContext: viewport, colorScheme, deviceScaleFactor, reducedMotion,
// hasTouch …
//
// Run: `cargo xtask build`, then `cargo xtask test-web`; one file by hand, in this folder:
// `CHROMIUM=/usr/bin/chromium node --test SUBJECT.test.mjs`.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { addresses, openPage, stop } from "./browser.mjs";

export { artefacts, dist, mounted } from "./browser.mjs";

/** How long one test may take, in milliseconds, unless its options have a `limit` of their own. */
const TEST_LIMIT = 300_000;

/**
 * One test of the site, with the checks that hold for every page. Options may be a function of the server
 * (see server.mjs), for other addresses than a page of the lab in its sub-folder.
 */
export function siteTest(name, options, body) {
  test(name, { timeout: options.limit ?? TEST_LIMIT }, async () => {
    const wanted = typeof options === "function" ? options(await addresses()) : options;
    const opened = await openPage(wanted);
    try {
      await body(opened);
      if (!wanted.allowErrors) assert.deepEqual(opened.problems, [], "the page did what no page may");
    } catch (error) {
      await opened.picture(`failed-${name.replaceAll(/[^a-z0-9]+/gi, "-")}`).catch(() => {});
      const problems = opened.problems.map((problem) => `\n  ${problem}`).join("");
      if (problems) error.message += `\nthe page's problems:${problems}`;
      throw error;
    } finally {
      await opened.context.close();
    }
  });
}

after(stop);
