//! The table of marks: a row per submission, sortable by column.

use yew::prelude::*;

use crate::class::state::submissions::{Column, SubmissionEntry};
use crate::class::state::{Submissions, SubmissionsAct};
use ackground_learn::claim::Answer;
use ackground_learn::marking::{Marked, Standing};
use ackground_learn::text::{ui, ui_with};

#[derive(Properties, PartialEq)]
pub struct MarksProps {
    pub submissions: Submissions,
    pub on_submissions: Callback<SubmissionsAct>,
}

/// The table, in a box that scrolls sideways on small screens.
#[component]
pub fn Marks(props: &MarksProps) -> Html {
    let submissions = &props.submissions;
    let compared = submissions.compared();
    html! {
        <div class="marks-box" tabindex="0" role="region" aria-label={ui("mark.table")}>
            <table class="marks" data-test="marks">
                <thead><tr>
                    { for columns().into_iter().map(|(column, label)| head(props, column, label)) }
                    <th scope="col">{ ui("mark.remarks") }</th>
                </tr></thead>
                <tbody>
                    { for submissions.order().into_iter().map(|place| row(place, &submissions.entries[place], compared[place].as_ref())) }
                </tbody>
            </table>
        </div>
    }
}

fn columns() -> [(Column, &'static str); 7] {
    [
        (Column::Who, ui("mark.who")),
        (Column::Exercise, ui("mark.exercise")),
        (Column::Standing, ui("mark.result")),
        (Column::Goals, ui("mark.goals")),
        (Column::Predictions, ui("mark.predictions")),
        (Column::Attempts, ui("mark.attempts")),
        (Column::Source, ui("mark.source")),
    ]
}

fn head(props: &MarksProps, column: Column, label: &'static str) -> Html {
    let sorted = props.submissions.sorted == column;
    let sort = match (sorted, props.submissions.descending) {
        (false, _) => None,
        (true, false) => Some(("ascending", "\u{25b2}")),
        (true, true) => Some(("descending", "\u{25bc}")),
    };
    let onclick = props.on_submissions.reform(move |_: MouseEvent| SubmissionsAct::Sort(column));
    html! {
        <th scope="col" aria-sort={sort.map(|(word, _)| word)}>
            <button type="button" {onclick}>{ label }<span aria-hidden="true">{ sort.map_or("", |(_, sign)| sign) }</span></button>
        </th>
    }
}

fn row(place: usize, entry: &SubmissionEntry, marked: Option<&Marked>) -> Html {
    let Some(marked) = marked else {
        return html! {
            <tr key={place} class="open"><td colspan="6">{ ui("mark.open") }</td><td>{ &entry.source }</td><td></td></tr>
        };
    };
    let (sign, class, words) = standing(marked.standing);
    let variant = marked.variant.map(|seed| seed.to_string());
    html! {
        <tr key={place} class={class}>
            <th scope="row">{ if marked.who.is_empty() { "\u{2013}" } else { marked.who.as_str() } }</th>
            <td>{ &marked.exercise }
                if let Some(seed) = variant { <small class="muted">{ " " }{ ui_with("mark.variant", &[("n", &seed)]) }</small> }</td>
            <td class="standing"><span aria-hidden="true">{ sign }</span>{ " " }{ words }</td>
            <td>{ goals(marked) }</td>
            <td>{ of(marked.right()) }</td>
            <td>{ marked.attempts }</td>
            <td class="source">{ &marked.source }</td>
            <td class="remarks">{ for marked.remarks.iter().map(|remark| html! { <p>{ remark }</p> }) }</td>
        </tr>
    }
}

/// A result as symbol, class and words.
fn standing(standing: Standing) -> (&'static str, &'static str, &'static str) {
    match standing {
        Standing::Solved => ("\u{2713}", "solved", ui("mark.solved")),
        Standing::NotSolved => ("\u{2717}", "not", ui("mark.not-solved")),
        Standing::Undecided => ("?", "undecided", ui("mark.undecided")),
        Standing::Refused => ("!", "refused", ui("mark.refused")),
    }
}

/// The number of goals met, with the details in a disclosure.
fn goals(marked: &Marked) -> Html {
    if marked.goals.is_empty() {
        return html! { "\u{2013}" };
    }
    let sign = |answer| match answer {
        Answer::Yes => ("\u{2713}", ui("mark.met")),
        Answer::No => ("\u{2717}", ui("mark.missed")),
        Answer::Unknown => ("?", ui("mark.unknown")),
    };
    html! {
        <details>
            <summary>{ of(marked.met()) }</summary>
            <ul>
                { for marked.goals.iter().map(|goal| {
                    let (sign, words) = sign(goal.answer);
                    html! {
                        <li><span aria-hidden="true">{ sign }</span><span class="quiet">{ words }</span>{ " " }{ &goal.goal }<small class="muted">{ " " }{ &goal.found }</small></li>
                    }
                }) }
            </ul>
        </details>
    }
}

fn of((some, all): (usize, usize)) -> String {
    match all {
        0 => "\u{2013}".to_owned(),
        _ => ui_with("mark.of", &[("some", &some.to_string()), ("all", &all.to_string())]),
    }
}
