// The validation page: static, beside the lab, and free of what axe finds.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { mounted, siteTest } from "./harness.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const path = "validation.html";

for (const colorScheme of ["light", "dark"]) {
  siteTest(`axe finds nothing in the validation page, ${colorScheme}`, { path, colorScheme }, async ({ page, picture }) => {
    await page.evaluate(axe);
    const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
    assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`), []);
    await picture(`validation-${colorScheme}`);
  });
}

siteTest("the validation page has its parts, and leads to the lab", { path }, async ({ page }) => {
  for (const part of ["Theory", "Published results", "Recordings of real products"]) {
    await page.getByRole("heading", { name: part, exact: true }).waitFor();
    assert.match(await page.getByRole("listitem").filter({ hasText: part }).innerText(), /\d+ of \d+ met/);
  }
  assert.ok((await page.getByRole("row").count()) > 250);
  await page.getByRole("link", { name: "To the lab" }).click();
  await mounted(page);
});

siteTest("on a phone only tables scroll", { path, viewport: { width: 360, height: 740 } }, async ({ page }) => {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `the page is ${width} px wide`);
});

siteTest("the lab's help leads to the validation page", { path: "index.html" }, async ({ page }) => {
  await mounted(page);
  await page.keyboard.press("Shift+?");
  const link = page.getByRole("dialog").getByRole("link", { name: /trust/ });
  assert.equal(new URL(await link.evaluate((a) => a.href)).pathname.split("/").pop(), "validation.html");
});

siteTest("it is read under a strict policy", (site) => ({ url: site.strict(path) }), async ({ page }) => {
  await page.getByRole("heading", { name: "Theory", exact: true }).waitFor();
});
