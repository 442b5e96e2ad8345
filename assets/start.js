// Starts the program: gets the WebAssembly and hands it to the script that wasm-bindgen made.
//
// A page with an origin fetches the file and compiles it while it arrives. A page without one (a sandboxed
// frame, or a file opened from disk) may not fetch, but may load scripts: there the same bytes come as base64
// in FILE.wasm.js.
(() => {
  "use strict";

  const program = document.getElementById("program");
  const canFetch = self.origin !== "null" && location.protocol !== "file:";

  // The start view speaks the language that the program will: that of the address, the one chosen before, or the
  // first that the browser's reader likes.
  const WORDS = {
    en: {
      lead: "The load-balancer lab: send a Black Friday at some replicas, and see what breaks first.",
      loading: "Loading the lab…",
      failed: "The lab did not start:",
      noWasm: "this browser has no WebAssembly.",
      noFile: "one of its files could not be loaded. Please reload the page.",
      stopped: "the program stopped with an error, which the browser's console shows.",
    },
    de: {
      lead: "Das Lastverteiler-Labor: einen Black Friday auf ein paar Repliken schicken und sehen, was zuerst bricht.",
      loading: "Das Labor lädt …",
      failed: "Das Labor ist nicht gestartet:",
      noWasm: "Dieser Browser hat kein WebAssembly.",
      noFile: "Eine seiner Dateien war nicht zu laden. Bitte die Seite neu laden.",
      stopped: "Das Programm endete mit einem Fehler, den die Konsole des Browsers zeigt.",
    },
    fr: {
      lead: "Le labo du répartiteur de charge : lancer un Black Friday sur des répliques et voir ce qui casse d’abord.",
      loading: "Chargement du labo…",
      failed: "Le labo n’a pas démarré :",
      noWasm: "ce navigateur n’a pas WebAssembly.",
      noFile: "un de ses fichiers n’a pas pu être chargé. Recharger la page, s’il vous plaît.",
      stopped: "le programme s’est arrêté sur une erreur, que montre la console du navigateur.",
    },
  };

  const kept = () => {
    try {
      return localStorage.getItem("doorbuster.lang");
    } catch {
      return null; // a sandboxed frame has no storage
    }
  };

  const liked = [new URLSearchParams(location.search).get("lang"), kept(), ...navigator.languages];
  const tags = liked.map((tag) => (tag ?? "").slice(0, 2).toLowerCase());
  const lang = tags.find((tag) => tag in WORDS) ?? "en";
  const words = WORDS[lang];

  const speak = () => {
    document.documentElement.lang = lang;
    const lead = document.getElementById("start-lead");
    const note = document.getElementById("start-note");
    if (lead) lead.textContent = words.lead;
    if (note) note.textContent = words.loading;
  };

  const fail = (sentence, error) => {
    console.error(error);
    const note = document.getElementById("start-note");
    if (!note) return; // the program has already drawn the page
    note.setAttribute("role", "alert");
    note.textContent = `${words.failed} ${sentence}`;
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
      return fail(words.noWasm, new Error("no WebAssembly"));
    }
    const parsed = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
    const source = wasm(program.dataset.wasm); // starts now, beside the program's own script
    source.catch(() => {}); // reported below, once
    await parsed; // deferred scripts have run by then
    if (typeof wasm_bindgen !== "function") {
      return fail(words.noFile, new Error("no program"));
    }
    let loaded;
    try {
      loaded = await source;
    } catch (error) {
      return fail(words.noFile, error);
    }
    try {
      await wasm_bindgen({ module_or_path: loaded });
    } catch (error) {
      return fail(words.stopped, error);
    }
  };

  if (lang !== "en") speak();
  start();
})();
