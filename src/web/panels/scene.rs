//! The scene: clients, balancer and replicas, with what a click may do.

use yew::prelude::*;

use super::graphs::use_stillness;
use crate::scenario::Change;
use crate::web::shell::Props;
use crate::web::stage::{Motion, Stage};

/// The scene.
#[component]
pub fn SceneView(props: &Props) -> Html {
    let shell = &props.shell;
    let still = use_stillness(shell);
    let motion = if still { Motion::Reduced } else { Motion::Full };
    let (crash, start) = (shell.clone(), shell.clone());
    let on_crash = Callback::from(move |replica: String| crash.apply(Change::Crash { replica }));
    let on_start = Callback::from(move |replica: String| start.apply(Change::Start { replica }));
    let story = shell.clone();
    let on_request = Callback::from(move |(request, born)| story.tell(request, born));
    html! {
        <Stage live={shell.control.live.clone()} tick={shell.control.tick} {motion} {on_crash} {on_start}
            {on_request} />
    }
}
