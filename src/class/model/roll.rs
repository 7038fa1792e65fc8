//! The class list: who gets which variant of an exercise, from typed names or a number.

use std::collections::BTreeSet;

use xxhash_rust::xxh3::xxh3_64;

use ackground_core::experiment::Seed;
use ackground_core::experiment::value::Bounded;
use ackground_core::measure::csv::{harmless, text};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Student {
    /// The name, or a number if only a number was typed.
    pub name: String,
    pub seed: Seed,
}

pub const MOST: usize = 200;

/// An upper bound that keeps seeds short enough to read out.
const SEEDS: u64 = 1_000_000;

/// Parses the class list, up to [`MOST`] students: a number alone is a head count, anything else is one name
/// per line. Seeds are derived from names, so everyone keeps their variant when the list is reordered or
/// extended.
pub fn roll(typed: &str) -> Vec<Student> {
    if let Ok(number) = typed.trim().parse::<usize>() {
        let numbers = (1..=number.min(MOST)).map(|number| Student {
            name: number.to_string(),
            seed: Bounded::clamp(number as u64),
        });
        return numbers.collect();
    }
    let mut taken = BTreeSet::new();
    let names = typed.lines().map(str::trim).filter(|name| !name.is_empty());
    let students = names.take(MOST).map(|name| {
        let mut seed = xxh3_64(name.to_lowercase().as_bytes()) % SEEDS + 1;
        // Students with the same name get different variants.
        while !taken.insert(seed) {
            seed += 1;
        }
        Student { name: name.to_owned(), seed: Bounded::clamp(seed) }
    });
    students.collect()
}

/// The list as text to paste into a message: name, tab, link.
pub fn lines(students: &[Student], link: impl Fn(Seed) -> String) -> String {
    let lines =
        students.iter().map(|student| student.name.clone() + "\t" + &link(student.seed) + "\n");
    lines.collect()
}

/// The list as CSV.
pub fn csv(students: &[Student], link: impl Fn(Seed) -> String) -> String {
    let head = ["name", "variant", "link"].map(str::to_owned).to_vec();
    let rows = students.iter().map(|student| {
        let seed = student.seed.to_string();
        vec![harmless(student.name.clone()), seed, link(student.seed)]
    });
    text(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_so_many_and_no_more_than_there_may_be() {
        let three = roll(" 3\n");
        let seeds: Vec<u64> = three.iter().map(|student| student.seed.get()).collect();
        assert_eq!(seeds, [1, 2, 3]);
        assert_eq!(roll("99999").len(), MOST);
        assert_eq!(roll(&"a\n".repeat(500)).len(), MOST);
        assert_eq!(roll(""), []);
    }

    #[test]
    fn a_name_keeps_its_variant_wherever_it_stands() {
        let first = roll("Ada\nBob\n\n  Cleo ");
        let again = roll("Zoe\nCleo\nADA\nBob");
        assert_eq!(first.len(), 3);
        for student in &first {
            let same = again.iter().find(|it| it.name.eq_ignore_ascii_case(&student.name));
            assert_eq!(same.map(|it| it.seed), Some(student.seed));
        }
        let twins = roll("Ada\nAda");
        assert_ne!(twins[0].seed, twins[1].seed);
    }

    #[test]
    fn a_list_for_spreadsheets_holds_no_formula() {
        let list = csv(&roll("=1+1\nAda, Countess"), |seed| format!("#variant={seed}"));
        let lines: Vec<&str> = list.lines().collect();
        assert_eq!(lines[0], "name,variant,link");
        assert!(lines[1].starts_with("'=1+1,"));
        assert!(lines[2].starts_with("\"Ada, Countess\","));
    }
}
