//! The pictures that the site holds in the place of figures are what the simulator gives, and light.
//!
//! A poster is found by the link of its experiment: `static/posters/LINK.svg`; that of the first example is
//! `first.svg`. The pictures of the example post are beside it. After a change of what is drawn:
//! `UPDATE_GOLDEN=1 cargo test --test posters`.

use std::fs;
use std::path::{Path, PathBuf};

use ackground_core::experiment::Experiment;
use ackground_timeline::picture::{PictureOptions, Theme, svg};

/// What waits for a click has to be there at once: the most bytes of a picture.
const HEAVIEST: usize = 30_000;

/// Files below `static`, and the links of what they show.
const PICTURES: [(&str, &str); 3] = [
    ("posters/first.svg", ""),
    (
        "posters/payment/at-least-once,effectively-once/crash-consumer-before-ack-3.svg",
        "payment/at-least-once,effectively-once/crash-consumer-before-ack-3",
    ),
    ("examples/pictures/lost-on-the-way.svg", "payment/at-most-once,at-least-once/drop-publish-2"),
];

fn drawn(link: &str) -> String {
    let read = Experiment::from_link(link).unwrap_or_else(|error| panic!("{link}: {error}"));
    let options =
        PictureOptions { theme: Theme::Auto, width: Some(720), ..PictureOptions::default() };
    svg(&read.unwrap_or_default(), &options)
}

fn place(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("static").join(file)
}

#[test]
fn every_picture_of_the_site_is_what_the_simulator_gives() {
    for (file, link) in PICTURES {
        let (picture, place) = (drawn(link), place(file));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&place, &picture).unwrap_or_else(|error| panic!("{file}: {error}"));
        }
        let kept = fs::read_to_string(&place).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(
            kept == picture,
            "{file} is not what is drawn now; renew it as this test's header says"
        );
        assert!(kept.len() <= HEAVIEST, "{file}: {} bytes are not there at once", kept.len());
    }
}

#[test]
fn every_poster_is_found_by_the_link_of_its_experiment() {
    for (file, link) in PICTURES {
        let Some(name) = file.strip_prefix("posters/") else {
            continue;
        };
        let found = if link.is_empty() { "first" } else { link };
        assert_eq!(name, format!("{found}.svg"));
        let read = Experiment::from_link(link).unwrap_or_else(|error| panic!("{link}: {error}"));
        if let Some(experiment) = read {
            assert_eq!(experiment.to_link(), link, "the page writes it otherwise");
        }
    }
}
