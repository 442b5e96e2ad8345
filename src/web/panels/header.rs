//! The header: name, preset, share, embed, colours, help.

use yew::prelude::*;

use crate::scenario::{link, preset};
use crate::web::browser;
use crate::web::controls::text_of;
use crate::web::icons::{Icon, icon, logo};
use crate::web::shell::{Props, Shell};
use crate::web::state::{Action, Dialog, Lane, Setting, Theme};

/// Where the chosen colours are kept.
pub const THEME_KEY: &str = "doorbuster.theme";

/// The header.
#[component]
pub fn Header(props: &Props) -> Html {
    let shell = &props.shell;
    html! {
        <header class="head">
            <a class="logo" href="./" aria-label="Doorbuster, from the start">
                { logo() }<span class="logo-name">{ "Doorbuster" }</span>
            </a>
            { preset_pick(shell) }
            { screens(shell) }
            <span class="head-space"></span>
            <button class="btn head-share" onclick={shell.on(Action::Show(Dialog::Share))}>
                { icon(Icon::Share) }<span>{ "Share" }</span>
            </button>
            <button class="btn head-embed" onclick={shell.on(Action::Show(Dialog::Embed))}>
                { icon(Icon::Embed) }<span>{ "Embed" }</span>
            </button>
            { theme_button(shell) }
            <button class="btn only head-help" aria-label="Keys and signs" title="Keys and signs (?)"
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
    let here = |on: bool| on.then_some("page");
    html! {
        <nav class="screens" aria-label="Screens">
            <button class="btn plain" aria-current={here(lab)} onclick={go(Vec::new(), lab)}>
                { "Lab" }
            </button>
            <button class="btn plain" aria-current={here(comparing)} onclick={go(lanes, comparing)}>
                { "Compare" }
            </button>
            <button class="btn plain" aria-current={here(writing)} onclick={shell.on(Action::Editor(true))}>
                { "Scenario" }
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
    let now = shell.state.preset;
    let option = |preset: &preset::Preset| {
        let title = link::read_preset(preset).heading().to_owned();
        html! { <option value={preset.name} selected={now == Some(preset.name)}>{ title }</option> }
    };
    html! {
        <label class="pick head-preset">
            <span class="sr">{ "Scenario" }</span>
            <select class="select" {onchange}>
                if now.is_none() {
                    <option value="" selected=true>{ shell.state.scenario.heading() }</option>
                }
                { for preset::PRESETS.iter().map(option) }
            </select>
            { icon(Icon::ChevronDown) }
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
    let says = |theme: Theme| match theme {
        Theme::Auto => "as the system",
        Theme::Light => "light",
        Theme::Dark => "dark",
        Theme::Projector => "projector",
    };
    let title = format!("Colours: {}. Press for {}.", says(now), says(next));
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
