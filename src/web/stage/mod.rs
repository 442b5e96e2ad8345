//! The stage: clients, balancer and replicas as a moving picture, made of page elements.
//!
//! [`scene`] says what is shown, as plain data. The views here turn it into elements at every tick; `flow`
//! paints what moves, at every frame, outside the virtual DOM.

mod card;
mod cell;
mod flow;
mod gauge;
mod key;
mod nodes;
#[cfg(test)]
mod palette;
pub use self::card::chip;
pub mod scene;
pub mod tray;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use self::flow::Flow;
use self::scene::{Form, Scene, Watch};
use super::hooks::use_lang;
use super::live::LiveRef;
use crate::lang::texts;
use crate::units::SimTime;

texts! {
    mod say {
        fn stage { en: "The system now", de: "Das System jetzt", fr: "Le système à présent" }
    }
}

/// Whether things move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Motion {
    /// Dots travel and rings fall.
    #[default]
    Full,
    /// Nothing travels: edges keep width and rate, trays are filled bars.
    Reduced,
}

/// What the stage needs.
#[derive(Properties, Clone, PartialEq)]
pub struct StageProps {
    /// What is shown.
    pub live: LiveRef,
    /// Goes up about 4 times a second; then numbers and cards are made anew.
    pub tick: u64,
    /// Whether things move.
    #[prop_or_default]
    pub motion: Motion,
    /// Asks for a replica to crash, by name.
    #[prop_or_default]
    pub on_crash: Option<Callback<String>>,
    /// Asks for a replica to start now, by name.
    #[prop_or_default]
    pub on_start: Option<Callback<String>>,
    /// A request was clicked: its number, and when it was asked.
    #[prop_or_default]
    pub on_request: Option<Callback<(u64, SimTime)>>,
    /// The replica that the rest of the page speaks about, by name.
    #[prop_or_default]
    pub selected: Option<String>,
    /// A replica was clicked.
    #[prop_or_default]
    pub on_select: Option<Callback<String>>,
}

/// What a card may do.
#[derive(Clone)]
struct Actions {
    crash: Option<Callback<String>>,
    start: Option<Callback<String>>,
    select: Option<Callback<String>>,
    selected: Option<String>,
}

/// Cells that fit into two columns.
const FEW: usize = 26;

type Shared<T> = Rc<RefCell<T>>;

/// The stage.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let root = use_node_ref();
    let watch = use_memo((), |()| RefCell::new(Watch::default()));
    let flow: Rc<Shared<Option<Flow>>> = use_memo((), |()| Rc::new(RefCell::new(None)));
    watch.borrow_mut().speak(use_lang());
    let scene = use_scene(props, &watch);
    let still = props.motion == Motion::Reduced;
    use_painting(&props.live, &watch, &flow);
    use_resizing(&root, &flow);
    {
        let (root, flow, scene) = (root.clone(), Rc::clone(&flow), Rc::clone(&scene));
        use_effect(move || {
            let mut flow = flow.borrow_mut();
            if flow.is_none() {
                *flow = root.cast::<Element>().and_then(Flow::new);
            }
            if let Some(flow) = flow.as_mut() {
                flow.arrange(&scene, still);
            }
        });
    }
    let actions = Actions {
        crash: props.on_crash.clone(),
        start: props.on_start.clone(),
        select: props.on_select.clone(),
        selected: props.selected.clone(),
    };
    let form = match scene.form {
        Form::Full => "full",
        Form::Compact => "compact",
        Form::Dense => "dense",
    };
    let bars = still || scene.crowded;
    let few = scene.form == Form::Dense && scene.cards.len() <= FEW;
    let class = classes!(
        "stage",
        form,
        few.then_some("few"),
        scene.balancer.is_none().then_some("hosted"),
        (!scene.columns.is_empty()).then_some("deep"),
        (scene.columns.len() > 1).then_some("chain"),
        (scene.columns.len() > 2).then_some("long"),
    );
    html! {
        <section {class} ref={root} aria-label={say::stage(scene.lang)} onclick={clicked(props)}>
            <p class="sr">{ &scene.summary }</p>
            <svg class="flow" aria-hidden="true"></svg>
            <div class="plan">
                { nodes::clients(&scene) }
                { nodes::middle(&scene, bars) }
                { nodes::pool(&scene, bars, &actions) }
                { nodes::beyond(&scene, bars, &actions) }
                { key::key(&scene, bars) }
            </div>
            { nodes::notes(&scene) }
            <svg class="falls" aria-hidden="true"></svg>
        </section>
    }
}

/// A click on a dot asks for the life of that request. By keyboard there is the list of requests.
fn clicked(props: &StageProps) -> Option<Callback<MouseEvent>> {
    let tell = props.on_request.clone()?;
    Some(Callback::from(move |event: MouseEvent| {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let number = |name: &str| element.as_ref()?.get_attribute(name)?.parse::<u64>().ok();
        if let (Some(request), Some(born)) = (number("data-request"), number("data-born")) {
            event.stop_propagation();
            tell.emit((request, SimTime(born)));
        }
    }))
}

/// The scene at this tick.
#[hook]
fn use_scene(props: &StageProps, watch: &Rc<RefCell<Watch>>) -> Rc<Scene> {
    let live = props.live.get();
    let mut watch = watch.borrow_mut();
    watch.jump(live.jumps);
    watch.see(&live.world, &live.recorder.series, 0.0);
    Rc::new(Scene::new(&live, &watch))
}

/// Watches and moves on at every frame.
#[hook]
fn use_painting(live: &LiveRef, watch: &Rc<RefCell<Watch>>, flow: &Rc<Shared<Option<Flow>>>) {
    let (watch, flow) = (Rc::clone(watch), Rc::clone(flow));
    use_effect_with(live.clone(), move |live| {
        let painting = live.paint(Box::new(move |live, elapsed| {
            let mut watch = watch.borrow_mut();
            watch.jump(live.jumps);
            watch.see(&live.world, &live.recorder.series, elapsed);
            if let Some(flow) = flow.borrow_mut().as_mut() {
                flow.step(live, &watch, elapsed);
            }
        }));
        move || drop(painting)
    });
}

/// Draws the bands again when the stage changes its size.
#[hook]
fn use_resizing(root: &NodeRef, flow: &Rc<Shared<Option<Flow>>>) {
    let (root, flow) = (root.clone(), Rc::clone(flow));
    use_effect_with((), move |()| {
        let redraw = Closure::<dyn FnMut()>::new(move || {
            if let Some(flow) = flow.borrow_mut().as_mut() {
                flow.arrange_again();
            }
        });
        let observer = ResizeObserver::new(redraw.as_ref().unchecked_ref()).ok();
        if let Some((observer, element)) = observer.as_ref().zip(root.cast::<Element>()) {
            observer.observe(&element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(redraw);
        }
    });
}
