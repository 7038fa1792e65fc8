//! From what is typed to what is shown: ranked, grouped, and never nothing.

use std::cmp::Reverse;
use std::rc::Rc;

use super::index::fault;
use super::{Entry, Kind, Opens};
use crate::state::edit::add_line;
use ackground_core::experiment::{Experiment, Family};
use ackground_words::search::{Match, Query};

/// Hits under a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub title: &'static str,
    pub hits: Vec<Rc<Entry>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// The best hit is the first of the first group.
    pub groups: Vec<Group>,
    /// How many things answer all of the words, shown or not; `None` without words.
    pub found: Option<usize>,
}

impl Results {
    /// All hits, in the order in which they are shown.
    pub fn hits(&self) -> impl Iterator<Item = &Rc<Entry>> {
        self.groups.iter().flat_map(|group| &group.hits)
    }
}

/// The most hits that are shown of a kind, and of all kinds together.
const OF_A_KIND: usize = 6;
const MOST: usize = 24;
/// The most that are shown as nearest where nothing answers.
const NEAREST: usize = 5;

/// What answers a search, best kind first.
pub fn find(index: &[Rc<Entry>], experiment: &Experiment, typed: &str) -> Results {
    let query = Query::new(typed);
    if query.is_empty() {
        return Results { groups: start(index), found: None };
    }
    let mut matched: Vec<(Match, &Rc<Entry>)> =
        index.iter().map(|entry| (entry.matched(&query), entry)).collect();
    // Stable, so that equals stay in the order of the index.
    matched.sort_by_key(|(matched, _)| Reverse(*matched));
    let answers = matched.iter().filter(|(matched, _)| matched.found == query.len());
    let mut hits: Vec<Rc<Entry>> = Vec::new();
    if let Some(line) = as_a_line(experiment, typed) {
        hits.push(Rc::new(line));
    }
    for (_, entry) in answers {
        if !hits.iter().any(|hit| is_same(hit, entry)) {
            hits.push(Rc::clone(entry));
        }
    }
    let found = hits.len();
    if found == 0 {
        return Results { groups: nearest(index, &matched), found: Some(0) };
    }
    Results { groups: grouped(hits), found: Some(found) }
}

/// What was typed as a line of the fault script, if it is one.
fn as_a_line(experiment: &Experiment, typed: &str) -> Option<Entry> {
    add_line(experiment, typed).ok()?;
    fault(experiment, typed.trim())
}

/// Whether two hits would show the same: one key under two names, one experiment for two terms.
fn is_same(a: &Entry, b: &Entry) -> bool {
    a.opens == b.opens || (a.kind == Kind::Experiment && b.kind == a.kind && a.says == b.says)
}

/// By kind, in the order of the best of each.
fn grouped(hits: Vec<Rc<Entry>>) -> Vec<Group> {
    let mut kinds: Vec<(Kind, Group)> = Vec::new();
    for hit in hits {
        let kind = hit.kind;
        let place = kinds.iter().position(|(known, _)| *known == kind).unwrap_or_else(|| {
            kinds.push((kind, Group { title: kind.title(), hits: Vec::new() }));
            kinds.len() - 1
        });
        let hits = &mut kinds[place].1.hits;
        if hits.len() < OF_A_KIND {
            hits.push(hit);
        }
    }
    let mut room = MOST;
    let mut groups: Vec<Group> = kinds.into_iter().map(|(_, group)| group).collect();
    for group in &mut groups {
        group.hits.truncate(room);
        room -= group.hits.len();
    }
    groups.retain(|group| !group.hits.is_empty());
    groups
}

/// What has some of the words, and the ways on.
fn nearest(index: &[Rc<Entry>], matched: &[(Match, &Rc<Entry>)]) -> Vec<Group> {
    let some = matched.iter().filter(|(matched, _)| matched.found > 0);
    let hits: Vec<Rc<Entry>> = some.take(NEAREST).map(|(_, entry)| Rc::clone(entry)).collect();
    let near = Group { title: "Nearest", hits };
    let ways = group(index, Kind::Way.title(), |entry| entry.kind == Kind::Way);
    [near, ways].into_iter().filter(|group| !group.hits.is_empty()).collect()
}

/// What is shown before anything is typed.
fn start(index: &[Rc<Entry>]) -> Vec<Group> {
    let is_product = |entry: &Entry| matches!(entry.opens, Opens::Family(Family::Product(_)));
    let is_mistake =
        |entry: &Entry| matches!(entry.opens, Opens::Setup(id) if id.family() == Family::Mistake);
    let is_seen = |entry: &Entry| matches!(entry.opens, Opens::See(_));
    let mut seen = group(index, "See it happen", is_seen);
    seen.hits.truncate(2 * OF_A_KIND);
    vec![
        group(index, "Products", is_product),
        group(index, Kind::Way.title(), |entry| entry.kind == Kind::Way),
        group(index, "What people ask", |entry| matches!(entry.opens, Opens::Symptom(_))),
        group(index, Family::Mistake.name(), is_mistake),
        seen,
    ]
}

fn group(index: &[Rc<Entry>], title: &'static str, is: impl Fn(&Entry) -> bool) -> Group {
    Group { title, hits: index.iter().filter(|entry| is(entry)).cloned().collect() }
}
