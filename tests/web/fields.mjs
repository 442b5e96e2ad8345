// Every field of a scenario, from the schema (see tests/it/fields.rs), and a text with an entry in every list, so that
// each field has its place in the forms.

import { readFile } from "node:fs/promises";

const paths = JSON.parse(await readFile(new URL("./fields.json", import.meta.url), "utf8"));

/** A path without the places of entries: service.cpus. */
export const bare = (path) => path.replaceAll(/\[\d*\]/g, "");

export const fields = paths.map(bare);

const tables = paths.flatMap((path) => path.split("[]").slice(0, -1).map((_, n, parts) => parts.slice(0, n + 1).join("")));

/** Opens every folded part, and those that come to light by it. */
export const unfold = async (page) => {
  const open = () => {
    const shut = [...document.querySelectorAll("details:not([open])")];
    shut.forEach((part) => (part.open = true));
    return shut.length;
  };
  // What was opened shows its inside a moment later.
  for (let still = 0; still < 3; still = (await page.evaluate(open)) > 0 ? 0 : still + 1) await page.waitForTimeout(150);
};

/** An entry in every list; a list within an entry comes after it. */
export const everything = [...new Set(tables)].map((table) => `[[${table}]]`).join("\n") + "\n";
