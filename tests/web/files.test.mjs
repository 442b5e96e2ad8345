// What is saved from the charts opens: CSV with its columns, SVG as a picture, PNG with its signature.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { mounted, siteTest } from "./harness.mjs";

const path = "index.html?scenario=black-friday&t=16&charts=response_time,response_linear,percentiles,goodput,sessions,retries";

siteTest("a chart is saved as CSV, SVG and PNG", { path }, async ({ page, picture }) => {
  await mounted(page);
  await page.waitForFunction(() => document.querySelector(".transport .clock")?.textContent === "16.0 s");
  await page.getByText("Show data").click();
  const save = async (kind) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: `Save ${kind}` }).click()]);
    return readFile(await file.path());
  };
  const csv = (await save("CSV")).toString();
  assert.match(csv.split("\n")[0], /time.*p50.*p90.*p99/);
  assert.ok(csv.trim().split("\n").length >= 79, "a line for each window of 16 s");
  const svg = (await save("SVG")).toString();
  assert.ok(svg.startsWith("<svg ") && svg.trimEnd().endsWith("</svg>"));
  assert.ok(await page.evaluate((text) => !new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror"), svg));
  const png = await save("PNG");
  assert.deepEqual([...png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  assert.ok(png.length > 5_000, `${png.length} bytes`);
  await picture("charts");
});
