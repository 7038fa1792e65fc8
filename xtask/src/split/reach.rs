//! What refers to what, as the linker has written it down (`--emit-relocs`), and so what a part of the
//! page can reach: functions, through calls and through tables of functions, and data.
//!
//! Knows nothing about what is done with the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::bytes::Reader;
use super::module::Module;
use crate::failure::{Failure, Outcome};

/// Something that can be referred to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Function(u32),
    /// The number of a data symbol.
    Data(u32),
}

/// The linked module as a graph.
pub struct References<'a> {
    /// Functions by name.
    functions: BTreeMap<&'a str, u32>,
    names: BTreeMap<u32, &'a str>,
    /// Where the data symbols are in memory.
    data: BTreeMap<u32, Range<u32>>,
    /// What a function, and what a data symbol refers to.
    calls: BTreeMap<u32, Vec<Thing>>,
    points: BTreeMap<u32, Vec<Thing>>,
}

/// What can be reached.
pub struct Reached<'a> {
    pub functions: Vec<&'a str>,
    /// The data that only the rest refers to, in order of address, without overlap.
    pub other_data: Vec<Range<u32>>,
}

impl<'a> References<'a> {
    /// Reads the linker's output.
    pub fn read(linked: &Module<'a>) -> Outcome<Self> {
        let symbols = symbols(linked)?;
        let mut graph = Self {
            functions: BTreeMap::new(),
            names: BTreeMap::new(),
            data: BTreeMap::new(),
            calls: BTreeMap::new(),
            points: BTreeMap::new(),
        };
        for (number, symbol) in (0..).zip(&symbols) {
            match symbol {
                Symbol::Function { index, name } => {
                    if let Some(name) = name {
                        graph.functions.insert(name, *index);
                        graph.names.insert(*index, name);
                    }
                }
                Symbol::Data(range) => {
                    graph.data.insert(number, range.clone());
                }
                Symbol::Other => {}
            }
        }
        let thing = |number: u32| match symbols.get(number as usize) {
            Some(Symbol::Function { index, .. }) => Some(Thing::Function(*index)),
            Some(Symbol::Data(_)) => Some(Thing::Data(number)),
            _ => None,
        };
        graph.read_code(linked, thing)?;
        graph.read_data(linked, thing)?;
        Ok(graph)
    }

    fn read_code(&mut self, linked: &Module, thing: impl Fn(u32) -> Option<Thing>) -> Outcome {
        let mut function = 0;
        for (at, symbol) in relocations(linked, "reloc.CODE")? {
            let within =
                |body: usize| linked.bodies.get(body).map(|body| body.at + body.bytes.len());
            while within(function).is_some_and(|end| at >= end) {
                function += 1;
            }
            if let Some(thing) = thing(symbol) {
                let index = linked.imported + u32::try_from(function).unwrap_or(u32::MAX);
                self.calls.entry(index).or_default().push(thing);
            }
        }
        Ok(())
    }

    fn read_data(&mut self, linked: &Module, thing: impl Fn(u32) -> Option<Thing>) -> Outcome {
        // Symbols may lie within each other: each has what is referred to within it.
        let mut places = BTreeMap::new();
        for (at, symbol) in relocations(linked, "reloc.DATA")? {
            let segment = linked.data.iter().rfind(|segment| segment.at <= at);
            if let (Some(segment), Some(thing)) = (segment, thing(symbol)) {
                let offset = u32::try_from(at - segment.at).unwrap_or(u32::MAX);
                places.insert(segment.address + offset, thing);
            }
        }
        for (number, range) in &self.data {
            if range.is_empty() {
                continue;
            }
            let within = places.range(range.clone()).map(|(_, thing)| *thing);
            self.points.insert(*number, within.collect());
        }
        Ok(())
    }

    /// The names of all functions.
    pub fn names(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.functions.keys().copied()
    }

    /// Whether the linker knows a function of that name.
    pub fn knows(&self, function: &str) -> bool {
        self.functions.contains_key(function)
    }

    /// What can be reached from these functions without going through one that is `closed`.
    pub fn reach<'b>(
        &self,
        from: impl IntoIterator<Item = &'b str>,
        closed: impl Fn(&str) -> bool,
    ) -> Reached<'a> {
        let mut open: Vec<Thing> = from
            .into_iter()
            .filter_map(|name| self.functions.get(name))
            .map(|function| Thing::Function(*function))
            .collect();
        let mut reached: BTreeSet<Thing> = open.iter().copied().collect();
        let is_closed = |thing: &Thing| match thing {
            Thing::Function(index) => self.names.get(index).is_some_and(|name| closed(name)),
            Thing::Data(_) => false,
        };
        while let Some(thing) = open.pop() {
            let references = match thing {
                Thing::Function(index) => self.calls.get(&index),
                Thing::Data(number) => self.points.get(&number),
            };
            for next in references.into_iter().flatten() {
                if !is_closed(next) && reached.insert(*next) {
                    open.push(*next);
                }
            }
        }
        let functions = self.functions.iter();
        Reached {
            functions: functions
                .filter(|(_, index)| reached.contains(&Thing::Function(**index)))
                .map(|(name, _)| *name)
                .collect(),
            other_data: self.other_data(|number| reached.contains(&Thing::Data(number))),
        }
    }

    /// The data of symbols that are not reached, without what they share with those that are.
    fn other_data(&self, reached: impl Fn(u32) -> bool) -> Vec<Range<u32>> {
        // Walks over the ends of symbols in order of address and counts which kind is open.
        let mut ends: Vec<(u32, i32, bool)> = Vec::new();
        for (number, range) in &self.data {
            if !range.is_empty() {
                ends.push((range.start, 1, reached(*number)));
                ends.push((range.end, -1, reached(*number)));
            }
        }
        ends.sort_unstable();
        let (mut of_reached, mut of_others) = (0, 0);
        let mut ranges: Vec<Range<u32>> = Vec::new();
        let mut begun = None;
        for (at, change, is_reached) in ends {
            let open = if is_reached { &mut of_reached } else { &mut of_others };
            *open += change;
            let other = of_others > 0 && of_reached == 0;
            match begun {
                None if other => begun = Some(at),
                Some(start) if !other => {
                    begun = None;
                    match ranges.last_mut() {
                        Some(last) if last.end == start => last.end = at,
                        _ if start < at => ranges.push(start..at),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        ranges
    }
}

enum Symbol<'a> {
    Function { index: u32, name: Option<&'a str> },
    Data(Range<u32>),
    Other,
}

/// The table of symbols.
fn symbols<'a>(linked: &Module<'a>) -> Outcome<Vec<Symbol<'a>>> {
    const TABLE: u8 = 8;
    let missing = || {
        Failure::new("The linker has not written down what refers to what.")
            .next("see `--emit-relocs` in build.rs")
    };
    let mut reader = Reader::new(linked.custom("linking")?.ok_or_else(missing)?);
    reader.number()?;
    while !reader.is_empty() {
        let kind = reader.byte()?;
        let length = reader.length()?;
        let mut part = Reader::new(reader.take(length)?);
        if kind == TABLE {
            return (0..part.number()?).map(|_| symbol(&mut part, linked)).collect();
        }
    }
    Err(missing())
}

fn symbol<'a>(reader: &mut Reader<'a>, linked: &Module) -> Outcome<Symbol<'a>> {
    const UNDEFINED: u32 = 0x10;
    const NAMED: u32 = 0x40;
    let kind = reader.byte()?;
    let flags = reader.number()?;
    match kind {
        // Functions, globals, tags, tables.
        0 | 2 | 4 | 5 => {
            let index = reader.number()?;
            let named = flags & UNDEFINED == 0 || flags & NAMED != 0;
            let name = if named { Some(reader.name()?) } else { None };
            Ok(match kind {
                0 => Symbol::Function { index, name },
                _ => Symbol::Other,
            })
        }
        1 => {
            reader.name()?;
            if flags & UNDEFINED != 0 {
                return Ok(Symbol::Other);
            }
            let (segment, offset, size) = (reader.length()?, reader.number()?, reader.number()?);
            Ok(match linked.data.get(segment) {
                Some(segment) => {
                    let start = segment.address + offset;
                    Symbol::Data(start..start + size)
                }
                // Memory that is zero at first has no segment.
                None => Symbol::Other,
            })
        }
        3 => {
            reader.number()?;
            Ok(Symbol::Other)
        }
        other => Err(Failure::new(format!(
            "The linker has written a symbol of kind {other}, which is not known here."
        ))),
    }
}

/// The relocations of a section, in order: where in it, and which symbol.
fn relocations(linked: &Module, section: &str) -> Outcome<Vec<(usize, u32)>> {
    const TYPE: u8 = 6;
    let Some(payload) = linked.custom(section)? else {
        return Ok(Vec::new());
    };
    let mut reader = Reader::new(payload);
    reader.number()?;
    let mut found = Vec::new();
    for _ in 0..reader.number()? {
        let kind = reader.byte()?;
        let at = reader.length()?;
        let symbol = reader.number()?;
        match kind {
            // Functions, slots of tables, globals, tags, tables.
            0..=2 | 6 | 7 | 10 | 12 | 13 | 18..=20 | 24 | 26 => {}
            // Addresses and offsets, with what is added to them.
            3..=5 | 8 | 9 | 11 | 14..=17 | 21..=23 | 25 => reader.skip_number()?,
            other => {
                return Err(Failure::new(format!(
                    "The linker has written a reference of kind {other}, which is not known here."
                )));
            }
        }
        // A type is no symbol.
        if kind != TYPE {
            found.push((at, symbol));
        }
    }
    found.sort_unstable();
    Ok(found)
}
