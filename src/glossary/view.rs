//! The glossary: all terms from A to Z, with search, product names and experiments.

use yew::prelude::*;

use crate::context::use_dispatch;
use crate::controls::Field;
use crate::controls::sheet::Sheet;
use crate::hooks::focus_soon;
use crate::state::{Action, Sheet as Open};
use ackground_words::search::Query;
use ackground_words::story::words::{Term, term};
use ackground_words::story::{self, words};

#[derive(Properties, PartialEq)]
pub struct WordsProps {
    /// Opened at the term with this id.
    pub at: Option<&'static str>,
}

#[component]
pub fn Words(props: &WordsProps) -> Html {
    let dispatch = use_dispatch();
    let WordsProps { at } = props;
    let search = use_state_eq(String::new);
    let all = use_memo((), |()| words::terms());
    use_effect_with(*at, {
        let search = search.setter();
        move |at| {
            if let Some(id) = at {
                search.set(String::new());
                focus_soon(format!("#word-{id}"));
            }
        }
    });
    let on_type = use_callback(search.setter(), |text, search| search.set(text));
    let query = Query::new(&search);
    let found: Vec<&'static Term> =
        all.iter().copied().filter(|term| term.matches(&query)).collect();
    let go = dispatch.on(|id: &'static str| Action::OpenSheet(Open::Words(Some(id))));
    let tools = html! {
        <>
            <Field kind="search" heard=true label="Search the glossary" hint="Search: ack, offset, DLQ" autofocus={at.is_none()}
                value={(*search).clone()} {on_type} test="words-search" />
            <p class="muted small" role="status" data-test="words-count">{ counted(found.len()) }</p>
        </>
    };
    html! {
        <Sheet name="words" title="Glossary" {tools} back="[data-test=keys]">
            <div class="words-body" tabindex="0" role="group" aria-label="Terms found">
                <p class="words-lead">{ LEAD }</p>
                { for found.iter().map(|term| html! { <Word key={term.id} id={term.id} on_go={go.clone()} /> }) }
                if found.is_empty() {
                    <p class="muted">{ "No term matches all of these words." }</p>
                }
            </div>
        </Sheet>
    }
}

/// The introduction.
const LEAD: &str = "This page keeps two things apart. A delivery is a message handed to the consumer; the broker \
    promises how often that happens. An effect is what the consumer then does; how often that happens is up to the consumer and its store. \u{201c}Once\u{201d} over a lane means the effect.";

fn counted(number: usize) -> String {
    match number {
        1 => "1 term".to_owned(),
        _ => format!("{number} terms"),
    }
}

#[derive(Properties, PartialEq)]
struct WordProps {
    id: &'static str,
    on_go: Callback<&'static str>,
}

/// A full entry.
#[component]
fn Word(props: &WordProps) -> Html {
    let link = use_memo(props.id, |id| {
        let see = term(id)?.see?;
        Some((see.says, format!("#{}", see.experiment().to_link())))
    });
    let Some(term) = term(props.id) else {
        return html! {};
    };
    let title = format!("word-{}-name", term.id);
    let related = term.related.iter().filter_map(|id| words::term(id));
    let related = related.map(|other| {
        let id = other.id;
        let onclick = props.on_go.reform(move |_: MouseEvent| id);
        html! { <button type="button" class="link" key={id} {onclick}>{ other.name }</button> }
    });
    let settings = term.settings.iter().filter_map(|path| story::setting(path));
    let settings: Vec<&str> = settings.map(|words| words.name).collect();
    let properties = term.properties.iter();
    let properties: Vec<&str> = properties.map(|one| story::property(*one).holds).collect();
    html! {
        <article class="word" id={format!("word-{}", term.id)} tabindex="-1" aria-labelledby={title.clone()}>
            <h3 id={title}>{ story::capital(term.name) }</h3>
            <p>{ term.sentence }</p>
            if let Some((says, href)) = &*link {
                <p class="word-see">{ *says }{ " " }<a href={href.clone()} data-test={format!("see-{}", term.id)}>
                    { "See it" }<span class="quiet">{ format!(": {} in an experiment", term.name) }</span></a></p>
            }
            if !term.in_products.is_empty() {
                <dl class="word-products">
                    { for term.in_products.iter().map(|(product, theirs)| html! {
                        <div key={product.name()}><dt>{ product.name() }</dt><dd>{ theirs }</dd></div>
                    }) }
                </dl>
            }
            <p class="word-more small">
                if !settings.is_empty() { <span>{ "Settings: " }{ settings.join(", ") }</span> }
                if !properties.is_empty() { <span>{ "What a proof checks: " }{ properties.join(", ") }</span> }
                <span class="word-related">{ "See also: " }{ for related }</span>
            </p>
        </article>
    }
}
