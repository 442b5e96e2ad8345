// German and French: what the browser asks for, numbers and words of each, no overflow, no English left over.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { mounted, siteTest } from "./harness.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const crisis = "scenario=black-friday&t=16";
const compare = "scenario=algorithms&replicas=3&rate=60&t=4&compare=round_robin,least_connections";

/** Words that a view of each language shows. */
const LANGUAGES = {
  de: { locale: "de-AT", replica: /Repliken?/, traffic: "Verkehr", scenario: "Szenario", events: "Ereignisse", inside: "Innen", share: "Teilen", everything: "Alles", run: "Starten" },
  fr: { locale: "fr-CA", replica: /[Rr]épliques?/, traffic: "Trafic", scenario: "Scénario", events: "Événements", inside: "Intérieur", share: "Partager", everything: "Tout", run: "Lancer" },
};

/** Texts of the page that hold words, without those that are marked as English or are code, names and options. */
const texts = (page) =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector("#app"), NodeFilter.SHOW_TEXT);
    const found = new Set();
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      // The scores of candidates are code with words; a notice begins with what was given.
      const score = element.closest(".candidates code");
      if (!score && element.closest("[lang=en], code, pre, option, textarea, kbd, .notice b")) continue;
      const text = walker.currentNode.textContent.trim();
      if (/\p{Letter}{3}/u.test(text)) found.add(text);
    }
    document.querySelectorAll("#app [aria-label], #app [title]").forEach((element) => {
      if (element.closest("[lang=en]")) return;
      for (const name of ["aria-label", "title"]) if (element.getAttribute(name)) found.add(element.getAttribute(name));
    });
    return [...found];
  });

/** English words that are no German, no French, and no name. */
const ENGLISH =
  /\b(the|of|and|with|is|are|requests?|replicas?|queue|answers?|balancer|waits?|memory|nothing|run|runs|seeds?|this|that|from|left|more|less|crash|faster|slower|close|show|save|wins|smallest|drawn|must|allowed|known|missing|longer|without|which|each|when|how|what|who|whether|flight)\b/i;

/**
 * Whether words of a text are English. Addresses and wire names ("replicas = 1", "service[0].replicas", "(break, heal)",
 * "`every`", what stands in quotes, nginx's counters, lists of what is known) are no words.
 */
const isEnglish = (text) =>
  ENGLISH.test(
    text.replace(
      /https?:\S+|\[?[\w[\]]+(\.[\w[\]]+)+|(Störung|panne) crash|\w+ = [\w"]+|\([\w -]+(, [\w -]+)*[);]|`[^`]*`|"[^"]*"|„[^“]*“|«[^»]*»|accepts, handled, requests, reading|X-[\w-]+|(es gibt|il y a|bekannt:|connus\s:|eines von:|parmi\s:) .*$/g,
      "",
    ),
  );

async function narrow(page, width) {
  await page.setViewportSize({ width, height: 800 });
  await page.waitForTimeout(600);
  const [scroll, client] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(scroll <= client, `${scroll} px of content in ${client} px`);
}

for (const [lang, words] of Object.entries(LANGUAGES)) {
  const { locale } = words;

  siteTest(`the browser's language is spoken: ${lang}`, { path: `index.html?${crisis}`, locale, reducedMotion: "reduce" }, async ({ page, picture }) => {
    await mounted(page);
    await page.waitForTimeout(1500);
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
    assert.match(await page.locator(".narration").innerText(), words.replica);
    assert.match(await page.locator(".clock").first().innerText(), /^16,0 s$/);
    await page.getByText(words.traffic, { exact: true }).first().waitFor();
    await picture(`lang-${lang}-1440`);
    const english = (await texts(page)).filter(isEnglish);
    assert.deepEqual(english, [], "English left over");
    await narrow(page, 1440);
    await narrow(page, 390);
    await picture(`lang-${lang}-390`);
    await narrow(page, 320);
    await picture(`lang-${lang}-320`);
  });

  siteTest(`axe and leftovers of the views: ${lang}`, { path: `index.html?${crisis}&lang=${lang}`, reducedMotion: "reduce" }, async ({ page, picture, site }) => {
    const clean = async (name) => {
      await page.waitForTimeout(700);
      await picture(`lang-${lang}-${name}`);
      await page.evaluate(axe);
      const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
      const lines = found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target}`));
      const english = (await texts(page)).filter(isEnglish);
      assert.deepEqual([lines, english], [[], []], name);
    };
    await mounted(page);
    await page.waitForTimeout(1200);
    await page.getByRole("button", { name: words.events, exact: true }).first().click();
    await clean("events");
    await page.getByRole("button", { name: words.inside, exact: true }).first().click();
    await clean("inside");
    await page.getByRole("button", { name: words.share, exact: true }).first().click();
    await clean("share");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: words.scenario, exact: true }).first().click();
    await clean("scenario");
    await page.goto(site.site(`index.html?${compare}&lang=${lang}`));
    await mounted(page);
    await page.waitForTimeout(2500);
    await clean("compare");
  });
}

/** A scenario with an entry in every list. */
const WHOLE = `name = "whole"
[[traffic.source]]
rate = "40/s"
[[traffic.source.profile]]
for = "5 s"
[[traffic.class]]
name = "page"
[[traffic.class.steps]]
kind = "cpu"
[[service]]
name = "app"
replicas = 2
[[service.replica]]
number = 1
[[balancer.own]]
path = "/static/"
[[balancer.header]]
name = "X-A"
value = "b"
[[dependency]]
name = "db"
[[fault]]
at = "2 s"
kind = "crash"
replica = "app-1"
[[operation]]
at = "3 s"
service = "app"
replicas = 3
`;

/** The same with something wrong of many kinds. */
const WRONG = WHOLE.replace('"40/s"', '"fast"')
  .replace("replicas = 2", 'replicas = "many"\ncpuss = 1\nbacklog = 99999999999\nthreads = 0\nrestart = "sometimes"')
  .replace('"app-1"', '"nobody"')
  .replace('name = "X-A"', 'name = "no header"')
  .replace('path = "/static/"', 'path = "static"')
  .replace('name = "db"', 'name = "app"\n[dependency.pool]\ntimeout = "0 s"')
  .replace("number = 1", 'number = 1\nmemory = "1 KiB"');

for (const [lang, words] of Object.entries(LANGUAGES)) {
  const english = async (page) => (await texts(page)).filter(isEnglish);

  siteTest(`the editor with every field open, and with wrong values: ${lang}`, { path: `index.html?scenario=algorithms&autoplay=0&lang=${lang}` }, async ({ page, picture }) => {
    await mounted(page);
    await page.getByRole("button", { name: words.scenario, exact: true }).first().click();
    const text = page.locator("#scenario-text");
    await text.fill(WHOLE);
    await page.getByRole("button", { name: words.everything, exact: true }).click();
    // Parts of the form come frame by frame: open until no more fields come.
    for (let [before, now] = [-1, 0]; now > before; ) {
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      await page.waitForTimeout(500);
      [before, now] = [now, await page.locator(".form-field").count()];
    }
    assert.ok((await page.locator(".form-field").count()) > 200, "every field is there");
    assert.deepEqual(await page.locator(".problems li").allTextContents(), [], "nothing is wrong");
    assert.deepEqual(await english(page), [], "help on fields and options");
    assert.equal(await page.locator("#app [lang=en]:not(option)").count(), 0, "nothing is marked as English");
    await picture(`lang-${lang}-editor`);
    await text.fill(WRONG);
    await page.locator(".form-wrong").first().waitFor();
    await page.waitForTimeout(500);
    assert.ok((await page.locator(".problems li").count()) >= 10, "problems of many kinds");
    assert.deepEqual(await english(page), [], "problems");
    await picture(`lang-${lang}-problems`);
    await text.fill("this is = no toml [");
    await page.waitForTimeout(500);
    assert.equal(await page.locator(".problems li").count(), 1);
  });

  siteTest(`theory, decisions and notices: ${lang}`, { path: `index.html?${crisis}&lang=${lang}` }, async ({ page, picture, site }) => {
    await mounted(page);
    await page.locator("#theory p").waitFor();
    const presets = await page.locator(".head-preset option").allTextContents();
    assert.deepEqual(presets.filter(isEnglish), [], "names of presets");
    assert.deepEqual(await english(page), [], "why theory knows nothing");
    for (const algorithm of ["round_robin", "random", "haproxy.roundrobin", "nginx.ip_hash", "prequal", "caddy.random_choose", "envoy.ring_hash"]) {
      await page.goto(site.site(`index.html?scenario=algorithms&replicas=3&rate=60&t=3&autoplay=0&algorithm=${algorithm}&lang=${lang}`));
      await mounted(page);
      await page.waitForTimeout(600);
      await page.getByRole("button", { name: words.inside, exact: true }).first().click();
      await page.locator(".inside [role=tab]").last().click();
      await page.locator(".candidates code").nth(2).waitFor();
      assert.deepEqual(await english(page), [], algorithm);
    }
    await picture(`lang-${lang}-why`);
    await page.goto(site.site(`index.html?scenario=black-frday&algorithm=best&rate=fast&replicas=many&charts=pie&speed=x&theme=pink&compare=a,b&seed=-1&nothing=1&lang=${lang}`));
    await mounted(page);
    assert.ok((await page.locator(".notice").count()) >= 8, "a notice for each");
    assert.deepEqual(await english(page), [], "notices");
    await picture(`lang-${lang}-notices`);
  });
}

siteTest("a chosen language stays, and an address that names one wins", { path: `index.html?${crisis}`, locale: "en-US" }, async ({ page, site }) => {
  const lang = () => page.evaluate(() => document.documentElement.lang);
  await mounted(page);
  assert.equal(await lang(), "en");
  await page.getByLabel("Language").selectOption("fr");
  await page.waitForFunction(() => document.documentElement.lang === "fr");
  await page.getByLabel("Langue").waitFor();
  await page.goto(site.site(`index.html?${crisis}`));
  await mounted(page);
  assert.equal(await lang(), "fr");
  await page.goto(site.site(`index.html?${crisis}&lang=de`));
  await mounted(page);
  assert.equal(await lang(), "de");
  assert.match(await page.evaluate(() => location.search), /lang=de/);
});

for (const [language, title] of [["de", "Drei Wege, eine Mail zu schicken"], ["fr", "Trois façons d’envoyer un courriel"]]) {
  siteTest(`the list of scenarios speaks ${language}`, { path: `index.html?scenario=celery&lang=${language}` }, async ({ page }) => {
    await mounted(page);
    const chosen = page.locator(".head-preset option:checked");
    assert.equal(await chosen.textContent(), title);
  });
}
