//! What did not run before the first picture when somebody looked: functions that `later.txt` cannot name by
//! paths, such as the half of a component that only answers a click, and pieces of functions that run.
//!
//! `cargo xtask profile` writes `cold.txt`. It holds a number for each name, since the names would fill
//! a thousand pages. A name that is new, or was never looked at, is in the first part; so is all of a function
//! that is not made as it was.

use std::collections::{BTreeMap, BTreeSet};

use super::aside;
use super::flow::{Flow, Point};

/// What is above the numbers.
const HEAD: &str = "\
# What did not run before the first picture (cold.rs): functions, each as the print of its name; behind `+`
# functions that ran although later.txt has them wait; and before `:` the print of a function that ran,
# with the points behind which it did not go on.
# Written by `cargo xtask profile`: run that again when the first load has grown.
";
/// What goes other ways with other numbers, as they come with the time that it takes to draw: such functions run
/// as a whole or not.
const WHOLE: [&str; 3] = ["core::fmt::float", "core::fmt::num", "core::num::flt2dec"];
/// How long a line may be.
const WIDTH: usize = 108;

/// What `cold.txt` says.
pub struct Known {
    cold: BTreeSet<u32>,
    ran: BTreeSet<u32>,
    pieces: BTreeMap<u32, Vec<usize>>,
}

/// Reads `cold.txt`.
pub fn read() -> Known {
    Known::parse(include_str!("cold.txt"))
}

impl Known {
    fn parse(text: &str) -> Self {
        let mut known =
            Self { cold: BTreeSet::new(), ran: BTreeSet::new(), pieces: BTreeMap::new() };
        let print = |word: &str| u32::from_str_radix(word, 16).ok();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        for word in lines.flat_map(str::split_whitespace) {
            if let Some(ran) = word.strip_prefix('+') {
                known.ran.extend(print(ran));
            } else if let Some((function, points)) = word.split_once(':') {
                let points = points.split(',').filter_map(|point| point.parse().ok());
                if let Some(function) = print(function) {
                    known.pieces.insert(function, points.collect());
                }
            } else {
                known.cold.extend(print(word));
            }
        }
        known
    }

    /// Of how many functions pieces can wait.
    pub fn in_pieces(&self) -> usize {
        self.pieces.len()
    }

    /// Whether a function did not run.
    pub fn is_cold(&self, name: &str) -> bool {
        self.cold.contains(&print(name))
    }

    /// Whether a function ran although it is of a room that waits.
    pub fn runs(&self, name: &str) -> bool {
        self.ran.contains(&print(name))
    }

    /// The points behind which a function did not go on.
    pub fn pieces(&self, name: &str, flow: &Flow) -> Vec<Point> {
        let numbers = self.pieces.get(&print_of(name, flow));
        let Some(numbers) = numbers else {
            return Vec::new();
        };
        let points = flow.points();
        let points = numbers.iter().filter_map(|number| points.get(*number));
        points.copied().collect()
    }
}

/// What is found out about a program.
#[derive(Default)]
pub struct Profile {
    /// Whether a function of this name ran: a name may stand for more than one.
    functions: BTreeMap<String, bool>,
    waited_for: BTreeSet<u32>,
    /// By the print of a function the points that it did not pass, and those of them that are worth it.
    pieces: BTreeMap<u32, (BTreeSet<usize>, Vec<usize>)>,
}

impl Profile {
    /// A function with so many points, of which it passed some.
    pub fn add(&mut self, name: &str, flow: &Flow, points: usize, passed: impl Fn(usize) -> bool) {
        let ran = self.functions.entry(name.to_owned()).or_default();
        *ran |= passed(0);
        if WHOLE.iter().any(|room| super::is_of(room, name)) {
            return;
        }
        let mut seldom: BTreeSet<usize> = (0..points).filter(|point| !passed(*point)).collect();
        let print = print_of(name, flow);
        if let Some((others, _)) = self.pieces.get(&print) {
            seldom.retain(|point| others.contains(point));
        }
        let places = flow.points();
        let asked: Vec<Point> = seldom.iter().map(|point| places[*point]).collect();
        let worth = aside::worth(flow, &asked);
        let numbers =
            worth.iter().filter_map(|point| places.iter().position(|place| place == point));
        let numbers = numbers.collect();
        self.pieces.insert(print, (seldom, numbers));
    }

    /// A function that ran although it is of a room that waits.
    pub fn waited_for(&mut self, name: &str) {
        self.waited_for.insert(print(name));
    }

    /// The file.
    pub fn written(&self) -> String {
        let cold = self.functions.iter().filter(|(_, ran)| !**ran);
        let cold: BTreeSet<u32> = cold.map(|(name, _)| print(name)).collect();
        let cold = cold.iter().map(|print| format!("{print:08x}"));
        let ran = self.waited_for.iter().map(|print| format!("+{print:08x}"));
        let pieces = self.pieces.iter().filter_map(|(print, (seldom, worth))| {
            // One that never ran waits as a whole.
            if worth.is_empty() || seldom.contains(&0) {
                return None;
            }
            let points: Vec<String> = worth.iter().map(usize::to_string).collect();
            Some(format!("{print:08x}:{}", points.join(",")))
        });
        let mut text = HEAD.to_owned();
        for words in [cold.collect(), ran.collect(), pieces.collect::<Vec<_>>()] {
            let mut line = String::new();
            for word in words {
                if !line.is_empty() && line.len() + 1 + word.len() > WIDTH {
                    text.push_str(&line);
                    text.push('\n');
                    line.clear();
                }
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(&word);
            }
            if !line.is_empty() {
                text.push_str(&line);
                text.push('\n');
            }
        }
        text
    }
}

/// The number that stands for a name: FNV-1a, which is the same everywhere and always.
pub fn print(name: &str) -> u32 {
    name.bytes()
        .fold(0x811c_9dc5, |print, byte| (print ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The number that stands for a function as it is made.
fn print_of(name: &str, flow: &Flow) -> u32 {
    print(&format!("{name} {:08x}", flow.shape()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut profile = Profile::default();
        for number in 0..30 {
            profile.functions.insert(format!("app::f{number}"), false);
        }
        profile.functions.insert("app::runs".to_owned(), true);
        profile.waited_for("app::waited");
        for function in 0..30 {
            profile.pieces.insert(function, (BTreeSet::from([2, 7, 8]), vec![2, 7]));
        }
        let known = Known::parse(&profile.written());
        assert_eq!(known.cold.len(), 30);
        assert!((0..30).all(|number| known.is_cold(&format!("app::f{number}"))));
        assert!(!known.is_cold("app::runs") && !known.is_cold("app::new"));
        assert!(known.runs("app::waited") && !known.runs("app::f1"));
        assert_eq!(known.pieces.len(), 30);
        assert!(known.pieces.values().all(|points| *points == [2, 7]));
    }

    #[test]
    fn a_print_is_what_the_algorithm_says() {
        assert_eq!(print(""), 0x811c_9dc5);
        assert_eq!(print("a"), 0xe40c_292c);
        assert_eq!(print("foobar"), 0xbf9c_f968);
    }
}
