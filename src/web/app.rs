//! The page as a whole: state, run, frame, keys, address, colours.

use std::rc::Rc;

use yew::prelude::*;

use crate::lang::{Lang, Said, texts};
use crate::web::address;
use crate::web::browser;
use crate::web::chart::AxisRef;
use crate::web::compare::Compare;
use crate::web::dialogs::Dialogs;
use crate::web::driver::{Command, Tell, use_driver};
use crate::web::editor::Editor;
use crate::web::figure::Figure;
use crate::web::files::use_drop;
use crate::web::hooks::{use_keys, use_media};
use crate::web::inside::Inside;
use crate::web::panels::{
    Announcer, Events, Graphs, Header, LANG_KEY, Narration, Notices, PHONE, SceneView, Sheet, Side,
    THEME_KEY, Transport,
};
use crate::web::shell::{ModelRef, Props, Shell};
use crate::web::state::{Action, AppState, Dialog, Motion, Theme};

texts! {
    mod say {
        fn title {
            en: "Doorbuster: the load-balancer lab",
            de: "Doorbuster: das Lastverteiler-Labor",
            fr: "Doorbuster : le labo du répartiteur de charge",
        }
        fn heading(scenario: Text) {
            en: "{scenario}: the load-balancer lab",
            de: "{scenario}: das Lastverteiler-Labor",
            fr: "{scenario} : le labo du répartiteur de charge",
        }
        fn to_controls { en: "To the controls", de: "Zu den Reglern", fr: "Aller aux réglages" }
        fn refused { en: "this world can’t do that", de: "das kann diese Welt nicht", fr: "ce monde ne peut pas faire cela" }
    }
}

/// The page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(first_state);
    let tell = use_memo(state.lang, |_| tell(&state));
    let started = Rc::clone(&state.started);
    let running = use_memo(state.run, |_| state.running());
    let control = use_driver(&running, state.run, state.resume, state.intent(), (*tell).clone());
    let model = use_memo(state.run, |_| ModelRef(started.validate().ok().map(Rc::new)));
    let shell = Shell { state: state.clone(), control, model: (*model).clone() };
    use_theme(&shell);
    use_address(&shell);
    let on_key = {
        let shell = shell.clone();
        Callback::from(move |key: String| obey_key(&shell, &key))
    };
    use_keys(on_key);
    use_drop(&shell, !shell.state.view.embed);
    let lang = shell.lang();
    html! {
        <ContextProvider<Lang> context={lang}>
        <Announcer shell={shell.clone()} />
        if shell.state.view.embed {
            <Figure shell={shell.clone()} />
        } else if shell.state.writing {
            <Editor shell={shell.clone()} />
        } else if !shell.state.racers.is_empty() {
            <Compare shell={shell.clone()} />
        } else {
            <Lab shell={shell.clone()} />
        }
        <Dialogs {shell} />
        </ContextProvider<Lang>>
    }
}

fn first_state() -> AppState {
    let (path, query, fragment) = browser::location();
    let marked = browser::root().and_then(|root| root.get_attribute("data-page"));
    let figure = path.ends_with("embed.html") || marked.as_deref() == Some("embed");
    let mut state = address::open(&query, &fragment, figure);
    let kept = browser::remembered(THEME_KEY);
    let kept = Theme::ALL.iter().find(|theme| Some(theme.word()) == kept.as_deref());
    if let (Theme::Auto, Some(kept), false) = (state.view.theme, kept, figure) {
        state.view.theme = *kept;
    }
    let kept = browser::remembered(LANG_KEY).filter(|_| !figure);
    let read = kept.into_iter().chain(browser::languages()).collect::<Vec<_>>();
    let liked = Lang::best(read.iter().map(String::as_str));
    state.lang = state.view.lang.or(liked).unwrap_or_default();
    if browser::media("(prefers-reduced-motion: reduce)") && state.view.autoplay.is_none() {
        state.playing = false;
    }
    state
}

fn tell(state: &UseReducerHandle<AppState>) -> Tell {
    let (finish, refuse, lang) = (state.dispatcher(), state.dispatcher(), state.lang);
    Tell {
        finished: Callback::from(move |over| {
            finish.dispatch(if over { Action::Finished } else { Action::Unfinished });
        }),
        refused: Callback::from(move |why: Said| {
            refuse.dispatch(Action::Notice(say::refused(lang).into(), why.say(lang)));
        }),
    }
}

/// The lab: header, narration, scene, time, charts, controls.
#[component]
fn Lab(props: &Props) -> Html {
    let shell = &props.shell;
    let phone = use_media(PHONE);
    let axis = use_memo((), |()| AxisRef::default());
    let axis = (*axis).clone();
    let lang = shell.lang();
    let heading = say::heading(lang, shell.heading());
    html! {
        <div class={classes!("lab", phone.then_some("phone"))}>
            <a class="sr btn" href="#controls">{ say::to_controls(lang) }</a>
            <Header shell={shell.clone()} />
            <Notices shell={shell.clone()} />
            <div class="lab-body">
                <main class="view">
                    <h1 class="sr">{ heading }</h1>
                    <Narration shell={shell.clone()} />
                    <div class="scene-box"><SceneView shell={shell.clone()} /></div>
                    if !phone {
                        <Transport shell={shell.clone()} />
                    }
                    <Graphs shell={shell.clone()} axis={axis.clone()} scrubber={!phone} />
                </main>
                if !phone { <Side shell={shell.clone()} /> }
            </div>
            <Events shell={shell.clone()} />
            <Inside shell={shell.clone()} />
            <p class="paper sub">{ browser::address_now() }</p>
            if phone { <Sheet shell={shell.clone()} axis={axis.clone()} /> }
        </div>
    }
}

/// Colours, motion and language are attributes of the root, for style sheets.
#[hook]
fn use_theme(shell: &Shell) {
    let view = &shell.state.view;
    let reduced = use_media("(prefers-reduced-motion: reduce)");
    let marks = (view.theme, view.motion, reduced, view.embed);
    use_effect_with(shell.lang(), |lang| {
        browser::mark_root("lang", Some(lang.tag()));
        browser::title(say::title(*lang));
    });
    use_effect_with(marks, |(theme, motion, reduced, embed)| {
        browser::mark_root("data-theme", (*theme != Theme::Auto).then(|| theme.word()));
        let still = match motion {
            Motion::Auto => *reduced,
            Motion::Full => false,
            Motion::Reduced => true,
        };
        browser::mark_root("data-motion", Some(if still { "reduced" } else { "full" }));
        browser::mark_root("data-page", Some(if *embed { "embed" } else { "lab" }));
    });
}

/// Writes the address of the run, at most twice a second; a figure leaves its address alone.
#[hook]
fn use_address(shell: &Shell) {
    let written = use_mut_ref(|| (f64::NEG_INFINITY, String::new()));
    let now = browser::seconds();
    if shell.state.view.embed || now - written.borrow().0 < 0.5 {
        return;
    }
    let view = crate::web::state::View { at: None, ..shell.state.view.clone() };
    let link = address::link(&shell.state, &view, &shell.control.made(), None);
    let link = link.filter(|link| *link != written.borrow().1);
    if let Some(link) = link {
        // The page's own name alone is no address: an empty query would keep the old one.
        browser::replace_address(if link.is_empty() { "./" } else { &link });
        written.replace((now, link));
    }
}

/// What a single key does; false when it is none of ours.
fn obey_key(shell: &Shell, key: &str) -> bool {
    if shell.state.dialog.is_some() {
        return false;
    }
    let step = |command: Command| {
        shell.act(Action::Play(false));
        shell.send(command);
    };
    match key {
        " " => shell.act(Action::TogglePlay),
        "." => step(Command::Step),
        "," => step(Command::StepBack),
        ">" => shell.on_by_tenth(),
        "[" => shell.act(Action::Slower),
        "]" => shell.act(Action::Faster),
        "r" | "R" => shell.act(Action::Again),
        "b" | "B" => shell.black_friday(),
        "e" | "E" => shell.act(Action::Events),
        "?" => shell.act(Action::Show(Dialog::Help)),
        digit => return crash(shell, digit),
    }
    true
}

fn crash(shell: &Shell, digit: &str) -> bool {
    let Ok(number @ 1..=9) = digit.parse::<usize>() else { return false };
    let name = shell.control.live.get().world.replicas.get(number - 1).map(|replica| replica.name.clone());
    if let Some(name) = &name {
        shell.kill_or_start(name);
    }
    name.is_some()
}
