//! Submissions: files and pasted lines, their order, and their marks.

use std::cmp::Ordering;
use std::rc::Rc;

use ackground_learn::exercise::Exercise;
use ackground_learn::marking::{Marked, Standing, exercise_in, name_repeats, papers};

#[derive(Clone, Debug, PartialEq)]
pub struct SubmissionEntry {
    /// The name of the file it came from.
    pub source: String,
    /// The content, or why it could not be read.
    pub text: Result<Rc<str>, String>,
    /// The mark, once known.
    pub marked: Option<Rc<Marked>>,
}

/// A column to sort by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// The order of arrival.
    #[default]
    Source,
    Who,
    Exercise,
    Standing,
    /// By the share of goals met.
    Goals,
    Attempts,
    /// By the number of right predictions.
    Predictions,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Submissions {
    /// In order of arrival.
    pub entries: Vec<SubmissionEntry>,
    /// The assigned exercise. Without one, each submission is marked against the built-in exercise it names.
    pub set: Option<Rc<Exercise>>,
    pub sorted: Column,
    pub descending: bool,
    /// Incremented whenever there is something new to mark.
    pub round: u32,
    /// How many were dropped because of the limit.
    pub left_out: usize,
    /// Counts pasted texts, to name them.
    pub pasted: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub enum SubmissionsAct {
    /// Adds files by name. An exercise among them becomes the assigned one.
    Add(Vec<(String, Result<String, String>)>),
    /// Adds pasted text: any number of lines, or a document.
    Paste(String),
    /// The mark of the entry at this index, in this round.
    Found(u32, usize, Rc<Marked>),
    /// Assigns this exercise, or none.
    Set(Option<Rc<Exercise>>),
    /// Sorts by a column; the same one again reverses the order.
    Sort(Column),
    Clear,
}

impl Submissions {
    /// The maximum that can be marked at once.
    pub const MOST: usize = 300;

    pub(crate) fn act(&mut self, act: SubmissionsAct) {
        match act {
            SubmissionsAct::Add(given) => self.add(given),
            SubmissionsAct::Paste(text) => {
                self.pasted += 1;
                self.add(vec![(format!("pasted {}", self.pasted), Ok(text))]);
            }
            SubmissionsAct::Found(round, place, marked) if round == self.round => {
                if let Some(entry) = self.entries.get_mut(place) {
                    entry.marked = Some(marked);
                }
            }
            SubmissionsAct::Found(..) => {}
            SubmissionsAct::Set(exercise) => self.set(exercise),
            SubmissionsAct::Sort(column) => {
                self.descending = column == self.sorted && !self.descending;
                self.sorted = column;
            }
            SubmissionsAct::Clear => {
                *self = Submissions {
                    set: self.set.clone(),
                    round: self.round + 1,
                    ..Submissions::default()
                }
            }
        }
    }

    fn add(&mut self, given: Vec<(String, Result<String, String>)>) {
        for (source, text) in given {
            match text {
                Err(why) => self.push(source, Err(why)),
                Ok(text) => match exercise_in(&text) {
                    Some(exercise) => self.set(Some(Rc::new(exercise))),
                    // One file may hold the lines of a whole class.
                    None => papers(&source, &text)
                        .into_iter()
                        .for_each(|(name, entry)| self.push(name, Ok(Rc::from(entry)))),
                },
            }
        }
        self.round += 1;
    }

    fn push(&mut self, source: String, text: Result<Rc<str>, String>) {
        if self.entries.len() < Submissions::MOST {
            self.entries.push(SubmissionEntry { source, text, marked: None });
        } else {
            self.left_out += 1;
        }
    }

    fn set(&mut self, exercise: Option<Rc<Exercise>>) {
        if self.set != exercise {
            self.set = exercise;
            for entry in &mut self.entries {
                entry.marked = None;
            }
            self.round += 1;
        }
    }

    /// The number of marked entries.
    pub fn marked(&self) -> usize {
        let marked = self.entries.iter().filter(|entry| entry.marked.is_some());
        marked.count()
    }

    /// The indices of the entries in table order.
    pub fn order(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.entries.len()).collect();
        // Ties stay in order of arrival, in either direction.
        places.sort_by(|a, b| {
            let (a, b) = (&self.entries[*a], &self.entries[*b]);
            let order = compare(self.sorted, a.marked.as_deref(), b.marked.as_deref());
            if self.descending { order.reverse() } else { order }
        });
        if self.sorted == Column::Source && self.descending {
            places.reverse();
        }
        places
    }

    /// The marks in order of arrival, with remarks on duplicates; `None` for those not marked yet.
    pub fn compared(&self) -> Vec<Option<Marked>> {
        let marks = self.entries.iter().map(|entry| entry.marked.as_deref());
        let there: Vec<bool> = marks.clone().map(|mark| mark.is_some()).collect();
        let mut known: Vec<Marked> = marks.flatten().cloned().collect();
        name_repeats(&mut known);
        let mut known = known.into_iter();
        let compared = there.into_iter();
        compared.map(|there| there.then(|| known.next()).flatten()).collect()
    }

    /// The known marks, in table order.
    pub fn marks(&self) -> Vec<Marked> {
        let mut compared = self.compared();
        let places = self.order().into_iter();
        places.filter_map(|place| compared[place].take()).collect()
    }
}

/// Unmarked entries come last.
fn compare(column: Column, a: Option<&Marked>, b: Option<&Marked>) -> Ordering {
    let (Some(a), Some(b)) = (a, b) else {
        return b.is_some().cmp(&a.is_some());
    };
    match column {
        Column::Source => Ordering::Equal,
        Column::Who => a.who.to_lowercase().cmp(&b.who.to_lowercase()),
        Column::Exercise => a.exercise.cmp(&b.exercise),
        Column::Standing => rank(a.standing).cmp(&rank(b.standing)),
        Column::Goals => share(a.met(), b.met()),
        Column::Attempts => a.attempts.cmp(&b.attempts),
        Column::Predictions => share(a.right(), b.right()),
    }
}

/// Compares two fractions without dividing; 0/0 is the smallest.
fn share(a: (usize, usize), b: (usize, usize)) -> Ordering {
    match (a.1, b.1) {
        (0, _) | (_, 0) => a.1.cmp(&b.1),
        _ => (a.0 * b.1).cmp(&(b.0 * a.1)),
    }
}

const fn rank(standing: Standing) -> u8 {
    match standing {
        Standing::Refused => 0,
        Standing::Undecided => 1,
        Standing::NotSolved => 2,
        Standing::Solved => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_learn::exercise::{Attempt, built_in};
    use ackground_learn::marking::mark;
    use ackground_learn::submission::Submission;
    use ackground_learn::text::ENGLISH;

    fn line(who: &str, attempts: u64) -> String {
        let exercise = built_in("charge-twice", &ENGLISH).expect("it is built in");
        Submission::new(&exercise, None, who, Attempt::of(&exercise), attempts).to_line()
    }

    fn marked(submissions: &mut Submissions) {
        for place in 0..submissions.entries.len() {
            let entry = &submissions.entries[place];
            let text = entry.text.clone().unwrap_or_default();
            let found = Rc::new(mark(&entry.source, &text, submissions.set.as_deref()));
            submissions.act(SubmissionsAct::Found(submissions.round, place, found));
        }
    }

    #[test]
    fn lines_that_are_pasted_together_are_told_apart() {
        let mut submissions = Submissions::default();
        let text = format!("From Ada:\n{}\n\nand Bob {}", line("Ada", 1), line("Bob", 2));
        submissions.act(SubmissionsAct::Paste(text));
        marked(&mut submissions);
        let who: Vec<String> = submissions.marks().into_iter().map(|marked| marked.who).collect();
        assert_eq!(who, ["Ada", "Bob"]);
        submissions.act(SubmissionsAct::Paste("hello".into()));
        assert_eq!(submissions.entries.len(), 3, "what is none is named as such");
    }

    #[test]
    fn a_file_with_the_lines_of_a_class_is_as_many_papers() {
        let mut submissions = Submissions::default();
        let text = format!("{}\n{}\n", line("Ada", 1), line(" ada", 2));
        let given = vec![
            ("class.txt".to_owned(), Ok(text)),
            ("empty.json".to_owned(), Ok("\n".to_owned())),
        ];
        submissions.act(SubmissionsAct::Add(given));
        marked(&mut submissions);
        let marks = submissions.marks();
        let sources: Vec<&str> = marks.iter().map(|mark| mark.source.as_str()).collect();
        assert_eq!(sources, ["class.txt, 1", "class.txt, 2", "empty.json"]);
        assert!(marks[0].remarks[0].contains("see also class.txt, 2"));
        assert_eq!(marks[2].standing, Standing::Refused);
        let kept = submissions.entries[0].marked.as_ref().expect("a mark");
        assert!(kept.remarks.is_empty(), "a repeat is no part of the mark");
    }

    #[test]
    fn a_table_is_sorted_both_ways_and_stays_as_it_came_where_it_is_the_same() {
        let mut submissions = Submissions::default();
        let given = [("Cleo", 2), ("ada", 5), ("Bob", 2)];
        let given = given.map(|(who, n)| (who.to_owned(), Ok(line(who, n))));
        submissions.act(SubmissionsAct::Add(given.into()));
        marked(&mut submissions);
        submissions.act(SubmissionsAct::Sort(Column::Who));
        assert_eq!(submissions.order(), [1, 2, 0]);
        submissions.act(SubmissionsAct::Sort(Column::Who));
        assert_eq!(submissions.order(), [0, 2, 1]);
        submissions.act(SubmissionsAct::Sort(Column::Attempts));
        assert_eq!(submissions.order(), [0, 2, 1]);
        submissions.act(SubmissionsAct::Sort(Column::Attempts));
        assert_eq!(submissions.order(), [1, 0, 2]);
        submissions.act(SubmissionsAct::Sort(Column::Source));
        assert_eq!(submissions.order(), [0, 1, 2]);
    }

    #[test]
    fn an_exercise_among_them_is_the_one_that_was_set() {
        let mut submissions = Submissions::default();
        submissions.act(SubmissionsAct::Paste(line("Ada", 1)));
        marked(&mut submissions);
        let exercise = built_in("lose-one", &ENGLISH).expect("it is built in");
        submissions.act(SubmissionsAct::Add(vec![("x.json".into(), Ok(exercise.to_json()))]));
        assert_eq!(submissions.set.as_deref(), Some(&exercise));
        assert_eq!((submissions.entries.len(), submissions.marked()), (1, 0), "marked anew");
        marked(&mut submissions);
        assert_eq!(submissions.marks()[0].standing, Standing::Refused);
    }

    #[test]
    fn too_many_are_counted_and_left_out() {
        let mut submissions = Submissions::default();
        let many = vec![(String::new(), Ok(String::new())); Submissions::MOST + 7];
        submissions.act(SubmissionsAct::Add(many));
        assert_eq!((submissions.entries.len(), submissions.left_out), (Submissions::MOST, 7));
    }

    #[test]
    fn what_was_found_for_an_earlier_pile_is_not_taken() {
        let mut submissions = Submissions::default();
        submissions.act(SubmissionsAct::Paste(line("Ada", 1)));
        let old = submissions.round;
        let found = Rc::new(mark("a", &line("Ada", 1), None));
        submissions.act(SubmissionsAct::Clear);
        submissions.act(SubmissionsAct::Paste(line("Bob", 1)));
        submissions.act(SubmissionsAct::Found(old, 0, found));
        assert_eq!(submissions.marked(), 0);
    }
}
