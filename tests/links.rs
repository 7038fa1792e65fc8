//! Laws of links: what is written is read, in either form; whatever is read gives an experiment that can
//! be run or a sentence; and what was once given out means the same for ever.
#![cfg(not(target_arch = "wasm32"))]

use ackground::state::{Sheet, Views, address};
use ackground_core::experiment::json::Json;
use ackground_core::experiment::link::LONGEST_READABLE;
use ackground_core::experiment::part::Part;
use ackground_core::experiment::scenario::BuiltIn;
use ackground_core::experiment::{Experiment, Lanes, LinkError, link};
use ackground_testkit::random;
use proptest::prelude::*;
use proptest::sample::select;
use random::{any_experiment, experiment};

/// What no browser, chat program or Markdown renderer changes: neither escaped in a fragment, nor taken
/// for the end of an address, nor for markup. A `_` comes from a text or from base64url.
fn is_safe(link: &str) -> bool {
    let safe = |c: u8| c.is_ascii_alphanumeric() || b"-._/+,=%".contains(&c);
    let whole = link.ends_with(|c: char| c.is_ascii_alphanumeric());
    link.bytes().all(safe) && (whole || link.starts_with("v1."))
}

/// Whatever comes out can be run or has words.
fn opens(text: &str) {
    match Experiment::open_link(text) {
        Ok(Some(opened)) => {
            assert_eq!(opened.experiment.check(), Ok(()), "{text}");
            let strict = Experiment::from_link(text);
            if opened.left_out.is_empty() {
                assert_eq!(strict, Ok(Some(opened.experiment)), "{text}");
            } else {
                assert!(strict.is_err(), "the strict reader leaves nothing out: {text}");
                assert!(opened.left_out.iter().all(|one| !one.message.is_empty()));
            }
        }
        Ok(None) => assert_eq!(Experiment::from_link(text), Ok(None), "{text}"),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert_eq!(Experiment::from_link(text), Err(error), "{text}");
        }
    }
}

proptest! {
    #[test]
    fn every_experiment_comes_back_from_its_link(experiment in any_experiment()) {
        for link in [experiment.to_link(), experiment.to_packed_link()] {
            prop_assert!(is_safe(&link), "{}", link);
            let url = format!("https://example.org/#{link}&t=1");
            prop_assert_eq!(Experiment::from_link(&url), Ok(Some(experiment.clone())));
        }
    }

    #[test]
    fn everything_but_a_story_of_ones_own_can_be_said_in_a_readable_link(
        experiment in any_experiment(),
        story in select(BuiltIn::ALL),
    ) {
        let experiment = Experiment { scenario: story.scenario(), ..experiment };
        let link = experiment.to_readable_link();
        let link = link.ok_or_else(|| TestCaseError::fail(experiment.to_json()))?;
        prop_assert!(is_safe(&link), "{}", link);
        prop_assert_eq!(Experiment::from_link(&link), Ok(Some(experiment.clone())));
        // What a program that escapes the whole of a fragment makes of it.
        let escaped = link.replace('%', "%25").replace('/', "%2F").replace(',', "%2C");
        prop_assert_eq!(Experiment::from_link(&escaped), Ok(Some(experiment.clone())));
        let chosen = experiment.to_link();
        let short = chosen.len() <= LONGEST_READABLE || chosen.len() <= experiment.to_packed_link().len();
        prop_assert!(short, "{}", chosen);
    }

    #[test]
    fn any_text_is_opened_or_refused_in_words(
        text in "\\PC*|(#|v1\\.|https://a/#v1\\.)[A-Za-z0-9_-]{0,60}|payment[a-z0-9+,=/.%_-]{0,80}",
    ) {
        opens(&text);
    }

    #[test]
    fn nearly_a_readable_link_is_opened_or_refused_in_words(
        experiment in experiment(),
        at in any::<prop::sample::Index>(),
        other in "[a-z0-9+,=/.%-]{0,3}",
    ) {
        if let Some(mut text) = experiment.to_readable_link() {
            let at = at.index(text.len());
            opens(&text[..at]);
            text.replace_range(at..=at, &other);
            opens(&text);
        }
    }

    #[test]
    fn a_changed_packed_link_is_never_another_experiment(
        experiment in any_experiment(),
        at in any::<prop::sample::Index>(),
        other in "[A-Za-z0-9_-]{0,2}",
    ) {
        let mut text = experiment.to_packed_link();
        let at = at.index(text.len());
        text.replace_range(at..=at, &other);
        match Experiment::from_link(&text) {
            // Only a stray bit in the last character means nothing.
            Ok(read) => prop_assert_eq!(read, Some(experiment)),
            Err(LinkError::NotAnExperiment(mistakes)) => prop_assert!(false, "{}", mistakes),
            Err(_) => {}
        }
    }

    #[test]
    fn a_document_that_is_partly_wrong_is_opened_in_part(
        experiment in experiment(),
        cut in any::<prop::sample::Index>(),
        other in "[a-z0-9\"{}:,\\[\\]]{0,2}",
    ) {
        let mut json = experiment.to_json_compact();
        let mut at = cut.index(json.len());
        while !json.is_char_boundary(at) {
            at -= 1;
        }
        let end = at + json[at..].chars().next().map_or(0, char::len_utf8);
        json.replace_range(at..end, &other);
        opens(&link::encode(&json));
    }

    #[test]
    fn a_packed_link_carries_any_text(text in "\\PC{0,2000}") {
        prop_assert_eq!(link::decode(&link::encode(&text)), Ok(Some(text)));
    }
}

/// A link that was given out: the link, the document that it means, and what the page shows of it.
struct Given<'a> {
    link: &'a str,
    json: &'a str,
    page: Option<&'a str>,
}

fn given() -> Vec<Given<'static>> {
    let text = include_str!("golden/links.txt");
    let blocks = text.split("\n\n").map(|block| {
        let lines = block.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
        lines.collect::<Vec<_>>()
    });
    let blocks = blocks.filter(|lines| !lines.is_empty());
    blocks
        .map(|lines| match lines[..] {
            [link, json] => Given { link, json, page: None },
            [link, json, page] => Given { link, json, page: Some(page) },
            _ => panic!("a link, its document, and perhaps what the page shows: {lines:?}"),
        })
        .collect()
}

/// So many links had been given out, and this is the sum over them. A link that is added is sealed with a
/// line more; what is sealed never changes.
const SEALS: &[(usize, u64)] = &[(11, 0xe2ced0372998e824), (29, 0xfc49dd734370a433)];

#[test]
fn links_that_were_given_out_are_only_added_to() {
    let given = given();
    for &(number, seal) in SEALS {
        let sum = seal_of(&given[..number.min(given.len())]);
        assert_eq!((number, sum), (number, seal), "a link that was given out is another one now");
    }
    let last = SEALS.last().map(|(number, _)| *number);
    let line = format!("({}, {:#018x})", given.len(), seal_of(&given));
    assert_eq!(last, Some(given.len()), "links were added: seal them with the line {line}");
}

/// FNV-1a over what the links mean.
fn seal_of(given: &[Given<'_>]) -> u64 {
    let texts = given.iter().flat_map(|one| [one.link, one.json, one.page.unwrap_or_default()]);
    texts.flat_map(|text| text.bytes().chain([b'\n'])).fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[test]
fn links_that_were_given_out_still_mean_the_same() {
    for Given { link, json, page } in given() {
        let asked = address::read(link, &Views::default());
        assert_eq!(asked.notice, None, "{link}: every word of it is understood");
        let experiment = Experiment::from_json(json).expect(json);
        assert_eq!(asked.experiment, experiment, "{link}");
        assert_eq!(experiment.to_json_compact(), json, "and it is still written so");
        let names_one = !matches!(link, "#word=outbox" | "#guide=dbb" | "#view=prove");
        if names_one {
            assert_eq!(Experiment::from_link(link), Ok(Some(experiment)), "{link}");
        }
        if link.starts_with("v1.") && !link.contains('&') {
            assert_eq!(link::decode(link).as_ref(), Ok(&Some(json.to_owned())), "{link}");
        }
        if let Some(page) = page {
            assert_eq!(shown(&asked), page, "{link}");
        }
    }
}

/// What the page shows beside the experiment.
fn shown(asked: &address::AddressContent) -> String {
    let mut said = format!("& {}", asked.views.shown.word());
    for (key, value) in asked.views.write() {
        said += &format!(" {key}={value}");
    }
    if let Some(at) = asked.at {
        said += &format!(" at={}us", at.micros());
    }
    match asked.sheet {
        Some(Sheet::Guide(path)) => said += &format!(" guide={path}"),
        Some(Sheet::Words(Some(id))) => said += &format!(" word={id}"),
        _ => {}
    }
    said
}

/// A link says only what differs from the defaults. Fields may be added, at their old meaning; what is
/// written here never changes.
#[test]
fn the_defaults_never_change() {
    let plain = Experiment::of_lanes(Lanes::default());
    let fields = [
        ("title", plain.title.write()),
        ("scenario", plain.scenario.write()),
        ("messages", plain.messages.write()),
        ("interval_ms", plain.interval_ms.write()),
        ("seed", plain.seed.write()),
        ("faults", plain.faults.write()),
        ("lane", plain.lanes[0].write()),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    let now = serde_json::to_string_pretty(&Json::Object(fields.to_vec())).expect("it prints");
    assert_eq!(now + "\n", include_str!("golden/defaults.json"));
}
