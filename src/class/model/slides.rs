//! A lesson or an exercise as slides.

use std::rc::Rc;

use super::settings::text;
use crate::state::{View, Views, address};
use ackground_core::experiment::Experiment;
use ackground_learn::claim::{Answer, Known, Need};
use ackground_learn::exercise::{Exercise, built_in};
use ackground_learn::lesson::{self, Choice, Explanation, Lesson, Moment, Prediction, Step};
use ackground_learn::markup::{Line, Markup, spans};
use ackground_learn::text::ENGLISH;

/// A slide deck.
#[derive(Clone, Debug, PartialEq)]
pub struct Deck {
    pub title: String,
    /// Never empty.
    pub slides: Vec<Slide>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Slide {
    /// The experiment it is about.
    pub experiment: Rc<Experiment>,
    /// The tasks that its answers depend on.
    pub needs: Rc<Vec<Need>>,
    pub kind: Kind,
}

/// The kind of a slide.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Text.
    Tell(Markup),
    /// A question, answered by a show of hands.
    Ask(Prediction),
    /// A run, from this moment on.
    Watch(Moment),
    /// An explanation of the run.
    Explain(Explanation),
    /// The task and its goals.
    Goals {
        text: Markup,
        /// One sentence each.
        goals: Vec<String>,
    },
}

impl Deck {
    /// The deck of the lesson, or else the built-in exercise, with this id.
    pub fn of_id(id: &str) -> Option<Deck> {
        match Lesson::of(&ENGLISH, id) {
            Some(lesson) => Some(Deck::of_lesson(&lesson)),
            None => built_in(id, &ENGLISH).map(|exercise| Deck::of_exercise(&exercise)),
        }
    }

    /// One slide per step.
    pub fn of_lesson(lesson: &Lesson) -> Deck {
        let rounds: Vec<Rc<Experiment>> =
            lesson.rounds.iter().map(|round| Rc::new(round.experiment.clone())).collect();
        let first = rounds.first().cloned().unwrap_or_default();
        let round = |at: usize| rounds.get(at).cloned().unwrap_or_else(|| first.clone());
        let slides = lesson.steps.iter().map(|step| match step {
            Step::Situation(text) => {
                Slide::new(first.clone(), Vec::new(), Kind::Tell(text.clone()))
            }
            Step::Predict(asked) => {
                Slide::new(round(asked.round), asked.needs(), Kind::Ask(asked.clone()))
            }
            Step::Run { round: of, at } => Slide::new(round(*of), Vec::new(), Kind::Watch(*at)),
            Step::Explain(why) => {
                Slide::new(round(why.round), why.needs(), Kind::Explain(why.clone()))
            }
            Step::Try(task) => goals(&task.exercise),
        });
        Deck { title: lesson.title.clone(), slides: slides.collect() }
    }

    /// The questions of an exercise, then its task.
    pub fn of_exercise(exercise: &Exercise) -> Deck {
        let experiment = Rc::new(exercise.experiment.clone());
        let asked = exercise.predictions.iter().map(|asked| {
            let options = asked
                .options
                .iter()
                .map(|option| Choice { says: spans(&option.text), claims: vec![option.claim] });
            let asked = Prediction {
                round: 0,
                asks: Markup::parse(&asked.question),
                options: options.collect(),
                right: 1,
            };
            Slide::new(experiment.clone(), asked.needs(), Kind::Ask(asked))
        });
        let mut slides = vec![goals(exercise)];
        slides.extend(asked);
        Deck { title: exercise.title.to_string(), slides }
    }
}

fn goals(exercise: &Exercise) -> Slide {
    let experiment = &exercise.experiment;
    let goals = exercise.goals.iter();
    let kind = Kind::Goals {
        text: Markup::parse(&exercise.text),
        goals: goals.map(|goal| goal.sentence(experiment)).collect(),
    };
    Slide::new(Rc::new(experiment.clone()), Vec::new(), kind)
}

impl Slide {
    fn new(experiment: Rc<Experiment>, needs: Vec<Need>, kind: Kind) -> Slide {
        Slide { experiment, needs: Rc::new(needs), kind }
    }

    /// The options of a question, with lane names filled in.
    pub fn options(&self) -> Vec<Line> {
        let Kind::Ask(asked) = &self.kind else {
            return Vec::new();
        };
        let options = asked.options.iter();
        options.map(|option| option.line(&self.experiment)).collect()
    }

    /// Which options are right; unknown as long as something is missing.
    pub fn answers(&self, known: &Known) -> Vec<Answer> {
        match &self.kind {
            Kind::Ask(asked) => asked.judge(&self.experiment, known),
            _ => Vec::new(),
        }
    }

    /// The findings on the option at this index: a sentence per claim.
    pub fn found(&self, option: usize, known: &Known) -> Vec<String> {
        let Kind::Ask(asked) = &self.kind else {
            return Vec::new();
        };
        let Some(option) = asked.options.get(option) else {
            return Vec::new();
        };
        let held = option.held(&self.experiment, known);
        held.map(|held| held.sentence).collect()
    }

    /// The text, with known figures filled in.
    pub fn text(&self, known: &Known) -> Markup {
        match &self.kind {
            Kind::Tell(text) | Kind::Goals { text, .. } => {
                lesson::filled(text, &self.experiment, known)
            }
            Kind::Ask(asked) => lesson::filled(&asked.asks, &self.experiment, known),
            Kind::Explain(why) => why.markup(&self.experiment, known),
            Kind::Watch(_) => Markup::default(),
        }
    }

    /// The causes for an explanation: a heading with lane and message, and the events.
    pub fn causes(&self) -> Vec<(String, Vec<String>)> {
        let Kind::Explain(why) = &self.kind else {
            return Vec::new();
        };
        let chains = why.chains(&self.experiment).into_iter();
        let chains = chains.map(|(lane, message, chain)| {
            let name = self.experiment.lane_name(lane);
            let sentences = chain.sentences().map(text).collect();
            (format!("{name}, message {}", message + 1), sentences)
        });
        chains.collect()
    }

    /// The fragment that opens the experiment in Watch.
    pub fn fragment(&self) -> String {
        let views = Views::default().showing(View::Watch);
        let link = address::fragment(&self.experiment);
        address::lasting(&self.experiment, &address::with_view(&link, &views))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_learn::exercise::built_in_ids;
    use ackground_learn::lesson::heads;

    #[test]
    fn every_lesson_and_every_exercise_can_be_presented() {
        for id in heads(&ENGLISH).map(|head| head.id).chain(built_in_ids()) {
            let deck = Deck::of_id(id).expect(id);
            assert!(!deck.title.is_empty() && !deck.slides.is_empty(), "{id}");
            for slide in &deck.slides {
                let blank = slide.text(&Known::default()).blocks.is_empty();
                assert!(
                    !blank || matches!(slide.kind, Kind::Watch(_)) || !slide.causes().is_empty(),
                    "{id}"
                );
                assert!(address::read(&slide.fragment(), &Views::default()).notice.is_none());
            }
        }
        assert_eq!(Deck::of_id("nothing-of-the-kind"), None);
    }

    #[test]
    fn no_lesson_has_the_name_of_an_exercise() {
        for id in built_in_ids() {
            assert!(Lesson::of(&ENGLISH, id).is_none(), "{id}");
        }
    }

    #[test]
    fn what_is_right_is_found_and_not_before_it_is_known() {
        let deck = Deck::of_id("two-generals").expect("it is taught");
        let asks = deck.slides.iter().find(|slide| !slide.options().is_empty());
        let slide = asks.expect("it asks something");
        let known = Known::at_once(&slide.experiment, &slide.needs);
        let right = slide.answers(&known);
        assert_eq!(right.iter().filter(|answer| answer.is_yes()).count(), 1);
        assert!((0..right.len()).all(|option| !slide.found(option, &known).is_empty()));
    }
}
