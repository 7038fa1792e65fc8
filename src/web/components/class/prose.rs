//! A text with its marks, as elements; never as HTML of its own.

use yew::prelude::*;

use crate::learn::markup::{Block, Line, Markup, Span, Target};
use crate::story::words;
use crate::web::components::term::Term;

/// Which text.
#[derive(Properties, PartialEq)]
pub struct ProseProps {
    /// It.
    pub text: Markup,
}

/// A text, block by block. Its headings stand below the page's second level.
#[component]
pub fn Prose(props: &ProseProps) -> Html {
    html! { <div class="prose">{ for props.text.blocks.iter().map(block) }</div> }
}

fn block(block: &Block) -> Html {
    match block {
        Block::Heading(text) => html! { <h3>{ line(text) }</h3> },
        Block::Paragraph(text) => html! { <p>{ line(text) }</p> },
        Block::List { ordered, items } => {
            let items = items.iter().map(|item| html! { <li>{ line(item) }</li> });
            match ordered {
                true => html! { <ol>{ for items }</ol> },
                false => html! { <ul>{ for items }</ul> },
            }
        }
        Block::Code { text, .. } => {
            html! { <pre tabindex="0"><code>{ text }</code></pre> }
        }
        Block::Table { head, rows } => html! {
            <div class="prose-table" tabindex="0"><table>
                <thead><tr>{ for head.iter().map(|cell| html! { <th scope="col">{ line(cell) }</th> }) }</tr></thead>
                <tbody>
                    { for rows.iter().map(|row| html! { <tr>{ for row.iter().map(|cell| html! { <td>{ line(cell) }</td> }) }</tr> }) }
                </tbody>
            </table></div>
        },
    }
}

/// Running text.
pub fn line(spans: &Line) -> Html {
    let span = |span: &Span| match span {
        Span::Plain(text) => html! { { text } },
        Span::Emphasis(text) => html! { <em>{ text }</em> },
        Span::Strong(text) => html! { <strong>{ text }</strong> },
        Span::Code(text) => html! { <code>{ text }</code> },
        Span::Value(name) => html! { { format!("{{{name}}}") } },
        Span::Link { text, to } => match to {
            Target::Word(id) => match words::term(id) {
                Some(term) => html! { <Term id={term.id} text={text.clone()} /> },
                None => html! { { text } },
            },
            Target::Lesson(id) => {
                html! { <a href={format!("#view=learn&lesson={id}")}>{ text }</a> }
            }
            Target::Web(address) => {
                html! { <a href={address.clone()} target="_blank" rel="noopener noreferrer">{ text }</a> }
            }
        },
    };
    spans.iter().map(span).collect()
}
