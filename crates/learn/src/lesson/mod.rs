//! A lesson: situations, predictions, runs that settle them, explanations, and a thing to try.
//!
//! A lesson says nothing of how a run ends. Each option of a prediction is a claim that is run, proved or
//! measured; each figure in an explanation is a value that is read off the run; the chain of causes is that
//! of the trace. So a lesson cannot be wrong about the simulator, and a test finds a prediction of which
//! not exactly the promised options are right.
//!
//! | file | owns |
//! |---|---|
//! | `read` | a lesson's text file, and what is wrong with it |
//! | `value` | figures of a run in running text |
//! | `mod` | what a lesson is made of, and what a step has to know |
//!
//! Who shows a lesson, and what became of a reader's predictions, is not known here.

mod read;
mod value;

use super::claim::{Answer, Claim, Held, Known, Need};
use super::exercise::Exercise;
use super::markup::{self, Line, Markup};
use super::text::{Language, Sheet, ui_with};
use ackground_core::audit::{self, Property};
use ackground_core::experiment::json::Json;
use ackground_core::experiment::{Experiment, Mistakes};
use ackground_core::sim::{self, MessageNo, Time};
use ackground_words::story::{self, Chain};

pub use value::{Value, ValueError};

/// A lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Its id, which links and progress carry: `two-generals`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How long it takes, about.
    pub minutes: u8,
    /// What a reader can do after it, a sentence.
    pub aim: String,
    /// The facts of the field that it shows, by their ids in [`coverage`](super::coverage).
    pub about: Vec<String>,
    /// The experiments that are run in it, in order.
    pub rounds: Vec<Round>,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

/// An experiment of a lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// What it is called within the lesson: `lost-answer`.
    pub name: String,
    /// The experiment.
    pub experiment: Experiment,
}

/// A step of a lesson.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// What there is to know before anything happens.
    Situation(Markup),
    /// What will happen? Asked before anything of the experiment's end is shown.
    Predict(Prediction),
    /// The experiment, in the simulator.
    Run {
        /// Which round, counted from 0.
        round: usize,
        /// What the run is opened at.
        at: Moment,
    },
    /// Why it ended so.
    Explain(Explanation),
    /// Something to bring about in the experiment.
    Try(Box<Try>),
}

/// A question about an experiment, with answers of which the simulator says which are right.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// Which round, counted from 0.
    pub round: usize,
    /// The question.
    pub asks: Markup,
    /// The answers to choose from.
    pub options: Vec<Choice>,
    /// How many of them are right: more than one where the reader may choose several.
    pub right: usize,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The answer.
    pub says: Line,
    /// What has to be so for it to be right: every one of these.
    pub claims: Vec<Claim>,
}

/// Why a run ended as it did.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Which round, counted from 0.
    pub round: usize,
    /// The messages whose chains of causes are told: lane and message, both counted from 0.
    pub why: Vec<(usize, usize)>,
    /// What there is to say beyond the run, with figures of the run to be filled in.
    pub text: Markup,
}

/// Something to bring about: an exercise that begins with the experiment of a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Try {
    /// Which round, counted from 0.
    pub round: usize,
    /// The exercise; its hints and its check are those of any other.
    pub exercise: Exercise,
    /// One way to get there, as paths and values; a test goes it.
    pub way: Vec<(String, Json)>,
}

/// A moment of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Nothing has happened yet.
    Start,
    /// Nothing is left to happen.
    End,
    /// When the run of a lane, counted from 0, first breaks a property; its end if it breaks none.
    Breaks(usize),
    /// A time.
    At(Time),
}

impl Lesson {
    /// Reads the text file of a lesson.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, each with the file's name and the line.
    pub fn parse(id: &str, text: &str) -> Result<Lesson, Mistakes> {
        read::lesson(id, text)
    }

    /// The lesson with this id in a language; `None` where there is none.
    ///
    /// ```
    /// use ackground_learn::lesson::Lesson;
    /// use ackground_learn::text::ENGLISH;
    ///
    /// let lesson = Lesson::of(&ENGLISH, "two-generals").expect("it is taught");
    /// assert!(lesson.rounds.len() > 1);
    /// ```
    pub fn of(language: &Language, id: &str) -> Option<Lesson> {
        Lesson::parse(id, language.lesson(id)?).ok()
    }

    /// The experiment of a round, counted from 0.
    pub fn experiment(&self, round: usize) -> Option<&Experiment> {
        Some(&self.rounds.get(round)?.experiment)
    }

    /// Whether two lessons differ in nothing but their words: what a translation has to be.
    pub fn same_but_words(&self, other: &Lesson) -> bool {
        let bones = |lesson: &Lesson| {
            let mut lesson = lesson.clone();
            lesson.title.clear();
            lesson.aim.clear();
            for round in &mut lesson.rounds {
                // Titles and names are words as well; the experiment of a thing to try is that of its round.
                let experiment = &mut round.experiment;
                experiment.title = Default::default();
                for lane in experiment.lanes.iter_mut() {
                    lane.name = Default::default();
                }
            }
            for step in &mut lesson.steps {
                match step {
                    Step::Situation(text) => *text = Markup::default(),
                    Step::Predict(prediction) => {
                        prediction.asks = Markup::default();
                        for choice in &mut prediction.options {
                            choice.says.clear();
                        }
                    }
                    Step::Run { .. } => {}
                    Step::Explain(explanation) => explanation.text = Markup::default(),
                    Step::Try(task) => {
                        task.exercise.title = Default::default();
                        task.exercise.text = Default::default();
                        task.exercise.experiment = Experiment::default();
                    }
                }
            }
            lesson
        };
        bones(self) == bones(other)
    }
}

/// What the list of lessons shows of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its id.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// How long it takes, about, in minutes.
    pub minutes: u8,
    /// What a reader can do after it.
    pub aim: &'static str,
}

impl Head {
    /// How long it takes, in words: `6 minutes`.
    pub fn takes(&self) -> String {
        ui_with("lesson.minutes", &[("n", &self.minutes.to_string())])
    }
}

/// Every lesson of a language, in the order in which they are taught; only their heads are read.
pub fn heads(language: &Language) -> impl Iterator<Item = Head> + use<> {
    language.lessons.iter().filter_map(|(id, text)| {
        let head = text.split_once("\n==").map_or(*text, |(head, _)| head);
        let sheet = Sheet::parse(id, head).ok()?;
        Some(Head {
            id,
            title: sheet.field("title")?,
            minutes: sheet.field("minutes")?.parse().ok()?,
            aim: sheet.field("aim")?,
        })
    })
}

impl Prediction {
    /// What has to be found out before it is known which options are right.
    pub fn needs(&self) -> Vec<Need> {
        needs(self.options.iter().flat_map(|option| &option.claims))
    }

    /// Which options are right, one answer for each in their order.
    pub fn judge(&self, experiment: &Experiment, known: &Known) -> Vec<Answer> {
        let options = self.options.iter();
        options.map(|option| option.judge(experiment, known)).collect()
    }
}

impl Choice {
    /// Whether it is right: every claim of it is.
    pub fn judge(&self, experiment: &Experiment, known: &Known) -> Answer {
        all(self.held(experiment, known).map(|held| held.answer))
    }

    /// The answer with the names of the lanes in it.
    pub fn line(&self, experiment: &Experiment) -> Line {
        let known = Known::default();
        let mut says = self.says.clone();
        markup::fill(&mut says, &|name: &str| name.parse::<Value>().ok()?.span(experiment, &known));
        says
    }

    /// What was found about each of its claims.
    pub fn held<'a>(
        &'a self,
        experiment: &'a Experiment,
        known: &'a Known,
    ) -> impl Iterator<Item = Held> + 'a {
        self.claims.iter().map(|claim| claim.judge(experiment, known))
    }
}

impl Explanation {
    /// What has to be found out before its text can be filled in.
    pub fn needs(&self) -> Vec<Need> {
        let values = self.text.values().filter_map(|name| name.parse::<Value>().ok());
        distinct(values.filter_map(Value::need))
    }

    /// The text with the figures that are known.
    pub fn markup(&self, experiment: &Experiment, known: &Known) -> Markup {
        filled(&self.text, experiment, known)
    }

    /// How each of its messages came to its result: lane and message, both counted from 0, and the chain.
    pub fn chains(&self, experiment: &Experiment) -> Vec<(usize, usize, Chain)> {
        let chain = |&(lane, message): &(usize, usize)| {
            let trace = sim::simulate(experiment, lane);
            let report = audit::judge(experiment, &trace);
            let no = MessageNo::from_index(message);
            (lane, message, story::why(experiment, lane, &trace, &report, no))
        };
        self.why.iter().map(chain).collect()
    }
}

impl Try {
    /// The experiment changed in the way that is known to lead there; `None` if the format forbids it.
    pub fn solved(&self) -> Option<Experiment> {
        let start = self.exercise.experiment.clone();
        let mut way = self.way.iter();
        way.try_fold(start, |changed, (path, value)| changed.with(path, value.clone()).ok())
    }
}

impl Moment {
    /// When that is in a run of this experiment.
    pub fn time(self, experiment: &Experiment) -> Time {
        let end = |lane: usize| sim::simulate(experiment, lane).end.at();
        match self {
            Moment::Start => Time::from_micros(0),
            Moment::At(time) => time,
            Moment::End => {
                let ends = (0..experiment.lanes.len()).map(end);
                ends.max().unwrap_or(Time::from_micros(0))
            }
            Moment::Breaks(lane) => {
                let trace = sim::simulate(experiment, lane);
                let moments = Property::ALL.into_iter();
                let moments =
                    moments.filter_map(|which| story::decisive(experiment, lane, &trace, which));
                moments.min().unwrap_or(trace.end.at())
            }
        }
    }
}

/// A text with what is known filled in; the rest stays as it is written.
pub fn filled(text: &Markup, experiment: &Experiment, known: &Known) -> Markup {
    let value = |name: &str| name.parse::<Value>().ok()?.span(experiment, known);
    text.clone().filled(value)
}

/// What has to be found out for some claims, each once.
fn needs<'a>(claims: impl IntoIterator<Item = &'a Claim>) -> Vec<Need> {
    distinct(claims.into_iter().flat_map(Claim::needs))
}

fn distinct(needs: impl Iterator<Item = Need>) -> Vec<Need> {
    let mut distinct = Vec::new();
    for need in needs {
        if !distinct.contains(&need) {
            distinct.push(need);
        }
    }
    distinct
}

/// Yes if all are; no as soon as one is no.
fn all(answers: impl Iterator<Item = Answer>) -> Answer {
    answers.fold(Answer::Yes, |all, answer| match (all, answer) {
        (Answer::No, _) | (_, Answer::No) => Answer::No,
        (Answer::Yes, Answer::Yes) => Answer::Yes,
        _ => Answer::Unknown,
    })
}
