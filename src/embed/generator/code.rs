//! The embed code, in one of three forms.

use yew::prelude::*;

use crate::context::{Shown, use_shown};
use crate::controls::snippet::SnippetBox;
use crate::controls::{Among, Item, Tabs};
use crate::embed::model::embedding::{Picked, Subject, usual_height};
use crate::hooks::save;
use crate::share::files::{self, Kind};
use crate::state::Views;
use ackground_core::sim::Time;
use ackground_words::systems::Snippet;

#[derive(Clone, Properties, PartialEq)]
pub struct CodeProps {
    /// The address of the full page.
    pub page: AttrValue,
    pub picked: Picked,
    /// The figure's height in pixels, if known.
    pub height: Option<u32>,
    pub views: Views,
    /// The page's moment; `None` at the end.
    pub moment: Option<Time>,
}

#[derive(Clone, Copy, PartialEq)]
enum Markup {
    Frame,
    Element,
    Markdown,
}

impl Markup {
    const ALL: [Markup; 3] = [Markup::Frame, Markup::Element, Markup::Markdown];

    const fn label(self) -> &'static str {
        match self {
            Markup::Frame => "Frame",
            Markup::Element => "Element",
            Markup::Markdown => "Markdown",
        }
    }

    /// When to use it, and what to know about it.
    const fn note(self, poster: bool) -> &'static str {
        match self {
            Markup::Frame if poster => {
                "A picture until someone clicks it; then the figure takes its place in the \
                 frame. Save the picture next to your page."
            }
            Markup::Frame => {
                "Works wherever a page may have frames. A page that sandboxes its frames has to add \
                 sandbox=\"allow-scripts allow-popups\"; the second is for the link to the full page."
            }
            Markup::Element => {
                "Needs a script on the page, a few KB. The figure has the height that it needs, follows the \
                 colours of the page, and can be played and loaded from it."
            }
            Markup::Markdown => {
                "For places that allow neither frames nor scripts, such as a README: a picture that \
                 opens the experiment. Save the picture next to the text."
            }
        }
    }
}

#[component]
pub fn Code(props: &CodeProps) -> Html {
    let markup = use_state_eq(|| Markup::Frame);
    let shown = use_shown();
    let subject = subject_of(props, &shown);
    let picture = files::name(&shown.experiment, Kind::Svg);
    let (picked, height) =
        (&props.picked, props.height.unwrap_or(usual_height(props.picked.figure)));
    let (file, language, text) = match *markup {
        Markup::Frame => ("iframe", "HTML", subject.frame(picked, height, &picture)),
        Markup::Element => ("ackground-figure", "HTML", subject.element(picked, &picture)),
        Markup::Markdown => ("picture and link", "Markdown", subject.markdown(picked, &picture)),
    };
    let title = language;
    let snippet = Snippet { title, language, file, text };
    let on_choose = use_callback(markup.setter(), |one, markup| markup.set(one));
    let ways = Markup::ALL.map(|one| Item::new(one, one.label().to_lowercase(), one.label()));
    let has_picture = *markup == Markup::Markdown || picked.poster;
    let on_save = {
        let (props, shown, name) = (props.clone(), shown.clone(), picture.clone());
        Callback::from(move |_: MouseEvent| {
            save(&name, Kind::Svg.mime(), &subject_of(&props, &shown).picture(&props.picked));
        })
    };
    html! {
        <section class="generator-code" aria-labelledby="embed-code">
            <h3 id="embed-code">{ "The code" }</h3>
            <Tabs class="share-parts" label="Way to embed" among={Among::new(ways, *markup, on_choose)} test="embed-as" />
            <p class="muted small share-lead">{ markup.note(picked.poster) }</p>
            <SnippetBox {snippet} />
            if has_picture {
                <p class="share-tools"><button type="button" class="button" data-test="embed-picture" onclick={on_save}>
                    { "Save the picture as " }{ picture }</button></p>
            }
        </section>
    }
}

fn subject_of<'a>(props: &'a CodeProps, shown: &'a Shown) -> Subject<'a> {
    Subject {
        page: &props.page,
        experiment: &shown.experiment,
        runs: &shown.runs,
        views: &props.views,
        shown: props.moment,
    }
}
