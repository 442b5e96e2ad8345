//! Files that the user gives the page, by a button or by dropping them: read here, and sent nowhere.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, File, FileList, FileReader};
use yew::prelude::*;

use crate::convert::{SourceFile, limits};
use crate::lang::texts;
use crate::web::browser;
use crate::web::shell::Shell;
use crate::web::state::Action;

texts! {
    mod say {
        fn too_large {
            en: "is larger than 1 MiB; no scenario and no deployment file is",
            de: "ist größer als 1 MiB; kein Szenario und keine Deployment-Datei ist das",
            fr: "dépasse 1 MiB ; aucun scénario ni fichier de déploiement n’est si grand",
        }
        fn too_many {
            en: "files at once are too many; the first 64 are read",
            de: "Dateien auf einmal sind zu viele; gelesen werden die ersten 64",
            fr: "fichiers à la fois, c’est trop ; les 64 premiers sont lus",
        }
        fn unreadable { en: "can’t be read", de: "ist nicht lesbar", fr: "est illisible" }
    }
}

/// Files that are being read: each in its place, and how many are still awaited.
struct Reading {
    files: Vec<Option<SourceFile>>,
    left: usize,
}

/// Reads files and wants them opened, all at once.
pub fn read(shell: &Shell, list: &FileList) {
    let count = list.length() as usize;
    if count > limits::FILES {
        shell.act(Action::Notice(count.to_string(), say::too_many(shell.lang()).into()));
    }
    let fits = |file: &File| {
        let fits = file.size() <= limits::FILE_BYTES as f64;
        if !fits {
            shell.act(Action::Notice(file.name(), say::too_large(shell.lang()).into()));
        }
        fits
    };
    let files: Vec<File> =
        (0..list.length()).filter_map(|n| list.get(n)).take(limits::FILES).filter(fits).collect();
    let reading = Reading { files: vec![None; files.len()], left: files.len() };
    let reading = Rc::new(RefCell::new(reading));
    for (place, file) in files.iter().enumerate() {
        begin(shell, file, place, &reading);
    }
}

/// Reads one file; the last one to come wants them all opened.
fn begin(shell: &Shell, file: &File, place: usize, reading: &Rc<RefCell<Reading>>) {
    let Ok(reader) = FileReader::new() else {
        shell.act(Action::Notice(file.name(), say::unreadable(shell.lang()).into()));
        ended(shell, &mut reading.borrow_mut());
        return;
    };
    let (shell, reading, name, source) = (shell.clone(), Rc::clone(reading), file.name(), reader.clone());
    let loaded = EventListener::once(&reader, "loadend", move |_| {
        let mut reading = reading.borrow_mut();
        match source.result().ok().and_then(|text| text.as_string()) {
            Some(text) => reading.files[place] = Some(SourceFile::new(name, text)),
            None => shell.act(Action::Notice(name, say::unreadable(shell.lang()).into())),
        }
        ended(&shell, &mut reading);
    });
    loaded.forget();
    // What can't even be asked for ends with the same event.
    let _ = reader.read_as_text(file);
}

/// One file more has been read, or can't be; after the last one those that were read are opened.
fn ended(shell: &Shell, reading: &mut Reading) {
    reading.left -= 1;
    let files: Vec<SourceFile> = reading.files.iter().flatten().cloned().collect();
    if reading.left == 0 && !files.is_empty() {
        shell.act(Action::Files(files));
    }
}

/// Files may be dropped anywhere on the page.
#[hook]
pub fn use_drop(shell: &Shell, on: bool) {
    let latest = use_mut_ref(|| shell.clone());
    latest.replace(shell.clone());
    use_effect_with(on, move |on| {
        let document = browser::window().and_then(|window| window.document()).filter(|_| *on);
        let listen = |kind: &'static str| {
            let latest = Rc::clone(&latest);
            document.as_ref().map(|document| {
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(document, kind, options, move |event| {
                    if let Some(event) = event.dyn_ref::<DragEvent>() {
                        on_drag(&latest.borrow(), event);
                    }
                })
            })
        };
        let listeners = ["dragover", "dragleave", "drop"].map(listen);
        move || drop(listeners)
    });
}

/// Shows that files may be dropped, and takes them. What else is dragged is the browser's business.
fn on_drag(shell: &Shell, event: &DragEvent) {
    let Some(data) = event.data_transfer() else { return };
    if !data.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files")) {
        return;
    }
    let over = event.type_() == "dragover";
    browser::mark_root("data-drop", over.then_some("files"));
    event.prevent_default();
    if let Some(files) = data.files().filter(|_| event.type_() == "drop") {
        read(shell, &files);
    }
}
