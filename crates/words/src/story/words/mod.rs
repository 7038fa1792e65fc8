//! The glossary: the field's terms in plain words, their names in products, and experiments that show them.
//!
//! Delivery and effect are kept apart, here as everywhere: a broker promises how often a message is handed over;
//! how often it takes effect is up to consumer and store together. The tables hold the texts; this module owns
//! what a term is and how to find one; `mark` finds terms in running text; `see` makes the experiments, which
//! `tests/words.rs` simulates and checks against what they say.

mod broker;
mod consumer;
mod guarantee;
mod mark;
mod producer;
mod proof;
mod see;

use crate::search::{Query, Text};
use ackground_core::audit::Property;
use ackground_core::experiment::Product;

pub use mark::{Piece, mark};
pub use see::See;

/// A term of the field.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// Its id, as used in links: `visibility-timeout`.
    pub id: &'static str,
    /// The term: `visibility timeout`.
    pub name: &'static str,
    /// Other forms found in running text. The name itself counts as one unless it is an everyday
    /// word.
    pub forms: &'static [&'static str],
    /// What it means, in one or two sentences.
    pub sentence: &'static str,
    /// Its name in the products that have one.
    pub in_products: &'static [(Product, &'static str)],
    /// The ids of related terms.
    pub related: &'static [&'static str],
    /// The settings that decide it: `consumer.dedup`.
    pub settings: &'static [&'static str],
    /// The properties it is about.
    pub properties: &'static [Property],
    /// An experiment that shows it.
    pub see: Option<&'static See>,
}

impl Term {
    /// A term with its id, its name, the forms that are marked in running text, and its sentence.
    const fn new(
        id: &'static str,
        name: &'static str,
        forms: &'static [&'static str],
        sentence: &'static str,
    ) -> Term {
        Term {
            id,
            name,
            forms,
            sentence,
            in_products: &[],
            related: &[],
            settings: &[],
            properties: &[],
            see: None,
        }
    }

    const fn called(mut self, in_products: &'static [(Product, &'static str)]) -> Term {
        self.in_products = in_products;
        self
    }

    const fn related(mut self, related: &'static [&'static str]) -> Term {
        self.related = related;
        self
    }

    const fn set_by(mut self, settings: &'static [&'static str]) -> Term {
        self.settings = settings;
        self
    }

    const fn judged_by(mut self, properties: &'static [Property]) -> Term {
        self.properties = properties;
        self
    }

    const fn see(mut self, see: &'static See) -> Term {
        self.see = Some(see);
        self
    }

    /// Whether it answers a search: every word is somewhere in the entry.
    pub fn matches(&self, query: &Query) -> bool {
        query.is_in(&Text::of([self.name, self.sentence, &self.names().join(" ")]))
    }

    /// Other forms of it, and what products call it.
    pub fn names(&self) -> Vec<&'static str> {
        let theirs = self.in_products.iter().map(|(_, theirs)| *theirs);
        self.forms.iter().copied().chain(theirs).collect()
    }
}

/// The tables, by area.
const TABLES: [&[Term]; 5] =
    [guarantee::TERMS, producer::TERMS, broker::TERMS, consumer::TERMS, proof::TERMS];

/// Every term, in alphabetical order.
pub fn terms() -> Vec<&'static Term> {
    let mut all: Vec<&'static Term> = TABLES.into_iter().flatten().collect();
    all.sort_by_key(|term| term.name.to_lowercase());
    all
}

/// The term with this id.
///
/// ```
/// let term = ackground_words::story::words::term("visibility-timeout").expect("it is explained");
/// assert!(term.settings.contains(&"broker.redelivery_timeout_ms"));
/// ```
pub fn term(id: &str) -> Option<&'static Term> {
    TABLES.into_iter().flatten().find(|term| term.id == id)
}
