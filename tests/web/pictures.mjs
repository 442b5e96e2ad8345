// The README's pictures: the lab as it is, never drawn. `cargo xtask pictures` runs this on the site in
// dist/.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mounted, openPage, stop } from "./browser.mjs";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));

/** What the pictures show: this scenario this long after the moment `t`. */
const QUERY = "scenario=black-friday&autoplay=1&t=15.3";
const SECONDS = 1.5;

await mkdir(docs, { recursive: true });
let failed = false;
for (const [file, colorScheme] of [
  ["lab.png", "light"],
  ["lab-dark.png", "dark"],
]) {
  const path = `index.html?${QUERY}&theme=${colorScheme}`;
  const { page, context, problems } = await openPage({ path, colorScheme, viewport: { width: 1440, height: 960 } });
  await mounted(page);
  await page.waitForTimeout(SECONDS * 1000);
  await page.screenshot({ path: join(docs, file) });
  console.log(`    docs/${file}`);
  for (const problem of problems) console.error(`    ${problem}`);
  failed ||= problems.length > 0;
  await context.close();
}
await stop();
if (failed) process.exitCode = 1;
