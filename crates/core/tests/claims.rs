//! What is known of real brokers, claim by claim: with these settings this schedule has that
//! outcome. Each test carries the number of its claim; what the model cannot express is listed in
//! `src/experiment/fidelity.md`, and no claim may be missing from both.
//!
//! The settings are those of the product, its defaults where they matter: times in particular are
//! the product's own. Where a claim has a contrast, both sides are tried.

#[path = "claims/kafka.rs"]
mod kafka;
#[path = "claims/patterns.rs"]
mod patterns;
#[path = "claims/queues.rs"]
mod queues;
#[path = "claims/streams.rs"]
mod streams;

use ackground_testkit::run;
use std::collections::BTreeSet;

const SOURCES: [&str; 4] = [
    include_str!("claims/kafka.rs"),
    include_str!("claims/queues.rs"),
    include_str!("claims/streams.rs"),
    include_str!("claims/patterns.rs"),
];
const FIDELITY: &str = include_str!("../src/experiment/fidelity.md");

/// The numbers of the rows of a section of the table.
fn rows(section: &str) -> BTreeSet<u32> {
    let text = FIDELITY.split("\n## ").find(|s| s.starts_with(section));
    let text = text.unwrap_or_else(|| panic!("fidelity.md has no section {section}"));
    let number = |line: &str| line.strip_prefix("| ")?.split(' ').next()?.parse().ok();
    text.lines().filter_map(number).collect()
}

#[test]
fn every_claim_is_tested_or_listed_as_out_of_reach() {
    let name = |part: &str| part.get(..2)?.parse::<u32>().ok();
    let tested: BTreeSet<u32> = SOURCES
        .iter()
        .flat_map(|source| source.split("fn claim_").skip(1).filter_map(name))
        .collect();
    let (in_part, out_of_reach) = (rows("Shown in part"), rows("Out of reach"));
    assert_eq!(
        tested.intersection(&out_of_reach).collect::<Vec<_>>(),
        [] as [&u32; 0],
        "a claim that is tested is not out of reach"
    );
    assert!(in_part.is_subset(&tested), "what is shown in part has a test: {in_part:?}");
    let known: BTreeSet<u32> = tested.union(&out_of_reach).copied().collect();
    assert_eq!(known, (1..=53).collect(), "no claim is forgotten");
}
