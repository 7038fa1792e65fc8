//! The notice above everything else.

use yew::prelude::*;

use crate::class::choices::{ClassChoices, ClassPart};
use crate::context::use_dispatch;
use crate::learn::choices::LearnChoices;
use crate::state::{self, Action, Sheet};
use ackground_core::experiment::Product;
use ackground_learn::text::ui;

/// Where a pasted configuration can be examined.
const KAFKA: Sheet = Sheet::System { lane: 0, product: Some(Product::Kafka) };

#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    pub notice: state::Notice,
}

/// A notice, with its details and what can be done about it.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let dispatch = use_dispatch();
    let (reasons, broken) = match &props.notice {
        state::Notice::BrokenLink { fragment, reasons } => (&reasons[..], Some(fragment)),
        state::Notice::Unread { parts } => (&parts[..], None),
        state::Notice::NotOpened { reasons, .. } => (&reasons[..], None),
        _ => (&[][..], None),
    };
    let calm =
        matches!(props.notice, state::Notice::Opened { .. } | state::Notice::Learning { .. });
    let mark = ClassChoices { part: ClassPart::Mark, ..ClassChoices::default() };
    html! {
        <section class={classes!("notice", calm.then_some("calm"))} role="alert" data-test="notice">
            <div>
                <p><strong>{ props.notice.headline() }</strong></p>
                { for reasons.iter().map(|reason| html! { <p>{ reason }</p> }) }
                if let Some(fragment) = broken {
                    <details>
                        <summary>{ "The link as it came" }</summary>
                        <code data-test="broken-link">{ format!("#{fragment}") }</code>
                    </details>
                }
            </div>
            <div class="notice-tools">
                if broken.is_some() {
                    <button type="button" class="button" data-test="start-over" onclick={dispatch.to(Action::StartOver)}>
                        { "Start from this example" }
                    </button>
                }
                if let state::Notice::Pasted { .. } = props.notice {
                    <button type="button" class="button" data-test="pasted" onclick={dispatch.to(Action::OpenSheet(KAFKA))}>
                        { "See what it would set" }
                    </button>
                }
                if let state::Notice::Answer(_) = props.notice {
                    <button type="button" class="button" data-test="go-to-marking" onclick={dispatch.to(Action::ChooseClass(mark))}>{ ui("notice.mark") }</button>
                }
                if let state::Notice::Progress(_) = props.notice {
                    <button type="button" class="button" data-test="go-to-progress" onclick={dispatch.to(Action::Learn(LearnChoices::default()))}>{ ui("notice.list") }</button>
                }
                if let state::Notice::Opened { same: false, .. } = props.notice {
                    <button type="button" class="button" data-test="undo-open" onclick={dispatch.to(Action::Undo)}>{ "Undo" }</button>
                }
                <button type="button" class="button bare" data-test="dismiss" onclick={dispatch.to(Action::DismissNotice)}>
                    { "Dismiss" }
                </button>
            </div>
        </section>
    }
}
