//! A draft exercise: what was typed, complete or not, and its mistakes.
//!
//! A draft becomes an exercise by being written as a document and parsed as strictly as any other, so that
//! the builder and the format cannot drift apart.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use ackground_core::experiment::part::Part;
use ackground_core::experiment::{Experiment, Mistakes};
use ackground_learn::exercise::{Exercise, Free, Hidden};

/// A draft exercise. Its experiment is the page's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The file name; derived from the title if empty.
    pub id: String,
    pub title: String,
    /// From 1 to 5; 0 counts as 1.
    pub level: u8,
    /// The situation and the task, in Markdown.
    pub text: String,
    /// What may be changed: paths, or `*`.
    pub free: BTreeSet<String>,
    /// What stays hidden until it is solved.
    pub hidden: Vec<Hidden>,
    /// The maximum number of changed settings; empty for no limit.
    pub changes: String,
    /// One goal per line.
    pub goals: Vec<String>,
    /// Questions to answer before anything is shown.
    pub questions: Vec<Question>,
    /// Whether each student may get a variant.
    pub variants: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    pub asks: String,
    /// Each option with the claim that makes it right.
    pub options: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum DraftAct {
    Id(String),
    Title(String),
    Level(u8),
    Text(String),
    Free(String, bool),
    Hide(Hidden, bool),
    Changes(String),
    AddGoal(String),
    Goal(usize, String),
    RemoveGoal(usize),
    /// A new question has two options.
    AddQuestion,
    Asks(usize, String),
    RemoveQuestion(usize),
    AddOption(usize),
    /// Changes the text of an option.
    Says(usize, usize, String),
    /// Changes the claim of an option.
    Claims(usize, usize, String),
    RemoveOption(usize, usize),
    Variants(bool),
}

impl Draft {
    /// A draft to continue from an exercise.
    pub fn of(exercise: &Exercise) -> Draft {
        let questions = exercise.predictions.iter().map(|asked| Question {
            asks: asked.question.to_string(),
            options: asked
                .options
                .iter()
                .map(|option| (option.text.to_string(), option.claim.to_string()))
                .collect(),
        });
        Draft {
            id: exercise.id.to_string(),
            title: exercise.title.to_string(),
            level: u8::try_from(exercise.level.get()).unwrap_or(1),
            text: exercise.text.to_string(),
            free: exercise.free.iter().map(Free::to_string).collect(),
            hidden: exercise.hidden.clone(),
            changes: exercise.changes.map_or_else(String::new, |most| most.to_string()),
            goals: exercise.goals.iter().map(ToString::to_string).collect(),
            questions: questions.collect(),
            variants: exercise.variants,
        }
    }

    pub(crate) fn act(&mut self, act: DraftAct) {
        match act {
            DraftAct::Id(id) => self.id = id,
            DraftAct::Title(title) => self.title = title,
            DraftAct::Level(level) => self.level = level,
            DraftAct::Text(text) => self.text = text,
            DraftAct::Free(path, true) => drop(self.free.insert(path)),
            DraftAct::Free(path, false) => drop(self.free.remove(&path)),
            DraftAct::Hide(what, hide) => {
                self.hidden.retain(|hidden| *hidden != what);
                self.hidden.extend(hide.then_some(what));
            }
            DraftAct::Changes(changes) => self.changes = changes,
            DraftAct::AddGoal(goal) if self.takes(&goal) => self.goals.push(goal),
            DraftAct::AddGoal(_) => {}
            DraftAct::Goal(place, text) => put(self.goals.get_mut(place), text),
            DraftAct::RemoveGoal(place) => remove(&mut self.goals, place),
            DraftAct::AddQuestion if self.questions.len() < Exercise::MOST_PREDICTIONS => {
                self.questions
                    .push(Question { asks: String::new(), options: vec![Default::default(); 2] });
            }
            DraftAct::AddQuestion => {}
            DraftAct::Asks(place, text) => {
                put(self.questions.get_mut(place).map(|asked| &mut asked.asks), text);
            }
            DraftAct::RemoveQuestion(place) => remove(&mut self.questions, place),
            DraftAct::AddOption(place) => {
                if let Some(asked) = self.questions.get_mut(place)
                    && asked.options.len() < ackground_learn::exercise::Prediction::MOST_OPTIONS
                {
                    asked.options.push(Default::default());
                }
            }
            DraftAct::Says(place, option, text) => {
                put(self.option(place, option).map(|option| &mut option.0), text);
            }
            DraftAct::Claims(place, option, text) => {
                put(self.option(place, option).map(|option| &mut option.1), text);
            }
            DraftAct::RemoveOption(place, option) => {
                if let Some(asked) = self.questions.get_mut(place) {
                    remove(&mut asked.options, option);
                }
            }
            DraftAct::Variants(variants) => self.variants = variants,
        }
    }

    fn option(&mut self, place: usize, option: usize) -> Option<&mut (String, String)> {
        self.questions.get_mut(place)?.options.get_mut(option)
    }

    /// Whether a goal can be added: there is room, and it is new.
    pub fn takes(&self, goal: &str) -> bool {
        self.goals.len() < Exercise::MOST_GOALS && !self.goals.iter().any(|it| it == goal)
    }

    /// The file name: as typed, or else the title in kebab case.
    pub fn id(&self) -> String {
        if !self.id.trim().is_empty() {
            return self.id.trim().to_owned();
        }
        let mut id = String::new();
        for letter in self.title.to_lowercase().chars() {
            match letter {
                'a'..='z' => id.push(letter),
                '0'..='9' if !id.is_empty() => id.push(letter),
                _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
                _ => {}
            }
            if id.len() >= LONGEST_ID {
                break;
            }
        }
        let id = id.trim_end_matches('-');
        if id.is_empty() { "exercise" } else { id }.to_owned()
    }

    /// The exercise, with this experiment.
    ///
    /// # Errors
    ///
    /// Every mistake, with its path.
    pub fn exercise(&self, experiment: &Experiment) -> Result<Exercise, Mistakes> {
        let changes = match self.changes.trim() {
            "" => Value::Null,
            typed => typed.parse::<u64>().map_or_else(|_| json!(typed), Value::from),
        };
        let questions = self.questions.iter().map(|asked| {
            let options = asked.options.iter();
            let options: Vec<Value> = options
                .map(|(text, claim)| json!({"text": text.trim(), "claim": claim.trim()}))
                .collect();
            json!({"question": asked.asks.trim(), "options": options})
        });
        let hidden = Hidden::ALL.iter().filter(|what| self.hidden.contains(what));
        let goals: Vec<&str> = self.goals.iter().map(|goal| goal.trim()).collect();
        let document = json!({
            "version": 1,
            "kind": "exercise",
            "id": self.id(),
            "title": self.title.trim(),
            "level": self.level.max(1),
            "text": self.text,
            "experiment": experiment,
            "free": self.free,
            "hidden": hidden.map(Part::write).collect::<Vec<_>>(),
            "changes": changes,
            "goals": goals,
            "predictions": questions.collect::<Vec<Value>>(),
            "variants": self.variants,
        });
        Exercise::from_json(&document.to_string())
    }
}

/// Longer than any title needs, and within the limit of an id.
const LONGEST_ID: usize = 36;

fn put(place: Option<&mut String>, text: String) {
    if let Some(place) = place {
        *place = text;
    }
}

fn remove<T>(list: &mut Vec<T>, place: usize) {
    if place < list.len() {
        list.remove(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_learn::exercise::{built_in, built_in_ids};
    use ackground_learn::text::ENGLISH;

    #[test]
    fn every_built_in_exercise_can_be_gone_on_with() {
        for id in built_in_ids() {
            let exercise = built_in(id, &ENGLISH).expect(id);
            let made = Draft::of(&exercise).exercise(&exercise.experiment);
            let made = made.unwrap_or_else(|mistakes| panic!("{id}: {mistakes}"));
            // Unlocked and hidden settings are sets, so their order is irrelevant.
            assert_eq!(made.goals, exercise.goals, "{id}");
            assert_eq!(made.predictions, exercise.predictions, "{id}");
            assert_eq!(made.free.len(), exercise.free.len(), "{id}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_at_its_place() {
        let mut draft = Draft::default();
        draft.act(DraftAct::AddGoal("lane 9: no_loss holds".into()));
        draft.act(DraftAct::Changes("few".into()));
        draft.act(DraftAct::Free("lanes[0].colour".into(), true));
        draft.act(DraftAct::AddQuestion);
        let mistakes = draft.exercise(&Experiment::default()).expect_err("much is wrong");
        let told = mistakes.to_string();
        for path in ["goals[0]", "changes", "free[0]", "predictions[0]"] {
            assert!(told.contains(path), "{path}: {told}");
        }
    }

    #[test]
    fn a_title_makes_a_name_for_files() {
        let of = |title: &str| Draft { title: title.into(), ..Draft::default() }.id();
        assert_eq!(of("Mend it: 2 faults!"), "mend-it-2-faults");
        assert_eq!(of("1 & 2"), "exercise");
        assert_eq!(of(""), "exercise");
        assert!(
            ackground_core::experiment::value::Id::new(&of(&"very long ".repeat(30))).is_some()
        );
    }

    #[test]
    fn there_are_no_more_than_the_format_takes() {
        let mut draft = Draft::default();
        for faults in 0..20 {
            for _ in 0..2 {
                let goal = format!("lane 1: no_loss holds within {faults} faults");
                draft.act(DraftAct::AddGoal(goal));
            }
            draft.act(DraftAct::AddQuestion);
            draft.act(DraftAct::AddOption(0));
            draft.act(DraftAct::RemoveOption(7, 7));
            draft.act(DraftAct::RemoveGoal(99));
        }
        assert_eq!((draft.goals.len(), draft.questions.len()), (8, 8));
        assert_ne!(draft.goals[0], draft.goals[1], "the same goal is added once");
        assert_eq!(draft.questions[0].options.len(), 6);
    }
}
