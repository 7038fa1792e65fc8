//! `cargo xtask bench`: the benchmarks of `benches/cases.rs`, natively and in Chromium, side by side.
//!
//! Both sides run the same program in alternation, so that other load on the machine affects both.

use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::report::{say, task};
use crate::run::output;
use crate::setup::Setup;
use crate::toolchain::{TARGET, native_cargo};

/// The profile the page is built with.
pub const PAGE: &str = "release";
const TURNS: usize = 3;

/// The speed of a benchmark, in messages or schedules per second.
#[derive(Clone, Debug, PartialEq)]
struct Speed {
    case: String,
    median: f64,
    fastest: f64,
}

/// Runs the benchmarks and prints a table.
pub fn bench(profile: &str) -> Outcome {
    let setup = Setup::default();
    // Called once per side; the last arguments tell Cargo what to do.
    let native = |last: &[&str]| {
        let mut cargo = native_cargo();
        cargo.args(["bench", "--package", "ackground-core", "--bench", "simulate"]).args(last);
        cargo
    };
    let browser = |last: &[&str]| -> Outcome<Command> {
        let mut cargo = setup.cargo_in_chromium()?;
        cargo
            .args(["test", "--target", TARGET, "--package", "ackground-core"])
            .args(["--profile", profile])
            .args(["--bench", "simulate"])
            .args(last);
        Ok(cargo)
    };
    // Compile first, so that nothing else runs while timing.
    task("Compile the benchmarks", || output(&mut native(&["--no-run"])))?;
    task("Compile the benchmarks for Wasm", || output(&mut browser(&["--no-run"])?))?;
    let mut here = Vec::new();
    let mut there = Vec::new();
    for turn in 1..=TURNS {
        task(&format!("Turn {turn} of {TURNS}"), || {
            here.extend(speeds(&output(&mut native(&[]))?));
            there.extend(speeds(&output(&mut browser(&["--", "--nocapture"])?)?));
            Ok(())
        })?;
    }
    let rows = rows(&together(&here), &together(&there));
    if rows.is_empty() {
        return Err(Failure::new("The benchmarks told no speed.")
            .next("see what `cargo bench --bench simulate` prints"));
    }
    say(format!(
        "\nMessages per second (prove: schedules), native (profile bench) and in Chromium (profile {profile})\n{}",
        table(&rows)
    ));
    Ok(())
}

/// Parses the benchmark program's output.
fn speeds(told: &str) -> Vec<Speed> {
    told.lines().filter_map(speed).collect()
}

/// Parses `plain: 1000 a second, at best 1200`.
fn speed(line: &str) -> Option<Speed> {
    let (case, rest) = line.trim().rsplit_once(": ")?;
    let (median, fastest) = rest.split_once(" a second, at best ")?;
    Some(Speed {
        case: case.to_owned(),
        median: median.parse().ok()?,
        fastest: fastest.parse().ok()?,
    })
}

/// Combines all turns of a benchmark: the median of medians, and the overall maximum.
fn together(turns: &[Speed]) -> Vec<Speed> {
    let mut cases: Vec<&str> = Vec::new();
    for turn in turns {
        if !cases.contains(&turn.case.as_str()) {
            cases.push(&turn.case);
        }
    }
    let of_case = |case: &str| {
        let of_case = turns.iter().filter(|turn| turn.case == case);
        let mut medians: Vec<f64> = of_case.clone().map(|turn| turn.median).collect();
        medians.sort_by(f64::total_cmp);
        Speed {
            case: case.to_owned(),
            median: medians[medians.len() / 2],
            fastest: of_case.map(|turn| turn.fastest).fold(0.0, f64::max),
        }
    };
    cases.into_iter().map(of_case).collect()
}

/// A header, and a row per benchmark that both sides have run.
fn rows(here: &[Speed], there: &[Speed]) -> Vec<[String; 7]> {
    let pairs = here.iter().filter_map(|native| {
        let browser = there.iter().find(|speed| speed.case == native.case)?;
        Some((native, browser))
    });
    let rows: Vec<[String; 7]> = pairs
        .map(|(native, browser)| {
            let ratio = |browser: f64, native: f64| format!("{:.2}", browser / native);
            [
                native.case.clone(),
                thousands(native.median),
                thousands(browser.median),
                ratio(browser.median, native.median),
                thousands(native.fastest),
                thousands(browser.fastest),
                ratio(browser.fastest, native.fastest),
            ]
        })
        .collect();
    if rows.is_empty() {
        return rows;
    }
    let head = ["case", "native", "Wasm", "ratio", "native at best", "Wasm at best", "ratio"];
    std::iter::once(head.map(str::to_owned)).chain(rows).collect()
}

/// As a Markdown table, to paste into `crates/core/benches/README.md`.
fn table(rows: &[[String; 7]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..7).filter_map(width).collect();
    let line = |cells: &[String; 7]| {
        let (case, numbers) = (&cells[0], &cells[1..]);
        let mut line = format!("| {case:<0$} |", widths[0]);
        for (number, width) in numbers.iter().zip(&widths[1..]) {
            line.push_str(&format!(" {number:>width$} |"));
        }
        line
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    let rule = widths.iter().enumerate().map(|(column, &width)| {
        let end = if column == 0 { '-' } else { ':' };
        format!(" {}{end} |", "-".repeat(width - 1))
    });
    lines.insert(1, format!("|{}", rule.collect::<String>()));
    lines.join("\n")
}

/// `1 234 567`.
fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(case: &str, median: f64, fastest: f64) -> Speed {
        Speed { case: case.to_owned(), median, fastest }
    }

    #[test]
    fn speeds_are_found_between_other_lines() {
        let told = "running 1 test\n  plain, 1000 messages: 12 a second, at best 34\nok\n";
        assert_eq!(speeds(told), [of("plain, 1000 messages", 12.0, 34.0)]);
    }

    #[test]
    fn turns_are_put_together_by_median_and_maximum() {
        let turns = [of("a", 1.0, 9.0), of("a", 3.0, 3.0), of("a", 2.0, 8.0)];
        assert_eq!(together(&turns), [of("a", 2.0, 9.0)]);
    }

    #[test]
    fn the_table_has_a_row_for_each_case_that_both_sides_ran() {
        let native = [of("a", 2_000_000.0, 2_000_000.0), of("b", 1.0, 1.0)];
        let rows = rows(&native, &[of("a", 1_000_000.0, 1_500_000.0)]);
        assert_eq!(
            table(&rows),
            "| case |    native |      Wasm | ratio | native at best | Wasm at best | ratio |\n\
             | ---- | --------: | --------: | ----: | -------------: | -----------: | ----: |\n\
             | a    | 2 000 000 | 1 000 000 |  0.50 |      2 000 000 |    1 500 000 |  0.75 |"
        );
    }
}
