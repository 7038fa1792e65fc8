//! What readable links mean, what is left out of them, and that whatever is written can be read.

use super::super::{LinkError, Opened};
use crate::experiment::script::Entry;
use crate::experiment::{Experiment, Lane, PresetId};

fn opened(link: &str) -> Opened {
    let opened = Experiment::open_link(link).unwrap_or_else(|error| panic!("{link}: {error}"));
    opened.expect("something follows the mark")
}

fn means(link: &str, json: &str) {
    let read = Experiment::from_link(link).unwrap_or_else(|error| panic!("{link}: {error}"));
    let json = Experiment::from_json(json).expect("the test's own document");
    assert_eq!(read, Some(json), "{link}");
}

/// What is left out, a line each.
fn left_out(link: &str) -> Vec<String> {
    let opened = opened(link);
    assert_eq!(opened.experiment.check(), Ok(()), "{link}");
    opened.left_out.iter().map(ToString::to_string).collect()
}

#[test]
fn a_link_reads_like_what_it_means() {
    means(
        "payment/at-least-once+atomic/drop-publish-ack-1",
        r#"{"version":1,"faults":{"script":["drop publish-ack 1"]},
        "lanes":[{"preset":"at-least-once","consumer":{"dedup":"atomic"}}]}"#,
    );
    means(
        "order+messages=20+interval=500ms+seed=42+title=Two_ways%3F/plain+queue+retries=3+name=Mine,kafka-defaults/loss-publish=0.1/latency=5ms..2s/off-crash-consumer-after-insert-2.all",
        r#"{"version":1,"scenario":"order","messages":20,"interval_ms":500,"seed":42,"title":"Two ways?",
        "faults":{"loss":{"publish":0.1},"latency_ms":[5,2000],"script":["off crash consumer after insert 2#*"]},
        "lanes":[{"name":"Mine","broker":{"kind":"queue"},"producer":{"retries":3}},{"preset":"kafka-defaults"}]}"#,
    );
    means("payment/plain", r#"{"version":1,"lanes":[{}]}"#);
    means("1/payment/plain", r#"{"version":1,"lanes":[{}]}"#);
    means(
        "metrics/plain+dead-letter=no+delivery-timeout=2m+dedup-ttl=unlimited+idempotent=yes+isolation=read-uncommitted",
        r#"{"version":1,"scenario":"metrics","lanes":[{"broker":{"dead_letter":false},
        "producer":{"delivery_timeout_ms":120000,"idempotent":true},"consumer":{"isolation":"read_uncommitted"}}]}"#,
    );
    means(
        "payment/kafka-defaults+delivery-timeout=none",
        r#"{"version":1,"lanes":[{"preset":"kafka-defaults","producer":{"delivery_timeout_ms":null}}]}"#,
    );
}

#[test]
fn a_link_comes_back_from_what_escapes_it() {
    let link = Experiment::default().to_link();
    let escaped = link.replace('/', "%2F").replace(',', "%2C");
    assert_eq!(Experiment::from_link(&escaped), Ok(Some(Experiment::default())));
    assert_eq!(Experiment::from_link(&escaped.to_lowercase()), Ok(Some(Experiment::default())));
    let sentence = format!("(see https://example.org/#{link}).");
    assert_eq!(Experiment::from_link(&sentence), Ok(Some(Experiment::default())));
}

#[test]
fn a_part_that_is_wrong_is_named_and_the_rest_is_kept() {
    let link = "paymant+mesages=4+seed=7/at-least-onse+atomic,plain+atomc+retries=2000+acks=quorum+acks=none+transactional+request-timeout=5/drop-publsh-2/crash-consumer-after-credit-2/loss-publish=2/failure=often";
    assert_eq!(
        left_out(link),
        [
            "paymant: is not a scenario; did you mean \"payment\"?",
            "mesages=4: is not a setting of the run; did you mean \"messages\"?",
            "at-least-onse: is not a setup; did you mean \"at-least-once\"?",
            "atomc: is not a setting of a lane; did you mean \"atomic\"?",
            "acks=quorum: allowed is none, leader or all",
            "request-timeout=5: allowed is a time such as 250ms, 5s or 2m",
            "drop-publsh-2: \"publsh\" is not a packet; did you mean \"publish\"?",
            "retries=2000: 2000 is not allowed; a whole number from 0 to 1000 or \"unlimited\"",
            "transactional: true is not allowed unless \"idempotent\" is true as well",
            "transactional: true is not allowed with \"acks\": \"none\"; a transaction is committed \
             once the broker has replied",
            "loss-publish=2: 2 is not allowed; a number from 0 to 1",
            "failure=often: \"often\" is not allowed; a number from 0 to 1",
        ]
    );
    let kept = opened(link).experiment.to_link();
    assert_eq!(kept, "payment+seed=7/plain+atomic,plain+acks=none/crash-consumer-after-credit-2");
    let strict = Experiment::from_link(link).expect_err("parts of it are wrong");
    assert!(matches!(strict, LinkError::NotUnderstood(_)), "{strict:?}");
}

#[test]
fn what_is_too_much_is_left_out() {
    assert_eq!(
        left_out("payment/plain,plain,plain,plain,plain+queue"),
        ["plain+queue: is beyond the 4 lanes that fit"]
    );
    assert_eq!(
        left_out("payment/plain+retries=1+retries=2"),
        ["retries=2: repeats an earlier part"]
    );
    let lines = "/fail-1".repeat(201);
    assert_eq!(
        left_out(&format!("payment/plain{lines}")),
        ["fail-1: is beyond the 200 lines that fit"]
    );
    let endless = format!("payment/plain{}", "+x".repeat(20_000));
    assert_eq!(Experiment::from_link(&endless), Err(LinkError::TooLong));
}

#[test]
fn the_beginning_of_a_link_is_cut_off() {
    for link in ["payment", "payment/", "payment+messages=4", "order+title=A/"] {
        assert_eq!(Experiment::from_link(link), Err(LinkError::CutOff), "{link}");
    }
}

#[test]
fn every_preset_is_a_word_of_its_own() {
    for &id in PresetId::ALL {
        let read = opened(&format!("payment/{id}"));
        assert_eq!(
            (&read.experiment.lanes[0], &read.left_out[..]),
            (&Lane::of_preset(id), &[][..])
        );
        assert_eq!(read.experiment.to_link(), format!("payment/{id}"));
    }
}

#[test]
fn a_line_of_another_story_is_kept() {
    let mut experiment = Experiment::default();
    let line = "crash consumer after no-such-step 1".parse::<Entry>().expect("a line");
    experiment.faults.script = experiment.faults.script.with(line.line).expect("there is room");
    let link = experiment.to_link();
    assert!(link.ends_with("/crash-consumer-after-no-such-step-1"), "{link}");
    assert_eq!(Experiment::from_link(&link), Ok(Some(experiment)));
}

#[test]
fn nothing_panics() {
    for link in [
        "/",
        "//",
        "payment//",
        "payment/,",
        "payment/+",
        "+/+",
        "payment/plain/=",
        "payment/plain/a=",
        "payment/plain+=",
        "payment/plain+name",
        "payment/plain+name=%",
        "payment/plain+title=%C3",
        "payment/plain+name=%C3x",
        "2//",
        "1/1/1",
        "payment/plain/-",
        "payment/plain/off",
        "%2F",
        "a%2Fb",
        "payment/plain+retries=18446744073709551616",
        "payment/plain+retries=1e999",
        "payment/plain/slow=1e-400",
        "payment/plain+backoff-first=99999999999999999999m",
        "payment/plain/latency=2s..1s",
        "ü/ü+ü=ü/ü",
    ] {
        if let Ok(Some(opened)) = Experiment::open_link(link) {
            assert_eq!(opened.experiment.check(), Ok(()), "{link}");
        }
    }
}
