//! The code to be copied, in one of three ways.

use std::rc::Rc;

use yew::prelude::*;

use crate::experiment::Experiment;
use crate::sim::Time;
use crate::systems::Snippet;
use crate::web::components::snippet::SnippetBox;
use crate::web::hooks::save;
use crate::web::state::{LaneRun, Theme, Views};
use crate::web::view_model::embedding::{Picked, Subject, usual_height};
use crate::web::view_model::picture::{self, Wish, svg};

/// What is embedded.
#[derive(Properties, PartialEq)]
pub struct CodeProps {
    /// The address of the full page.
    pub page: AttrValue,
    /// What is picked.
    pub picked: Picked,
    /// How high the figure is, in pixels, as far as that is known.
    pub height: Option<u32>,
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// What happens in each lane.
    pub runs: Rc<[Rc<LaneRun>]>,
    /// The views of the page.
    pub views: Views,
    /// The moment that the page shows; none at the end.
    pub moment: Option<Time>,
}

/// A way to embed.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Frame,
    Element,
    Markdown,
}

impl Way {
    const ALL: [Way; 3] = [Way::Frame, Way::Element, Way::Markdown];

    const fn label(self) -> &'static str {
        match self {
            Way::Frame => "Frame",
            Way::Element => "Element",
            Way::Markdown => "Markdown",
        }
    }

    /// When to take it, and what to know of it.
    const fn note(self) -> &'static str {
        match self {
            Way::Frame => {
                "Works wherever a page may have frames. A page that keeps its frames in a sandbox has to add \
                 sandbox=\"allow-scripts allow-popups\"; the second is for the link to the full page."
            }
            Way::Element => {
                "Needs a script on the page, a few KB. The figure has the height that it needs, follows the \
                 colours of the page, and can be played and loaded from it."
            }
            Way::Markdown => {
                "For places that allow neither frames nor scripts, such as a README: a picture that opens the \
                 experiment. Save the picture beside the text."
            }
        }
    }
}

/// What the picture is called where it is embedded.
const PICTURE: &str = "ackground.svg";

/// The code.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    let way = use_state_eq(|| Way::Frame);
    let subject = Subject {
        page: &props.page,
        experiment: &props.experiment,
        runs: &props.runs,
        views: &props.views,
        shown: props.moment,
    };
    let (picked, height) = (
        &props.picked,
        props.height.unwrap_or(usual_height(props.picked.figure)),
    );
    let (file, language, text) = match *way {
        Way::Frame => ("iframe", "HTML", subject.frame(picked, height)),
        Way::Element => ("ackground-figure", "HTML", subject.element(picked, PICTURE)),
        Way::Markdown => (
            "picture and link",
            "Markdown",
            subject.markdown(picked, PICTURE),
        ),
    };
    let title = language;
    let snippet = Snippet {
        title,
        language,
        file,
        text,
    };
    let tab = |one: Way| {
        let onclick = {
            let way = way.setter();
            Callback::from(move |_: MouseEvent| way.set(one))
        };
        html! {
            <button type="button" key={one.label()} aria-pressed={(one == *way).to_string()}
                data-test={format!("embed-as-{}", one.label().to_lowercase())} {onclick}>{ one.label() }</button>
        }
    };
    let has_picture = *way == Way::Markdown || (*way == Way::Element && picked.poster);
    let wish = Wish {
        at: subject.picture_at(picked),
        theme: colours(picked.theme),
        width: None,
    };
    let on_save = {
        let experiment = props.experiment.clone();
        Callback::from(move |_: MouseEvent| {
            save(PICTURE, "image/svg+xml", &svg(&experiment, &wish));
        })
    };
    html! {
        <section class="generator-code" aria-labelledby="embed-code">
            <h3 id="embed-code">{ "The code" }</h3>
            <div class="share-parts" role="group" aria-label="Way to embed">{ for Way::ALL.map(tab) }</div>
            <p class="muted small share-lead">{ way.note() }</p>
            <SnippetBox {snippet} />
            if has_picture {
                <p class="share-tools"><button type="button" class="button" data-test="embed-picture" onclick={on_save}>
                    { "Save the picture as " }{ PICTURE }</button></p>
            }
        </section>
    }
}

/// The colours of a picture that stands for a figure.
const fn colours(theme: Theme) -> picture::Theme {
    match theme {
        Theme::System => picture::Theme::Auto,
        Theme::Light => picture::Theme::Light,
        Theme::Dark => picture::Theme::Dark,
    }
}
