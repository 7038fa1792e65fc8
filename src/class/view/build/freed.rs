//! What a student may change, how much, and what is hidden.

use yew::prelude::*;

use crate::class::model::settings::{Group, groups};
use crate::class::state::{Draft, DraftAct};
use crate::context::{Shown, use_shown};
use crate::controls::{Check, Field};
use ackground_learn::exercise::Hidden;
use ackground_learn::text::ui;

#[derive(Properties, PartialEq)]
pub struct FreedProps {
    pub draft: Draft,
    /// Mistakes in the number of changes.
    pub wrong: Vec<AttrValue>,
    pub on_draft: Callback<DraftAct>,
}

/// Unlocks every setting of every lane, a part, or single settings.
#[component]
pub fn Freed(props: &FreedProps) -> Html {
    let Shown { experiment, .. } = &use_shown();
    let FreedProps { draft, wrong, on_draft } = props;
    let groups = use_memo(experiment.clone(), |experiment| groups(experiment));
    let hide = |what: Hidden, label: &'static str| {
        html! {
            <Check class="class-tick" on={draft.hidden.contains(&what)} on_check={on_draft.reform(move |on| DraftAct::Hide(what, on))}
                test={format!("hide-{}", what.word())}><span>{ label }</span></Check>
        }
    };
    let hidden = [
        hide(Hidden::Guarantee, ui("build.hide-guarantee")),
        hide(Hidden::Proof, ui("build.hide-proof")),
        hide(Hidden::Measure, ui("build.hide-measure")),
        hide(Hidden::Why, ui("build.hide-why")),
        hide(Hidden::Settings, ui("build.hide-settings")),
    ];
    html! {
        <>
            <fieldset class="class-card">
                <legend>{ ui("build.free") }</legend>
                <p class="muted small">{ ui("build.free-lead") }</p>
                { tick(props, "*", ui("build.free-all"), false) }
                { for groups.iter().map(|group| fold(props, group)) }
                <Field class="class-field" label={ui("build.changes")} value={draft.changes.clone()} hint={ui("build.changes-hint")} wrong={wrong.clone()}
                    on_type={on_draft.reform(DraftAct::Changes)} test="build-changes" />
                <Check class="class-tick" on={draft.variants} on_check={on_draft.reform(DraftAct::Variants)} test="build-variants">
                    <span>{ ui("build.variants") }</span></Check>
            </fieldset>
            <fieldset class="class-card">
                <legend>{ ui("build.hidden") }</legend>
                { for hidden }
            </fieldset>
        </>
    }
}

/// A group: as a whole, or setting by setting.
fn fold(props: &FreedProps, group: &Group) -> Html {
    let free = &props.draft.free;
    let everything = group.lane.is_some() && free.contains("*");
    let whole = everything || group.whole.as_ref().is_some_and(|path| free.contains(path));
    let some = group.items.iter().filter(|item| free.contains(&item.path));
    let number = match (whole, some.count()) {
        (true, _) => ui("build.all").to_owned(),
        (false, 0) => String::new(),
        (false, some) => some.to_string(),
    };
    let title = match group.lane {
        Some(_) => group.title.clone(),
        None => ui("build.common").to_owned(),
    };
    html! {
        <details key={title.clone()}>
            <summary>{ title }if !number.is_empty() { <span class="freed-count">{ number }</span> }</summary>
            <div class="freed">
                if let Some(path) = &group.whole { { tick(props, path, ui("build.whole"), false) } }
                { for group.items.iter().map(|item| tick(props, &item.path, item.name, whole)) }
            </div>
        </details>
    }
}

fn tick(props: &FreedProps, path: &str, label: &'static str, covered: bool) -> Html {
    let all = path != "*" && path.starts_with("lanes[") && props.draft.free.contains("*");
    let on_check = {
        let path = path.to_owned();
        props.on_draft.reform(move |on| DraftAct::Free(path.clone(), on))
    };
    let covered = covered || all;
    html! {
        <Check key={path.to_owned()} class="class-tick" on={covered || props.draft.free.contains(path)} disabled={covered} {on_check} test={format!("free-{path}")}>
            <span>{ label }</span></Check>
    }
}
