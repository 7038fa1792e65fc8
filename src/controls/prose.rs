//! Renders Markdown blocks and spans. Texts contain no raw HTML, so even those by strangers are safe.
//! Headings start at the third level.

use yew::prelude::*;

use crate::glossary::term::Term;
use crate::learn::choices::LearnChoices;
use crate::learn::view::internal_link::InternalLink;
use ackground_learn::markup::{Block, Line, Markup, Span, Target};
use ackground_learn::text::ENGLISH;
use ackground_words::story::words;

#[derive(Properties, PartialEq)]
pub struct ProseProps {
    pub text: Markup,
}

#[component]
pub fn Prose(props: &ProseProps) -> Html {
    let said = |line: &Line| spans(line);
    let block = |block: &Block| match block {
        Block::Heading(line) => html! { <h3>{ said(line) }</h3> },
        Block::Paragraph(line) => html! { <p>{ said(line) }</p> },
        Block::List { ordered, items } => {
            let items = items.iter().map(|item| html! { <li>{ said(item) }</li> });
            match ordered {
                true => html! { <ol>{ for items }</ol> },
                false => html! { <ul>{ for items }</ul> },
            }
        }
        Block::Code { language, text } => html! {
            <pre tabindex="0" role="group" aria-label={language.clone()}><code>{ text }</code></pre>
        },
        Block::Table { head, rows } => html! {
            <div class="prose-table" tabindex="0" role="group">
                <table>
                    <thead><tr>{ for head.iter().map(|cell| html! { <th scope="col">{ said(cell) }</th> }) }</tr></thead>
                    <tbody>{ for rows.iter().map(|row| html! {
                        <tr>{ for row.iter().map(|cell| html! { <td>{ said(cell) }</td> }) }</tr>
                    }) }</tbody>
                </table>
            </div>
        },
    };
    html! { <div class="prose">{ for props.text.blocks.iter().map(block) }</div> }
}

pub fn spans(line: &Line) -> Html {
    line.iter().map(spoken).collect()
}

fn spoken(span: &Span) -> Html {
    match span {
        Span::Plain(text) => html! { { text } },
        Span::Emphasis(text) => html! { <em>{ text }</em> },
        Span::Strong(text) => html! { <strong>{ text }</strong> },
        Span::Code(text) => html! { <code>{ text }</code> },
        // Not computed yet.
        Span::Value(_) => html! { <span class="muted">{ "…" }</span> },
        Span::Link { text, to } => match to {
            Target::Word(id) => match words::term(id) {
                Some(term) => html! { <Term id={term.id} text={text.clone()} /> },
                None => html! { { text } },
            },
            Target::Lesson(id) => match ENGLISH.lessons.iter().find(|(known, _)| known == id) {
                Some((id, _)) => html! {
                    <InternalLink to={LearnChoices::lesson(id)} class="">{ text }</InternalLink>
                },
                None => html! { { text } },
            },
            Target::Web(address) => html! {
                <a href={address.clone()} rel="noreferrer noopener nofollow" target="_blank">{ text }</a>
            },
        },
    }
}
