// The scenario editor: cards, forms and text say the same, problems are marked, files go out and come in.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { mounted, siteTest } from "./harness.mjs";
import { bare, everything, fields, unfold } from "./fields.mjs";

const path = "index.html?scenario=algorithms&autoplay=0";

const open = async (page) => {
  await mounted(page);
  await page.getByRole("button", { name: "Scenario", exact: true }).click();
  await page.locator("#scenario-text").waitFor();
};

siteTest("forms and text say the same, and the scenario runs", { path }, async ({ page, picture }) => {
  await open(page);
  const text = page.locator("#scenario-text");
  const replicas = page.getByRole("textbox", { name: /^service\[0\]\.replicas/ });
  await replicas.fill("4");
  await replicas.press("Enter");
  await page.waitForFunction(() => document.querySelector("#scenario-text").value.includes("replicas = 4"));
  await text.fill((await text.inputValue()).replace('"400/s"', '"90/s"'));
  assert.equal(await page.getByRole("textbox", { name: /^traffic\.source\[0\]\.rate/ }).inputValue(), "90/s");
  await page.getByRole("button", { name: "Undo" }).click();
  assert.match(await text.inputValue(), /400\/s/);
  await page.getByRole("button", { name: "Redo" }).click();
  await picture("editor");
  await page.getByRole("button", { name: "Everything", exact: true }).click();
  await page.locator(".form-field").nth(60).waitFor(); // every field has its place, after some frames
  await page.getByRole("button", { name: "Run it" }).click();
  await page.locator(".stage").waitFor();
  assert.equal(await page.getByRole("article", { name: /app-\d/ }).count(), 4);
});

siteTest("problems are marked where they are", { path }, async ({ page, picture }) => {
  await open(page);
  const text = page.locator("#scenario-text");
  await text.fill((await text.inputValue()).replace("replicas = 10", 'replicas = "many"'));
  await page.getByText("1 problem.").waitFor();
  const line = (await text.inputValue()).split("\n").findIndex((l) => l.includes("many")) + 1;
  assert.equal(await page.locator(".editor-lines .bad").textContent(), String(line));
  await page.locator(".form-wrong").waitFor();
  await picture("editor-problem");
  await page.locator(".problems button").click();
  assert.equal(await text.evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd)), 'replicas = "many"');
});

siteTest("a saved scenario can be loaded again", { path }, async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Black Friday/ }).first().click();
  await page.waitForFunction(() => document.querySelector("#scenario-text").value.includes("black-friday"));
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save", exact: true }).click()]);
  assert.equal(download.suggestedFilename(), "black-friday.toml");
  const saved = await readFile(await download.path(), "utf8");
  await page.locator("#scenario-text").fill('name = "x"');
  await page.locator("input[type=file]").setInputFiles({ name: "s.toml", mimeType: "text/plain", buffer: Buffer.from(saved) });
  await page.waitForFunction((text) => document.querySelector("#scenario-text").value === text, saved);
});

siteTest("every field of the schema has its control, with a name and what may be written", { path }, async ({ page, picture }) => {
  await open(page);
  await page.locator("#scenario-text").fill(everything);
  await page.getByRole("button", { name: "Everything", exact: true }).click();
  await unfold(page);
  const controls = await page.locator(".form-field :is(input, select)[id^='field-']").evaluateAll((list) =>
    list.map((control) => ({
      id: control.id.replace("field-", ""),
      named: [...control.labels].some((label) => label.textContent.trim() !== ""),
      about: document.getElementById(control.getAttribute("aria-describedby"))?.textContent.trim().length > 3,
      seen: control.checkVisibility(),
    })),
  );
  assert.deepEqual(controls.filter(({ named, about }) => !named || !about), [], "each has a name and a meaning");
  assert.deepEqual(new Set(controls.map(({ id }) => bare(id))), new Set(fields));
  await picture("editor-everything");
});

siteTest("a scenario of twenty services shows only what is opened", { path }, async ({ page }) => {
  await open(page);
  const services = Array.from({ length: 20 }, (_, n) => `[[service]]\nname = "s${n}"\ncpus = 1\n`).join("");
  await page.locator("#scenario-text").fill(`name = "big"\n[[traffic.source]]\nrate = "40/s"\n${services}`);
  await page.getByRole("button", { name: "Everything", exact: true }).click();
  await page.getByText("service s19", { exact: true }).waitFor();
  const shut = await page.locator(".form-field").count();
  assert.ok(shut < 300, `${shut} fields, most of them folded away`);
  await page.getByText("service s19", { exact: true }).click();
  await page.getByRole("textbox", { name: /^service\[19\]\.cpus/ }).waitFor();
  await page.locator("#scenario-text").fill((await page.locator("#scenario-text").inputValue()).replace('"s3"\ncpus = 1', '"s3"\ncpus = -1'));
  await page.locator("summary", { hasText: "service s3" }).getByText("a problem inside").waitFor();
});
