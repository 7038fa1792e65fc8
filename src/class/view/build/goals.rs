//! The goals: built with a form, or typed as a line.

use yew::prelude::*;

use super::wrong_at;
use crate::class::state::goal_form::Kind;
use crate::class::state::{DraftAct, GoalForm};
use crate::context::{Shown, use_shown};
use crate::controls::{Among, Field, Item, Select};
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
    pub goals: Vec<String>,
    pub wrong: Vec<(usize, AttrValue)>,
    pub on_draft: Callback<DraftAct>,
}

/// The goals with their meaning, and the form for another one.
#[component]
pub fn Goals(props: &GoalsProps) -> Html {
    let shown = use_shown();
    let experiment = &shown.experiment;
    let GoalsProps { goals, on_draft, .. } = props;
    let form = use_state_eq(GoalForm::default);
    let add = {
        let line = form.line();
        on_draft.reform(move |_: MouseEvent| DraftAct::AddGoal(line.clone()))
    };
    let said = form.line().parse::<Goal>();
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
                { parts(&form, experiment) }
                <p class="muted" data-test="wish-said">{ said }</p>
                <button type="button" class="button" data-test="add-goal" disabled={goals.len() >= Exercise::MOST_GOALS || goals.contains(&form.line())} onclick={add}>{ ui("build.add-goal") }</button>
            </div>
        </fieldset>
    }
}

/// A goal as an editable line, with its meaning as a sentence.
fn line(props: &GoalsProps, place: usize, goal: &str, shown: &Shown) -> Html {
    let experiment = &shown.experiment;
    let GoalsProps { wrong, on_draft, .. } = props;
    let wrong = wrong_at(wrong, place);
    let goal_read = goal.parse::<Goal>().ok();
    let said = goal_read.filter(|goal| goal.fits(experiment).is_ok());
    let number = (place + 1).to_string();
    html! {
        <div class="class-goal" key={place}>
            <Field class="class-field" label={ackground_learn::text::ui_with("build.goal", &[("n", &number)])} value={goal.to_owned()} {wrong}
                on_type={on_draft.reform(move |text| DraftAct::Goal(place, text))} test={format!("goal-{number}")} />
            <button type="button" class="button" aria-label={ackground_learn::text::ui_with("build.remove-goal", &[("n", &number)])}
                onclick={on_draft.reform(move |_: MouseEvent| DraftAct::RemoveGoal(place))}>{ ui("build.remove") }</button>
            if let Some(goal) = said { <p class="muted">{ goal.sentence(experiment) }</p> }
        </div>
    }
}

/// A callback that changes one part of the form.
fn set<T: 'static>(form: &UseStateHandle<GoalForm>, change: fn(&mut GoalForm, T)) -> Callback<T> {
    let form = form.clone();
    Callback::from(move |chosen| {
        let mut next = (*form).clone();
        change(&mut next, chosen);
        form.set(next);
    })
}

/// The fields for a new goal; only those that its kind has.
fn parts(form: &UseStateHandle<GoalForm>, experiment: &Experiment) -> Html {
    let kinds = Kind::ALL.map(|kind| Item::new(kind, kind.word(), kind_words(kind)));
    let lanes =
        (0..experiment.lanes.len()).map(|lane| Item::named(lane, experiment.lane_name(lane)));
    let properties =
        Property::ALL.map(|it| Item::new(it, it.word(), story::capital(story::property(it).holds)));
    let guarantees =
        Guarantee::ALL.map(|it| Item::new(it, it.word(), story::capital(story::guarantee(it))));
    let figures = Quantity::ALL.map(|it| Item::new(it, it.id(), it.name()));
    let faults = (0..=Within::MOST_FAULTS).map(|n| Item::named(n, n.to_string()));
    let messages = (1..=Within::MOST_MESSAGES).map(|n| Item::named(n, n.to_string()));
    let has_property = matches!(form.kind, Kind::Holds | Kind::Break);
    html! {
        <div class="class-row">
            <Select class="field" label={ui("wish.lane")} test="wish-lane"
                among={Among::new(lanes, form.lane, set(form, |form, lane| form.lane = lane))} />
            <Select class="field" label={ui("wish.kind")} test="wish-kind"
                among={Among::new(kinds, form.kind, set(form, |form, kind| form.kind = kind))} />
            if has_property {
                <Select class="field" label={ui("wish.property")} test="wish-property"
                    among={Among::new(properties, form.property, set(form, |form, property| form.property = property))} />
            }
            if form.kind == Kind::Keeps {
                <Select class="field" label={ui("wish.guarantee")} test="wish-guarantee"
                    among={Among::new(guarantees, form.guarantee, set(form, |form, guarantee| form.guarantee = guarantee))} />
            }
            if form.kind.is_proved() {
                <Select class="field" label={ui("wish.faults")} test="wish-faults"
                    among={Among::new(faults, form.faults, set(form, |form, faults| form.faults = faults))} />
                <Select class="field" label={ui("wish.messages")} test="wish-messages"
                    among={Among::new(messages, form.messages, set(form, |form, messages| form.messages = messages))} />
            } else {
                <Select class="field" label={ui("wish.figure")} test="wish-figure"
                    among={Among::new(figures, form.quantity, set(form, |form, quantity| form.quantity = quantity))} />
                <Field class="class-field" label={ui("wish.amount")} value={form.amount.clone()}
                    on_type={set(form, |form, amount| form.amount = amount)} test="wish-amount" />
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
