//! Which variables of a function have a value that is still needed.

use std::ops::Range;

use super::flow::{Act, Flow};

/// A set of variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set(Vec<u64>);

impl Set {
    pub fn empty(variables: usize) -> Self {
        Self(vec![0; variables.div_ceil(64)])
    }

    pub fn add(&mut self, variable: u32) {
        if let Some(word) = self.0.get_mut(variable as usize / 64) {
            *word |= 1 << (variable % 64);
        }
    }

    fn remove(&mut self, variable: u32) {
        if let Some(word) = self.0.get_mut(variable as usize / 64) {
            *word &= !(1 << (variable % 64));
        }
    }

    pub fn add_all(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    pub fn keep(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            (0..64_u32).filter_map(move |bit| {
                (word >> bit & 1 == 1).then_some(u32::try_from(at).unwrap_or(0) * 64 + bit)
            })
        })
    }
}

/// For each instruction of a range the variables whose value may be read from there on, when outside of it
/// `outside` are read.
pub fn live(flow: &Flow, range: Range<usize>, outside: &Set) -> Vec<Set> {
    let mut sets = vec![Set::empty(flow.locals.len()); range.len()];
    // Loops need more than one turn.
    let mut changed = true;
    while changed {
        changed = false;
        for op in range.clone().rev() {
            let mut set = Set::empty(flow.locals.len());
            flow.next(op, |next| match next {
                Some(next) if range.contains(&next) => set.add_all(&sets[next - range.start]),
                _ => set.add_all(outside),
            });
            match flow.ops[op].act {
                Act::Get(variable) => set.add(variable),
                Act::Set(variable) | Act::Tee(variable) => set.remove(variable),
                _ => {}
            }
            let old = &mut sets[op - range.start];
            if *old != set {
                *old = set;
                changed = true;
            }
        }
    }
    sets
}
