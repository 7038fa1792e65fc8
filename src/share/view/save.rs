//! Saving files (the experiment, its picture, transcripts, results), and opening one.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::open_file::OpenFile;
use crate::context::{Shown, use_dispatch, use_playhead, use_shown};
use crate::controls::save::Save;
use crate::hooks::{is_dark, save_png};
use crate::lane::view::bounds;
use crate::prove::hook::ProofCache;
use crate::prove::state::Proved;
use crate::share::files::{self, Kind, results};
use crate::state::Action;
use ackground_core::audit::Report;
use ackground_core::sim::Trace;
use ackground_timeline::picture::{PictureOptions, Theme, svg_of};
use ackground_worker::job::Prove;

mod choices;

use self::choices::Choices;

#[component]
pub fn SavePart() -> Html {
    let (shown, playhead) = (use_shown(), use_playhead().at);
    let dispatch = use_dispatch();
    let end = shown.runs.iter().map(|run| run.trace.end.at()).max();
    let at = Some(playhead).filter(|at| end.is_some_and(|end| *at < end));
    let options = use_state_eq(|| PictureOptions {
        at,
        theme: if is_dark() { Theme::Dark } else { Theme::Light },
        width: None,
    });
    let choose =
        use_callback(options.setter(), |chosen: PictureOptions, options| options.set(chosen));
    let cache = use_context::<Option<ProofCache>>().flatten();
    let saving = |kind: Kind, label: &'static str, make: Rc<dyn Fn(&Shown) -> String>| {
        let name = files::name(&shown.experiment, kind);
        let text = {
            let shown = shown.clone();
            Callback::from(move |()| make(&shown))
        };
        let test = format!("save-{label}").to_lowercase().replace(' ', "-");
        html! { <Save label={format!("Save {label}")} {name} kind={kind.mime()} {text} {test} /> }
    };
    let picture = {
        let options = *options;
        Rc::new(move |shown: &Shown| draw(shown, options))
    };
    let lanes = Rc::new(move |shown: &Shown| lanes(shown, cache.as_ref()));
    html! {
        <>
            <ul class="files">
                <li><div><h3>{ "The experiment" }</h3>
                    <p>{ "Everything that decides what happens, as JSON. Open it here or with the command line." }</p></div>
                    <div class="files-tools">{ saving(Kind::Experiment, "JSON", Rc::new(|shown| files::experiment(&shown.experiment))) }</div></li>
                <li><div><h3>{ "The picture" }</h3>
                    <p>{ "The timeline of all lanes with their balances, for slides and pages. Flow shows one moment only and cannot be saved." }</p>
                    <Choices options={*options} {at} on_choose={choose} /></div>
                    <div class="files-tools">{ saving(Kind::Svg, "SVG", picture) }<SavePng options={*options} /></div></li>
                <li><div><h3>{ "The runs in words" }</h3>
                    <p>{ "The transcript of every lane, event by event." }</p></div>
                    <div class="files-tools">{ saving(Kind::Transcript, "text", Rc::new(transcript)) }</div></li>
                <li><div><h3>{ "The results" }</h3>
                    <p>{ "Tables for spreadsheets, as CSV: the outcome of each message; the ledger of each lane, with what is proven about it so far. Measure saves its own." }</p></div>
                    <div class="files-tools">
                        { saving(Kind::Messages, "messages", Rc::new(messages)) }
                        { saving(Kind::Lanes, "lanes", lanes) }
                    </div></li>
            </ul>
            <section class="files-open" aria-labelledby="files-open-title">
                <div><h3 id="files-open-title">{ "Open" }</h3>
                    <p>{ "You can also drop a file anywhere on the page, or paste JSON or a link. Undo brings back what is here now." }</p></div>
                <OpenFile class="button" test="open-file" on_open={dispatch.on(Action::Open)} />
            </section>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct SavePngProps {
    options: PictureOptions,
}

/// The PNG button; if the browser refuses, it suggests an alternative.
#[component]
fn SavePng(props: &SavePngProps) -> Html {
    let shown = use_shown();
    let refused = use_state_eq(|| false);
    let name = files::name(&shown.experiment, Kind::Png);
    let onclick = {
        let (shown, options, name) = (shown.clone(), props.options, name.clone());
        let refused = refused.setter();
        Callback::from(move |_: MouseEvent| {
            // A bitmap cannot follow the system's theme.
            let theme = match options.theme {
                Theme::Auto if is_dark() => Theme::Dark,
                Theme::Auto => Theme::Light,
                chosen => chosen,
            };
            let refused = refused.clone();
            let told = Callback::from(move |saved: bool| refused.set(!saved));
            save_png(name.clone(), &draw(&shown, PictureOptions { theme, ..options }), told);
        })
    };
    let said =
        if *refused { "The browser refuses to turn it into pixels. Save it as SVG." } else { "" };
    html! {
        <>
            <button type="button" class="button" data-test="save-png" title={name} {onclick}>{ "Save PNG" }</button>
            <span class="reason" role="status">{ said }</span>
        </>
    }
}

fn draw(shown: &Shown, options: PictureOptions) -> String {
    let traces: Vec<&Trace> = shown.runs.iter().map(|run| &*run.trace).collect();
    svg_of(&shown.experiment, &traces, &options)
}

fn transcript(shown: &Shown) -> String {
    let runs = shown.runs.iter();
    let runs: Vec<(&Trace, &Report)> = runs.map(|run| (&*run.trace, &*run.report)).collect();
    files::transcript(&shown.experiment, &runs)
}

fn reports(shown: &Shown) -> Vec<&Report> {
    shown.runs.iter().map(|run| &*run.report).collect()
}

fn messages(shown: &Shown) -> String {
    results::messages(&shown.experiment, &reports(shown))
}

/// The table of lanes, with what has been proven so far.
fn lanes(shown: &Shown, cache: Option<&ProofCache>) -> String {
    let bounds = bounds();
    let known = |lane| {
        let asked = Prove::of_lane(&shown.experiment, lane, bounds)?;
        Some(cache?.known(&asked))
    };
    let proved: Vec<Proved> =
        (0..shown.runs.len()).map(|lane| known(lane).unwrap_or_else(Proved::idle)).collect();
    results::lanes(&shown.experiment, &reports(shown), &proved, bounds)
}
