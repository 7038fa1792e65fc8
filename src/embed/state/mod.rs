//! Embedded figures: the options in the query of their address.
//!
//! `PAGE?embed&controls=none&view=flow&theme=dark&at=2600ms&autoplay&poster=p.svg#FRAGMENT`. The query holds
//! the figure's own options; the fragment is the full page's, so a figure's page is the same address without
//! the query. What cannot be parsed is skipped and reported.
//!
//! | file | owns |
//! |---|---|
//! | `poster` | the image shown until it is clicked |
//! | [`message`] | the message protocol between figure and host |

pub mod message;
mod poster;

use self::message::LoadSource;
use crate::state::address::{not_allowed, short};
use crate::state::{Notice, State, Theme, View, Views, address, moment};
use crate::watch::choices::Picture;
use ackground_core::sim::Time;

pub use poster::Poster;

/// The key that makes the page a figure.
const EMBED: &str = "embed";
const CONTROLS: &str = "controls";
const VIEW: &str = "view";
const THEME: &str = "theme";
const AUTOPLAY: &str = "autoplay";
const POSTER: &str = "poster";

ackground_core::words! {
    /// How interactive a figure is.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Controls {
        /// Nothing but links: a still image.
        None = "none",
        /// Playback: play, step, scrub.
        #[default]
        Play = "play",
        /// Playback and faults: inject by hand, edit the script, undo.
        All = "all",
    }
}

ackground_core::words! {
    /// What a figure shows.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Figure {
        /// Watch, as a timeline per lane.
        #[default]
        Diagram = "diagram",
        /// Watch, as flow.
        Flow = "flow",
        /// Prove, abridged.
        Verdicts = "verdicts",
        /// Measure, abridged.
        Measure = "measure",
    }
}

impl Figure {
    /// The figure that matches the page's views.
    pub fn of(views: &Views) -> Figure {
        match (views.shown, views.picture) {
            // Lessons cannot be embedded; their experiment can.
            (View::Watch, Picture::Timeline) | (View::Learn | View::Class, _) => Figure::Diagram,
            (View::Watch, Picture::Flow) => Figure::Flow,
            (View::Prove, _) => Figure::Verdicts,
            (View::Measure, _) => Figure::Measure,
        }
    }

    /// The matching views of the page, with their choices kept.
    pub fn on(self, views: &Views) -> Views {
        let (shown, picture) = match self {
            Figure::Diagram => (View::Watch, Picture::Timeline),
            Figure::Flow => (View::Watch, Picture::Flow),
            Figure::Verdicts => (View::Prove, views.picture),
            Figure::Measure => (View::Measure, views.picture),
        };
        Views { shown, picture, ..views.clone() }
    }

    /// Whether it shows a run at a moment, so that there is something to play.
    pub const fn plays(self) -> bool {
        matches!(self, Figure::Diagram | Figure::Flow)
    }
}

/// The options of a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    pub controls: Controls,
    /// Defaults to what the fragment says.
    pub figure: Option<Figure>,
    pub theme: Theme,
    /// The initial moment. Defaults to the fragment's, else the end, or the start for autoplay.
    pub at: Option<Time>,
    /// Whether it plays once when it scrolls into view.
    pub autoplay: bool,
    /// The image shown in its place until it is clicked; nothing is loaded before.
    pub poster: Option<Poster>,
}

impl Embed {
    /// Parses the query of an address (with or without the `?`); `None` if it does not ask for a figure. Also
    /// returns a sentence per part that was skipped. The last occurrence of a key wins.
    pub fn read(query: &str) -> Option<(Embed, Vec<String>)> {
        let query = query.trim_start_matches('?');
        let pairs = query.split('&').filter(|part| !part.is_empty());
        let pairs: Vec<(&str, String)> = pairs
            .map(|part| {
                let (key, value) = part.split_once('=').unwrap_or((part, ""));
                (key, plain(value))
            })
            .collect();
        pairs.iter().find(|(key, _)| *key == EMBED)?;
        let mut embed = Embed::default();
        let unread = pairs.iter().filter_map(|(key, value)| embed.take(key, value).err());
        let unread = unread.collect();
        Some((embed, unread))
    }

    fn take(&mut self, key: &str, value: &str) -> Result<(), String> {
        let allowed = |words: &str| not_allowed(key, value, words);
        match key {
            EMBED => {}
            CONTROLS => {
                self.controls = Controls::from_word(value)
                    .ok_or_else(|| allowed(&Controls::ALL.map(Controls::word).join(", ")))?;
            }
            VIEW => {
                let figure = Figure::from_word(value)
                    .ok_or_else(|| allowed(&Figure::ALL.map(Figure::word).join(", ")))?;
                self.figure = Some(figure);
            }
            THEME => {
                self.theme = Theme::from_word(value)
                    .ok_or_else(|| allowed(&Theme::ALL.map(Theme::word).join(", ")))?;
            }
            moment::AT => {
                let at = moment::read(value).ok_or_else(|| allowed(moment::ALLOWED))?;
                self.at = Some(at);
            }
            AUTOPLAY => {
                self.autoplay = match value {
                    "" | "true" | "1" => true,
                    "false" | "0" => false,
                    _ => return Err(allowed("the word alone")),
                };
            }
            POSTER => {
                let poster = Poster::read(value).ok_or_else(|| allowed(poster::ALLOWED))?;
                self.poster = Some(poster);
            }
            _ => {
                let key = short(key);
                return Err(format!("\u{201c}{key}\u{201d} is not an option of a figure."));
            }
        }
        Ok(())
    }

    /// The query for these options, without the `?` and without defaults.
    pub fn write(&self) -> String {
        let mut query = EMBED.to_owned();
        let mut add = |key: &str, value: &str| {
            query.push('&');
            query.push_str(key);
            if !value.is_empty() {
                query.push('=');
                query.push_str(&escaped(value));
            }
        };
        if self.controls != Controls::default() {
            add(CONTROLS, self.controls.word());
        }
        if let Some(figure) = self.figure {
            add(VIEW, figure.word());
        }
        if self.theme != Theme::default() {
            add(THEME, self.theme.word());
        }
        if let Some(at) = self.at {
            add(moment::AT, &moment::write(at));
        }
        if self.autoplay {
            add(AUTOPLAY, "");
        }
        if let Some(poster) = &self.poster {
            add(POSTER, poster.written());
        }
        query
    }

    /// The fragment for a load request from the host, in the view that the author has chosen.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in a sentence or several; the figure then stays as it is.
    pub fn loaded(&self, asked: LoadSource) -> Result<String, String> {
        let address::AddressContent { experiment, views, at, notice, .. } =
            address::read(&asked.fragment()?, &Views::default());
        match notice {
            Some(Notice::BrokenLink { reasons, .. }) => return Err(reasons.join(" ")),
            Some(Notice::Unread { parts }) => return Err(parts.join(" ")),
            _ => {}
        }
        let views = self.figure.map_or_else(|| views.clone(), |it| it.on(&views));
        let fragment = address::with_view(&address::fragment(&experiment), &views);
        Ok(address::with_moment(fragment, at))
    }

    /// The initial state of a figure with this fragment: paused, without a sheet.
    pub fn open(&self, fragment: &str) -> State {
        let mut state = State::open(fragment);
        state.sheet = None;
        if let Some(figure) = self.figure {
            state.views = figure.on(&state.views);
        }
        let end = state.axis.end();
        if let Some(at) = self.at {
            state.playhead = at.min(end);
        } else if self.autoplay && state.at_end() {
            state.playhead = Time::ZERO;
        }
        state
    }
}

/// Percent-decodes a value; what is not valid UTF-8 stays encoded.
fn plain(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = bytes.get(at + 1..at + 3).filter(|_| byte == b'%');
        let digits = escaped.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(meant) => {
                out.push(meant);
                at += 3;
            }
            None => {
                out.push(if byte == b'+' { b' ' } else { byte });
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| value.to_owned())
}

/// Percent-encodes everything that has a meaning in a query, in HTML or in Markdown.
fn escaped(value: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:,;".contains(&byte) {
            out.push(byte.into());
        } else {
            out.push('%');
            out.push(DIGITS[usize::from(byte >> 4)].into());
            out.push(DIGITS[usize::from(byte & 15)].into());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Embed {
        let (embed, unread) = Embed::read(query).expect("a figure");
        assert_eq!(unread, [] as [&str; 0], "{query}");
        embed
    }

    #[test]
    fn only_a_query_that_says_so_asks_for_a_figure() {
        for page in ["", "?", "?controls=none", "?embedded", "?theme=dark&x=embed"] {
            assert_eq!(Embed::read(page), None, "{page}");
        }
        for figure in ["?embed", "embed", "?embed=", "?embed=1", "?&&embed&"] {
            assert_eq!(read(figure), Embed::default(), "{figure}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let posters = [
            None,
            Some(Poster::Own),
            Poster::read("img/a b&c=d#e?f+g%41.svg"),
            Poster::read("data:image/svg+xml,%3Csvg%3E\u{e4}%3C/svg%3E"),
        ];
        for controls in Controls::ALL {
            for figure in Figure::ALL.map(Some).into_iter().chain([None]) {
                for theme in Theme::ALL {
                    for (at, poster) in [None, Some(Time::from_micros(2_600_125))]
                        .into_iter()
                        .flat_map(|at| posters.clone().map(|poster| (at, poster)))
                    {
                        let embed =
                            Embed { controls, figure, theme, at, autoplay: at.is_some(), poster };
                        assert_eq!(read(&embed.write()), embed, "{}", embed.write());
                    }
                }
            }
        }
        assert_eq!(Embed::default().write(), "embed");
    }

    #[test]
    fn nothing_in_a_written_query_breaks_an_attribute_or_a_markdown_link() {
        let embed =
            Embed { poster: Poster::read("a\"b'c<d>e(f)g[h]i`j k\\l.svg"), ..Embed::default() };
        let query = embed.write();
        assert!(
            !query.contains(['"', '\'', '<', '>', '(', ')', '[', ']', '`', ' ', '\\', '#']),
            "{query}"
        );
    }

    #[test]
    fn what_is_not_understood_is_left_out_and_said() {
        let query = "embed&controls=some&view=proof&theme=blue&at=soon&autoplay=no&poster=//evil.example/x.svg&colour=red&theme=dark";
        let (embed, unread) = Embed::read(query).expect("a figure");
        let understood = Embed { theme: Theme::Dark, ..Embed::default() };
        assert_eq!(embed, understood);
        assert_eq!(
            unread,
            [
                "“controls=some”: allowed is none, play, all.",
                "“view=proof”: allowed is diagram, flow, verdicts, measure.",
                "“theme=blue”: allowed is auto, light, dark.",
                "“at=soon”: allowed is a moment of the run such as 2600ms.",
                "“autoplay=no”: allowed is the word alone.",
                "“poster=//evil.example/x.svg”: allowed is the word alone, the path of a picture on the same site, or data:image/svg+xml,….",
                "“colour” is not an option of a figure.",
            ]
        );
    }

    #[test]
    fn broken_escapes_do_not_break_anything() {
        for query in
            ["embed&poster=%", "embed&poster=%f", "embed&poster=%zz", "embed&poster=%ff%c3"]
        {
            let (embed, _) = Embed::read(query).expect("a figure");
            assert_eq!(read(&embed.write()), embed, "{query}");
        }
    }

    #[test]
    fn a_figure_shows_what_its_fragment_says_unless_its_query_says_otherwise() {
        let shown = |query: &str, fragment: &str| Figure::of(&read(query).open(fragment).views);
        assert_eq!(shown("embed", ""), Figure::Diagram);
        assert_eq!(shown("embed", "picture=flow"), Figure::Flow);
        assert_eq!(shown("embed", "view=prove&faults=2"), Figure::Verdicts);
        assert_eq!(shown("embed&view=measure", "picture=flow"), Figure::Measure);
        assert_eq!(shown("embed&view=diagram", "picture=flow"), Figure::Diagram);
        let state = read("embed&view=verdicts").open("view=prove&faults=2");
        assert_eq!(state.views.prove.faults(), 2, "its bounds stay");
        assert_eq!(read("embed").open("word=outbox").sheet, None);
    }

    #[test]
    fn what_a_host_loads_is_shown_as_the_author_has_chosen_or_refused_whole() {
        let load = |query: &str, fragment: &str| {
            read(query).loaded(LoadSource::Fragment(fragment.to_owned()))
        };
        let other = LoadSource::Json(r#"{"version":1,"title":"Other","lanes":[{}]}"#.into());
        let fragment = read("embed&view=flow").loaded(other).expect("it is whole");
        let state = read("embed").open(&fragment);
        assert_eq!(state.experiment.title.to_string(), "Other");
        assert_eq!(Figure::of(&state.views), Figure::Flow);
        assert_eq!(load("embed", "at=1000ms").as_deref(), Ok("at=1000ms"));
        for broken in ["v1.xxxx", "v9.abc", "nonsense", "view=nothing"] {
            assert!(load("embed", broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn a_figure_starts_at_its_moment_else_at_the_end_else_at_the_start_if_it_plays() {
        let at = |query: &str, fragment: &str| {
            let state = read(query).open(fragment);
            assert!(!state.playing, "it begins when it is in view");
            (state.playhead, state.axis.end())
        };
        let ms = Time::from_millis;
        let (playhead, end) = at("embed", "");
        assert_eq!(playhead, end);
        assert_eq!(at("embed&at=2600ms", "at=1000ms").0, ms(2600));
        assert_eq!(at("embed", "at=1000ms").0, ms(1000));
        assert_eq!(at("embed&autoplay", "at=1000ms").0, ms(1000));
        assert_eq!(at("embed&autoplay", "").0, Time::ZERO);
        let (playhead, end) = at("embed&at=99999999ms", "");
        assert_eq!(playhead, end, "there is nothing after the end");
    }
}
