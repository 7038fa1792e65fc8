#![doc = include_str!("text/coverage.md")]
