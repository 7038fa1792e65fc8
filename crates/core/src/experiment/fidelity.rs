#![doc = include_str!("fidelity.md")]
