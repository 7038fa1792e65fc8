//! A lesson up to the step reached: earlier steps stay, and nothing is shown before it was predicted.

use std::rc::Rc;

use yew::prelude::*;

use super::explain::Explain;
use super::predict::Predict;
use super::replay::Replay;
use super::session::SessionView;
use super::settled::Settled;
use crate::context::use_dispatch;
use crate::controls::prose::{Prose, spans};
use crate::hooks::focus_soon;
use crate::learn::choices::LearnChoices;
use crate::learn::state::course;
use crate::learn::state::progress::{Note, Progress, Work};
use crate::learn::view::internal_link::InternalLink;
use crate::state::Action;
use ackground_core::experiment::Experiment;
use ackground_learn::lesson::{Lesson, Prediction, Step};
use ackground_learn::text::{ENGLISH, ui, ui_with};

#[derive(Properties, PartialEq)]
pub struct LessonPageProps {
    pub id: &'static str,
    /// The step asked for, from 1.
    pub asked: u16,
    pub progress: Rc<Progress>,
    pub on_note: Callback<Note>,
}

#[component]
pub fn LessonPage(props: &LessonPageProps) -> Html {
    let dispatch = use_dispatch();
    let LessonPageProps { id, asked, progress, on_note } = props;
    let lesson = use_memo(*id, |id| Lesson::of(&ENGLISH, id));
    let rounds = use_memo(lesson.clone(), |lesson| {
        let rounds = lesson.iter().flat_map(|lesson| &lesson.rounds);
        let rounds = rounds.map(|round| Rc::new(round.experiment.clone()));
        rounds.collect::<Vec<Rc<Experiment>>>()
    });
    let reading = progress.reading(id);
    let shown =
        lesson.as_ref().as_ref().map_or(0, |lesson| course::shown(lesson, &reading.kept, *asked));
    use_effect_with((*id, shown, on_note.clone()), |(id, shown, on_note)| {
        let step = u16::try_from(*shown).unwrap_or(LearnChoices::MOST_STEPS);
        on_note.emit(Note::Read((*id).to_owned(), step));
    });
    // Returning to a lesson resumes where it was left.
    use_effect_with((), move |()| {
        if shown > 1 {
            focus_soon(format!("#step-{shown}"));
        }
    });
    let Some(lesson) = &*lesson else {
        return html! {};
    };
    let all = lesson.steps.len();
    let here = LearnChoices::lesson(id);
    let go = {
        let (here, dispatch) = (here.clone(), dispatch.clone());
        Callback::from(move |step: usize| {
            focus_soon(format!("#step-{step}"));
            let step = u16::try_from(step).unwrap_or(LearnChoices::MOST_STEPS);
            dispatch.send(Action::Learn(here.at_step(step)));
        })
    };
    let step = |place: usize| step(props, lesson, &rounds, place, shown, &go);
    let asks = shown > 0 && course::reach(lesson, &reading.kept) + 1 == shown && {
        matches!(lesson.steps[shown - 1], Step::Predict(_))
            && course::choice(&reading.kept, shown - 1).is_none()
    };
    let (n, m) = (shown.to_string(), all.to_string());
    html! {
        <article class="lesson" data-test="lesson">
            <header class="learn-head">
                <h1 id="learn-title" tabindex="-1">{ lesson.title.clone() }</h1>
                <p>{ lesson.aim.clone() }</p>
                <p class="lesson-far">
                    <progress max={all.to_string()} value={shown.to_string()} aria-hidden="true" />
                    <span data-test="lesson-far">{ ui_with("lesson.far", &[("n", &n), ("all", &m)]) }</span>
                    if shown > 1 || !reading.kept.is_empty() {
                        <button type="button" class="link" data-test="lesson-anew" onclick={{
                            let (on_note, dispatch, here, id) = (on_note.clone(), dispatch.clone(), here.clone(), *id);
                            move |_: MouseEvent| {
                                focus_soon("#step-1".to_owned());
                                on_note.emit(Note::Anew(id.to_owned()));
                                dispatch.send(Action::Learn(here.clone()));
                            }
                        }}>{ ui("lesson.anew") }</button>
                    }
                </p>
            </header>
            { for (0..shown).map(step) }
            if shown < all {
                if !asks {
                    <button type="button" class="button solid lesson-on" data-test="lesson-on" onclick={go.reform(move |_| shown + 1)}>{ ui("lesson.on") }</button>
                }
            } else {
                { end(props, reading.done) }
            }
        </article>
    }
}

fn step(
    props: &LessonPageProps,
    lesson: &Lesson,
    rounds: &[Rc<Experiment>],
    place: usize,
    shown: usize,
    go: &Callback<usize>,
) -> Html {
    let reading = props.progress.reading(props.id);
    let experiment = |round: usize| rounds.get(round).cloned().unwrap_or_default();
    let live = course::live(lesson, shown) == Some(place);
    let name = format!("step-{}", place + 1);
    let (heading, body) = match &lesson.steps[place] {
        Step::Situation(text) => (ui("lesson.situation"), html! { <Prose text={text.clone()} /> }),
        Step::Predict(prediction) => {
            let kept = course::choice(&reading.kept, place).cloned();
            let go = go.reform(move |()| place + 2);
            (
                ui("lesson.predict"),
                html! {
                    <Ask id={props.id} {place} prediction={Rc::new(prediction.clone())} experiment={experiment(prediction.round)} {kept} on_note={props.on_note.clone()} {go} />
                },
            )
        }
        Step::Run { round, at } => {
            let experiment = experiment(*round);
            (
                ui("lesson.run"),
                html! { <Run {experiment} at={*at} {live} scope={format!("{name}-")} /> },
            )
        }
        Step::Explain(explanation) => (
            ui("lesson.explain"),
            html! { <Explain explanation={Rc::new(explanation.clone())} experiment={experiment(explanation.round)} /> },
        ),
        Step::Try(task) => {
            let exercise = Rc::new(task.exercise.clone());
            let key = format!("{}.{place}", props.id);
            let work = props.progress.exercises.get(&key).cloned().unwrap_or_default();
            (
                ui("lesson.try"),
                html! { <Attempted {exercise} {work} note={key} on_note={props.on_note.clone()} /> },
            )
        }
    };
    let settled = course::settles(lesson, place).into_iter().filter_map(|at| {
        let Step::Predict(prediction) = &lesson.steps[at] else {
            return None;
        };
        let chosen = course::choice(&reading.kept, at)?.clone();
        Some(html! {
            <Settled prediction={Rc::new(prediction.clone())} experiment={experiment(prediction.round)} {chosen} />
        })
    });
    html! {
        <div class="lesson-step" role="group" key={place} id={name.clone()} tabindex="-1" aria-labelledby={format!("{name}-name")}>
            <h2 id={format!("{name}-name")}>{ heading }</h2>
            { body }
            { for settled }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct AskProps {
    id: &'static str,
    place: usize,
    prediction: Rc<Prediction>,
    experiment: Rc<Experiment>,
    kept: Option<Vec<u8>>,
    on_note: Callback<Note>,
    go: Callback<()>,
}

/// A prediction: chosen, then final.
#[component]
fn Ask(props: &AskProps) -> Html {
    let AskProps { id, place, prediction, experiment, kept, .. } = props;
    let chosen = use_state_eq(Vec::<u8>::new);
    let now = kept.clone().unwrap_or_else(|| (*chosen).clone());
    let options = prediction.options.iter();
    let options: Vec<Html> = options.map(|option| spans(&option.line(experiment))).collect();
    let asks = ackground_learn::lesson::filled(&prediction.asks, experiment, &Default::default());
    let on_choose = {
        let chosen = chosen.setter();
        Callback::from(move |options| chosen.set(options))
    };
    let on_keep = {
        let (now, place, id) = (now.clone(), *place, *id);
        let (on_note, go) = (props.on_note.clone(), props.go.clone());
        Callback::from(move |_: MouseEvent| {
            let at = u16::try_from(place).unwrap_or(LearnChoices::MOST_STEPS);
            on_note.emit(Note::Predicted(id.to_owned(), at, now.clone()));
            go.emit(());
        })
    };
    html! {
        <>
            <Predict name={format!("predict-{}", place + 1)} asks={html! { <Prose text={asks} /> }} {options} several={prediction.right > 1}
                chosen={now.clone()} kept={kept.is_some()} {on_choose} />
            if kept.is_none() {
                <button type="button" class="button solid" data-test="keep" disabled={now.is_empty()} onclick={on_keep}>{ ui("predict.keep") }</button>
                <p class="muted small">{ ui("predict.why") }</p>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RunProps {
    experiment: Rc<Experiment>,
    at: ackground_learn::lesson::Moment,
    /// Whether it is the current one.
    live: bool,
    /// The id prefix if it is not.
    scope: AttrValue,
}

/// A run; an earlier one can be reopened.
#[component]
fn Run(props: &RunProps) -> Html {
    let again = use_state_eq(|| false);
    let onclick = {
        let again = again.clone();
        Callback::from(move |_: MouseEvent| again.set(!*again))
    };
    html! {
        <>
            if !props.live {
                <button type="button" class="button" aria-expanded={again.to_string()} data-test="run-again" {onclick}>
                    { if *again { ui("lesson.run-away") } else { ui("lesson.run-again") } }
                </button>
            }
            if props.live || *again {
                <Replay experiment={props.experiment.clone()} at={props.at} scope={if props.live { AttrValue::default() } else { props.scope.clone() }} />
            }
        </>
    }
}

/// A lesson's hands-on task.
#[derive(Properties, PartialEq)]
struct AttemptedProps {
    exercise: Rc<ackground_learn::exercise::Exercise>,
    work: Work,
    /// Its key in the progress.
    note: String,
    on_note: Callback<Note>,
}

/// The hands-on task, in a session.
#[component]
fn Attempted(props: &AttemptedProps) -> Html {
    let on_work = {
        let note = props.note.clone();
        props.on_note.reform(move |line| Note::Worked(note.clone(), line))
    };
    let on_solved = {
        let note = props.note.clone();
        props.on_note.reform(move |()| Note::Solved(note.clone()))
    };
    html! {
        <SessionView whole={props.exercise.clone()} exercise={props.exercise.clone()} work={props.work.clone()} {on_work} {on_solved} />
    }
}

/// What follows the last step.
fn end(props: &LessonPageProps, done: bool) -> Html {
    let ids = ENGLISH.lessons.iter().map(|(id, _)| *id);
    let next = ids.skip_while(|id| *id != props.id).nth(1);
    let finish = {
        let id = props.id;
        props.on_note.reform(move |_: MouseEvent| {
            // The button disappears; the link that replaces it gets the focus.
            focus_soon(".lesson-end a".to_owned());
            Note::Finished(id.to_owned())
        })
    };
    html! {
        <footer class="lesson-end">
            if done {
                <p role="status" data-test="lesson-done">{ ui("lesson.done") }</p>
            } else {
                <button type="button" class="button solid" data-test="lesson-finish" onclick={finish}>{ ui("lesson.finish") }</button>
            }
            if let Some(next) = next.filter(|_| done) {
                <InternalLink to={LearnChoices::lesson(next)} class="button solid" test="lesson-next">{ ui("lesson.next") }</InternalLink>
            }
            <InternalLink to={LearnChoices::default()} class="button">{ ui("learn.back") }</InternalLink>
        </footer>
    }
}
