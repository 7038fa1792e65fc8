//! The embed code of a figure, from the options that its author picks.
//!
//! View, choices and moment are in the fragment, which is the same as the full page's, so the link back from
//! a figure opens the same state. Only the figure's own options are in the query ([`Embed`]). The page's
//! address and the figure's height are passed in.

use super::figure::document_title;
use crate::embed::state::{Controls, Embed, Figure, Poster};
use crate::state::{LaneRun, Theme, Views, address};
use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;
use ackground_timeline::picture::{self, PictureOptions};
use ackground_timeline::xml::escaped;
use ackground_words::story;
use std::rc::Rc;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// The moment that the page shows.
    #[default]
    Shown,
    /// The start of the run.
    Beginning,
    /// The end of the run.
    End,
}

/// The maximum width of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// That of its container.
    #[default]
    Text,
    Pixels(u16),
}

/// The widths offered for preview and maximum, in pixels: a phone, a column, an article.
pub const WIDTHS: [u16; 3] = [320, 480, 720];

/// The height of a frame before the figure has reported its own, in pixels.
pub const fn usual_height(figure: Figure) -> u32 {
    match figure {
        Figure::Diagram => 820,
        Figure::Flow => 860,
        Figure::Verdicts => 460,
        Figure::Measure => 700,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picked {
    pub figure: Figure,
    pub controls: Controls,
    pub theme: Theme,
    pub start: Start,
    /// Whether it plays once, unprompted.
    pub autoplay: bool,
    /// Whether an image is shown in its place until it is clicked.
    pub poster: bool,
    pub width: Width,
}

impl Picked {
    /// The default: what the page shows.
    pub fn of(views: &Views) -> Picked {
        Picked {
            figure: Figure::of(views),
            controls: Controls::default(),
            theme: Theme::default(),
            start: Start::default(),
            autoplay: false,
            poster: false,
            width: Width::default(),
        }
    }

    /// The query of the figure. Its view and moment are in the fragment.
    fn embed(&self) -> Embed {
        Embed {
            controls: self.controls,
            theme: self.theme,
            autoplay: self.autoplay && self.figure.plays(),
            poster: self.poster.then_some(Poster::Own),
            ..Embed::default()
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The address of the full page, without query and fragment.
    pub page: &'a str,
    pub experiment: &'a Experiment,
    /// One per lane.
    pub runs: &'a [Rc<LaneRun>],
    pub views: &'a Views,
    /// The page's moment; `None` at the end of the run.
    pub shown: Option<Time>,
}

impl Subject<'_> {
    /// Without the `#`.
    pub fn fragment(&self, picked: &Picked) -> String {
        let views = picked.figure.on(self.views);
        let fragment = address::with_view(&self.experiment.to_link(), &views);
        let at = match picked.start {
            _ if !picked.figure.plays() => None,
            Start::Shown => self.shown,
            Start::Beginning => Some(Time::ZERO),
            Start::End => None,
        };
        address::with_moment(fragment, at)
    }

    /// The moment of the poster image; `None` for the whole run.
    pub fn picture_at(&self, picked: &Picked) -> Option<Time> {
        match picked.start {
            Start::Shown if picked.figure.plays() => self.shown,
            _ => None,
        }
    }

    /// The address of the figure.
    pub fn figure(&self, picked: &Picked) -> String {
        let query = picked.embed().write();
        format!("{}?{query}#{}", self.page, self.fragment(picked))
    }

    /// The address of the full page.
    pub fn full(&self, picked: &Picked) -> String {
        format!("{}#{}", self.page, self.fragment(picked))
    }

    pub fn title(&self) -> String {
        story::headline(self.experiment).title
    }

    /// The title and the outcome of each lane, as a text alternative.
    pub fn description(&self) -> String {
        document_title(self.experiment, self.runs)
    }

    /// The poster image, as SVG.
    pub fn picture(&self, picked: &Picked) -> String {
        let options = PictureOptions {
            at: self.picture_at(picked),
            theme: colours(picked.theme),
            width: None,
        };
        picture::svg(self.experiment, &options)
    }

    /// An `<iframe>` of this height; with a poster if one is picked, in the file `picture`. The poster is a
    /// `srcdoc` that links to the figure, because that resolves the file relative to the embedding page.
    pub fn frame(&self, picked: &Picked, height: u32, picture: &str) -> String {
        let widest = match picked.width {
            Width::Text => String::new(),
            Width::Pixels(most) => format!("max-width:{most}px;"),
        };
        let title = escaped(&self.description());
        let loaded = Picked { poster: false, ..*picked };
        let figure = escaped(&self.figure(&loaded));
        let content = if picked.poster {
            let picture = escaped(picture);
            let poster = format!(
                "<body style=\"margin:0\"><a href=\"{figure}\"><img src=\"{picture}\" alt=\"Start: {title}\" style=\"width:100%\"></a>"
            );
            format!("srcdoc=\"{}\"", escaped(&poster))
        } else {
            format!("src=\"{figure}\"")
        };
        format!(
            "<iframe {content}\n  title=\"{title}\"\n  width=\"100%\" height=\"{height}\" loading=\"lazy\" style=\"{widest}border:0\"></iframe>\n"
        )
    }

    /// The custom element of `ackground-embed.js`; with a poster if one is picked, in the file `picture`.
    pub fn element(&self, picked: &Picked, picture: &str) -> String {
        let folder = self.page.rfind('/').map_or(0, |slash| slash + 1);
        let mut attributes = String::new();
        let mut add = |name: &str, value: &str| {
            attributes.push_str("\n  ");
            attributes.push_str(name);
            if !value.is_empty() {
                attributes.push_str("=\"");
                attributes.push_str(&escaped(value));
                attributes.push('"');
            }
        };
        // By default the element derives the page's address from its script's.
        if folder != self.page.len() {
            add("src", self.page);
        }
        add("experiment", &self.fragment(picked));
        add("title", &self.description());
        // The element needs it for its initial height, though the fragment has it too.
        if picked.figure != Figure::default() {
            add("view", picked.figure.word());
        }
        let embed = picked.embed();
        if embed.controls != Controls::default() {
            add("controls", embed.controls.word());
        }
        if embed.theme != Theme::default() {
            add("theme", embed.theme.word());
        }
        if embed.autoplay {
            add("autoplay", "");
        }
        if embed.poster.is_some() {
            add("poster", picture);
        }
        if let Width::Pixels(most) = picked.width {
            add("style", &format!("max-width:{most}px"));
        }
        let script = escaped(&format!("{}ackground-embed.js", &self.page[..folder]));
        let (full, title) = (escaped(&self.full(picked)), escaped(&self.title()));
        format!(
            "<script src=\"{script}\" defer></script>\n<ackground-figure{attributes}>\n  <a href=\"{full}\">{title}</a>\n</ackground-figure>\n"
        )
    }

    /// An image in the file `picture` that links to the full page, as Markdown.
    pub fn markdown(&self, picked: &Picked, picture: &str) -> String {
        let full = self.full(picked).replace('(', "%28").replace(')', "%29");
        format!("[![{}]({picture})]({full})\n", in_markdown(&self.description()))
    }
}

const fn colours(theme: Theme) -> picture::Theme {
    match theme {
        Theme::System => picture::Theme::Auto,
        Theme::Light => picture::Theme::Light,
        Theme::Dark => picture::Theme::Dark,
    }
}

/// Escapes a text for the brackets of a Markdown link: on one line, without markup.
fn in_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '[' | ']' | '`' | '*' | '_' | '<' | '>' | '&' | '!' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::State;
    use ackground_core::experiment::scenario::Label;

    const PAGE: &str = "https://example.org/ackground/";

    fn subject<'a>(state: &'a State, page: &'a str) -> Subject<'a> {
        Subject {
            page,
            experiment: &state.experiment,
            runs: &state.runs,
            views: &state.views,
            shown: state.moment(),
        }
    }

    /// The value of an attribute as a browser would parse it.
    fn attribute(html: &str, name: &str) -> String {
        let start = html.find(&format!("{name}=\"")).expect(name) + name.len() + 2;
        let value = html[start..].split('"').next().expect("it ends");
        let value = value.replace("&quot;", "\"").replace("&lt;", "<");
        value.replace("&gt;", ">").replace("&amp;", "&")
    }

    #[test]
    fn a_frame_opens_what_was_picked() {
        let state = State::open("payment/plain+queue&picture=flow&at=1200ms");
        let subject = subject(&state, PAGE);
        let picked = Picked {
            controls: Controls::None,
            theme: Theme::Dark,
            width: Width::Pixels(480),
            ..Picked::of(&state.views)
        };
        let html = subject.frame(&picked, 432, "p.svg");
        let src = attribute(&html, "src");
        assert_eq!(
            src,
            "https://example.org/ackground/?embed&controls=none&theme=dark#payment/plain+queue&picture=flow&at=1200ms"
        );
        assert!(html.contains("?embed&amp;controls"), "{html}");
        assert!(html.contains("height=\"432\"") && html.contains("max-width:480px"));
        let (query, fragment) = src.split_once('#').expect("a fragment");
        let (_, query) = query.split_once('?').expect("a query");
        let (embed, unread) = Embed::read(query).expect("a figure");
        assert!(unread.is_empty(), "{unread:?}");
        let shown = embed.open(fragment);
        assert_eq!(shown.experiment, state.experiment);
        assert_eq!(shown.views.picture, state.views.picture);
        assert_eq!(shown.playhead, state.playhead);
        assert_eq!(Figure::of(&shown.views), Figure::Flow);
    }

    #[test]
    fn the_first_example_is_named_so_that_the_link_lasts() {
        let state = State::open("");
        let link = subject(&state, PAGE).full(&Picked::of(&state.views));
        assert!(link.contains("#payment/at-most-once,at-least-once,effectively-once/"), "{link}");
    }

    #[test]
    fn where_it_starts_is_said_only_of_what_plays() {
        let state = State::open("payment/plain&at=700ms");
        let subject = subject(&state, PAGE);
        let at = |start, figure| {
            let picked = Picked { start, figure, ..Picked::of(&state.views) };
            subject.fragment(&picked)
        };
        assert_eq!(at(Start::Shown, Figure::Diagram), "payment/plain&at=700ms");
        assert_eq!(at(Start::Beginning, Figure::Diagram), "payment/plain&at=0ms");
        assert_eq!(at(Start::End, Figure::Diagram), "payment/plain");
        assert_eq!(at(Start::Shown, Figure::Verdicts), "payment/plain&view=prove");
        let autoplay =
            Picked { autoplay: true, figure: Figure::Measure, ..Picked::of(&state.views) };
        assert!(!subject.figure(&autoplay).contains("autoplay"));
    }

    #[test]
    fn a_frame_with_a_poster_loads_nothing_but_the_picture() {
        let mut state = State::open("payment/plain/drop-publish-2");
        let mut experiment = (*state.experiment).clone();
        experiment.title = ackground_core::experiment::scenario::Label::cut("\"A\" & <b>");
        state.experiment = Rc::new(experiment);
        let picked = Picked { poster: true, ..Picked::of(&state.views) };
        let html = subject(&state, PAGE).frame(&picked, 500, "a b.svg");
        assert!(!html.contains(" src=\""), "{html}");
        let inside = attribute(&html, "srcdoc");
        assert_eq!(attribute(&inside, "src"), "a b.svg");
        let figure = attribute(&inside, "href");
        assert!(figure.starts_with(&format!("{PAGE}?embed#")), "{figure}");
        assert!(attribute(&inside, "alt").starts_with("Start: \"A\" & <b>"));
    }

    #[test]
    fn an_element_has_its_script_and_a_link_for_where_it_does_not_run() {
        let state = State::open("payment/plain");
        let picked = Picked { autoplay: true, poster: true, ..Picked::of(&state.views) };
        let html = subject(&state, PAGE).element(&picked, "ackground.svg");
        assert_eq!(attribute(&html, "script src"), format!("{PAGE}ackground-embed.js"));
        assert_eq!(attribute(&html, "experiment"), "payment/plain");
        assert_eq!(attribute(&html, "poster"), "ackground.svg");
        assert!(html.contains("\n  autoplay\n"), "{html}");
        assert!(html.contains("<a href=\"https://example.org/ackground/#payment/plain\">"));
        assert_eq!(html.matches("src=").count(), 1, "the page is beside its script");
        let one_file = format!("{PAGE}ackground.html");
        let html = subject(&state, &one_file).element(&picked, "p.svg");
        assert!(
            html.contains("\n  src=\"https://example.org/ackground/ackground.html\""),
            "{html}"
        );
    }

    #[test]
    fn a_title_with_quotes_and_markup_stays_a_title() {
        let mut state = State::open("payment/plain");
        let hostile = "\"><script>alert('1')</script> & [x](y) `z` \\ |\n# end";
        Rc::make_mut(&mut state.experiment).title = Label::cut(hostile);
        let subject = subject(&state, PAGE);
        let picked = Picked::of(&state.views);
        let frame = subject.frame(&picked, 500, "p.svg");
        assert!(attribute(&frame, "title").starts_with(hostile), "{frame}");
        assert_eq!(frame.matches('<').count(), 2, "one element: {frame}");
        let element = subject.element(&picked, "a.svg");
        assert_eq!(element.matches("<script").count(), 1, "{element}");
        assert!(attribute(&element, "title").starts_with(hostile));
        let markdown = subject.markdown(&picked, "a.svg");
        assert_eq!(markdown.lines().count(), 1);
        assert!(markdown.starts_with("[![\"\\>\\<script\\>"), "{markdown}");
        assert!(markdown.contains("\\[x\\](y) \\`z\\` \\\\ \\| # end"), "{markdown}");
        assert!(
            markdown.contains("](a.svg)](https://example.org/ackground/#payment"),
            "{markdown}"
        );
    }

    #[test]
    fn a_page_with_brackets_in_its_address_does_not_end_a_markdown_link() {
        let state = State::open("payment/plain");
        let markdown = subject(&state, "https://example.org/a(b)/")
            .markdown(&Picked::of(&state.views), "a.svg");
        assert!(
            markdown.ends_with("](https://example.org/a%28b%29/#payment/plain)\n"),
            "{markdown}"
        );
    }
}
