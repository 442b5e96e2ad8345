// A deployment's own files, opened or dropped: what they say, and the world that is made of them.

import assert from "node:assert/strict";
import { mounted, siteTest } from "./harness.mjs";

const path = "index.html?scenario=algorithms&autoplay=0";

const COMPOSE = `services:
  shop:
    image: python:3.12
    command: gunicorn --workers 4 app:app
    deploy:
      replicas: \${COPIES:-3}
      resources: { limits: { cpus: "0.5", memory: 256M } }
  proxy:
    image: nginx
    ports: ["8080:80"]
  mail:
    image: mailpit
    ports: ["8025:8025"]
`;
const NGINX = `upstream shops { least_conn; server shop:8000; }
server { listen 80;
  location / { proxy_pass http://shops; }
}
`;
const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

const open = async (page) => {
  await mounted(page);
  await page.getByRole("button", { name: "Scenario", exact: true }).click();
  await page.locator("#scenario-text").waitFor();
};
const choose = (page, ...files) => page.locator("input[type=file]").setInputFiles(files);
const says = (page, wanted) => page.waitForFunction((text) => document.querySelector("#scenario-text").value.includes(text), wanted);

siteTest("Compose and nginx files become a world that runs", { path }, async ({ page, picture }) => {
  await open(page);
  await choose(page, file("nginx.conf", NGINX), file("docker-compose.yml", COMPOSE));
  await says(page, "least_connections");
  await page.getByRole("heading", { name: "What docker-compose.yml and nginx.conf say" }).waitFor();
  await page.locator(".findings summary").click().catch(() => {});
  const notes = await page.locator(".finding.note").allTextContents();
  assert.ok(notes.some((note) => /docker-compose\.yml:\d+/.test(note)), "a note has its file and line");
  await picture("import");
  await choose(page, file(".env", "# copies\nCOPIES=5\n"));
  await says(page, "replicas = 5");
  await page.getByLabel("Service", { exact: true }).selectOption("mail");
  await says(page, 'name = "mail"');
  await page.getByLabel("Service", { exact: true }).selectOption("");
  await says(page, 'name = "shop"');
  const scale = page.getByRole("textbox", { name: "Replicas", exact: true });
  await scale.fill("4");
  await scale.press("Enter");
  await says(page, "replicas = 4");
  await page.getByRole("button", { name: "Run it" }).click();
  await page.locator(".stage").waitFor();
  assert.equal(await page.getByRole("article", { name: /shop-\d/ }).count(), 4);
  assert.equal(await page.locator(".head-preset select").evaluate((list) => list.selectedOptions[0].textContent), "4 replicas of shop behind proxy");
});

siteTest("what can't work is said with its line, and the text stays", { path }, async ({ page }) => {
  await open(page);
  const before = await page.locator("#scenario-text").inputValue();
  await choose(page, file("compose.yml", "services:\n  a:\n   - [\n"));
  await page.locator(".finding.error").first().waitFor();
  assert.match(await page.locator(".finding.error").first().textContent(), /compose\.yml:[34]/);
  assert.equal(await page.locator("#scenario-text").inputValue(), before);
  await page.getByRole("button", { name: "Put the findings away" }).click();
  await choose(page, file("haproxy.cfg", "defaults\nbackend app\n"), file("Dockerfile", "FROM x\nRUN y\n"), file("default.conf", NGINX));
  for (const name of ["haproxy.cfg", "Dockerfile", "default.conf"]) await page.locator(".notice", { hasText: name }).waitFor();
});

siteTest("files dropped on the lab open the editor", { path }, async ({ page }) => {
  await mounted(page);
  await page.evaluate(([compose, nginx]) => {
    const data = new DataTransfer();
    data.items.add(new File([compose], "docker-compose.yml"));
    data.items.add(new File([nginx], "nginx.conf"));
    const drag = (kind) => document.querySelector(".stage").dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    drag("dragover");
    if (document.documentElement.dataset.drop !== "files") throw new Error("nothing shows that files may be dropped");
    drag("drop");
  }, [COMPOSE, NGINX]);
  await page.locator(".findings").waitFor();
  await says(page, "least_connections");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.drop), undefined);
});

siteTest("findings are said in the reader's language", { path, locale: "de-DE" }, async ({ page }) => {
  await mounted(page);
  await page.getByRole("button", { name: "Szenario", exact: true }).click();
  await page.locator("#scenario-text").waitFor();
  await choose(page, file("nginx.conf", NGINX), file("docker-compose.yml", COMPOSE));
  await says(page, "least_connections");
  const notes = (await page.locator(".finding").allTextContents()).join("\n");
  for (const words of ["der Verkehr steht nicht in den Dateien", "`traffic` im Szenario setzen"]) assert.ok(notes.includes(words), notes);
  assert.ok(!notes.includes("not in the files"), notes);
});
