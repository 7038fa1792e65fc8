//! What is found in pasted text, what is refused, and what is left out.

use base64::Engine;

use super::*;

fn refused(link: &str) -> LinkError {
    Experiment::from_link(link).expect_err(link)
}

#[test]
fn nothing_after_the_mark_is_no_experiment() {
    for link in ["", "#", "  ", "https://example.org/a/", "https://example.org/#", "#&t=5"] {
        assert_eq!(Experiment::from_link(link), Ok(None), "{link}");
    }
}

#[test]
fn a_link_is_found_in_what_people_paste() {
    let experiment = Experiment::default();
    let link = experiment.to_packed_link();
    for pasted in [
        link.clone(),
        format!("#{link}"),
        format!(" https://example.org/a/?embed#{link}\n"),
        format!("<https://example.org/#{link}>."),
        format!("(see https://example.org/#{link})…"),
        format!("#{link}&t=1500&theme=dark"),
    ] {
        assert_eq!(
            Experiment::from_link(&pasted).as_ref(),
            Ok(&Some(experiment.clone())),
            "{pasted}"
        );
    }
}

#[test]
fn a_cut_link_is_called_cut_off() {
    let link = Experiment::default().to_packed_link();
    for end in 2..link.len() {
        assert_eq!(refused(&link[..end]), LinkError::CutOff, "{}", &link[..end]);
    }
}

#[test]
fn a_changed_character_never_goes_unseen() {
    let link = Experiment::default().to_packed_link();
    // The last character carries two unused bits.
    for i in FORM.len()..link.len() - 1 {
        let other = if &link[i..=i] == "A" { "B" } else { "A" };
        let changed = format!("{}{other}{}", &link[..i], &link[i + 1..]);
        assert!(
            matches!(
                refused(&changed),
                LinkError::Damaged | LinkError::CutOff | LinkError::NewerPacking
            ),
            "character {i}"
        );
    }
    let lower = refused(&link.to_lowercase());
    assert!(matches!(lower, LinkError::Damaged | LinkError::CutOff), "{lower:?}");
    assert_eq!(refused(&format!("{link}AAAA")), LinkError::Damaged);
    assert_eq!(refused("#v1.über"), LinkError::Damaged);
}

#[test]
fn another_beginning_is_named() {
    assert_eq!(refused("#v2.abcdef"), LinkError::Newer("v2.".to_owned()));
    for strange in ["#/about", "#this-is-none", "#a/b/c"] {
        let start = strange[1..].chars().take(16).collect();
        assert_eq!(refused(strange), LinkError::UnknownForm(start));
    }
    assert_eq!(refused("#2/payment/at-least-once"), LinkError::Newer("2/".to_owned()));
    assert_eq!(refused("#ünï.x"), LinkError::UnknownForm("ünï".to_owned()));
    assert_eq!(refused("v1"), LinkError::CutOff);
}

#[test]
fn a_whole_link_with_something_else_inside_says_what_is_wrong_with_it() {
    let link = encode(r#"{"version":1,"lanes":[{"producer":{"retries":2000}}]}"#);
    assert_eq!(
        refused(&link).to_string(),
        "This link is complete, but its experiment cannot be run here:\n\
         lanes[0].producer.retries: 2000 is not allowed; \
         a whole number from 0 to 1000 or \"unlimited\""
    );
    assert!(matches!(refused(&encode("")), LinkError::NotAnExperiment(_)));
}

#[test]
fn a_later_packing_and_a_too_long_link_are_refused() {
    let mut bytes = vec![pack::NEWEST + 1, 1, 0];
    bytes.extend(packed::crc32(&bytes).to_le_bytes());
    let link = format!("{FORM}{}", packed::BASE64.encode(&bytes));
    assert_eq!(refused(&link), LinkError::NewerPacking);
    let long = format!("{FORM}{}", "A".repeat(packed::LONGEST_LINK + 1));
    assert_eq!(refused(&long), LinkError::TooLong);
}

#[test]
fn the_first_screen_has_a_short_link() {
    let link = Experiment::default().to_packed_link();
    assert!(link.len() <= 100, "{} characters: {link}", link.len());
}

#[test]
fn what_is_wrong_in_a_packed_link_is_left_out_and_the_rest_is_kept() {
    let link = encode(
        r#"{"version":1,"messages":7,"colour":"red","faults":{"script":["drop ack 1","drp ack 2"]},
        "lanes":[{"preset":"at-least-once","producer":{"retries":2000,"transactional":true},
        "broker":{"replicas":1,"min_in_sync":3}},7]}"#,
    );
    let opened = Experiment::open_link(&link).expect("it is opened");
    let Opened { experiment, left_out } = opened.expect("something follows the mark");
    assert_eq!(experiment.check(), Ok(()), "what is opened can be run");
    assert_eq!((experiment.messages.get(), experiment.lanes.len()), (7, 2));
    assert_eq!(experiment.faults.script.len(), 1);
    assert_eq!(experiment.lanes[0], {
        let mut lane = super::super::Lane::of_preset(super::super::PresetId::AtLeastOnce);
        lane.broker.replicas = super::super::value::Bounded::of(1);
        lane.broker.min_in_sync = super::super::value::Bounded::of(1);
        lane
    });
    let paths: Vec<&str> = left_out.iter().map(|mistake| &*mistake.path).collect();
    assert_eq!(
        paths,
        [
            "colour",
            "faults.script[1]",
            "lanes[0].producer.retries",
            "lanes[0].broker.min_in_sync",
            "lanes[0].producer.transactional",
            "lanes[1]"
        ]
    );
    assert!(matches!(refused(&link), LinkError::NotAnExperiment(_)));
}

#[test]
fn what_leaves_nothing_is_refused_as_a_whole() {
    for json in ["", "[]", "{}", r#"{"version":2,"lanes":[{}]}"#, r#"{"version":1,"lanes":[]}"#] {
        let opened = Experiment::open_link(&encode(json));
        assert!(matches!(opened, Err(LinkError::NotAnExperiment(_))), "{json}");
    }
}

#[test]
fn a_fifth_lane_is_left_out() {
    let link = encode(r#"{"version":1,"lanes":[{},{},{},{},{"name":"five"}]}"#);
    let opened = Experiment::open_link(&link).expect("it is opened").expect("an experiment");
    assert_eq!((opened.experiment.lanes.len(), opened.left_out.len()), (4, 1));
}

#[test]
fn a_link_is_readable_while_it_is_short_and_can_say_all() {
    let experiment = Experiment::default();
    assert!(experiment.to_link().starts_with("payment/"));
    let titled = |title: &str| Experiment {
        title: super::super::scenario::Label::cut(title),
        ..experiment.clone()
    };
    assert!(titled("A title").to_link().starts_with("payment+title=A_title/"));
    let long = titled(&"\u{20ac}".repeat(100));
    assert!(long.to_readable_link().is_some_and(|link| link.len() > LONGEST_READABLE));
    assert!(long.to_link().starts_with(FORM));
    let mut own = experiment;
    own.scenario.title = super::super::scenario::Label::cut("Another story");
    assert_eq!(own.to_readable_link(), None);
    assert!(own.to_link().starts_with(FORM));
}
