// What the page costs: frame times, tasks that block it, first picture, input to picture, and the sizes of the site in
// dist/. Prints tables; nothing fails. Run on demand, on a calm machine: `cargo xtask frames` (some two minutes).
//
// Chromium draws without a graphics card here, so that pictures cost more than on a machine of a reader.

import { readdir, readFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { dist, mounted, openPage, stop } from "./browser.mjs";

const REPLICAS = [3, 10, 50];
const RATES = [100, 2_000, 20_000];
/** How long one cell is measured, in milliseconds. */
const SPAN = Number(process.env.FRAMES_MS ?? 5_000);

/** A world with 70 % of its capacity asked for, so that the work of a request shrinks with the rate. */
const scenario = (replicas, rate) => `name = "frames"
[[traffic.source]]
rate = "${rate}/s"
[[traffic.class]]
demand = "exponential ${((700 * replicas) / rate).toFixed(4)} ms"
[balancer]
algorithm = "least_connections"
queue = 1000
[[service]]
replicas = ${replicas}
threads = 64
backlog = 128
memory = "512 MiB"
connections = 1000
[run]
duration = "600 s"
`;

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
const ms = (value) => (Number.isFinite(value) ? value.toFixed(1) : "-");

/** Frame intervals and long tasks of the next while. */
const watch = (span) =>
  new Promise((done) => {
    const gaps = [];
    const tasks = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
    observer.observe({ entryTypes: ["longtask"] });
    const begun = performance.now();
    let last;
    const step = (now) => {
      if (last !== undefined) gaps.push(now - last);
      last = now;
      if (performance.now() - begun < span) requestAnimationFrame(step);
      else {
        observer.disconnect();
        done({ gaps, tasks });
      }
    };
    requestAnimationFrame(step);
  });

const seconds = (page) => page.locator(".transport .clock").textContent().then(parseFloat);

async function cell(replicas, rate) {
  const { page, context } = await openPage({ path: "index.html?scenario=algorithms&autoplay=0" });
  await mounted(page);
  await page.getByRole("button", { name: "Scenario", exact: true }).click();
  await page.locator("#scenario-text").fill(scenario(replicas, rate));
  await page.getByRole("button", { name: "Run it" }).click();
  await page.locator(".stage").waitFor();
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await page.waitForTimeout(3_000);
  const cdp = await context.newCDPSession(page);
  await cdp.send("Performance.enable");
  const metrics = async () => Object.fromEntries((await cdp.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));
  const [from, before] = [await seconds(page), await metrics()];
  const { gaps, tasks } = await page.evaluate(watch, SPAN);
  const [to, after] = [await seconds(page), await metrics()];
  await context.close();
  gaps.sort((a, b) => a - b);
  const each = (name) => ((after[name] - before[name]) * 1e3) / gaps.length;
  return {
    replicas,
    rate,
    "median ms": ms(quantile(gaps, 0.5)),
    "p99 ms": ms(quantile(gaps, 0.99)),
    "longest ms": ms(gaps.at(-1)),
    "tasks > 50 ms": tasks.length,
    "longest task ms": tasks.length ? ms(Math.max(...tasks)) : "-",
    "script ms/frame": ms(each("ScriptDuration")),
    "style+layout ms/frame": ms(each("RecalcStyleDuration") + each("LayoutDuration")),
    "speed reached": ((to - from) / (SPAN / 1e3)).toFixed(2),
  };
}

/** From the call of the page to its first picture, to the running program, and to time going on; in milliseconds. */
async function start() {
  const rows = [];
  for (let run = 0; run < 3; run += 1) {
    const { page, context } = await openPage({ path: "index.html?scenario=black-friday&autoplay=1" });
    await mounted(page);
    const there = await page.evaluate(() => performance.now());
    await page.waitForFunction(() => parseFloat(document.querySelector(".transport .clock")?.textContent) > 0);
    const runs = await page.evaluate(() => performance.now());
    const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
    rows.push({ "first picture ms": ms(paint), "program there ms": ms(there), "time goes on ms": ms(runs) });
    await context.close();
  }
  return rows;
}

/** From a key press to the first frame that shows what it did, while a world of ten replicas and 2,000/s runs. */
async function input() {
  const { page, context } = await openPage({ path: "index.html?scenario=algorithms&replicas=10&rate=2000&autoplay=1" });
  await mounted(page);
  await page.waitForTimeout(2_000);
  await page.evaluate(() => {
    window.answers = [];
    const button = () => document.querySelector(".transport button[aria-expanded]").getAttribute("aria-expanded");
    addEventListener("keydown", (event) => {
      const before = button();
      const look = () => (button() === before ? requestAnimationFrame(look) : requestAnimationFrame(() => window.answers.push(performance.now() - event.timeStamp)));
      requestAnimationFrame(look);
    }, true);
  });
  for (let press = 0; press < 20; press += 1) {
    await page.keyboard.press("e");
    await page.waitForTimeout(250);
  }
  const answers = (await page.evaluate(() => window.answers)).sort((a, b) => a - b);
  await context.close();
  return [{ presses: answers.length, "median ms": ms(quantile(answers, 0.5)), "longest ms": ms(answers.at(-1)) }];
}

async function sizes() {
  const rows = [];
  for (const file of (await readdir(dist)).filter((name) => /\.(wasm|js|css|html)$/.test(name)).sort()) {
    const bytes = await readFile(join(dist, file));
    const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
    rows.push({ file, bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli.length });
  }
  return rows;
}

console.log(`load of the machine: ${loadavg().map((load) => load.toFixed(1)).join(" ")}`);
console.table(await start());
console.table(await input());
const cells = [];
for (const replicas of REPLICAS) {
  for (const rate of RATES) cells.push(await cell(replicas, rate));
}
console.table(cells);
console.table(await sizes());
console.log(`load of the machine: ${loadavg().map((load) => load.toFixed(1)).join(" ")}`);
await stop();
