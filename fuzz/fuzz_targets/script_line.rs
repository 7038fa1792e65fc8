//! Any text as a line of the fault script: it is refused at a column that it has, or it is written
//! and read back the same.
#![no_main]

use ackground_core::experiment::script::Line;

libfuzzer_sys::fuzz_target!(|text: &str| {
    match text.parse::<Line>() {
        Ok(line) => assert_eq!(line.to_string().parse(), Ok(line)),
        Err(error) => {
            assert!(!error.message.is_empty());
            assert!((1..=text.chars().count() + 1).contains(&error.column));
        }
    }
});
