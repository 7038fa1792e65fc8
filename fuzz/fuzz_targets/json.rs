//! Any text as a document: it is refused with its mistakes, or it is written and read back the same.
#![no_main]

use ackground_core::experiment::Experiment;

libfuzzer_sys::fuzz_target!(|text: &str| {
    match Experiment::from_json(text) {
        Ok(experiment) => {
            for text in [experiment.to_json(), experiment.to_json_compact()] {
                assert_eq!(Experiment::from_json(&text).as_ref(), Ok(&experiment));
            }
        }
        Err(mistakes) => assert!(!mistakes.to_string().is_empty()),
    }
});
