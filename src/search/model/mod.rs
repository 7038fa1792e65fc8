//! What can be found, and how well it answers: pure, from the tables of the floors below.

mod demo;
mod find;
mod index;
mod opens;
#[cfg(test)]
mod tests;

use ackground_words::search::{Match, Query, Text};

pub use self::find::{Group, Results, find};
pub use self::index::index;
pub use self::opens::Opens;

/// What something that can be found is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A product with its setups, a setup, a common mistake.
    Setup,
    /// What people see, and a term at work.
    Experiment,
    /// A configuration key, a command or an option of a product.
    Key,
    /// A setting of a lane, of the faults or of the run.
    Setting,
    /// A line of the fault script.
    Fault,
    /// A term.
    Term,
    Lesson,
    Exercise,
    /// A way on: the guide, the gallery, the glossary.
    Way,
    /// A view or a sheet of the page.
    Place,
}

impl Kind {
    /// The heading above several of them.
    pub fn title(self) -> &'static str {
        match self {
            Kind::Setup => "Setups",
            Kind::Experiment => "Experiments",
            Kind::Key => "Keys and commands",
            Kind::Setting => "Settings",
            Kind::Fault => "Faults",
            Kind::Term => "Glossary",
            Kind::Lesson => "Lessons",
            Kind::Exercise => "Exercises",
            Kind::Way => "More ways in",
            Kind::Place => "On this page",
        }
    }

    /// What decides between equally good matches: what shows something comes before what is read.
    fn head_start(self) -> u32 {
        match self {
            Kind::Key => 90,
            Kind::Setup => 80,
            Kind::Experiment => 85,
            Kind::Term => 60,
            Kind::Setting => 50,
            Kind::Lesson => 30,
            Kind::Fault | Kind::Way | Kind::Place => 20,
            Kind::Exercise => 10,
        }
    }
}

/// Something that can be found.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub kind: Kind,
    /// What it is, in a word or two: `Kafka key`.
    pub is: String,
    pub title: String,
    /// What there is to see or to read, in a sentence or less.
    pub says: String,
    pub opens: Opens,
    name: Text,
    also: Text,
    body: Text,
}

/// How much a word counts in the title, in other names, and in a sentence.
const WEIGHTS: [u32; 3] = [10, 8, 3];

impl Entry {
    fn new(kind: Kind, is: &str, title: &str, says: &str, opens: Opens) -> Entry {
        Entry {
            kind,
            is: is.to_owned(),
            title: title.to_owned(),
            says: says.to_owned(),
            opens,
            name: Text::new(title),
            also: Text::default(),
            body: Text::of([says, is]),
        }
    }

    /// Also found under these names.
    fn also<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Entry {
        names.into_iter().for_each(|name| self.also.push(name));
        self
    }

    /// Its title is no more than another name: a line says little more than each of its words.
    fn only_also(mut self) -> Entry {
        self.also = std::mem::take(&mut self.name);
        self
    }

    /// Also found by what stands in these texts.
    fn body<'a>(mut self, texts: impl IntoIterator<Item = &'a str>) -> Entry {
        texts.into_iter().for_each(|text| self.body.push(text));
        self
    }

    fn matched(&self, query: &Query) -> Match {
        let [name, also, body] = WEIGHTS;
        let told = query.matched(&[(&self.name, name), (&self.also, also)], (&self.body, body));
        let score = if told.found > 0 { told.score + self.kind.head_start() } else { 0 };
        Match { score, ..told }
    }
}
