//! The address: the experiment, then the view with its choices, or the moment.
//!
//! A fragment is the experiment's link (empty for the default experiment) followed by `key=value` pairs,
//! joined by `&`: `payment/at-least-once&view=prove&faults=2`. The order of keys does not matter. What cannot
//! be parsed is skipped and reported. The link format belongs to
//! [`experiment::link`](ackground_core::experiment::link), the keys to the [views](super::views).

use super::moment;
use super::notice::Notice;
use super::sheet::Sheet;
use super::taken::Taken;
use super::views::{View, Views};
use crate::learn::choices::LearnChoices;
use ackground_core::experiment::{Experiment, Mistake};
use ackground_core::sim::Time;

/// How many problems of a link are listed before the rest is only counted.
const MOST_TOLD: usize = 12;

const VIEW: &str = "view";

/// The fragment of an experiment, without the `#`. It is empty for the default experiment, to keep the bare
/// address bare.
pub fn fragment(experiment: &Experiment) -> String {
    if *experiment == Experiment::default() { String::new() } else { experiment.to_link() }
}

/// The fragment with the experiment spelled out even if it is the default one: a shared link must keep its
/// meaning when the default changes.
pub fn lasting(experiment: &Experiment, fragment: &str) -> String {
    if *experiment != Experiment::default() {
        return fragment.to_owned();
    }
    let mut lasting = experiment.to_link();
    if !fragment.is_empty() {
        lasting.push('&');
        lasting.push_str(fragment);
    }
    lasting
}

/// Appends the view and its choices.
pub fn with_view(fragment: &str, views: &Views) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !fragment.is_empty() {
        parts.push(fragment.to_owned());
    }
    if views.shown != View::default() {
        parts.push(format!("{VIEW}={}", views.shown.word()));
    }
    let choices = views.write().into_iter();
    parts.extend(choices.map(|(key, value)| format!("{key}={value}")));
    parts.join("&")
}

/// Appends the sheet, if it is one that can be linked to.
pub fn with_sheet(mut fragment: String, sheet: Option<Sheet>) -> String {
    if let Some((key, value)) = sheet.and_then(|sheet| sheet.written()) {
        if !fragment.is_empty() {
            fragment.push('&');
        }
        fragment.push_str(key);
        fragment.push('=');
        fragment.push_str(&value);
    }
    fragment
}

/// Appends the moment, if there is one.
pub fn with_moment(mut fragment: String, at: Option<Time>) -> String {
    if let Some(at) = at {
        if !fragment.is_empty() {
            fragment.push('&');
        }
        fragment.push_str(moment::AT);
        fragment.push('=');
        fragment.push_str(&moment::write(at));
    }
    fragment
}

/// The content of a parsed fragment.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressContent {
    /// The experiment; the default one if the fragment names none.
    pub experiment: Experiment,
    /// The views, with choices for the shown view only; those of other views are not in the address.
    pub views: Views,
    /// The moment, in Watch only.
    pub at: Option<Time>,
    pub sheet: Option<Sheet>,
    /// Set if something could not be understood.
    pub notice: Option<Notice>,
}

/// Parses a fragment, with or without the `#`. Choices of views that are not shown are taken from `views`.
pub fn read(fragment: &str, views: &Views) -> AddressContent {
    let fragment = fragment.trim().trim_start_matches('#');
    let (link, parts) = split(fragment);
    let ReadParts { views, at, sheet, unread } = read_parts(&parts, views);
    let read = if link.is_empty() { Ok(None) } else { Experiment::open_link(link) };
    match read {
        Ok(opened) => {
            let (experiment, left_out) = match opened {
                Some(opened) => (opened.experiment, opened.left_out),
                None => (Experiment::default(), Vec::new()),
            };
            let parts = capped(left_out.iter().map(named).chain(unread).collect());
            AddressContent {
                experiment,
                views,
                at,
                sheet,
                notice: (!parts.is_empty()).then_some(Notice::Unread { parts }),
            }
        }
        Err(error) => {
            let reasons = error.to_string().lines().map(str::to_owned).collect();
            let fragment = fragment.to_owned();
            AddressContent {
                experiment: Experiment::default(),
                views,
                at,
                sheet: None,
                notice: Some(Notice::BrokenLink { fragment, reasons }),
            }
        }
    }
}

/// Splits off the experiment's link. A fragment that begins with a key names no experiment.
fn split(fragment: &str) -> (&str, Vec<&str>) {
    let (first, rest) = match fragment.split_once('&') {
        Some((first, rest)) => (first, Some(rest)),
        None => (fragment, None),
    };
    let is_key = first.split_once('=').is_some_and(|(key, _)| {
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    let rest = if is_key { Some(fragment) } else { rest };
    let parts = rest.into_iter().flat_map(|rest| rest.split('&'));
    let parts = parts.filter(|part| !part.is_empty()).collect();
    (if is_key { "" } else { first }, parts)
}

/// What follows the experiment's link.
struct ReadParts {
    views: Views,
    at: Option<Time>,
    sheet: Option<Sheet>,
    /// One sentence per part that was not understood.
    unread: Vec<String>,
}

fn read_parts(parts: &[&str], views: &Views) -> ReadParts {
    let mut unread = Vec::new();
    let (mut at, mut sheet) = (None, None);
    let pairs: Vec<(&str, String)> = parts
        .iter()
        .map(|part| {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            (key, plain(value))
        })
        .collect();
    // Lesson and exercise keys exist in one view only, so their links may omit `view`.
    let learns = pairs.iter().any(|(key, _)| LearnChoices::owns(key));
    let mut shown = if learns { View::Learn } else { View::default() };
    for (key, value) in &pairs {
        if *key == VIEW {
            match View::from_word(value) {
                Some(view) => shown = view,
                None => unread.push(not_allowed(key, value, &words())),
            }
        }
    }
    let mut views = views.showing(shown);
    views.forget();
    for (key, value) in pairs.iter().filter(|(key, _)| *key != VIEW) {
        if shown == View::Watch && *key == moment::AT {
            match moment::read(value) {
                Some(moment) => at = Some(moment),
                None => unread.push(not_allowed(key, value, moment::ALLOWED)),
            }
            continue;
        }
        if let Some(asked) = Sheet::read(key, value) {
            match asked {
                Ok(asked) => sheet = Some(asked),
                Err(allowed) => unread.push(not_allowed(key, value, allowed)),
            }
            continue;
        }
        match views.take(key, value) {
            Taken::Yes => {}
            Taken::UnknownKey => unread.push(format!(
                "\u{201c}{}\u{201d} is not an option of {}.",
                short(key),
                shown.label()
            )),
            Taken::BadValue(allowed) => unread.push(not_allowed(key, value, &allowed)),
        }
    }
    ReadParts { views, at, sheet, unread }
}

/// Limits the list to what a person would read, and counts the rest.
fn capped(mut parts: Vec<String>) -> Vec<String> {
    let more = parts.len().saturating_sub(MOST_TOLD);
    parts.truncate(MOST_TOLD);
    if more > 0 {
        parts.push(format!("And {more} more."));
    }
    parts
}

/// A mistake in the experiment's link, as a sentence.
fn named(mistake: &Mistake) -> String {
    let Mistake { path, message, .. } = mistake;
    if path.is_empty() {
        return message.clone();
    }
    // Messages that start with "is" continue the sentence after the quoted part.
    let colon = if message.starts_with("is ") { "" } else { ":" };
    format!("\u{201c}{}\u{201d}{colon} {message}", short(path))
}

/// Says that the key does not take this value, and which values it takes.
pub(crate) fn not_allowed(key: &str, value: &str, allowed: &str) -> String {
    format!("\u{201c}{}={}\u{201d}: allowed is {allowed}.", short(key), short(value))
}

fn words() -> String {
    View::ALL.map(View::word).join(", ")
}

/// Truncates a text to something recognizable.
pub(crate) fn short(text: &str) -> String {
    let mut start: String = text.chars().take(40).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

/// Unescapes commas, which mail programs and the like percent-encode.
fn plain(value: &str) -> String {
    value.replace("%2C", ",").replace("%2c", ",")
}

/// Which history entry the state belongs to, and where it came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Counts history entries. Every action with an entry of its own increments it; a whole drag is one.
    pub number: u64,
    /// Whether the state was read from the address, which must then not be rewritten, even if it is broken.
    pub from_address: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::choices::MeasureChoices;
    use crate::prove::choices::ProveChoices;
    use crate::watch::choices::Picture;
    use ackground_core::measure::Quantity;
    use ackground_core::measure::sweep::Axis;
    use ackground_core::prove::{Kind, Kinds};

    fn asked(fragment: &str) -> AddressContent {
        read(fragment, &Views::default())
    }

    fn proving(prove: ProveChoices) -> Views {
        Views { shown: View::Prove, prove, ..Views::default() }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut other = Experiment::default();
        other.lanes.remove(0);
        let drops = Kinds::NONE.with(Kind::Drop).with(Kind::Duplicate);
        let choices = ProveChoices::default();
        let measure = MeasureChoices {
            chart: None,
            x: Axis::of("lanes[1].producer.retries").expect("an axis"),
            y: Quantity::Throughput,
            messages: 1000,
            against: 1,
        };
        let all = [
            Views::default(),
            proving(choices),
            proving(choices.with_faults(4).with_messages(1)),
            proving(choices.with_kinds(drops)),
            proving(choices.with_kinds(Kinds::NONE)),
            Views::default().showing(View::Measure),
            Views { picture: Picture::Flow, ..Views::default() },
            Views { measure, ..Views::default().showing(View::Measure) },
        ];
        for experiment in [Experiment::default(), other] {
            for views in &all {
                let text = with_view(&fragment(&experiment), views);
                let expected = AddressContent {
                    experiment: experiment.clone(),
                    views: views.clone(),
                    at: None,
                    sheet: None,
                    notice: None,
                };
                assert_eq!(asked(&text), expected, "{text}");
                assert_eq!(asked(&format!("#{text}")), expected, "{text}");
            }
        }
    }

    #[test]
    fn the_bare_address_and_old_links_are_as_they_were() {
        assert_eq!(with_view("", &Views::default()), "");
        assert_eq!(with_view("v1.abc", &Views::default()), "v1.abc");
        let link = Experiment::default().to_link();
        assert_eq!(asked(&link).notice, None);
        assert_eq!(asked("").views, Views::default());
    }

    #[test]
    fn an_address_that_is_passed_on_names_the_first_example() {
        let first = Experiment::default();
        for (fragment, said) in [("", ""), ("view=prove", "&view=prove")] {
            let lasting = lasting(&first, fragment);
            assert_eq!(lasting, format!("{}{said}", first.to_link()));
            assert_eq!(asked(&lasting), asked(fragment));
        }
        let mut other = first;
        other.lanes.remove(0);
        assert_eq!(lasting(&other, &fragment(&other)), fragment(&other));
    }

    #[test]
    fn a_default_is_not_written() {
        let prove = proving(ProveChoices::default());
        assert_eq!(with_view("", &prove), "view=prove");
        let four = proving(ProveChoices::default().with_faults(4));
        assert_eq!(with_view("v1.abc", &four), "v1.abc&view=prove&faults=4");
    }

    #[test]
    fn order_does_not_matter() {
        let one = asked("view=prove&faults=1&messages=3&kinds=drop,crash");
        assert_eq!(asked("kinds=crash%2Cdrop&messages=3&view=prove&faults=1"), one);
        assert_eq!((one.views.prove.faults(), one.views.prove.messages()), (1, 3));
        assert_eq!(one.notice, None);
    }

    #[test]
    fn what_is_not_understood_is_named_and_the_rest_is_kept() {
        let asked = asked("view=prove&faults=9&messages=3&colour=red&kinds=drop,crush");
        assert_eq!(asked.views.shown, View::Prove);
        assert_eq!(asked.views.prove, ProveChoices::default().with_messages(3));
        let Some(Notice::Unread { parts }) = asked.notice else {
            panic!("{:?}", asked.notice);
        };
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[0], "\u{201c}faults=9\u{201d}: allowed is 0 to 4.");
        assert!(parts[1].contains("colour") && parts[2].contains("crush"));
    }

    #[test]
    fn an_unknown_view_is_named_and_the_experiment_is_shown() {
        let mut experiment = Experiment::default();
        experiment.lanes.remove(0);
        let asked = asked(&format!("{}&view=dream", fragment(&experiment)));
        assert_eq!(asked.experiment, experiment);
        assert_eq!(asked.views, Views::default());
        assert!(matches!(asked.notice, Some(Notice::Unread { parts }) if parts.len() == 1));
    }

    #[test]
    fn a_broken_link_is_still_a_broken_link() {
        let asked = asked("v1.broken&view=prove");
        assert_eq!(asked.views.shown, View::Prove);
        assert!(matches!(asked.notice, Some(Notice::BrokenLink { .. })));
    }

    #[test]
    fn what_is_wrong_in_a_link_is_left_out_and_said() {
        let asked = asked("order/at-least-once+atomc/drp-ack-1&view=prove&faults=9");
        let Some(Notice::Unread { parts }) = asked.notice else {
            panic!("{:?}", asked.notice);
        };
        assert_eq!(parts.len(), 3, "{parts:?}");
        assert!(
            parts[0].starts_with("\u{201c}atomc\u{201d} is not ") && parts[0].contains("atomic")
        );
        assert_eq!(fragment(&asked.experiment), "order/at-least-once");
        assert_eq!(asked.views.shown, View::Prove);
    }

    #[test]
    fn a_flood_of_mistakes_is_told_in_a_few_sentences() {
        let asked = asked(&format!("payment/plain{}", "+x".repeat(100)));
        let Some(Notice::Unread { parts }) = asked.notice else {
            panic!("{:?}", asked.notice);
        };
        assert_eq!(parts.len(), MOST_TOLD + 1);
        assert_eq!(parts[MOST_TOLD], "And 88 more.");
    }

    #[test]
    fn what_other_views_chose_stays() {
        let before = proving(ProveChoices::default().with_faults(1));
        assert_eq!(read("", &before).views.prove.faults(), 1);
        let back = read("view=prove", &before).views.prove;
        assert_eq!(back.faults(), 3, "the address says all of the view it shows");
    }

    #[test]
    fn nothing_panics() {
        for text in ["&", "&&=", "=", "view", "view=", "é=ü&view=prove", "#&&#", "a=&b"] {
            let _ = asked(text);
        }
    }
}
