//! The submissions without a mark, and the tasks needed to mark them.

use std::rc::Rc;

use crate::class::state::Submissions;
use crate::learn::batch::{Batch, Wanted};
use ackground_learn::marking::{About, Marked, Marking};
use ackground_worker::{Answer, Ask};

#[derive(Clone, Debug, PartialEq)]
pub struct MarkingQueue {
    pub round: u32,
    /// The tasks for the workers; `None` if there are none.
    pub asks: Option<Rc<Vec<Ask>>>,
    cases: Vec<Case>,
}

#[derive(Clone, Debug, PartialEq)]
struct Case {
    /// The entry's index.
    place: usize,
    work: Work,
}

#[derive(Clone, Debug, PartialEq)]
enum Work {
    /// The submission could not be parsed.
    Unread(Rc<Marked>),
    Open(Box<Open>),
}

#[derive(Clone, Debug, PartialEq)]
struct Open {
    marking: Marking,
    attempt: Wanted,
    given: Wanted,
}

impl MarkingQueue {
    /// Collects what has no mark yet. A task that several entries need is included once.
    pub fn of(submissions: &Submissions) -> MarkingQueue {
        let mut batch = Batch::default();
        let open = submissions.entries.iter().enumerate();
        let open = open.filter(|(_, entry)| entry.marked.is_none());
        let cases = open.map(|(place, entry)| {
            let work = match &entry.text {
                Err(why) => Work::Unread(Rc::new(Marked::refused(&entry.source, why))),
                Ok(text) => {
                    let marking = Marking::begin(&entry.source, text, submissions.set.as_deref());
                    let mut want = |about| match marking.experiment(about) {
                        Some(experiment) => batch.want(experiment, &marking.needs(about)),
                        None => Wanted::default(),
                    };
                    Work::Open(Box::new(Open {
                        attempt: want(About::Attempt),
                        given: want(About::Given),
                        marking,
                    }))
                }
            };
            Case { place, work }
        });
        MarkingQueue { cases: cases.collect(), round: submissions.round, asks: batch.asks() }
    }

    /// The marks of up to `most` entries that have none yet and whose answers are all in, with the entries'
    /// indices.
    pub fn ready(
        &self,
        submissions: &Submissions,
        answers: &[Option<&Rc<Answer>>],
        most: usize,
    ) -> Vec<(usize, Rc<Marked>)> {
        let open = self.cases.iter().filter(|case| {
            let entry = submissions.entries.get(case.place);
            entry.is_some_and(|entry| entry.marked.is_none())
        });
        let marks = open.filter_map(|case| Some((case.place, case.work.marked(answers)?)));
        marks.take(most).collect()
    }
}

impl Work {
    fn marked(&self, answers: &[Option<&Rc<Answer>>]) -> Option<Rc<Marked>> {
        let open = match self {
            Work::Unread(marked) => return Some(marked.clone()),
            Work::Open(open) => open,
        };
        if !open.attempt.is_there(answers) || !open.given.is_there(answers) {
            return None;
        }
        let known = |about, wanted: &Wanted| {
            let experiment = open.marking.experiment(about);
            experiment.map_or_else(Default::default, |experiment| wanted.known(experiment, answers))
        };
        let attempt = known(About::Attempt, &open.attempt);
        let given = known(About::Given, &open.given);
        Some(Rc::new(open.marking.marked(&attempt, &given)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::class::state::{ClassAct, SubmissionsAct};
    use crate::learn::batch::tests::answered;
    use crate::state::{Action, State, reduce};
    use ackground_core::experiment::json::Json;
    use ackground_learn::exercise::{Attempt, built_in};
    use ackground_learn::marking::{Standing, mark};
    use ackground_learn::submission::Submission;
    use ackground_learn::text::ENGLISH;

    #[test]
    fn a_desk_marks_as_the_command_line_does() {
        let exercise = built_in("repair-dedup-in-memory", &ENGLISH).expect("it is built in");
        let given = Attempt::of(&exercise);
        let changed = exercise.experiment.with("lanes[0].consumer.dedup", Json::text("atomic"));
        let mended = Attempt { experiment: changed.expect("it can be set"), ..given.clone() };
        let of = |who, attempt| Submission::new(&exercise, None, who, attempt, 2);
        let good = of("Ada", mended);
        let texts = [
            good.to_json(),
            of("Bob", given).to_line(),
            good.to_line().replacen("v1.", "v1.A", 1),
            "{}".to_owned(),
        ];
        let files = texts.iter().enumerate();
        let mut files: Vec<_> = files.map(|(i, t)| (format!("{i}"), Ok(t.clone()))).collect();
        files.push(("big".into(), Err("It is too long.".into())));
        let add = Action::Class(ClassAct::Submissions(SubmissionsAct::Add(files)));
        let state = reduce(&State::open("view=class"), add).expect("a pile");
        let submissions = &state.class.submissions;
        let queue = MarkingQueue::of(submissions);
        assert_eq!(queue.ready(submissions, &[], 9).len(), 3, "what need not be proved");
        let answers = answered(queue.asks.clone());
        let answers: Vec<_> = answers.iter().map(Some).collect();
        let marks = queue.ready(submissions, &answers, 9);
        assert_eq!(marks.len(), 5);
        for (place, marked) in &marks[..4] {
            let expected = mark(&place.to_string(), &texts[*place], None);
            assert_eq!(**marked, expected, "{place}");
        }
        assert_eq!(marks[0].1.standing, Standing::Solved);
        assert_eq!(marks[4].1.remarks, ["It is too long."]);
    }

    #[test]
    fn what_all_of_them_need_is_asked_for_once() {
        let exercise = built_in("charge-twice", &ENGLISH).expect("it is built in");
        let of =
            |who: &str| Submission::new(&exercise, None, who, Attempt::of(&exercise), 1).to_line();
        let lines: Vec<String> = (0..100).map(|n| of(&n.to_string())).collect();
        let paste = Action::Class(ClassAct::Submissions(SubmissionsAct::Paste(lines.join("\n"))));
        let state = reduce(&State::open("view=class"), paste).expect("a pile");
        let queue = MarkingQueue::of(&state.class.submissions);
        assert_eq!(queue.cases.len(), 100);
        assert_eq!(queue.asks.as_ref().map_or(0, |asks| asks.len()), 1);
    }
}
