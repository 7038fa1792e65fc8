//! Marking: files and lines in, a table out. The workers simulate and prove every submission again.

mod table;

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::class::hooks::collecting::{collect_files, use_collecting};
use crate::class::hooks::marking::use_marking;
use crate::class::state::ClassAct;
use crate::class::state::{Submissions, SubmissionsAct};
use crate::controls::save::Save;
use crate::open::state::LONGEST_FILE;
use ackground_learn::marking::{Marked, Standing, csv};
use ackground_learn::text::{ui, ui_with};
use ackground_worker::series::End;
use table::Marks;

#[derive(Properties, PartialEq)]
pub struct MarkProps {
    pub submissions: Submissions,
    pub on_class: Callback<ClassAct>,
}

#[component]
pub fn Mark(props: &MarkProps) -> Html {
    let submissions = &props.submissions;
    let on_submissions = use_callback(props.on_class.clone(), |act: SubmissionsAct, on_class| {
        on_class.emit(ClassAct::Submissions(act))
    });
    let course = use_marking(submissions, &on_submissions);
    let on_files = use_callback(on_submissions.clone(), |files, on_submissions| {
        on_submissions.emit(SubmissionsAct::Add(files))
    });
    let over = use_collecting(&on_files);
    let pasted = use_node_ref();
    let paste = {
        let (pasted, on_submissions) = (pasted.clone(), on_submissions.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(field) = pasted.cast::<HtmlTextAreaElement>() {
                on_submissions.emit(SubmissionsAct::Paste(field.value()));
                field.set_value("");
            }
        })
    };
    let onchange = Callback::from(move |event: Event| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            if let Some(files) = field.files() {
                collect_files(&files, &on_files);
            }
            // Otherwise choosing the same files again would fire no event.
            field.set_value("");
        }
    });
    let (done, all) = (submissions.marked(), submissions.entries.len());
    let (done_text, all_text) = (done.to_string(), all.to_string());
    let gaps = [("done", done_text.as_str()), ("all", all_text.as_str())];
    let text = {
        let submissions = submissions.clone();
        // With a byte order mark; without it, spreadsheets assume the local legacy encoding.
        Callback::from(move |()| format!("\u{feff}{}", csv(&submissions.marks())))
    };
    html! {
        <section class="class-mark" aria-labelledby="class-mark-title" data-test="class-marking">
            <h2 id="class-mark-title">{ ui("mark.title") }</h2>
            <p class="muted">{ ui("mark.lead") }</p>
            <p class="muted small">{ ui_with("mark.bounds", &[("most", &Submissions::MOST.to_string()), ("kb", &(LONGEST_FILE / 1024).to_string())]) }</p>
            <div class={classes!("class-card", "mark-in", over.then_some("over"))}>
                <label class="open-file button solid">{ ui("mark.choose") }
                    <input type="file" multiple=true accept=".json,.txt,application/json,text/plain" data-test="mark-files" {onchange} />
                </label>
                <span class="muted">{ ui("mark.drop") }</span>
                <label class="class-field"><span>{ ui("mark.paste") }</span>
                    <textarea ref={pasted} rows="3" spellcheck="false" placeholder="ackground-answer.v1.…" data-test="mark-paste" /></label>
                <button type="button" class="button" data-test="mark-take" onclick={paste}>{ ui("mark.take") }</button>
            </div>
            { set(submissions, &on_submissions) }
            if all > 0 {
                <div class="mark-course" aria-busy={(done < all && course.end.is_none()).to_string()}>
                    if done < all && course.end.is_none() {
                        <progress max="100" value={((course.share * 100.0).floor()).to_string()} aria-label={ui("mark.progress")} />
                    }
                    <span role="status" data-test="mark-done">{ ui_with("mark.done", &gaps) }{ " " }{ tally(&submissions.marks()) }</span>
                    if done < all && course.end.is_none() {
                        <button type="button" class="button" data-test="mark-cancel" onclick={course.on_stop.reform(|_| ())}>{ ui("mark.cancel") }</button>
                    }
                    if done < all && course.end == Some(End::Stopped) {
                        <button type="button" class="button" data-test="mark-again" onclick={course.on_again.reform(|_| ())}>{ ui("mark.again") }</button>
                    }
                    if let Some(End::Refused(why)) = &course.end { <span class="reason">{ why }</span> }
                    if submissions.left_out > 0 {
                        <span class="reason">{ ui_with("mark.left-out", &[("n", &submissions.left_out.to_string()), ("most", &Submissions::MOST.to_string())]) }</span>
                    }
                </div>
                <Marks submissions={submissions.clone()} on_submissions={on_submissions.clone()} />
                <div class="class-tools">
                    <Save label={ui("mark.csv")} name="ackground-marks.csv" kind="text/csv;charset=utf-8" {text} test="mark-csv" />
                    <button type="button" class="button" data-test="mark-clear" onclick={on_submissions.reform(|_| SubmissionsAct::Clear)}>{ ui("mark.clear") }</button>
                </div>
            }
        </section>
    }
}

/// The choice of the assigned exercise.
fn set(submissions: &Submissions, on_submissions: &Callback<SubmissionsAct>) -> Html {
    match &submissions.set {
        None => html! { <p class="muted small">{ ui("mark.by-built-in") }</p> },
        Some(exercise) => html! {
            <p class="mark-set" data-test="mark-set">
                { ui_with("mark.by", &[("title", &exercise.title), ("id", &exercise.id)]) }{ " " }
                <button type="button" class="link" onclick={on_submissions.reform(|_| SubmissionsAct::Set(None))}>{ ui("mark.by-none") }</button>
            </p>
        },
    }
}

/// How many submissions got which result.
fn tally(marks: &[Marked]) -> String {
    let of = |standing| marks.iter().filter(|it| it.standing == standing).count();
    let number = |standing| of(standing).to_string();
    ui_with(
        "mark.tally",
        &[
            ("solved", &number(Standing::Solved)),
            ("not", &number(Standing::NotSolved)),
            ("refused", &number(Standing::Refused)),
        ],
    )
}
