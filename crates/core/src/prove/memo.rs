//! The memo: for every world the search has visited, with the number of faults still to come, what
//! it found from there on.
//!
//! A world is stored as a 128-bit fingerprint (XXH3), not in full. A collision between two
//! different worlds would hide a schedule; among the 10^6 worlds of a large search the probability
//! of any collision is below 10^-26.
#![expect(clippy::disallowed_types, reason = "looked up by fingerprint, never iterated")]

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use xxhash_rust::xxh3::xxh3_128;

use super::model::Broken;
use crate::audit::Property;

/// What all schedules from one world on add up to, for a given number of faults.
#[derive(Debug, Clone, Copy)]
pub(super) struct Summary {
    /// How many there are.
    pub(super) schedules: u64,
    /// For each property, the easiest schedule that breaks it.
    pub(super) best: [Best; Property::ALL.len()],
}

/// The easiest schedule that breaks a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Best {
    /// How hard it is to read; `u32::MAX` if there is none.
    pub(super) cost: u32,
    /// Its first fault, if it has any.
    pub(super) first: Option<Link>,
}

/// The place of a link in the [`Chains`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link(u32);

impl Best {
    const NONE: Best = Best { cost: u32::MAX, first: None };

    /// Whether there is one.
    pub(super) fn exists(self) -> bool {
        self.cost < u32::MAX
    }
}

impl Summary {
    /// No schedule.
    pub(super) const EMPTY: Summary =
        Summary { schedules: 0, best: [Best::NONE; Property::ALL.len()] };

    /// A single finished schedule, and what it broke.
    pub(super) fn over(broken: Broken) -> Summary {
        let best = Property::ALL.map(|property| Best {
            cost: if broken.contains(property) { 0 } else { u32::MAX },
            first: None,
        });
        Summary { schedules: 1, best }
    }
}

/// Schedules as linked lists that share their tails.
#[derive(Debug)]
pub(super) struct Chains<L>(Vec<(L, Option<Link>)>);

impl<L: Copy> Chains<L> {
    pub(super) fn new() -> Chains<L> {
        Chains(Vec::new())
    }

    /// Prepends a link to a chain.
    pub(super) fn put(&mut self, link: L, next: Option<Link>) -> Link {
        self.0.push((link, next));
        Link(self.0.len() as u32 - 1)
    }

    /// The links of a chain.
    pub(super) fn from(&self, first: Option<Link>) -> impl Iterator<Item = L> + '_ {
        let entry = |link: Option<Link>| link.map(|Link(place)| self.0[place as usize]);
        std::iter::successors(entry(first), move |&(_, next)| entry(next)).map(|(link, _)| link)
    }
}

/// The summaries found so far, by fingerprint.
#[derive(Debug)]
pub(super) struct Memo {
    known: HashMap<Key, Known, BuildHasherDefault<Folded>>,
    summaries: Vec<Summary>,
    buffer: Buffer,
    most: usize,
}

/// The fingerprint of a world and the number of faults still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key(u128);

/// With no fault left to strike, all there is to know is what is broken, so that is kept inline.
#[derive(Debug, Clone, Copy)]
enum Known {
    Over(Broken),
    Summary(u32),
}

impl Memo {
    /// A memo of at most this many worlds; once full, new ones are searched again on every visit.
    pub(super) fn new(most: usize) -> Memo {
        Memo { known: HashMap::default(), summaries: Vec::new(), buffer: Buffer::default(), most }
    }

    /// The key of a world with this many faults still to come.
    pub(super) fn key(&mut self, world: &impl Hash, faults: u8) -> Key {
        self.buffer.0.clear();
        self.buffer.write_u8(faults);
        world.hash(&mut self.buffer);
        Key(xxh3_128(&self.buffer.0))
    }

    /// What was found from there on, if it is known.
    pub(super) fn get(&self, key: Key) -> Option<Summary> {
        Some(match *self.known.get(&key)? {
            Known::Over(broken) => Summary::over(broken),
            Known::Summary(place) => self.summaries[place as usize],
        })
    }

    pub(super) fn put_over(&mut self, key: Key, broken: Broken) {
        if self.known.len() < self.most {
            self.known.insert(key, Known::Over(broken));
        }
    }

    pub(super) fn put(&mut self, key: Key, summary: Summary) {
        if self.known.len() < self.most {
            let place = self.summaries.len() as u32;
            self.summaries.push(summary);
            self.known.insert(key, Known::Summary(place));
        }
    }
}

/// A hasher that only collects the bytes it is given.
#[derive(Debug, Default)]
struct Buffer(Vec<u8>);

impl Hasher for Buffer {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn write_u8(&mut self, byte: u8) {
        self.0.push(byte);
    }

    fn finish(&self) -> u64 {
        xxh3_128(&self.0) as u64
    }
}

/// The hash of a key, which is already a hash.
#[derive(Debug, Default)]
struct Folded(u64);

impl Hasher for Folded {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u128(&mut self, key: u128) {
        self.0 = key as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
