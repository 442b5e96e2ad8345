// Every view in every way of looking at it: narrow, zoomed, with little motion, forced colours, and on paper.

import assert from "node:assert/strict";
import { mounted, siteTest } from "./harness.mjs";

const query = "index.html?scenario=black-friday&t=16";

/** Every view: its address, and how it is opened. */
const VIEWS = {
  lab: [query],
  compare: ["index.html?scenario=algorithms&replicas=3&rate=60&t=4&compare=round_robin,least_connections"],
  scenario: [query, (page) => page.locator(".screens button").nth(2).click()],
  depends: ["index.html?scenario=database-bound&t=10"],
  many: ["index.html?scenario=algorithms&replicas=12&t=5"],
  figure: ["embed.html?scenario=black-friday&t=16"],
  warnings: ["index.html?scenario=black-friday&t=3600"],
  deployment: [query, async (page) => {
    await page.locator(".screens button").nth(2).click();
    const text = "services:\n  app:\n    image: shop\n    ports: ['80:80']\n    deploy: {replicas: 2}\n";
    await page.locator("input[type=file]").setInputFiles({ name: "docker-compose.yml", mimeType: "text/plain", buffer: Buffer.from(text) });
    await page.locator(".finding").first().waitFor();
  }],
};

/** Each way of looking: options of the browser's context. A window zoomed to 200 % has half as many CSS pixels. */
const WAYS = {
  "at 320 px": { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true },
  "at 200 %": { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 },
  "with forced colours": { forcedColors: "active" },
  "in German": { locale: "de-DE" },
  "in French": { locale: "fr-FR" },
  "in German at 390 px": { locale: "de-DE", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

/** What reaches beyond the right edge and can't be scrolled to within a box of its own. */
const beyond = () => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const { overflowX } = getComputedStyle(at);
      if (overflowX !== "visible" && at !== document.body && at !== document.documentElement) return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > width + 1 && box.left < width && !scrolls(element);
  });
  const name = (element) => `${element.tagName} ${element.getAttribute("class") ?? ""} to ${element.getBoundingClientRect().right.toFixed(0)}`;
  return { sideways: document.documentElement.scrollWidth - width, wide: wide.slice(0, 4).map(name) };
};

/** Rows of controls that are longer than their place. */
const cramped = () =>
  [...document.querySelectorAll(".transport, .editor-tools, .head, .screens")]
    .filter((row) => row.checkVisibility() && getComputedStyle(row).overflowX === "visible" && row.scrollWidth > row.clientWidth + 1)
    .map((row) => `${row.className}: ${row.scrollWidth} in ${row.clientWidth} px`);

/** Texts of buttons that lie over each other. */
const overlapping = () => {
  const shown = [...document.querySelectorAll("button, select, input")].filter((element) => element.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }));
  const boxes = shown.map((element) => [element, element.getBoundingClientRect()]).filter(([, box]) => box.width > 2 && box.height > 2);
  const clash = [];
  boxes.forEach(([a, one], place) => {
    for (const [b, other] of boxes.slice(place + 1)) {
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      const sheet = (element) => element.closest(".sheet, dialog, .events, .inside") !== null;
      if (wide > 3 && high > 3 && !a.contains(b) && !b.contains(a) && sheet(a) === sheet(b)) {
        clash.push(`${a.textContent || a.ariaLabel} / ${b.textContent || b.ariaLabel}`);
      }
    }
  });
  return clash.slice(0, 5);
};

for (const [way, options] of Object.entries(WAYS)) {
  siteTest(`every view ${way}`, { path: query, ...options }, async ({ page, site }) => {
    await mounted(page);
    for (const [name, [path, open]] of Object.entries(VIEWS)) {
      await page.goto(site.site(path));
      await mounted(page);
      await page.waitForTimeout(700);
      await open?.(page);
      await page.waitForTimeout(200);
      const { sideways, wide } = await page.evaluate(beyond);
      assert.ok(sideways <= 1 && wide.length === 0, `${name} ${way}: ${sideways} px sideways; ${wide.join("; ")}`);
      assert.deepEqual(await page.evaluate(cramped), [], `${name} ${way}: a row is too long`);
      assert.deepEqual(await page.evaluate(overlapping), [], `${name} ${way}: controls lie over each other`);
    }
  });
}

siteTest("with forced colours, states are told apart by icon and word", { path: query, forcedColors: "active" }, async ({ page, picture }) => {
  await mounted(page);
  await page.waitForTimeout(800);
  const chips = await page.locator(".replica .chip").evaluateAll((list) => list.map((chip) => [chip.textContent.trim(), chip.querySelector("svg") !== null, getComputedStyle(chip).color]));
  assert.ok(chips.length === 3 && chips.every(([word, icon, colour]) => word.length > 1 && icon && colour !== "rgba(0, 0, 0, 0)"), JSON.stringify(chips));
  await picture("forced-colours");
});

siteTest("with little motion nothing travels, and it does not begin by itself", { path: "index.html?scenario=black-friday", reducedMotion: "reduce" }, async ({ page }) => {
  await mounted(page);
  await page.waitForTimeout(600);
  assert.equal(await page.locator(".transport .clock").textContent(), "0.0 s");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await page.waitForFunction(() => parseFloat(document.querySelector(".transport .clock").textContent) > 1);
  const moving = () => [...document.querySelectorAll(".stage .flow circle, .stage .falls g > g")].filter((dot) => dot.checkVisibility?.() && dot.getAttribute("display") !== "none").length;
  assert.equal(await page.evaluate(moving), 0, "no dot travels and no ring falls");
  const running = await page.evaluate(() => document.getAnimations().filter((animation) => animation.playState === "running" && animation.effect.getComputedTiming().duration > 50).length);
  assert.equal(running, 0, "no animation runs");
});

siteTest("on paper there is the picture, what it was made from, and no control", { path: query }, async ({ page, picture }) => {
  await mounted(page);
  await page.waitForFunction(() => document.querySelector(".transport .clock")?.textContent === "16.0 s");
  await page.emulateMedia({ media: "print" });
  await page.waitForTimeout(300);
  for (const hidden of [".side .controls", ".transport .play", ".chart-picker", ".friday", ".drawer", "#fork"]) {
    assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  }
  for (const shown of [".stage", ".charts canvas", ".paper"]) {
    assert.equal(await page.locator(shown).first().isVisible(), true, shown);
  }
  assert.match(await page.locator(".paper").textContent(), /scenario=black-friday/);
  await picture("print");
  const pages = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  assert.ok(pages >= 1 && pages <= 3, `${pages} pages`);
});

for (const lang of ["en", "de", "fr"]) {
  siteTest(`the row of time covers no control at any width (${lang})`, { path: `index.html?scenario=black-friday&t=12&lang=${lang}` }, async ({ page }) => {
    await mounted(page);
    for (const width of [1200, 1240, 1280, 1366, 1399, 1400, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(150);
      const over = await page.evaluate(() => {
        const ends = [...document.querySelector(".transport").children].map((one) => one.getBoundingClientRect().right);
        return Math.max(...ends) - document.querySelector(".view").getBoundingClientRect().right;
      });
      assert.ok(over <= 0.5, `${over} px too wide at ${width}`);
    }
  });
}
