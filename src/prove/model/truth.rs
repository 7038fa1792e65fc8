//! The truth table: what each single fault does to one message, lane by lane.

use ackground_core::audit::{Outcome, Property};
use ackground_core::experiment::Experiment;
use ackground_core::experiment::script::Line;
use ackground_core::experiment::value::Bounded;
use ackground_core::prove::{Cell, Kinds, table};
use ackground_words::story::{self, Stage};

#[derive(Debug, Clone, PartialEq)]
pub struct TruthTable {
    pub lanes: Vec<String>,
    /// The outcome without any fault.
    pub calm: Vec<TruthCell>,
    /// The faults, grouped by where they strike, along the message's path.
    pub groups: Vec<Group>,
}

/// Faults that strike in the same place.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub stage: Stage,
    pub rows: Vec<TruthRow>,
}

/// A fault.
#[derive(Debug, Clone, PartialEq)]
pub struct TruthRow {
    /// As a script line.
    pub line: Line,
    /// In plain words.
    pub words: String,
    /// One per lane; `None` where the fault cannot happen.
    pub cells: Vec<Option<TruthCell>>,
    /// Whether outcomes differ between lanes.
    pub differs: bool,
}

/// The outcome of a message, which determines how its cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    Once,
    Lost,
    Duplicated,
    /// Moved to the dead letter queue.
    Parked,
    /// Still unresolved.
    Pending,
}

/// The outcome of the message in a lane.
#[derive(Debug, Clone, PartialEq)]
pub struct TruthCell {
    pub effect: Effect,
    /// `once`, `lost silently`, `×2`.
    pub text: String,
    /// Whether only some of its steps happened.
    pub torn: bool,
    /// The worst property the run breaks, which is where watching it begins.
    pub broken: Option<Property>,
}

impl TruthTable {
    /// Computes the table for faults of these kinds; costs a short run per cell.
    pub fn of(experiment: &Experiment, kinds: Kinds) -> TruthTable {
        let found = table(experiment, kinds);
        let one = Experiment { messages: Bounded::of(1), ..experiment.clone() };
        let mut groups: Vec<Group> = Vec::new();
        for row in found.rows {
            let stage = story::stage(&row.line);
            let cells: Vec<Option<TruthCell>> =
                row.cells.iter().map(|cell| cell.as_ref().map(TruthCell::of)).collect();
            let row = TruthRow {
                words: story::mishap(&one, &row.line),
                line: row.line,
                differs: cells.iter().any(|cell| *cell != cells[0]),
                cells,
            };
            match groups.last_mut().filter(|group| group.stage == stage) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { stage, rows: vec![row] }),
            }
        }
        TruthTable {
            lanes: (0..experiment.lanes.len())
                .map(|lane| experiment.lane_name(lane).to_string())
                .collect(),
            calm: found.calm.iter().map(TruthCell::of).collect(),
            groups,
        }
    }

    /// The number of rows, and of those in which lanes differ.
    pub fn count(&self) -> (usize, usize) {
        let rows = || self.groups.iter().flat_map(|group| &group.rows);
        (rows().count(), rows().filter(|row| row.differs).count())
    }

    /// The groups, reduced to rows in which lanes differ.
    pub fn differing(&self) -> Vec<Group> {
        let groups = self.groups.iter().map(|group| Group {
            stage: group.stage,
            rows: group.rows.iter().filter(|row| row.differs).cloned().collect(),
        });
        groups.filter(|group| !group.rows.is_empty()).collect()
    }
}

impl TruthCell {
    fn of(cell: &Cell) -> TruthCell {
        let record = &cell.record;
        let most = record.applied.iter().copied().max().unwrap_or_default();
        let (effect, text) = match record.end {
            Outcome::Once => (Effect::Once, "once".to_owned()),
            Outcome::Lost if record.silent() => (Effect::Lost, "lost silently".to_owned()),
            Outcome::Lost => (Effect::Lost, "lost".to_owned()),
            Outcome::Duplicated => (Effect::Duplicated, format!("×{most}")),
            Outcome::Parked => (Effect::Parked, "parked".to_owned()),
            Outcome::Pending => (Effect::Pending, "not settled".to_owned()),
        };
        TruthCell {
            effect,
            text,
            torn: cell.broken.contains(&Property::NoTorn),
            broken: cell.broken.first().copied(),
        }
    }

    /// The cell as text: `once`, `×2, half done`.
    pub fn words(&self) -> String {
        let torn = if self.torn { ", half done" } else { "" };
        format!("{}{torn}", self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::Experiment;

    #[test]
    fn the_first_screen_in_one_table() {
        let table = TruthTable::of(&Experiment::default(), Kinds::default());
        assert_eq!(table.lanes.len(), 3);
        assert!(table.calm.iter().all(|cell| cell.effect == Effect::Once));
        let row = |line: &str| {
            let rows = table.groups.iter().flat_map(|group| &group.rows);
            let row = rows.into_iter().find(|row| row.line.to_string() == line);
            let row = row.unwrap_or_else(|| panic!("no {line}"));
            let words = row.cells.iter();
            let words: Vec<String> =
                words.map(|cell| cell.as_ref().map_or("–".to_owned(), TruthCell::words)).collect();
            (row.words.clone(), words)
        };
        let (words, cells) = row("drop publish 1");
        assert_eq!(words, "The message is lost on its way to the broker");
        assert_eq!(cells, ["lost silently", "once", "once"]);
        assert_eq!(row("drop publish-ack 1").1, ["–", "×2", "once"]);
        assert_eq!(
            row("crash consumer after credit 1").1[0],
            "once, half done",
            "nobody was notified"
        );
    }

    #[test]
    fn each_place_is_one_group_and_the_filter_keeps_what_differs() {
        let table = TruthTable::of(&Experiment::default(), Kinds::ALL);
        let stages: Vec<Stage> = table.groups.iter().map(|group| group.stage).collect();
        assert!(stages.is_sorted_by(|a, b| a < b), "{stages:?}");
        let (all, differing) = table.count();
        let kept = table.differing();
        let kept: Vec<&TruthRow> = kept.iter().flat_map(|group| &group.rows).collect();
        assert_eq!(kept.len(), differing);
        assert!(differing > 3 && differing < all);
        assert!(kept.iter().all(|row| row.differs));
    }

    #[test]
    fn one_lane_differs_from_no_other() {
        let mut experiment = Experiment::default();
        experiment.lanes.remove(0);
        experiment.lanes.remove(0);
        assert_eq!(TruthTable::of(&experiment, Kinds::default()).count().1, 0);
    }
}
