//! The functions that did not run before the first picture when somebody looked: what `later.txt` cannot
//! say by paths, such as the half of a component that only answers a click.
//!
//! `cargo xtask profile` writes `cold.txt`. It holds a number for each name, since the names would fill
//! a thousand pages. A name that is new, or was never looked at, is in the first part.

use std::collections::BTreeSet;

/// What is above the numbers.
const HEAD: &str = "\
# Functions that did not run before the first picture, each as the print of its name (cold.rs).
# Written by `cargo xtask profile`: run that again when the first load has grown.
";
/// How many numbers are in a line.
const IN_A_LINE: usize = 12;

/// The prints that `cold.txt` holds.
pub fn read() -> BTreeSet<u32> {
    parse(include_str!("cold.txt"))
}

fn parse(text: &str) -> BTreeSet<u32> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .filter_map(|print| u32::from_str_radix(print, 16).ok())
        .collect()
}

/// The file for these names.
pub fn written<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let prints: Vec<u32> = names
        .map(print)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut text = HEAD.to_owned();
    for line in prints.chunks(IN_A_LINE) {
        let words: Vec<String> = line.iter().map(|print| format!("{print:08x}")).collect();
        text.push_str(&words.join(" "));
        text.push('\n');
    }
    text
}

/// The number that stands for a name: FNV-1a, which is the same everywhere and always.
pub fn print(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |print, byte| {
        (print ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let names: Vec<String> = (0..30).map(|number| format!("app::f{number}")).collect();
        let text = written(names.iter().map(String::as_str));
        let read = parse(&text);
        assert_eq!(read.len(), names.len());
        assert!(names.iter().all(|name| read.contains(&print(name))));
        assert!(!read.contains(&print("app::new")));
    }

    #[test]
    fn a_print_is_what_the_algorithm_says() {
        assert_eq!(print(""), 0x811c_9dc5);
        assert_eq!(print("a"), 0xe40c_292c);
        assert_eq!(print("foobar"), 0xbf9c_f968);
    }
}
