//! Lessons: situations, predictions, runs that settle them, explanations, and something to try.
//!
//! A lesson never states how a run ends. Each option of a prediction is a claim that is run, proved or measured;
//! each figure in an explanation is a value read off the run; the chain of causes comes from the trace. So a
//! lesson cannot be wrong about the simulator, and a test catches a prediction with more or fewer right options
//! than promised.
//!
//! | file | owns |
//! |---|---|
//! | `read` | parsing a lesson's text file |
//! | `value` | figures of a run in running text |
//! | `mod` | the parts of a lesson, and what each step has to know |
//!
//! It knows neither who shows a lesson nor how a reader's predictions turned out.

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
    /// Its id, used in links and in saved progress: `two-generals`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// About how long it takes, in minutes.
    pub minutes: u8,
    /// What a reader can do afterwards, a sentence.
    pub aim: String,
    /// The facts of the field it shows, by their ids in [`coverage`](super::coverage).
    pub about: Vec<String>,
    /// The experiments it runs, in order.
    pub rounds: Vec<Round>,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

/// An experiment of a lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Its name within the lesson: `lost-answer`.
    pub name: String,
    /// The experiment.
    pub experiment: Experiment,
}

/// A step of a lesson.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// What to know before anything happens.
    Situation(Markup),
    /// What will happen? Asked before any outcome is shown.
    Predict(Prediction),
    /// The experiment, in the simulator.
    Run {
        /// Which round, counted from 0.
        round: usize,
        /// The moment at which the run is opened.
        at: Moment,
    },
    /// Why it ended that way.
    Explain(Explanation),
    /// Something to achieve in the experiment.
    Try(Box<Try>),
}

/// A question about an experiment, with options of which the simulator decides which are right.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// Which round, counted from 0.
    pub round: usize,
    /// The question.
    pub asks: Markup,
    /// The options to choose from.
    pub options: Vec<Choice>,
    /// How many of them are right: more than one where the reader may choose several.
    pub right: usize,
}

/// An option of a prediction.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Its text.
    pub says: Line,
    /// What has to hold for it to be right: all of these.
    pub claims: Vec<Claim>,
}

/// Why a run ended the way it did.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Which round, counted from 0.
    pub round: usize,
    /// The messages whose chains of causes are shown: lane and message, both counted from 0.
    pub why: Vec<(usize, usize)>,
    /// What there is to say beyond the run, with its figures to be filled in.
    pub text: Markup,
}

/// Something to achieve: an exercise that starts from the experiment of a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Try {
    /// Which round, counted from 0.
    pub round: usize,
    /// The exercise, with the usual hints and check.
    pub exercise: Exercise,
    /// One solution, as paths and values; a test follows it.
    pub way: Vec<(String, Json)>,
}

/// A moment in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Before anything has happened.
    Start,
    /// After everything has happened.
    End,
    /// When the run of a lane, counted from 0, first breaks a property; its end if it breaks none.
    Breaks(usize),
    /// A time.
    At(Time),
}

impl Lesson {
    /// Parses the text file of a lesson.
    ///
    /// # Errors
    ///
    /// Everything wrong with it, each with file name and line.
    pub fn parse(id: &str, text: &str) -> Result<Lesson, Mistakes> {
        read::lesson(id, text)
    }

    /// The lesson with this id in a language; `None` if there is none.
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

    /// Whether two lessons differ in nothing but their words, as a translation should.
    pub fn same_but_words(&self, other: &Lesson) -> bool {
        let bones = |lesson: &Lesson| {
            let mut lesson = lesson.clone();
            lesson.title.clear();
            lesson.aim.clear();
            for round in &mut lesson.rounds {
                // Titles and names are words too; the experiment of a "try" step is that of its round.
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

/// An entry in the list of lessons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its id.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// About how long it takes, in minutes.
    pub minutes: u8,
    /// What a reader can do afterwards.
    pub aim: &'static str,
}

impl Head {
    /// How long it takes, in words: `6 minutes`.
    pub fn takes(&self) -> String {
        ui_with("lesson.minutes", &[("n", &self.minutes.to_string())])
    }
}

/// Every lesson of a language, in teaching order; parses only their heads.
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
    /// What has to be found out to tell which options are right.
    pub fn needs(&self) -> Vec<Need> {
        needs(self.options.iter().flat_map(|option| &option.claims))
    }

    /// Judges the options, in order.
    pub fn judge(&self, experiment: &Experiment, known: &Known) -> Vec<Answer> {
        let options = self.options.iter();
        options.map(|option| option.judge(experiment, known)).collect()
    }
}

impl Choice {
    /// Whether it is right: all of its claims have to hold.
    pub fn judge(&self, experiment: &Experiment, known: &Known) -> Answer {
        all(self.held(experiment, known).map(|held| held.answer))
    }

    /// Its text with the lanes' names filled in.
    pub fn line(&self, experiment: &Experiment) -> Line {
        let known = Known::default();
        let mut says = self.says.clone();
        markup::fill(&mut says, &|name: &str| name.parse::<Value>().ok()?.span(experiment, &known));
        says
    }

    /// The judgement of each of its claims.
    pub fn held<'a>(
        &'a self,
        experiment: &'a Experiment,
        known: &'a Known,
    ) -> impl Iterator<Item = Held> + 'a {
        self.claims.iter().map(|claim| claim.judge(experiment, known))
    }
}

impl Explanation {
    /// What has to be found out to fill in its text.
    pub fn needs(&self) -> Vec<Need> {
        let values = self.text.values().filter_map(|name| name.parse::<Value>().ok());
        distinct(values.filter_map(Value::need))
    }

    /// The text, with every known figure filled in.
    pub fn markup(&self, experiment: &Experiment, known: &Known) -> Markup {
        filled(&self.text, experiment, known)
    }

    /// The chain of causes of each of its messages, with lane and message, both counted from 0.
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
    /// The experiment after the known solution; `None` if the format forbids it.
    pub fn solved(&self) -> Option<Experiment> {
        let start = self.exercise.experiment.clone();
        let mut way = self.way.iter();
        way.try_fold(start, |changed, (path, value)| changed.with(path, value.clone()).ok())
    }
}

impl Moment {
    /// The time of this moment in a run of this experiment.
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

/// A text with everything known filled in; the rest stays as written.
pub fn filled(text: &Markup, experiment: &Experiment, known: &Known) -> Markup {
    let value = |name: &str| name.parse::<Value>().ok()?.span(experiment, known);
    text.clone().filled(value)
}

/// What has to be found out for these claims, without repeats.
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

/// Yes if all are; no as soon as one is.
fn all(answers: impl Iterator<Item = Answer>) -> Answer {
    answers.fold(Answer::Yes, |all, answer| match (all, answer) {
        (Answer::No, _) | (_, Answer::No) => Answer::No,
        (Answer::Yes, Answer::Yes) => Answer::Yes,
        _ => Answer::Unknown,
    })
}
