// A plain static host, as a course site would be: the site in a sub-folder, nothing in the root, no CORS
// header.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

/** Where the site is; every address that isn't relative to its own page ends in a 404. */
const FOLDER = "/course/week-3/lab/";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/** The policy that README gives to those who set headers. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** The same files once more: under the policy, without the WebAssembly, from a host without such a type. */
const VARIANTS = { strict: "/strict/lab/", broken: "/broken/lab/", untyped: "/untyped/lab/" };

/** The page of a course with a figure in it: /course/notes.html?EMBED_ADDRESS */
function coursePage(address) {
  const src = address.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Week 3</title><link rel="icon" href="data:,">
<h1>Week 3: load balancing</h1><p>Text before the figure.</p>
<iframe sandbox="allow-scripts" src="${src}" title="Figure" width="900" height="560"></iframe>
<p>Text after the figure.</p></html>`;
}

/** Serves a folder: { origin, site(path), strict(…), broken(…), untyped(…), framed(path, where), close() } */
export async function startServer(folder) {
  const server = createServer((request, response) => {
    answer(folder, request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const under = (prefix) => (path) => origin + prefix + path;
  const site = under(FOLDER);
  return {
    origin,
    site,
    strict: under(VARIANTS.strict),
    broken: under(VARIANTS.broken),
    untyped: under(VARIANTS.untyped),
    /** A course page on the same host with that page of the site in a sandboxed frame. */
    framed: (path, where = site) => `${origin}/course/notes.html?${encodeURIComponent(where(path))}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function answer(folder, request, response) {
  const { pathname, search } = new URL(request.url, "http://host");
  if (pathname === "/course/notes.html") {
    const page = coursePage(decodeURIComponent(search.slice(1)));
    response.writeHead(200, { "Content-Type": TYPES[".html"] }).end(page);
    return;
  }
  const prefix = [FOLDER, ...Object.values(VARIANTS)].find((known) => pathname.startsWith(known));
  const name = prefix && decodeURIComponent(pathname.slice(prefix.length));
  const path = prefix && normalize(join(folder, name || "index.html"));
  const file = path?.startsWith(folder + sep) && (await stat(path).catch(() => undefined));
  const withheld = prefix === VARIANTS.broken && path.includes(".wasm");
  if (!file?.isFile() || withheld) {
    response.writeHead(404).end("not found");
    return;
  }
  const unknown = prefix === VARIANTS.untyped && path.endsWith(".wasm");
  const headers = { "Content-Type": (!unknown && TYPES[extname(path)]) || "application/octet-stream" };
  if (prefix === VARIANTS.strict) headers["Content-Security-Policy"] = POLICY;
  response.writeHead(200, headers);
  createReadStream(path).pipe(response);
}
