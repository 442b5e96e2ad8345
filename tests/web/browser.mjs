// The built site on a static server, a browser, and pages that keep what went wrong in them.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startServer } from "./server.mjs";

const project = fileURLToPath(new URL("../../", import.meta.url));
export const dist = join(project, "dist");
export const artefacts = join(project, "artefacts");

/** How long a page may take for one thing that a test waits for, in milliseconds. */
const WAIT_LIMIT = 20_000;

const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let running;

/** The browser and the server: started once for a file of tests, ended after it. */
async function start() {
  const executablePath = process.env.CHROMIUM;
  assert.ok(executablePath, "CHROMIUM must name the browser; `cargo xtask test-web` sets it");
  const profile = await mkdtemp(join(tmpdir(), "doorbuster-browser-"));
  const root = process.getuid?.() === 0; // Chromium's own sandbox refuses to run as root
  const args = root ? [...FLAGS, "--no-sandbox"] : FLAGS;
  const browser = await chromium.launch({ executablePath, args, env: { ...process.env, HOME: profile } });
  const server = await startServer(dist);
  return { browser, server, profile };
}

export async function stop() {
  if (!running) return;
  const { browser, server, profile } = await running;
  running = undefined;
  await browser.close();
  await server.close();
  await rm(profile, { recursive: true, force: true });
}

/** A page and what it did wrong: { page, context, site, problems, picture }; `site` is the server. `init` runs in the
 * page before anything else. */
export async function openPage({ path, url, allowErrors, init, ...contextOptions } = {}) {
  running ??= start();
  const { browser, server } = await running;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...contextOptions });
  const page = await context.newPage();
  if (init) await page.addInitScript(init);
  page.setDefaultTimeout(WAIT_LIMIT);
  const problems = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`thrown: ${error.message}`));
  page.on("request", (request) => {
    const address = request.url();
    const local = ["data:", "blob:", "file:"].includes(new URL(address).protocol);
    if (!local && !address.startsWith(server.origin)) problems.push(`asks another host: ${address}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // Aborted: a download, or a page that was left while it loaded. What a server refuses is seen below.
    if (reason !== "net::ERR_ABORTED") problems.push(`no answer: ${request.url()} ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  const picture = async (name) => {
    await mkdir(artefacts, { recursive: true });
    await page.screenshot({ path: join(artefacts, `${name}.png`) });
  };
  await page.goto(url ?? server.site(path ?? "index.html"));
  return { page, context, site: server, problems, picture };
}

/** The server's addresses, for those that open another page than the lab. */
export async function addresses() {
  running ??= start();
  return (await running).server;
}

/** Resolves when the program has drawn the page (or a frame of it) in place of the start view. */
export async function mounted(page) {
  await page.locator("#start").waitFor({ state: "detached" });
}
