//! Marks as CSV, in the same dialect as every CSV file here (`measure::csv`).

use super::Marked;
use ackground_core::measure::csv::{harmless, text};

/// The marks as CSV, one row per submission. Text from a submission is escaped so that it cannot become a
/// formula.
pub fn csv(marks: &[Marked]) -> String {
    let most = marks.iter().map(|marked| marked.goals.len()).max().unwrap_or(0);
    let mut head: Vec<String> = ["file", "who", "exercise", "variant", "result", "met", "goals"]
        .map(str::to_owned)
        .to_vec();
    head.extend((1..=most).map(|goal| format!("goal {goal}")));
    let tail = ["changes", "attempts", "predictions right", "predictions", "remarks"];
    head.extend(tail.map(str::to_owned));
    let mut rows = vec![head];
    for marked in marks {
        let ((met, goals), (right, predictions)) = (marked.met(), marked.right());
        let mut row = vec![
            marked.source.clone(),
            marked.who.clone(),
            marked.exercise.clone(),
            marked.variant.map_or_else(String::new, |seed| seed.to_string()),
            marked.standing.word().to_owned(),
            met.to_string(),
            goals.to_string(),
        ];
        let words = marked.goals.iter().map(|goal| goal.answer.word().to_owned());
        row.extend(words);
        row.resize(7 + most, String::new());
        row.extend([
            marked.changes.to_string(),
            marked.attempts.to_string(),
            right.to_string(),
            predictions.to_string(),
            marked.remarks.join(" "),
        ]);
        rows.push(row.into_iter().map(harmless).collect());
    }
    text(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marking::Marked;

    #[test]
    fn nothing_that_a_student_writes_becomes_a_formula_or_another_cell() {
        let names = [
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
            ("+1", "'+1"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" =1", "' =1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("Ada, Countess", "\"Ada, Countess\""),
            ("O'Neill-Smith", "O'Neill-Smith"),
        ];
        for (name, cell) in names {
            let marked =
                Marked { who: name.to_owned(), ..Marked::refused("a.json", "It is empty.") };
            let text = csv(&[marked]);
            let row = text.lines().nth(1).expect("a row");
            let rest = row.strip_prefix("a.json,").expect("the file comes first");
            assert!(rest.starts_with(&format!("{cell},,,refused,")), "{row}");
        }
    }

    #[test]
    fn every_row_has_as_many_cells_as_the_head() {
        let text = csv(&[Marked::refused("a", "No."), Marked::refused("b", "No.")]);
        let columns = |line: &str| line.split(',').count();
        let counts: Vec<usize> = text.lines().map(columns).collect();
        assert_eq!(counts, [12, 12, 12]);
    }
}
