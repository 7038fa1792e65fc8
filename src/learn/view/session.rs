//! Where an exercise is solved: task and findings on one side, run and settings on the other.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::bench::Bench;
use super::explain::Cause;
use super::goals::{Goals, status_text};
use super::hand_in::HandIn;
use super::hint::HintBox;
use super::predict::Predict;
use crate::context::{Density, Dispatch, Session};
use crate::controls::prose::Prose;
use crate::embed::model::figure;
use crate::embed::state::Controls;
use crate::embed::view::Stage;
use crate::hooks::{focus_soon, use_history, use_on_paper, use_settled};
use crate::learn::hooks::inquiry::use_inquiry;
use crate::learn::state::progress::Work;
use crate::learn::state::session::{ExerciseSession, SessionAct};
use crate::state::Action;
use crate::watch::hooks::animation::use_animation;
use crate::watch::view::Scope;
use crate::why::view::inspector::Inspector;
use ackground_core::experiment::Seed;
use ackground_learn::exercise::{Attempt, Exercise, Hidden};
use ackground_learn::markup::Markup;
use ackground_learn::submission::Submission;
use ackground_learn::text::ui;

/// Debounce for judging and saving, in milliseconds.
const DEBOUNCE_MS: u32 = 700;

#[derive(Properties, PartialEq)]
pub struct DeskViewProps {
    /// The exercise before a variant was applied.
    pub whole: Rc<Exercise>,
    pub exercise: Rc<Exercise>,
    #[prop_or_default]
    pub variant: Option<Seed>,
    pub work: Work,
    /// The student's name, if the exercise can be handed in.
    #[prop_or_default]
    pub who: Option<AttrValue>,
    /// Saves the work, as a submission line.
    pub on_work: Callback<String>,
    pub on_solved: Callback<()>,
    #[prop_or_default]
    pub on_who: Callback<String>,
}

#[component]
pub fn SessionView(props: &DeskViewProps) -> Html {
    let exercise = &props.exercise;
    let session =
        use_reducer(|| ExerciseSession::resumed(&props.whole, exercise.clone(), &props.work));
    let on_session =
        use_callback(session.dispatcher(), |act: SessionAct, dispatcher| dispatcher.dispatch(act));
    let dispatch =
        Dispatch::new(use_callback(session.dispatcher(), |action: Action, dispatcher| {
            dispatcher.dispatch(SessionAct::Page(action))
        }));
    use_animation(session.page.playing, &dispatch);
    use_history(&dispatch);
    let on_paper = use_on_paper();
    let text = use_memo(exercise.clone(), |exercise| Markup::parse(&exercise.text));

    // Judge automatically after a pause.
    use_effect_with(
        (session.page.experiment.clone(), session.checks_itself(), on_session.clone()),
        |(_, by_itself, on_session)| {
            let on_session = on_session.clone();
            let waiting = by_itself.then(|| {
                Timeout::new(DEBOUNCE_MS, move || {
                    on_session.emit(SessionAct::Check { by_hand: false })
                })
            });
            move || drop(waiting)
        },
    );
    let checked = use_memo(session.checked.clone(), {
        let exercise = exercise.clone();
        move |checked: &Option<Rc<Attempt>>| {
            let needs = checked.as_ref().map(|_| exercise.needs());
            let experiment = checked.as_ref().map(|checked| checked.experiment.clone());
            let experiment = experiment.unwrap_or_else(|| exercise.experiment.clone());
            (Rc::new(experiment), Rc::new(needs.unwrap_or_default()))
        }
    });
    let found = use_inquiry(&checked.0, &checked.1);
    let given = use_memo((exercise.clone(), session.predicted), |(exercise, predicted)| {
        let needs = predicted.then(|| exercise.prediction_needs());
        (Rc::new(exercise.experiment.clone()), Rc::new(needs.unwrap_or_default()))
    });
    let foreseen = use_inquiry(&given.0, &given.1);
    // Not recomputed for every frame of playback.
    let judgement = use_memo(
        (session.checked.clone(), found.known.clone(), foreseen.known.clone()),
        |(checked, known, foreseen)| {
            let checked = checked.as_deref();
            checked.map(|attempt| exercise.check(attempt, known, foreseen))
        },
    );
    let judgement = (*judgement).clone();
    let solved =
        session.is_judged() && judgement.as_ref().is_some_and(|judged| judged.answer().is_yes());
    let attempt = use_memo(
        (session.page.experiment.clone(), session.answers.clone(), session.predictions.clone()),
        |_| session.attempt(),
    );
    use_keeping(props, &attempt, session.attempts, solved, &on_session);
    let on_over = use_callback(session.dispatcher(), |(), dispatcher| {
        dispatcher.dispatch(SessionAct::StartOver)
    });

    let fresh = session.is_judged().then_some(judgement).flatten();
    let (page, rest, controls) = (&session.page, session.at_rest(), controls(&session));
    let busy = session.is_judged() && !found.whole;
    let told = AttrValue::from(status_text(fresh.as_ref(), busy, solved));
    html! {
        <div class="desk" data-test="desk" data-solved={solved.to_string()}>
            <div class="desk-task">
                <Prose text={(*text).clone()} />
                { questions(&session, &foreseen.known, &on_session) }
                if session.predicted || on_paper {
                    <Goals session={rest.clone()} judgement={fresh.clone()} {busy} share={found.share} end={found.end.clone()} {solved} told={told.clone()} on_stop={found.on_stop.clone()} on_again={found.on_again.clone()} {on_session} />
                    if !solved && !busy && !on_paper {
                        if let Some(checked) = session.checked.clone().filter(|_| fresh.is_some()) {
                            <HintBox exercise={exercise.clone()} attempt={checked} known={found.known.clone()} />
                        }
                    }
                    if let Some(who) = props.who.clone() {
                        <HandIn whole={props.whole.clone()} variant={props.variant} {who} {attempt} attempts={session.attempts} {solved} on_who={props.on_who.clone()} />
                    }
                }
            </div>
            if session.predicted || on_paper {
                <div class="desk-bench">
                <Session state={page.clone()} {dispatch} density={Density::Figure(controls)}>
                    if session.predicted {
                    <div class="embed learn-stage" data-controls={controls.word()}>
                        <p class="embed-says">{ figure::mishaps(&page.experiment).join(" ") }</p>
                        <ContextProvider<Scope> context={Scope { untold: true, ..Scope::default() }}><Stage /></ContextProvider<Scope>>
                        if let Some(inspected) = page.inspected {
                            <Inspector key={format!("{inspected:?}")} {inspected} explains={!session.hides(Hidden::Why)} />
                        }
                        if let Some(asked) = page.asked.filter(|_| !session.hides(Hidden::Why)) {
                            <Cause {asked} />
                        }
                    </div>
                    }
                    <p class="desk-refused" role="status" data-test="refused">{ session.refused.as_deref().unwrap_or_default() }</p>
                    <Bench session={rest} {told} {on_over} />
                </Session>
                </div>
            }
        </div>
    }
}

/// Saves the work once it has settled, or at once when it solves the exercise, so that it is not lost if the
/// page is closed.
/// finds it again.
#[hook]
fn use_keeping(
    props: &DeskViewProps,
    attempt: &Rc<Attempt>,
    attempts: u64,
    solved: bool,
    on_session: &Callback<SessionAct>,
) {
    let keep = use_callback(
        (props.whole.clone(), props.variant, props.on_work.clone()),
        |(attempt, attempts): (Rc<Attempt>, u64), (whole, variant, on_work)| {
            let left = Submission::new(whole, *variant, "", (*attempt).clone(), attempts);
            on_work.emit(left.to_line());
        },
    );
    use_effect_with((solved, props.on_solved.clone(), on_session.clone()), {
        let (keep, now) = (keep.clone(), (attempt.clone(), attempts));
        move |(solved, on_solved, on_session)| {
            if *solved {
                on_session.emit(SessionAct::Solve);
                keep.emit(now);
                on_solved.emit(());
            }
        }
    });
    let given = use_memo(props.exercise.clone(), |exercise| Attempt::of(exercise));
    let standing = use_settled(&(attempt.clone(), attempts), DEBOUNCE_MS);
    let given_still = standing == (given, 0);
    use_effect_with((standing, given_still), move |(standing, given_still)| {
        if !given_still {
            keep.emit(standing.clone());
        }
    });
}

/// Faults can be injected in the picture if the script is unlocked.
fn controls(session: &ExerciseSession) -> Controls {
    let free = session.exercise.free.iter();
    match free.clone().any(|free| free.allows("faults.script")) {
        true => Controls::All,
        false => Controls::Play,
    }
}

/// The questions, and the results of the predictions.
fn questions(
    session: &ExerciseSession,
    given: &ackground_learn::claim::Known,
    on_session: &Callback<SessionAct>,
) -> Html {
    let exercise = &session.exercise;
    let asked = exercise.predictions.iter().enumerate().map(|(question, asked)| {
        let right = exercise.right_options(question, given).filter(|_| session.predicted);
        let chosen = session.predictions.get(question).copied().flatten();
        let options = asked.options.iter().enumerate().map(|(place, option)| {
            let is_right = right.as_ref().is_some_and(|right| right.contains(&place));
            html! { <>{ option.text.to_string() }if is_right { <strong class="right">{ ui("predict.so") }</strong> }</> }
        });
        let options: Vec<Html> = options.collect();
        let chosen = chosen.and_then(|place| u8::try_from(place).ok());
        let on_choose = on_session.reform(move |chosen: Vec<u8>| {
            SessionAct::Predict(question, usize::from(chosen.first().copied().unwrap_or_default()))
        });
        let told = right.as_ref().map(|right| {
            let hit = chosen.is_some_and(|chosen| right.contains(&usize::from(chosen)));
            if hit { ui("predict.right") } else { ui("predict.wrong") }
        });
        html! {
            <div key={question} class="desk-question">
                <Predict name={format!("question-{}", question + 1)} asks={html! { <p>{ asked.question.to_string() }</p> }} {options}
                    chosen={chosen.into_iter().collect::<Vec<u8>>()} kept={session.predicted} {on_choose} />
                <p role="status" class="settled-told">{ told.unwrap_or_default() }</p>
            </div>
        }
    });
    let asked: Html = asked.collect();
    let ready = session.predictions.iter().all(Option::is_some);
    html! {
        <>
            { asked }
            if !session.predicted {
                <button type="button" class="button solid" data-test="keep" disabled={!ready} onclick={on_session.reform(|_| {
                    focus_soon("#goals-title".to_owned());
                    SessionAct::Keep
                })}>{ ui("predict.keep") }</button>
                <p class="muted small">{ ui("predict.why") }</p>
            }
        </>
    }
}
