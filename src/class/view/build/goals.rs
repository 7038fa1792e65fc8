//! What is to be reached: put together from parts, or typed as a line.

use yew::prelude::*;

use crate::class::state::wish::Kind;
use crate::class::state::{DraftAct, Wish};
use crate::class::view::field::{Field, wrong_at};
use crate::context::{Shown, use_shown};
use crate::measure::view::Select;
use ackground_core::audit::Property;
use ackground_core::experiment::Experiment;
use ackground_core::measure::Quantity;
use ackground_core::prove::Guarantee;
use ackground_learn::claim::Within;
use ackground_learn::exercise::{Exercise, Goal};
use ackground_learn::text::ui;
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct GoalsProps {
    /// The goals, a line each.
    pub goals: Vec<String>,
    /// What is wrong with which.
    pub wrong: Vec<(usize, AttrValue)>,
    pub on_draft: Callback<DraftAct>,
}

/// The goals with what they mean, and the parts of another one.
#[component]
pub fn Goals(props: &GoalsProps) -> Html {
    let shown = use_shown();
    let experiment = &shown.experiment;
    let GoalsProps { goals, on_draft, .. } = props;
    let wish = use_state_eq(Wish::default);
    let set = {
        let wish = wish.clone();
        Callback::from(move |change: fn(&mut Wish, &str)| {
            let wish = wish.clone();
            Callback::from(move |word: String| {
                let mut next = (*wish).clone();
                change(&mut next, &word);
                wish.set(next);
            })
        })
    };
    let add = {
        let line = wish.line();
        on_draft.reform(move |_: MouseEvent| DraftAct::AddGoal(line.clone()))
    };
    let said = wish.line().parse::<Goal>();
    let said = match &said {
        Ok(goal) => goal.sentence(experiment),
        Err(why) => why.to_string(),
    };
    html! {
        <fieldset class="class-card">
            <legend>{ ui("build.goals") }</legend>
            { for goals.iter().enumerate().map(|(place, goal)| line(props, place, goal, &shown)) }
            if goals.is_empty() { <p class="muted">{ ui("build.no-goal") }</p> }
            <div class="class-wish" role="group" aria-label={ui("build.another-goal")}>
                { parts(&wish, experiment, &set) }
                <p class="muted" data-test="wish-said">{ said }</p>
                <button type="button" class="button" data-test="add-goal" disabled={goals.len() >= Exercise::MOST_GOALS || goals.contains(&wish.line())} onclick={add}>{ ui("build.add-goal") }</button>
            </div>
        </fieldset>
    }
}

/// A goal as a line that can be changed, and as a sentence.
fn line(props: &GoalsProps, place: usize, goal: &str, shown: &Shown) -> Html {
    let experiment = &shown.experiment;
    let GoalsProps { wrong, on_draft, .. } = props;
    let wrong = wrong_at(wrong, place);
    let goal_read = goal.parse::<Goal>().ok();
    let said = goal_read.filter(|goal| goal.fits(experiment).is_ok());
    let number = (place + 1).to_string();
    html! {
        <div class="class-goal" key={place}>
            <Field label={ackground_learn::text::ui_with("build.goal", &[("n", &number)])} value={goal.to_owned()} {wrong}
                on_type={on_draft.reform(move |text| DraftAct::Goal(place, text))} test={format!("goal-{number}")} />
            <button type="button" class="button" aria-label={ackground_learn::text::ui_with("build.remove-goal", &[("n", &number)])}
                onclick={on_draft.reform(move |_: MouseEvent| DraftAct::RemoveGoal(place))}>{ ui("build.remove") }</button>
            if let Some(goal) = said { <p class="muted">{ goal.sentence(experiment) }</p> }
        </div>
    }
}

/// What a choice does to the parts, given the word that was chosen.
type Set = Callback<fn(&mut Wish, &str), Callback<String>>;

/// The choices for another goal: only those that its kind has.
fn parts(wish: &Wish, experiment: &Experiment, set: &Set) -> Html {
    let kinds = Kind::ALL.map(|kind| (kind.word().to_owned(), kind_words(kind).to_owned()));
    let lanes = (0..experiment.lanes.len())
        .map(|lane| (lane.to_string(), experiment.lane_name(lane).to_owned()));
    let properties = Property::ALL.map(|property| {
        let words = story::capital(story::property(property).holds);
        (property.word().to_owned(), words)
    });
    let guarantees =
        Guarantee::ALL.map(|it| (it.word().to_owned(), story::capital(story::guarantee(it))));
    let figures = Quantity::ALL.map(|it| (it.id().to_owned(), it.name().to_owned()));
    let numbers = |from: u16, to: u16| -> Vec<(String, String)> {
        (from..=to).map(|n| (n.to_string(), n.to_string())).collect()
    };
    let choice =
        |label, value: String, items: Vec<(String, String)>, test, change: fn(&mut Wish, &str)| {
            html! { <Select {label} {value} {items} on_choose={set.emit(change)} {test} /> }
        };
    let has_property = matches!(wish.kind, Kind::Holds | Kind::Break);
    let most = (u16::from(Within::MOST_FAULTS), Within::MOST_MESSAGES);
    html! {
        <div class="class-row">
            { choice(ui("wish.lane"), wish.lane.to_string(), lanes.collect(), "wish-lane", |wish, word| wish.lane = word.parse().unwrap_or(0)) }
            { choice(ui("wish.kind"), wish.kind.word().to_owned(), kinds.into(), "wish-kind", |wish, word| {
                wish.kind = Kind::from_word(word).unwrap_or_default();
            }) }
            if has_property {
                { choice(ui("wish.property"), wish.property.word().to_owned(), properties.into(), "wish-property", |wish, word| {
                    wish.property = Property::from_word(word).unwrap_or(wish.property);
                }) }
            }
            if wish.kind == Kind::Keeps {
                { choice(ui("wish.guarantee"), wish.guarantee.word().to_owned(), guarantees.into(), "wish-guarantee", |wish, word| {
                    wish.guarantee = Guarantee::from_word(word).unwrap_or(wish.guarantee);
                }) }
            }
            if wish.kind.is_proved() {
                { choice(ui("wish.faults"), wish.faults.to_string(), numbers(0, most.0), "wish-faults", |wish, word| wish.faults = word.parse().unwrap_or(wish.faults)) }
                { choice(ui("wish.messages"), wish.messages.to_string(), numbers(1, most.1), "wish-messages", |wish, word| wish.messages = word.parse().unwrap_or(wish.messages)) }
            } else {
                { choice(ui("wish.figure"), wish.quantity.id().to_owned(), figures.into(), "wish-figure", |wish, word| {
                    wish.quantity = Quantity::of_id(word).unwrap_or(wish.quantity);
                }) }
                <Field label={ui("wish.amount")} value={wish.amount.clone()} on_type={set.emit(|wish, text| wish.amount = text.to_owned())} test="wish-amount" />
            }
        </div>
    }
}

fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Keeps => ui("wish.keeps"),
        Kind::Holds => ui("wish.holds"),
        Kind::AtMost => ui("wish.most"),
        Kind::AtLeast => ui("wish.least"),
        Kind::Break => ui("wish.break"),
        Kind::Name => ui("wish.name"),
    }
}
