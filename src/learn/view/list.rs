//! All lessons and exercises, what has been done, and where the reader left off.

use yew::prelude::*;

use super::keep::Keep;
use crate::controls::icons;
use crate::learn::choices::{LearnChoices, Learning};
use crate::learn::hooks::progress::Kept;
use crate::learn::state::progress::{Note, Progress};
use crate::learn::view::internal_link::InternalLink;
use ackground_learn::exercise::{Exercise, Goal, built_in, built_in_ids};
use ackground_learn::lesson::{self, Head};
use ackground_learn::text::{ENGLISH, ui, ui_with};

#[derive(Properties, PartialEq)]
pub struct ListProps {
    pub kept: Kept,
    pub on_note: Callback<Note>,
}

#[derive(Clone, PartialEq)]
struct Task {
    id: &'static str,
    title: AttrValue,
    level: u64,
    /// The task in a few words.
    asks: &'static str,
}

#[component]
pub fn List(props: &ListProps) -> Html {
    let ListProps { kept, on_note } = props;
    let lessons = use_memo((), |()| lesson::heads(&ENGLISH).collect::<Vec<Head>>());
    let tasks = use_memo((), |()| built_in_ids().filter_map(task).collect::<Vec<Task>>());
    let progress = &*kept.progress;
    let read = lessons.iter().filter(|head| progress.reading(head.id).done);
    let solved = tasks.iter().filter(|task| progress.solved(task.id));
    let (read, solved) = (read.count(), solved.count());
    let minutes: u32 = lessons.iter().map(|head| u32::from(head.minutes)).sum();
    let hours = (f64::from(minutes) / 30.0).round() / 2.0;
    let level = |level: u64| {
        let of = tasks.iter().filter(move |task| task.level == level);
        html! {
            <section class="learn-level" key={level} aria-labelledby={format!("level-{level}")}>
                <h3 id={format!("level-{level}")}>{ ui_with("learn.level", &[("n", &level.to_string())]) }</h3>
                <ul>{ for of.map(|task| exercise(task, progress)) }</ul>
            </section>
        }
    };
    html! {
        <>
            <header class="learn-head">
                <h1 id="learn-title" tabindex="-1">{ ui("learn.title") }</h1>
                <p>{ ui("learn.lead") }</p>
                { next(progress) }
            </header>
            if let Some(why) = kept.refused {
                <p class="learn-refused" role="status" data-test="learn-refused">{ why }</p>
            }
            <section aria-labelledby="learn-lessons">
                <h2 id="learn-lessons">{ ui("learn.lessons") }{ count(read, lessons.len()) }</h2>
                <p class="muted small">{ ui_with("learn.total", &[("hours", &hours.to_string())]) }</p>
                <ol class="learn-lessons">{ for lessons.iter().zip(1..).map(|(head, number)| taught(number, head, progress)) }</ol>
            </section>
            <section aria-labelledby="learn-exercises">
                <h2 id="learn-exercises">{ ui("learn.exercises") }{ count(solved, tasks.len()) }</h2>
                <p class="muted small">{ ui("learn.practice") }</p>
                <div class="learn-levels">{ for (1..=5).map(level) }</div>
            </section>
            <Keep kept={kept.clone()} {on_note} />
            <p class="learn-teachers"><a class="link" href="#view=class" data-test="learn-teachers">{ ui("learn.teachers") }</a></p>
        </>
    }
}

fn task(id: &'static str) -> Option<Task> {
    let exercise = built_in(id, &ENGLISH)?;
    Some(Task {
        id,
        title: exercise.title.to_string().into(),
        level: exercise.level.get(),
        asks: asks(&exercise),
    })
}

/// The kind of task, by its goals.
fn asks(exercise: &Exercise) -> &'static str {
    let any = |is: fn(&Goal) -> bool| exercise.goals.iter().any(is);
    if any(|goal| matches!(goal, Goal::Break { .. })) {
        ui("learn.break")
    } else if any(|goal| matches!(goal, Goal::Name { .. })) {
        ui("learn.name")
    } else if exercise.changes.is_some_and(|most| most.get() == 1) {
        ui("learn.repair")
    } else {
        ui("learn.reach")
    }
}

fn count(done: usize, all: usize) -> Html {
    let (done, all) = (done.to_string(), all.to_string());
    html! { <small class="learn-count">{ ui_with("learn.count", &[("done", &done), ("all", &all)]) }</small> }
}

/// A symbol and a word if it is done; else its number, if it has one.
fn mark(done: bool, begun: bool, number: Option<usize>) -> Html {
    let (class, sign, word) = match (done, begun) {
        (true, _) => ("done", icons::check(), ui("learn.done")),
        (_, true) => ("begun", html! { { for number } }, ui("learn.begun")),
        _ => ("", html! { { for number } }, ""),
    };
    html! { <span class={classes!("learn-mark", class)}>{ sign }<span class="quiet">{ " " }{ word }</span></span> }
}

fn taught(number: usize, head: &Head, progress: &Progress) -> Html {
    let reading = progress.reading(head.id);
    let to =
        LearnChoices::lesson(head.id).at_step(if reading.done { 1 } else { reading.step.max(1) });
    html! {
        <li key={head.id} class="learn-card">
            { mark(reading.done, reading.step > 0, Some(number)) }
            <div>
                <InternalLink {to} class="learn-name" test={format!("lesson-{}", head.id)}>{ head.title }</InternalLink>
                <small>{ head.takes() }</small>
                <p>{ head.aim }</p>
            </div>
        </li>
    }
}

fn exercise(task: &Task, progress: &Progress) -> Html {
    let begun = progress.exercises.contains_key(task.id);
    html! {
        <li key={task.id} class="learn-card">
            { mark(progress.solved(task.id), begun, None) }
            <div>
                <InternalLink to={LearnChoices::exercise(task.id)} class="learn-name" test={format!("exercise-{}", task.id)}>{ task.title.clone() }</InternalLink>
                <small>{ task.asks }</small>
            </div>
        </li>
    }
}

/// The link to where the reader left off, or to a start.
fn next(progress: &Progress) -> Html {
    let last = LearnChoices::of_written(&progress.last);
    let begins = last.is_none();
    let Some(first) = ENGLISH.lessons.first() else {
        return html! {};
    };
    let to = last.unwrap_or_else(|| LearnChoices::lesson(first.0));
    let title = match &to.open {
        Learning::Lesson(id) => {
            lesson::heads(&ENGLISH).find(|head| head.id == *id).map(|head| head.title.to_owned())
        }
        _ => to.opened().map(|exercise| exercise.title.to_string()),
    };
    let word = if begins { ui("learn.begin") } else { ui("learn.go-on") };
    html! {
        <p class="learn-next">
            <InternalLink {to} class="button solid" test="learn-continue">{ word }</InternalLink>
            <span>{ title.unwrap_or_default() }</span>
        </p>
    }
}
