//! The experiment in the address: what a fragment means, and the fragment of an experiment.

use super::notice::Notice;
use crate::experiment::Experiment;

/// The fragment of an experiment, without the `#`. The first example has an empty one, so that the
/// bare address stays bare.
pub fn fragment(experiment: &Experiment) -> String {
    if *experiment == Experiment::default() {
        String::new()
    } else {
        experiment.to_link()
    }
}

/// The experiment that a fragment names (with or without the `#`); the first example and a notice
/// if it names none.
pub fn read(fragment: &str) -> (Experiment, Option<Notice>) {
    match Experiment::from_link(fragment) {
        Ok(experiment) => (experiment.unwrap_or_default(), None),
        Err(error) => {
            let fragment = fragment.trim_start_matches('#').to_owned();
            let reasons = error.to_string().lines().map(str::to_owned).collect();
            (
                Experiment::default(),
                Some(Notice::BrokenLink { fragment, reasons }),
            )
        }
    }
}

/// How the address relates to the experiment on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number of the history entry, counted up by every act of its own; a drag is one act.
    pub number: u64,
    /// The experiment came from the address, which is left as it is, broken or not.
    pub from_address: bool,
}
