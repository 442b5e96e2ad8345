//! The header: name, preset, share, embed, colours, help.

use yew::prelude::*;

use crate::lang::{Lang, Text, texts};
use crate::scenario::preset;
use crate::web::browser;
use crate::web::controls::text_of;
use crate::web::icons::{Icon, icon, logo};
use crate::web::shell::{Props, Shell};
use crate::web::state::{Action, Dialog, Lane, Setting, Theme};

/// Where the chosen colours are kept.
pub const THEME_KEY: &str = "doorbuster.theme";

/// Where the chosen language is kept.
pub const LANG_KEY: &str = "doorbuster.lang";

texts! {
    mod say {
        fn home { en: "Doorbuster, from the start", de: "Doorbuster, von vorn", fr: "Doorbuster, depuis le début" }
        fn share { en: "Share", de: "Teilen", fr: "Partager" }
        fn embed { en: "Embed", de: "Einbetten", fr: "Intégrer" }
        fn help { en: "Keys and signs", de: "Tasten und Zeichen", fr: "Touches et signes" }
        fn screens { en: "Screens", de: "Ansichten", fr: "Écrans" }
        fn lab { en: "Lab", de: "Labor", fr: "Labo" }
        fn compare { en: "Compare", de: "Vergleich", fr: "Comparer" }
        fn scenario { en: "Scenario", de: "Szenario", fr: "Scénario" }
        fn language { en: "Language", de: "Sprache", fr: "Langue" }
        fn colours(now: Text, next: Text) {
            en: "Colours: {now}. Press for {next}.",
            de: "Farben: {now}. Drücken für {next}.",
            fr: "Couleurs : {now}. Appuyer pour {next}.",
        }
    }
}

/// The header.
#[component]
pub fn Header(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let help = format!("{} (?)", say::help(lang));
    html! {
        <header class="head">
            <a class="logo" href="./" aria-label={say::home(lang)}>
                { logo() }<span class="logo-name">{ "Doorbuster" }</span>
            </a>
            { preset_pick(shell) }
            { screens(shell) }
            <span class="head-space"></span>
            <button class="btn head-share" onclick={shell.on(Action::Show(Dialog::Share))}>
                { icon(Icon::Share) }<span>{ say::share(lang) }</span>
            </button>
            <button class="btn head-embed" onclick={shell.on(Action::Show(Dialog::Embed))}>
                { icon(Icon::Embed) }<span>{ say::embed(lang) }</span>
            </button>
            { lang_pick(shell) }
            { theme_button(shell) }
            <button class="btn only head-help" aria-label={say::help(lang)} title={help}
                onclick={shell.on(Action::Show(Dialog::Help))}>{ icon(Icon::Help) }</button>
        </header>
    }
}

/// The screens: each keeps the scenario and the time.
fn screens(shell: &Shell) -> Html {
    let writing = shell.state.writing;
    let comparing = !writing && !shell.state.racers.is_empty();
    let lab = !writing && !comparing;
    let shut = shell.state.dispatcher();
    let go = |lanes: Vec<Lane>, here: bool| {
        let shell = shell.clone();
        let shut = shut.clone();
        Callback::from(move |_: MouseEvent| {
            if shell.state.writing {
                shut.dispatch(Action::Editor(false));
            }
            let there = shell.state.racers.len().min(1) == lanes.len().min(1);
            if !here && !there {
                shell.compare(lanes.clone());
            }
        })
    };
    let rival = match shell.state.started.balancer.algorithm.as_str() {
        "least_connections" => "round_robin",
        _ => "least_connections",
    };
    let lanes = vec![Lane::default(), Lane(vec![Setting::Algorithm(rival, Vec::new())])];
    let lang = shell.lang();
    let here = |on: bool| on.then_some("page");
    html! {
        <nav class="screens" aria-label={say::screens(lang)}>
            <button class="btn plain" aria-current={here(lab)} onclick={go(Vec::new(), lab)}>
                { say::lab(lang) }
            </button>
            <button class="btn plain" aria-current={here(comparing)} onclick={go(lanes, comparing)}>
                { say::compare(lang) }
            </button>
            <button class="btn plain" aria-current={here(writing)} onclick={shell.on(Action::Editor(true))}>
                { say::scenario(lang) }
            </button>
        </nav>
    }
}

fn preset_pick(shell: &Shell) -> Html {
    let state = shell.state.dispatcher();
    let onchange = Callback::from(move |event: Event| {
        if let Some(preset) = preset::find(&text_of(&event)) {
            state.dispatch(Action::Preset(preset.name));
        }
    });
    let (now, lang) = (shell.state.preset, shell.lang());
    let option = |preset: &preset::Preset| {
        let title = preset::title(lang, preset.name).unwrap_or(preset.name);
        html! { <option value={preset.name} selected={now == Some(preset.name)}>{ title }</option> }
    };
    html! {
        <label class="pick head-preset">
            <span class="sr">{ say::scenario(lang) }</span>
            <select class="select" {onchange}>
                if now.is_none() {
                    <option value="" selected=true>{ preset::heading(lang, &shell.state.scenario) }</option>
                }
                { for preset::PRESETS.iter().map(option) }
            </select>
            { icon(Icon::ChevronDown) }
        </label>
    }
}

const fn colours(theme: Theme) -> Text {
    match theme {
        Theme::Auto => Text::new("as the system", "wie das System", "comme le système"),
        Theme::Light => Text::new("light", "hell", "clair"),
        Theme::Dark => Text::new("dark", "dunkel", "sombre"),
        Theme::Projector => Text::new("projector", "Beamer", "projecteur"),
    }
}

/// The languages, each in itself.
fn lang_pick(shell: &Shell) -> Html {
    let now = shell.lang();
    let state = shell.state.dispatcher();
    let onchange = Callback::from(move |event: Event| {
        if let Some(lang) = Lang::of_tag(&text_of(&event)) {
            browser::remember(LANG_KEY, lang.tag());
            state.dispatch(Action::Lang(lang));
        }
    });
    let option = |lang: Lang| {
        html! { <option value={lang.tag()} lang={lang.tag()} selected={lang == now}>{ lang.name() }</option> }
    };
    html! {
        <label class="btn only head-lang" title={say::language(now)}>
            { icon(Icon::Globe) }
            <select aria-label={say::language(now)} {onchange}>
                { for Lang::ALL.into_iter().map(option) }
            </select>
        </label>
    }
}

fn theme_button(shell: &Shell) -> Html {
    let now = shell.state.view.theme;
    let next = match now {
        Theme::Auto => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::Projector,
        Theme::Projector => Theme::Auto,
    };
    let lang = shell.lang();
    let title = say::colours(lang, colours(now).say(lang), colours(next).say(lang));
    let state = shell.state.dispatcher();
    let onclick = Callback::from(move |_| {
        browser::remember(THEME_KEY, next.word());
        state.dispatch(Action::Theme(next));
    });
    html! {
        <button class="btn only head-theme" aria-label={title.clone()} {title} {onclick}>
            { icon(Icon::Contrast) }
        </button>
    }
}
