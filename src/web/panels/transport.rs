//! Run, pause, step, start again, the clock, the speed.

use yew::prelude::*;

use crate::lang::texts;
use crate::report::export::{Column, columns};
use crate::web::browser;
use crate::web::controls::{LogRange, LogScale, Typed};
use crate::web::driver::{Command, Speed};
use crate::web::icons::{Icon, icon};
use crate::web::shell::{Props, Shell};
use crate::web::state::{Action, Inside, Locked};

texts! {
    mod say {
        fn pause { en: "Pause", de: "Pause", fr: "Pause" }
        fn again { en: "Again", de: "Noch einmal", fr: "Rejouer" }
        fn play { en: "Play", de: "Start", fr: "Lecture" }
        fn time { en: "Time", de: "Zeit", fr: "Temps" }
        fn back { en: "Back by one event", de: "Ein Ereignis zurück", fr: "Un événement en arrière" }
        fn on { en: "On by one event", de: "Ein Ereignis weiter", fr: "Un événement en avant" }
        fn tenth { en: "On by 100 ms", de: "100 ms weiter", fr: "Avancer de 100 ms" }
        fn tenth_label(by: Text) {
            en: "{by} s: on by 100 ms",
            de: "{by} s: 100 ms weiter",
            fr: "{by} s : avancer de 100 ms",
        }
        fn start_again { en: "Start again", de: "Neu starten", fr: "Recommencer" }
        fn events { en: "Events", de: "Ereignisse", fr: "Événements" }
        fn inside { en: "Inside", de: "Innen", fr: "Intérieur" }
        fn save { en: "Save data", de: "Daten sichern", fr: "Enregistrer" }
        fn save_title {
            en: "Save the charts’ data as CSV",
            de: "Die Daten der Diagramme als CSV sichern",
            fr: "Enregistrer les données des graphiques en CSV",
        }
        fn no_save {
            en: "this browser does not let the page save a file",
            de: "dieser Browser lässt die Seite keine Datei sichern",
            fr: "ce navigateur ne laisse pas la page enregistrer un fichier",
        }
        fn of_real_time(speed: Text) {
            en: "{speed} of real time",
            de: "{speed} der Echtzeit",
            fr: "{speed} du temps réel",
        }
        fn speed { en: "Speed", de: "Tempo", fr: "Vitesse" }
        fn speed_word { en: "speed", de: "Tempo", fr: "vitesse" }
        fn as_fast {
            en: "As fast as this machine can",
            de: "So schnell, wie dieser Rechner kann",
            fr: "Aussi vite que cette machine le peut",
        }
        fn computing(done: Share) { en: "computing {done}", de: "rechnet, {done}", fr: "calcul, {done}" }
        fn slowed {
            en: "slowed: something broke",
            de: "verlangsamt: etwas ging kaputt",
            fr: "ralenti : une panne",
        }
        fn reaches(speed: Three) {
            en: "this machine reaches {speed}×",
            de: "dieser Rechner schafft {speed}×",
            fr: "cette machine atteint {speed}×",
        }
        fn locked {
            en: "Locked by the address.",
            de: "Von der Adresse festgelegt.",
            fr: "Fixé par l’adresse.",
        }
        fn seed(seed: Text) { en: "seed {seed}", de: "Startwert {seed}", fr: "graine {seed}" }
        fn seed_word { en: "seed", de: "Startwert", fr: "graine" }
        fn seed_needed(before: Text) {
            en: "a whole number below 2⁵³ is needed; {before} is used",
            de: "nötig ist eine ganze Zahl unter 2⁵³; {before} wird benutzt",
            fr: "il faut un nombre entier inférieur à 2⁵³ ; {before} est utilisé",
        }
        fn seed_title {
            en: "Another seed starts a new run with other chances.",
            de: "Ein anderer Startwert beginnt einen neuen Lauf mit anderem Zufall.",
            fr: "Une autre graine lance un nouvel essai avec d’autres hasards.",
        }
        fn seed_label {
            en: "Seed of the random numbers; another one starts a new run",
            de: "Startwert der Zufallszahlen; ein anderer beginnt einen neuen Lauf",
            fr: "Graine des nombres aléatoires ; une autre lance un nouvel essai",
        }
    }
}

/// Run or pause: the one filled button of its group.
#[component]
pub fn PlayButton(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let (which, word) = match (shell.state.playing, shell.state.finished) {
        (true, _) => (Icon::Pause, say::pause(lang)),
        (false, true) => (Icon::StartAgain, say::again(lang)),
        (false, false) => (Icon::Play, say::play(lang)),
    };
    html! {
        <button class="btn main play" aria-label={word} onclick={shell.on(Action::TogglePlay)}>
            { icon(which) }<span class="play-word">{ word }</span>
        </button>
    }
}

/// The row under the scene.
#[component]
pub fn Transport(props: &Props) -> Html {
    let shell = &props.shell;
    let send = |command: Command| {
        let shell = shell.clone();
        Callback::from(move |_: MouseEvent| {
            shell.act(Action::Play(false));
            shell.send(command.clone());
        })
    };
    let lang = shell.lang();
    let now = shell.now().as_secs();
    let key = |does: &str, key: &str| format!("{does} ({key})");
    let tenth = lang.digits("0.1");
    let inside = if shell.state.inside.is_none() { Some(Inside::Requests) } else { None };
    html! {
        <div class="transport" role="group" aria-label={say::time(lang)}>
            <PlayButton shell={shell.clone()} />
            <button class="btn only" aria-label={say::back(lang)} title={key(say::back(lang), ",")}
                onclick={send(Command::StepBack)}>{ icon(Icon::StepBack) }</button>
            <button class="btn only" aria-label={say::on(lang)} title={key(say::on(lang), ".")}
                onclick={send(Command::Step)}>{ icon(Icon::StepOn) }</button>
            <button class="btn only tenth" aria-label={say::tenth_label(lang, &format!("+{tenth}"))}
                title={key(say::tenth(lang), "⇧ .")} onclick={by_tenth(shell)}>{ "+" }{ &tenth }</button>
            <button class="btn only" aria-label={say::start_again(lang)} title={key(say::start_again(lang), "R")}
                onclick={shell.on(Action::Again)}>{ icon(Icon::StartAgain) }</button>
            <output class="time clock">{ lang.moment(now) }</output>
            { speed(shell) }
            { pace(shell) }
            <span class="head-space"></span>
            <button class="btn" aria-expanded={shell.state.events.to_string()}
                onclick={shell.on(Action::Events)}>
                { icon(Icon::List) }{ say::events(lang) }
            </button>
            <button class="btn look" aria-expanded={shell.state.inside.is_some().to_string()}
                onclick={shell.on(Action::Inside(inside))}>
                { icon(Icon::Info) }{ say::inside(lang) }
            </button>
            <button class="btn save" onclick={save(shell)} aria-label={say::save(lang)}
                title={say::save_title(lang)}>
                { icon(Icon::Save) }<span>{ say::save(lang) }</span>
            </button>
            { seed(shell) }
        </div>
    }
}

/// Goes on by a tenth of a second.
fn by_tenth(shell: &Shell) -> Callback<MouseEvent> {
    let shell = shell.clone();
    Callback::from(move |_: MouseEvent| shell.on_by_tenth())
}

fn speed(shell: &Shell) -> Html {
    let now = shell.state.speed;
    let value = match now {
        Speed::Times(times) => times,
        Speed::Max => Speed::FASTEST,
    };
    let state = shell.state.dispatcher();
    let on_value = Callback::from(move |(value, _): (f64, bool)| {
        // The slider holds at the stops, so that 1× is found without care.
        let stop = Speed::STOPS.into_iter().find(|stop| (value / stop - 1.0).abs() < 0.07);
        state.dispatch(Action::Speed(Speed::Times(stop.unwrap_or(value))));
    });
    let other = if now == Speed::Max { Speed::Times(1.0) } else { Speed::Max };
    let lang = shell.lang();
    let words = say::of_real_time(lang, &now.label_in(lang));
    // As fast as it can is no number: what is reached is.
    let shown = match now {
        Speed::Times(_) => now.label_in(lang),
        Speed::Max => format!("{}×", lang.three(shell.control.live.get().speed_reached)),
    };
    let scale = LogScale { from: Speed::SLOWEST, to: Speed::FASTEST };
    let ticks = Speed::STOPS.into_iter().map(|stop| (stop, AttrValue::default())).collect::<Vec<_>>();
    html! {
        <div class="speed" role="group" aria-label={say::speed(lang)}>
            <span class="sub speed-word">{ say::speed_word(lang) }</span>
            <LogRange label={say::speed(lang)} {scale} {value} {words} {on_value} {ticks} />
            <b class="speed-value">{ shown }</b>
            <button class="btn small" aria-pressed={(now == Speed::Max).to_string()}
                title={say::as_fast(lang)} onclick={shell.on(Action::Speed(other))}>
                { "max" }
            </button>
        </div>
    }
}

/// What the machine reaches, when that is not what was asked; and how far a jump is.
fn pace(shell: &Shell) -> Html {
    let lang = shell.lang();
    if let Some(done) = shell.control.computing() {
        return html! { <span class="sub">{ say::computing(lang, done) }</span> };
    }
    let reached = shell.control.live.get().speed_reached;
    let asked = match shell.state.speed {
        Speed::Times(times) => times,
        Speed::Max => return html! {},
    };
    if shell.state.playing && shell.control.live.get().slowed {
        return html! { <span class="sub pace" role="status">{ say::slowed(lang) }</span> };
    }
    if shell.state.playing && reached < 0.9 * asked {
        let says = say::reaches(lang, reached);
        return html! { <span class="sub pace" role="status">{ says }</span> };
    }
    html! {}
}

/// Offers the windows so far as a file.
fn save(shell: &Shell) -> Callback<MouseEvent> {
    let shell = shell.clone();
    Callback::from(move |_| {
        let columns = columns(&shell.control.live.get().recorder.series);
        let name = format!("{}-seed-{}.csv", shell.state.started.name, shell.state.started.run.seed);
        if browser::save(&name, "text/csv", &table(&columns)).is_none() {
            shell.act(Action::Notice(say::save(shell.lang()).into(), say::no_save(shell.lang()).into()));
        }
    })
}

/// Columns as CSV: a line of names, then a line for each window; nothing where there is no value.
fn table(columns: &[Column]) -> String {
    let line = |cells: Vec<String>| cells.join(",") + "\n";
    let rows = columns.iter().map(|column| column.values.len()).max().unwrap_or(0);
    let mut out = line(columns.iter().map(|column| column.name.clone()).collect());
    for row in 0..rows {
        let cell = |column: &Column| {
            column.values.get(row).copied().flatten().map_or_else(String::new, |v| v.to_string())
        };
        out += &line(columns.iter().map(cell).collect());
    }
    out
}

fn seed(shell: &Shell) -> Html {
    let lang = shell.lang();
    if shell.state.view.locked.contains(&Locked::Seed) {
        let says = say::seed(lang, &shell.state.started.run.seed.to_string());
        return html! { <span class="sub" title={say::locked(lang)}>{ icon(Icon::Lock) }{ " " }{ says }</span> };
    }
    let state = shell.state.dispatcher();
    let before = shell.state.started.run.seed;
    let on_text = Callback::from(move |text: String| match text.trim().parse::<u64>() {
        Ok(seed) if seed == before => {}
        Ok(seed) if seed < 1 << 53 => state.dispatch(Action::Seed(seed)),
        _ => {
            let used = say::seed_needed(lang, &before.to_string());
            state.dispatch(Action::Notice(say::seed(lang, &text), used));
        }
    });
    html! {
        <label class="seed btn" title={say::seed_title(lang)}>
            { icon(Icon::Die) }<span>{ say::seed_word(lang) }</span>
            <Typed label={say::seed_label(lang)} number=true
                value={shell.state.started.run.seed.to_string()} {on_text} />
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_as_csv() {
        let column =
            |name: &str, values: &[Option<f64>]| Column { name: name.into(), values: values.to_vec() };
        let columns = [column("at_s", &[Some(0.2), Some(0.4)]), column("p50_ms", &[None, Some(1.5)])];
        assert_eq!(table(&columns), "at_s,p50_ms\n0.2,\n0.4,1.5\n");
    }
}
