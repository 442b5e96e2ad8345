// The site starts wherever it is put, and says so where it can't.

import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dist, mounted, siteTest } from "./harness.mjs";

siteTest("the lab starts in a sub-folder of a host", { path: "index.html" }, async ({ page, picture }) => {
  await mounted(page);
  assert.match(await page.title(), /Doorbuster/);
  assert.equal(await page.locator("html").getAttribute("data-page"), "lab");
  await picture("lab");
});

const inFrame = (site) => ({ url: site.framed("embed.html?scenario=black-friday") });

siteTest("a figure starts in a sandboxed frame, without CORS headers", inFrame, async ({ page, picture }) => {
  const frame = page.frameLocator("iframe");
  await mounted(frame);
  assert.equal(await frame.locator("html").getAttribute("data-page"), "embed");
  assert.equal(await frame.locator("html").evaluate(() => self.origin), "null", "the frame isn't sandboxed");
  await picture("figure");
});

for (const file of ["index.html", "embed.html"]) {
  const strict = (site) => ({ url: site.strict(file) });
  siteTest(`${file} starts under a strict content security policy`, strict, async ({ page }) => {
    await mounted(page);
  });

  const fromDisk = { url: pathToFileURL(join(dist, file)).href };
  siteTest(`${file} starts from disk`, fromDisk, async ({ page }) => {
    await mounted(page);
  });
}

const strictFrame = (site) => ({ url: site.framed("embed.html", site.strict) });

siteTest("a figure starts in a sandboxed frame under a strict policy", strictFrame, async ({ page }) => {
  await mounted(page.frameLocator("iframe"));
});

const untyped = (site) => ({ url: site.untyped("index.html") });

siteTest("the lab starts on a host that doesn't know WebAssembly's type", untyped, async ({ page }) => {
  await mounted(page);
});

const broken = (site) => ({ url: site.broken("index.html"), allowErrors: true });

siteTest("a missing file is told in a sentence", broken, async ({ page }) => {
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.match(await alert.textContent(), /did not start.*reload/);
});

siteTest("without JavaScript the page says what it needs", { javaScriptEnabled: false }, async ({ page }) => {
  assert.match(await page.locator("main").innerText(), /Doorbuster[^]*allow JavaScript/);
});
