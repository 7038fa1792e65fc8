//! The guide's decision graph: questions, answers, and which question follows which answers.
//!
//! The graph is acyclic: each question is asked at most once, and three to seven of them lead to an ending. The
//! wording is in `table`; what an answer sets is in `advice`.

use std::fmt;

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// May a message be lost?
    Loss,
    /// What does the consumer do with a message?
    Effect,
    /// What if it does that twice?
    Twice,
    /// What can recognise a repeat?
    Recognise,
    /// Does the order matter?
    Order,
    /// What carries the messages?
    Carrier,
    /// Which queue?
    Queue,
    /// Which of the others?
    Stream,
}

/// An answer; each belongs to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Some may be lost.
    Fine,
    /// Only if a machine fails.
    Seldom,
    /// Only if the sender is told.
    Told,
    /// None may be lost.
    Never,
    /// It writes to a database.
    Database,
    /// It writes to a database, then calls somebody.
    DatabaseAndCall,
    /// It calls somebody.
    Call,
    /// It writes to a log.
    Output,
    /// Twice does no harm.
    Harmless,
    /// Twice does harm.
    Harm,
    /// The row is keyed by the message's id.
    ByRow,
    /// A table of ids in the same transaction.
    ByTable,
    /// The other side deduplicates by key.
    ByKey,
    /// The log's own transaction.
    ByTransaction,
    /// Nothing can; then rather twice.
    RatherTwice,
    /// Nothing can; then rather never.
    RatherNever,
    /// One after another.
    InOrder,
    /// The others go on without it.
    SetAside,
    /// The others go on without it, and several consumers share the work.
    Shared,
    /// Apache Kafka.
    Kafka,
    /// A queue.
    AQueue,
    /// Another stream or broker.
    AStream,
    /// Not decided yet.
    Open,
    /// RabbitMQ.
    RabbitMq,
    /// Amazon SQS.
    Sqs,
    /// Google Cloud Pub/Sub.
    PubSub,
    /// Azure Service Bus.
    ServiceBus,
    /// Apache Pulsar.
    Pulsar,
    /// NATS JetStream.
    JetStream,
    /// Redis Streams.
    Redis,
    /// MQTT.
    Mqtt,
}

impl Question {
    /// Every question.
    pub const ALL: [Question; 8] = [
        Question::Loss,
        Question::Effect,
        Question::Twice,
        Question::Recognise,
        Question::Order,
        Question::Carrier,
        Question::Queue,
        Question::Stream,
    ];

    /// All of its answers, including those not offered after some others. Links carry their indices: answers may be
    /// added at the end, but never moved.
    pub const fn answers(self) -> &'static [Answer] {
        use Answer::*;
        match self {
            Question::Loss => &[Fine, Seldom, Told, Never],
            Question::Effect => &[Database, DatabaseAndCall, Call, Output],
            Question::Twice => &[Harmless, Harm],
            Question::Recognise => {
                &[ByRow, ByTable, ByKey, ByTransaction, RatherTwice, RatherNever]
            }
            Question::Order => &[InOrder, SetAside, Shared],
            Question::Carrier => &[Kafka, AQueue, AStream, Open],
            Question::Queue => &[RabbitMq, Sqs, PubSub, ServiceBus],
            Question::Stream => &[Pulsar, JetStream, Redis, Mqtt],
        }
    }
}

impl Answer {
    /// The question it belongs to.
    pub fn question(self) -> Question {
        let of = |question: &Question| question.answers().contains(&self);
        let question = Question::ALL.into_iter().find(of);
        question.expect("every answer belongs to a question; a test goes through all of them")
    }
}

/// The answers to the first questions, in the order in which they were asked.
///
/// ```
/// use ackground_words::story::guide::{Answer, Path, Question};
///
/// let path = Path::default();
/// assert_eq!(path.next(), Some(Question::Loss));
/// let path = path.with(Answer::Never).expect("it is offered");
/// assert_eq!(path.next(), Some(Question::Effect));
/// assert_eq!("dbb".parse(), Ok(path.with(Answer::DatabaseAndCall).unwrap().with(Answer::Harm).unwrap()));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path([Option<Answer>; Path::MOST]);

impl Path {
    /// No answer yet.
    pub const START: Path = Path([None; Path::MOST]);

    /// The most questions on any path.
    pub const MOST: usize = 7;

    /// The answers so far.
    pub fn answers(&self) -> impl DoubleEndedIterator<Item = Answer> + '_ {
        self.0.iter().flatten().copied()
    }

    /// The last answer.
    pub fn last(&self) -> Option<Answer> {
        self.answers().next_back()
    }

    /// Whether this answer was given.
    pub fn has(&self, answer: Answer) -> bool {
        self.0.contains(&Some(answer))
    }

    /// The next question; `None` at the end.
    pub fn next(&self) -> Option<Question> {
        let Some(last) = self.last() else {
            return Some(Question::Loss);
        };
        let fine = self.has(Answer::Fine);
        Some(match last.question() {
            Question::Loss => Question::Effect,
            Question::Effect if fine => Question::Carrier,
            Question::Effect => Question::Twice,
            Question::Twice if last == Answer::Harm => Question::Recognise,
            Question::Twice => Question::Order,
            // A message never retried leaves nothing to hold back or set aside.
            Question::Recognise if last == Answer::RatherNever => Question::Carrier,
            Question::Recognise => Question::Order,
            Question::Order => Question::Carrier,
            Question::Carrier if last == Answer::AQueue => Question::Queue,
            Question::Carrier if last == Answer::AStream => Question::Stream,
            Question::Carrier | Question::Queue | Question::Stream => return None,
        })
    }

    /// The answers offered to the next question; none at the end.
    pub fn offered(&self) -> Vec<Answer> {
        let answers = self.next().map_or(&[][..], Question::answers).iter();
        answers.copied().filter(|answer| self.fits(*answer)).collect()
    }

    /// Whether an answer makes sense after these.
    fn fits(&self, answer: Answer) -> bool {
        let database = self.has(Answer::Database) || self.has(Answer::DatabaseAndCall);
        match answer {
            Answer::DatabaseAndCall => !self.has(Answer::Fine),
            Answer::ByRow | Answer::ByTable => database,
            Answer::ByKey => self.has(Answer::Call),
            Answer::ByTransaction => self.has(Answer::Output),
            Answer::AQueue | Answer::AStream => self.barred(answer).is_none(),
            Answer::Mqtt => self.barred(answer).is_none(),
            _ => true,
        }
    }

    /// The earlier answer that rules out a carrier, if any.
    pub fn barred(&self, answer: Answer) -> Option<Answer> {
        let by: &[Answer] = match answer {
            // A queue hands out the messages behind one that is waiting for its next try.
            Answer::AQueue | Answer::AStream => &[Answer::InOrder, Answer::ByTransaction],
            // A broker that saves its state every half hour can lose what it has confirmed.
            Answer::Mqtt => &[Answer::Never, Answer::Told],
            _ => &[],
        };
        by.iter().copied().find(|answer| self.has(*answer))
    }

    /// The path with one more answer; `None` if that is not offered.
    pub fn with(&self, answer: Answer) -> Option<Path> {
        let mut path = *self;
        let place = path.0.iter_mut().find(|place| place.is_none())?;
        *place = Some(answer);
        self.offered().contains(&answer).then_some(path)
    }

    /// The path with another answer at an index, from 0. Later answers are kept as far as the same questions follow
    /// and the answers are still offered. Unchanged if nothing fits.
    pub fn changed(&self, place: usize, answer: Answer) -> Path {
        let Some(mut path) = self.upto(place).with(answer) else {
            return *self;
        };
        for later in self.answers().skip(place + 1) {
            match path.with(later) {
                Some(longer) => path = longer,
                None => break,
            }
        }
        path
    }

    /// The first `place` answers.
    pub fn upto(&self, place: usize) -> Path {
        let mut path = *self;
        path.0.iter_mut().skip(place).for_each(|answer| *answer = None);
        path
    }

    /// The fewest and the most questions still to be asked.
    pub fn left(&self) -> (usize, usize) {
        let ways = self.offered();
        let ways = ways.iter().filter_map(|answer| self.with(*answer));
        ways.map(|path| path.left())
            .map(|(fewest, most)| (fewest + 1, most + 1))
            .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
            .unwrap_or_default()
    }

    /// Every path to an ending, in the order of questions and answers.
    pub fn endings() -> Vec<Path> {
        let (mut open, mut ended) = (vec![Path::default()], Vec::new());
        while let Some(path) = open.pop() {
            let ways = path.offered();
            if ways.is_empty() {
                ended.push(path);
            } else {
                open.extend(ways.iter().rev().filter_map(|answer| path.with(*answer)));
            }
        }
        ended
    }
}

/// One letter per answer: its index among all answers to its question.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for answer in self.answers() {
            let all = answer.question().answers();
            let letter = ('a'..).zip(all).find(|(_, other)| **other == answer);
            letter.map_or(Ok(()), |(letter, _)| write!(f, "{letter}"))?;
        }
        Ok(())
    }
}

/// Letters that are not a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchPath;

impl fmt::Display for NoSuchPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such answers")
    }
}

impl std::error::Error for NoSuchPath {}

impl std::str::FromStr for Path {
    type Err = NoSuchPath;

    fn from_str(text: &str) -> Result<Path, NoSuchPath> {
        text.chars().try_fold(Path::default(), |path, letter| {
            let all = path.next().ok_or(NoSuchPath)?.answers();
            let answer = ('a'..).zip(all).find(|(other, _)| *other == letter);
            let (_, answer) = answer.ok_or(NoSuchPath)?;
            path.with(*answer).ok_or(NoSuchPath)
        })
    }
}
