// Long runs do not eat memory. A minute here; `cargo xtask soak` goes on for ten.

import assert from "node:assert/strict";
import { mounted, siteTest } from "./harness.mjs";

const SECONDS = Number(process.env.SOAK_SECONDS ?? 60);
/** What the heap may grow by after a third of the time, in MiB, and as a share of what it was. */
const GROWTH = { mib: 24, share: 0.25 };

/** Bytes in use by scripts and by the program's own memory. */
const memory = async (page, cdp) => {
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const wasm = await page.evaluate(() => window.doorbusterMemory?.() ?? 0);
  const nodes = await page.evaluate(() => document.getElementsByTagName("*").length);
  return { heap: usedSize / 2 ** 20, wasm: wasm / 2 ** 20, nodes };
};

/** Lets the page say how large the program's memory is. */
const init = () => {
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const made = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await made.apply(WebAssembly, given);
      const { memory } = (result.instance ?? result).exports;
      if (memory) window.doorbusterMemory = () => memory.buffer.byteLength;
      return result;
    };
  }
};

const options = {
  path: "index.html?scenario=black-friday&autoplay=1&speed=max",
  init,
  limit: (SECONDS + 240) * 1_000,
};

siteTest(`${SECONDS} s at full speed, over and over, in bounded memory`, options, async ({ page, context }) => {
  await mounted(page);
  const cdp = await context.newCDPSession(page);
  assert.ok((await memory(page, cdp)).wasm > 1, "the program's memory is seen");
  const begun = Date.now();
  const samples = [];
  let rounds = 0;
  while (Date.now() - begun < SECONDS * 1_000) {
    // At its end the run begins again: another world, another list of clones.
    const again = page.getByRole("button", { name: "Again", exact: true });
    if (await again.isVisible()) {
      await again.click();
      rounds += 1;
    }
    await page.waitForTimeout(500);
    if ((Date.now() - begun) / (SECONDS * 1_000) > samples.length / 12) samples.push(await memory(page, cdp));
  }
  const settled = samples[Math.floor(samples.length / 3)];
  const last = samples.at(-1);
  const said = samples.map(({ heap, wasm, nodes }) => `${heap.toFixed(1)}+${wasm.toFixed(1)} MiB ${nodes} nodes`).join("; ");
  assert.ok(rounds >= 1, "the run came to its end at least once");
  assert.ok(last.heap < settled.heap + Math.max(GROWTH.mib, settled.heap * GROWTH.share), said);
  assert.ok(last.wasm < settled.wasm + Math.max(GROWTH.mib, settled.wasm * GROWTH.share), said);
  assert.ok(last.nodes < settled.nodes * 1.5 + 200, said);
  console.log(`${rounds} rounds; ${said}`);
});
