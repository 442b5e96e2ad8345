// Starts the program: gets the WebAssembly and hands it to the script that wasm-bindgen made.
//
// A page with an origin fetches the file and compiles it while it arrives. A page without one (a sandboxed
// frame, or a file opened from disk) may not fetch, but may load scripts: there the same bytes come as base64
// in FILE.wasm.js.
(() => {
  "use strict";

  const program = document.getElementById("program");
  const canFetch = self.origin !== "null" && location.protocol !== "file:";

  const fail = (sentence, error) => {
    console.error(error);
    const note = document.getElementById("start-note");
    if (!note) return; // the program has already drawn the page
    note.setAttribute("role", "alert");
    note.textContent = `The lab did not start: ${sentence}`;
  };

  const decode = (base64) => {
    if (typeof Uint8Array.fromBase64 === "function") return Uint8Array.fromBase64(base64);
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
    return bytes;
  };

  const loadScript = (url) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(`${url} could not be loaded`));
      document.head.append(script);
    });

  const asScript = async (url) => {
    await loadScript(`${url}.js`);
    const bytes = decode(self.doorbusterWasm);
    delete self.doorbusterWasm;
    return bytes;
  };

  const asFile = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: the server answered ${response.status}`);
    return response;
  };

  const wasm = async (url) => {
    if (!canFetch) return asScript(url);
    try {
      return await asFile(url);
    } catch (error) {
      console.warn(`${error}; trying the script instead`);
      return asScript(url);
    }
  };

  const start = async () => {
    if (typeof WebAssembly !== "object") {
      return fail("this browser has no WebAssembly.", new Error("no WebAssembly"));
    }
    const parsed = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
    const source = wasm(program.dataset.wasm); // starts now, beside the program's own script
    source.catch(() => {}); // reported below, once
    await parsed; // deferred scripts have run by then
    if (typeof wasm_bindgen !== "function") {
      return fail("one of its files could not be loaded. Please reload the page.", new Error("no program"));
    }
    let loaded;
    try {
      loaded = await source;
    } catch (error) {
      return fail("one of its files could not be loaded. Please reload the page.", error);
    }
    try {
      await wasm_bindgen({ module_or_path: loaded });
    } catch (error) {
      return fail("the program stopped with an error, which the browser's console shows.", error);
    }
  };

  start();
})();
