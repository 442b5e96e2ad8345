// Prints the digests of tests/wasm/digests.rs as a page of Chromium finds them: `node digests.mjs FOLDER`, where
// FOLDER holds what wasm-bindgen made of it for pages without modules. `cargo xtask test-wasm` calls it.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

const folder = process.argv[2];
const root = process.getuid?.() === 0; // Chromium's own sandbox refuses to run as root
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: root ? ["--no-sandbox"] : [] });
try {
  const page = await browser.newPage();
  const script = await readFile(join(folder, "digests.js"), "utf8");
  const packed = (await readFile(join(folder, "digests_bg.wasm"))).toString("base64");
  const digests = await page.evaluate(
    async ([script, packed]) => {
      // Not as a script element, which would look for its own address, and a blank page has none.
      const load = new Function(`${script}; return wasm_bindgen;`)();
      const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
      await load({ module_or_path: bytes });
      return globalThis.doorbusterDigests;
    },
    [script, packed],
  );
  process.stdout.write(digests);
} finally {
  await browser.close();
}
