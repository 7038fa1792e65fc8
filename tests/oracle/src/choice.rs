//! What the specification leaves open. A run asks at each such place; the explorer makes run after run until every
//! answer has been given, those nearest to the plain reading first.

use std::collections::{BTreeMap, VecDeque};

/// Places where a run may depart from the plain reading. One that goes on for ever has more.
const MOST_PLACES: usize = 250;

/// The answers of one run.
pub struct Choices {
    given: Vec<usize>,
    /// What was chosen, and out of how many.
    taken: Vec<(usize, usize)>,
    readings: BTreeMap<&'static str, usize>,
    /// With latencies from a range a run is drawn, not enumerated.
    dice: Option<u64>,
    /// There were more places than are tried.
    is_cut: bool,
}

impl Choices {
    fn new(given: Vec<usize>, dice: Option<u64>) -> Self {
        Self { given, taken: Vec::new(), readings: BTreeMap::new(), dice, is_cut: false }
    }

    /// One of several ways to go on, the plain one being 0.
    pub fn choose(&mut self, ways: usize) -> usize {
        if ways < 2 {
            return 0;
        }
        if self.taken.len() == MOST_PLACES {
            self.is_cut = true;
            return 0;
        }
        let chosen = match self.given.get(self.taken.len()).copied() {
            Some(given) => given.min(ways - 1),
            None if self.dice.is_some() && self.draw(5) == 0 => self.draw(ways as u64) as usize,
            None => 0,
        };
        self.taken.push((chosen, ways));
        chosen
    }

    /// A sentence of the specification that can be read in several ways, which a run reads in one way throughout.
    pub fn reading(&mut self, name: &'static str, ways: usize) -> usize {
        if let Some(&known) = self.readings.get(name) {
            return known;
        }
        let chosen = self.choose(ways);
        self.readings.insert(name, chosen);
        chosen
    }

    /// A whole number below `end`, evenly drawn.
    pub fn draw(&mut self, end: u64) -> u64 {
        let state = self.dice.get_or_insert(1);
        // SplitMix64.
        *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = *state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end.max(1)
    }
}

/// All runs of a lane, in the order of how many answers differ from the plain ones.
pub struct Explorer {
    next: VecDeque<Vec<usize>>,
    is_drawn: bool,
    runs: u64,
    most_runs: u64,
    departures: usize,
    is_cut: bool,
}

impl Explorer {
    pub fn new(is_drawn: bool, most_runs: u64) -> Self {
        let next = VecDeque::from([Vec::new()]);
        Self { next, is_drawn, runs: 0, most_runs, departures: 0, is_cut: false }
    }

    /// Whether some places were not tried at all.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The answers for the next run; none when there is no other.
    pub fn begin(&mut self) -> Option<Choices> {
        self.runs += 1;
        if self.is_drawn {
            return Some(Choices::new(Vec::new(), Some(self.runs)));
        }
        let given = self.next.pop_front()?;
        self.departures = given.iter().filter(|given| **given > 0).count();
        Some(Choices::new(given, None))
    }

    /// In how many places the latest run departed from the plain reading.
    pub fn departures(&self) -> usize {
        self.departures
    }

    pub fn end(&mut self, choices: Choices) {
        self.is_cut |= choices.is_cut;
        if self.is_drawn {
            return;
        }
        let chosen: Vec<usize> = choices.taken.iter().map(|(chosen, _)| *chosen).collect();
        for at in choices.given.len()..choices.taken.len() {
            for other in 1..choices.taken[at].1 {
                // Nobody would come to it.
                if self.runs + self.next.len() as u64 >= self.most_runs {
                    return;
                }
                let mut given = chosen[..at].to_vec();
                given.push(other);
                self.next.push_back(given);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_is_gone_once() {
        let mut explorer = Explorer::new(false, 100);
        let mut seen = Vec::new();
        while let Some(mut choices) = explorer.begin() {
            let first = choices.choose(2);
            let second = if first == 0 { choices.reading("second", 3) } else { 9 };
            assert_eq!(second, if first == 0 { choices.reading("second", 3) } else { 9 });
            seen.push((first, second));
            explorer.end(choices);
        }
        seen.sort_unstable();
        assert_eq!(seen, [(0, 0), (0, 1), (0, 2), (1, 9)]);
    }
}
