//! A full-page presentation: one large slide at a time; hands are counted, then the answer is revealed as
//! simulator and prover found it.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::class::hooks::fit::use_fit;
use crate::class::model::slides::{Deck, Kind, Slide};
use crate::class::state::ClassAct;
use crate::class::state::presentation::{At, key};
use crate::class::state::{Presentation, PresentationAct};
use crate::controls::prose::{Prose, spans};
use crate::hooks::{closing, focus_if_nowhere, page_link, use_modal, use_series, use_still_page};
use crate::learn::batch::Batch;
use crate::learn::view::Replay;
use ackground_learn::claim::{Answer, Known};
use ackground_learn::text::{ui, ui_with};
use ackground_worker::{Job, Priority};

#[derive(Properties, PartialEq)]
pub struct ShowProps {
    pub deck: Rc<Deck>,
    pub presentation: Presentation,
    pub on_class: Callback<ClassAct>,
}

/// A modal dialog, open while mounted; Escape closes it.
#[component]
pub fn Show(props: &ShowProps) -> Html {
    let ShowProps { deck, presentation, on_class } = props;
    use_still_page();
    let dialog = use_node_ref();
    use_modal(&dialog);
    let room = use_node_ref();
    // The focused element may have gone with its slide; without focus in the dialog no key would be heard.
    use_effect_with((presentation.at, presentation.is_revealed()), |_| {
        focus_if_nowhere("[data-test=slide]".to_owned());
    });
    use_effect_with((presentation.at, room.clone()), |(_, room)| {
        if let Some(room) = room.cast::<Element>() {
            room.set_scroll_top(0);
        }
    });
    let on_present = use_callback(on_class.clone(), |act: PresentationAct, on_class| {
        on_class.emit(ClassAct::Presentation(act))
    });
    let slides = deck.slides.len();
    // The deck may have become shorter.
    let Some(slide) = deck.slides.get(presentation.at).or(deck.slides.last()) else {
        return html! {};
    };
    let options = slide.options().len();
    let onkeydown = {
        let on_present = on_present.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let at = at_of(&event);
            let digit = event.code();
            let digit = digit.strip_prefix("Digit").filter(|_| event.shift_key());
            let shifted = digit.and_then(|digit| digit.parse::<usize>().ok());
            let shifted = shifted.and_then(|digit| digit.checked_sub(1));
            if let Some(act) = key(&event.key(), shifted, at, options, slides) {
                event.prevent_default();
                on_present.emit(act);
            }
        })
    };
    let onclose = on_class.reform(|event: Event| {
        event.stop_propagation();
        ClassAct::Leave
    });
    let at = ui_with(
        "show.at",
        &[("n", &(presentation.at + 1).to_string()), ("all", &slides.to_string())],
    );
    html! {
        <dialog class="show" tabindex="-1" ref={dialog.clone()} aria-labelledby="show-title" data-test="show" {onkeydown} {onclose}>
            <header>
                <h2 id="show-title" tabindex="-1" autofocus=true>{ &deck.title }</h2>
                <span class="muted" data-test="show-at">{ at }</span>
                <button type="button" class="button" data-test="show-leave" onclick={closing(&dialog)}>{ ui("show.leave") }</button>
            </header>
            <div class={classes!("slide", matches!(slide.kind, Kind::Watch(_)).then_some("wide"))} tabindex="0" ref={room.clone()} data-test="slide">
            <Shown key={presentation.at} room={room.clone()} slide={slide.clone()} presentation={presentation.clone()} on_present={on_present.clone()} />
            </div>
            <footer>
                <button type="button" class="button" disabled={presentation.at == 0} data-test="show-back" onclick={on_present.reform(|_: MouseEvent| PresentationAct::Back)}>{ ui("show.back") }</button>
                <span class="muted small">{ if options > 0 { ui("show.keys-ask") } else { ui("show.keys") } }</span>
                <button type="button" class="button solid" disabled={presentation.at + 1 >= slides} data-test="show-next" onclick={on_present.reform(move |_: MouseEvent| PresentationAct::Next(slides))}>{ ui("show.next") }</button>
            </footer>
        </dialog>
    }
}

/// The kind of element that has the focus.
fn at_of(event: &KeyboardEvent) -> At {
    let Some(target) = event.target_dyn_into::<Element>() else {
        return At::Slide;
    };
    let within = |css| matches!(target.closest(css), Ok(Some(_)));
    if within("[data-test=replay]") {
        At::Run
    } else if within("button, a") {
        At::Button
    } else {
        At::Slide
    }
}

#[derive(Properties, PartialEq)]
struct ShownProps {
    /// The container, which outlives the slide and keeps the focus.
    room: NodeRef,
    slide: Slide,
    presentation: Presentation,
    on_present: Callback<PresentationAct>,
}

/// A slide; the answer to its question is computed while hands are counted.
#[component]
fn Shown(props: &ShownProps) -> Html {
    let ShownProps { slide, .. } = props;
    let (asks, wanted) = &*use_memo(slide.clone(), |slide| {
        let mut batch = Batch::default();
        let wanted = batch.want(&slide.experiment, &slide.needs);
        (batch.asks(), wanted)
    });
    let tasks = use_series::<Job>(asks.clone(), Priority::Foreground);
    let answers: Vec<_> = tasks.series.answers().collect();
    let there = wanted.is_there(&answers);
    let known = if there { wanted.known(&slide.experiment, &answers) } else { Known::default() };
    use_fit(&props.room, (slide.clone(), props.presentation.is_revealed(), there));
    html! {
        <>
            <Prose text={slide.text(&known)} />
            { match &slide.kind {
                Kind::Tell(_) => html! {},
                Kind::Ask(_) => options(props, &known, there),
                Kind::Watch(at) => html! {
                    <>
                        <Replay experiment={slide.experiment.clone()} at={*at} />
                        <p class="small"><a href={page_link(&slide.fragment())} target="_blank" rel="noopener" data-test="show-watch">{ ui("show.open") }</a></p>
                    </>
                },
                Kind::Explain(_) => html! { { for slide.causes().into_iter().map(|(who, causes)| html! {
                    <><h3>{ who }</h3><ol>{ for causes.into_iter().map(|cause| html! { <li>{ cause }</li> }) }</ol></>
                }) } },
                Kind::Goals { goals, .. } => html! {
                    <><h3>{ ui("show.goals") }</h3><ul>{ for goals.iter().map(|goal| html! { <li>{ goal }</li> }) }</ul></>
                },
            } }
        </>
    }
}

/// The options with their hand counts; once revealed, with the findings.
fn options(props: &ShownProps, known: &Known, there: bool) -> Html {
    let ShownProps { slide, presentation, on_present, .. } = props;
    let revealed = presentation.is_revealed();
    let answers = slide.answers(known);
    let all = presentation.all_hands().max(1);
    let option = |(at, says): (usize, ackground_learn::markup::Line)| {
        let hands = presentation.hands(at);
        let number = (at + 1).to_string();
        let answer = answers.get(at).filter(|_| revealed && there);
        let (class, sign) = match answer {
            Some(Answer::Yes) => ("right", Some(("\u{2713}", ui("show.right")))),
            Some(Answer::No) => ("wrong", Some(("\u{2717}", ui("show.wrong")))),
            Some(Answer::Unknown) => ("", Some(("?", ui("show.unknown")))),
            None => ("", None),
        };
        let share = format!("--share:{}%", hands * 100 / all);
        html! {
            <li key={at} class={class} style={share} data-test={format!("option-{number}")}>
                <span class="number" aria-hidden="true">{ &number }</span>
                <span class="says">{ spans(&says) }
                    if let Some((sign, words)) = sign {
                        <span class="found"><strong><span aria-hidden="true">{ sign }</span>{ " " }{ words }</strong>{ " " }{ slide.found(at, known).join(" ") }</span>
                    }
                </span>
                <span class="hands" role="group" aria-label={ui_with("show.hands-of", &[("n", &number)])}>
                    <button type="button" class="button icon" disabled={revealed || hands == 0} aria-label={ui("show.fewer")} onclick={on_present.reform(move |_: MouseEvent| PresentationAct::Down(at))}>{ "\u{2212}" }</button>
                    <output data-test={format!("hands-{number}")}>{ hands }</output>
                    <button type="button" class="button icon" disabled={revealed} aria-label={ui("show.more")} data-test={format!("up-{number}")} onclick={on_present.reform(move |_: MouseEvent| PresentationAct::Up(at))}>{ "+" }</button>
                </span>
            </li>
        }
    };
    html! {
        <>
            <ol class="show-options">{ for slide.options().into_iter().enumerate().map(option) }</ol>
            <p role="status" class="show-status" data-test="show-status">
                { match (revealed, there) {
                    (false, _) => "",
                    (true, false) => ui("show.finding"),
                    (true, true) => ui("show.found"),
                } }
            </p>
            if !revealed {
                <button type="button" class="button solid" data-test="show-reveal" onclick={on_present.reform(|_: MouseEvent| PresentationAct::Reveal)}>{ ui("show.reveal") }</button>
            }
        </>
    }
}
