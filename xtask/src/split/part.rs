//! Writes the two parts of a module, from a plan that says which functions and which data are whose.
//!
//! Types, tables, globals and memory keep their numbers in both parts; functions do not. The first part
//! owns everything. What the later part uses of it, it exports, but for functions: those stand at the end of its
//! table, and are known by their numbers there (`shared.js`).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::bytes::{END, Entries, Reader, Writer, put, put_constant, put_length, put_name};
use super::code::{self, put_body};
use super::module::{Module, Segment, kind, limits, section};
use crate::failure::{Failure, Outcome};

/// What JavaScript gives to the first part: the function that brings the later one.
const BRING: [&str; 2] = ["./later.js", "bring"];
/// From where the later part imports: the exports of the first.
const FIRST: &str = "first";
/// The name under which the first part gives the function that sees to it that the later part is there.
const READY: &str = "R";
/// Data shorter than this stays in the first part: saying where it goes would take as many bytes.
const SHORT: usize = 8;

/// Who gets what.
pub struct Plan {
    /// The functions of the later part.
    later: BTreeSet<u32>,
    /// Where a function of the later part is in the table, if the first part or the table names it.
    slots: BTreeMap<u32, u32>,
    /// The functions that only calls of the first part name: their slots are new, in this order.
    called: Vec<u32>,
    /// What the later part names of the first, in the order of the places behind those.
    shared: BTreeSet<u32>,
    /// Data of the later part.
    data: Vec<Range<u32>>,
}

impl Plan {
    pub fn new(module: &Module, later: BTreeSet<u32>, data: Vec<Range<u32>>) -> Outcome<Self> {
        let mut slots = BTreeMap::new();
        for (at, functions) in &module.elements {
            for (slot, function) in (*at..).zip(functions) {
                if later.contains(function) {
                    slots.insert(*function, slot);
                }
            }
        }
        let mut called = BTreeSet::new();
        let mut shared = BTreeSet::new();
        for (index, body) in (module.imported..).zip(&module.bodies) {
            let named = code::named(body.bytes)?;
            if later.contains(&index) {
                shared.extend(named.into_iter().filter(|other| !later.contains(other)));
            } else {
                called.extend(named.into_iter().filter(|other| later.contains(other)));
            }
        }
        let called: Vec<u32> =
            called.into_iter().filter(|function| !slots.contains_key(function)).collect();
        slots.extend(called.iter().copied().zip(table_length(module)?..));
        let data = data.into_iter().filter(|range| range.len() >= SHORT).collect();
        Ok(Self { later, slots, called, shared, data })
    }

    /// From which place of the table on, and for how many, the later part's functions of the first stand.
    pub fn shared(&self, module: &Module) -> Outcome<(u32, u32)> {
        let from = table_length(module)? + self.called.len() as u32;
        Ok((from, self.shared.len() as u32))
    }

    /// Whether a function goes to the later part.
    fn is_later(&self, function: u32) -> bool {
        self.later.contains(&function)
    }
}

/// How long the table of functions is.
fn table_length(module: &Module) -> Outcome<u32> {
    let tables = module.list(section::TABLE, |reader| {
        reader.byte()?;
        Ok(limits(reader)?.0)
    })?;
    let first = tables.first().copied();
    first.ok_or_else(|| Failure::new("The page's Wasm has no table of functions."))
}

/// The tables as they were, with this many more places in the first one.
fn longer_tables(module: &Module, more: u32) -> Outcome<Entries> {
    let mut tables = Entries::default();
    let mut more = more;
    module.list(section::TABLE, |reader| {
        let out = tables.add();
        out.push(reader.byte()?);
        let (least, most) = limits(reader)?;
        out.push(u8::from(most.is_some()));
        put(out, least + more);
        if let Some(most) = most {
            put(out, most + more);
        }
        more = 0;
        Ok(())
    })?;
    Ok(tables)
}

/// The first part: the functions that stay, which call the others through the table.
pub fn first(module: &Module, plan: &Plan) -> Outcome<Vec<u8>> {
    let imports = module.imported + 1;
    let bring = module.imported;
    let own = (module.imported..).zip(&module.bodies);
    let mut order: Vec<u32> = own.map(|(index, _)| index).collect();
    order.retain(|index| !plan.is_later(*index));
    let mut numbers: BTreeMap<u32, u32> =
        (0..module.imported).map(|index| (index, index)).collect();
    numbers.extend(order.iter().copied().zip(imports..));
    let ready = imports + order.len() as u32;
    let number = |index: u32| numbers.get(&index).copied().ok_or_else(unplanned);

    let mut types = Entries::of(module.section(section::TYPE))?;
    let no_values = types.len();
    types.add().extend_from_slice(&[0x60, 0, 0]);

    let mut imported = renamed_imports(module)?;
    let out = imported.add();
    put_name(out, BRING[0]);
    put_name(out, BRING[1]);
    out.push(kind::FUNCTION);
    put(out, no_values);

    let mut globals = Entries::of(module.section(section::GLOBAL))?;
    let brought = globals.len();
    let out = globals.add();
    out.extend_from_slice(&[0x7f, 1]);
    put_constant(out, 0);
    out.push(END);

    let (mut functions, mut bodies) = (Entries::default(), Entries::default());
    for index in order {
        let of_type = module.functions[index as usize];
        let body = &module.bodies[(index - module.imported) as usize];
        let body = code::rewrite(body.bytes, |out, opcode, function| {
            match plan.slots.get(&function) {
                Some(slot) if opcode == code::CALL => {
                    out.push(code::CALL);
                    put(out, ready);
                    put_call(out, module.functions[function as usize], *slot);
                }
                _ => {
                    out.push(opcode);
                    put(out, number(function)?);
                }
            }
            Ok(())
        })?;
        put(functions.add(), of_type);
        put_body(bodies.add(), &body);
    }
    put(functions.add(), no_values);
    put_body(bodies.add(), &body_of_ready(brought, bring));

    let mut exports = Entries::default();
    for (name, what, index) in &module.exports {
        let out = exports.add();
        put_name(out, name);
        out.push(*what);
        put(out, if *what == kind::FUNCTION { number(*index)? } else { *index });
    }
    for (name, what, index) in common(module)? {
        let out = exports.add();
        put_name(out, &name);
        out.push(what);
        put(out, index);
    }
    let out = exports.add();
    put_name(out, READY);
    out.push(kind::FUNCTION);
    put(out, ready);

    let mut elements = Entries::default();
    for (at, list) in &module.elements {
        // Where stand-ins will be, anything may be before.
        let list = list.iter().map(|index| match plan.is_later(*index) {
            true => Ok(ready),
            false => number(*index),
        });
        put_elements(&mut elements, *at, &list.collect::<Outcome<Vec<_>>>()?);
    }
    let (from, _) = plan.shared(module)?;
    let shared = plan.shared.iter().map(|index| number(*index));
    put_elements(&mut elements, from, &shared.collect::<Outcome<Vec<_>>>()?);

    let mut data = Entries::default();
    for segment in &module.data {
        let mut bytes = segment.bytes.to_vec();
        for (range, _) in taken(&plan.data, segment) {
            let start = (range.start - segment.address) as usize;
            bytes[start..start + range.len()].fill(0);
        }
        // What is zero need not be said; wasm-opt leaves it out.
        put_data(&mut data, segment.address, &bytes);
    }

    let mut writer = Writer::new();
    writer.entries(section::TYPE, &types);
    writer.entries(section::IMPORT, &imported);
    writer.entries(section::FUNCTION, &functions);
    let more = plan.called.len() + plan.shared.len();
    writer.entries(section::TABLE, &longer_tables(module, more as u32)?);
    writer.section(section::MEMORY, module.section(section::MEMORY));
    writer.entries(section::GLOBAL, &globals);
    writer.entries(section::EXPORT, &exports);
    let start = module.section(section::START);
    if !start.is_empty() {
        let mut out = Vec::new();
        put(&mut out, number(Reader::new(start).number()?)?);
        writer.section(section::START, &out);
    }
    writer.entries(section::ELEMENT, &elements);
    writer.entries(section::CODE, &bodies);
    writer.entries(section::DATA, &data);
    put_features(&mut writer, module)?;
    Ok(writer.finish())
}

/// What the first part imports from wasm-bindgen's script, by the names it has there and those it gets: the
/// long ones are in both files, and hard to pack.
pub fn new_names<'a>(module: &Module<'a>) -> Outcome<Vec<(&'a str, String)>> {
    let names = module.list(section::IMPORT, |reader| {
        reader.name()?;
        let name = reader.name()?;
        skip_imported(reader)?;
        Ok(name)
    })?;
    let numbered = (0..).zip(names);
    Ok(numbered.map(|(index, name)| (name, format!("${}", short(index)))).collect())
}

/// All imports, under their new names.
fn renamed_imports(module: &Module) -> Outcome<Entries> {
    let mut names = new_names(module)?.into_iter();
    let mut imported = Entries::default();
    module.list(section::IMPORT, |reader| {
        let from = reader.name()?;
        reader.name()?;
        let what = skip_imported(reader)?;
        let out = imported.add();
        put_name(out, from);
        put_name(out, &names.next().map_or_else(String::new, |(_, new)| new));
        out.extend_from_slice(what);
        Ok(())
    })?;
    Ok(imported)
}

/// What an import says after its names: a function, of which type.
fn skip_imported<'a>(reader: &mut Reader<'a>) -> Outcome<&'a [u8]> {
    let start = reader.at();
    match reader.byte()? {
        kind::FUNCTION => reader.skip_number()?,
        _ => return Err(unplanned()),
    }
    Ok(reader.since(start))
}

/// The later part: its functions, its data, and its places in the table.
pub fn later(module: &Module, plan: &Plan) -> Outcome<Vec<u8>> {
    let mut numbers = BTreeMap::new();
    let mut imports = Entries::default();
    for (next, index) in (0..).zip(&plan.shared) {
        let out = imports.add();
        put_name(out, FIRST);
        put_name(out, &next.to_string());
        out.push(kind::FUNCTION);
        put(out, module.functions[*index as usize]);
        numbers.insert(*index, next);
    }
    let own = imports.len();
    numbers.extend(plan.later.iter().copied().zip(own..));
    let number = |index: u32| numbers.get(&index).copied().ok_or_else(unplanned);

    import_common(&mut imports, module)?;

    let (mut functions, mut bodies) = (Entries::default(), Entries::default());
    for index in &plan.later {
        let body = &module.bodies[(*index - module.imported) as usize];
        put(functions.add(), module.functions[*index as usize]);
        put_body(bodies.add(), &code::renumber(body.bytes, number)?);
    }

    // A function may have more than one place in the table.
    let mut places: BTreeMap<u32, u32> = BTreeMap::new();
    for (at, list) in &module.elements {
        let list = (*at..).zip(list).filter(|(_, index)| plan.is_later(**index));
        for (slot, index) in list {
            places.insert(slot, number(*index)?);
        }
    }
    for index in &plan.called {
        places.insert(plan.slots[index], number(*index)?);
    }
    let mut elements = Entries::default();
    let mut places = places.into_iter().peekable();
    while let Some((at, first)) = places.next() {
        let mut list = vec![first];
        while let Some((_, next)) = places.next_if(|(slot, _)| *slot == at + list.len() as u32) {
            list.push(next);
        }
        put_elements(&mut elements, at, &list);
    }

    let mut data = Entries::default();
    for segment in &module.data {
        for (range, bytes) in taken(&plan.data, segment) {
            put_data(&mut data, range.start, bytes);
        }
    }

    let mut writer = Writer::new();
    writer.section(section::TYPE, module.section(section::TYPE));
    writer.entries(section::IMPORT, &imports);
    writer.entries(section::FUNCTION, &functions);
    writer.entries(section::ELEMENT, &elements);
    writer.entries(section::CODE, &bodies);
    writer.entries(section::DATA, &data);
    put_features(&mut writer, module)?;
    Ok(writer.finish())
}

/// The data of a segment that is in one of the ranges.
fn taken<'a>(ranges: &[Range<u32>], segment: &Segment<'a>) -> Vec<(Range<u32>, &'a [u8])> {
    let end =
        segment.address.saturating_add(u32::try_from(segment.bytes.len()).unwrap_or(u32::MAX));
    let whole = segment.address..end;
    let within = ranges.iter().filter_map(|range| {
        let start = range.start.max(whole.start);
        let end = range.end.min(whole.end);
        (start < end).then_some(start..end)
    });
    within
        .map(|range| {
            let start = (range.start - whole.start) as usize;
            (range.clone(), &segment.bytes[start..start + range.len()])
        })
        .collect()
}

/// What stands in the table before the later part does, as `later.js` makes it: functions that see to it that
/// this is there, then call what has come in their own place.
pub struct StandIns {
    /// Their types: a letter for each value taken and, behind `>`, given.
    pub kinds: String,
    /// For each slot from the first on a character: a dot where something else stands, or which type it is.
    pub slots: String,
}

/// The stand-ins for the functions of the later part that are in the table.
pub fn stand_ins(module: &Module, plan: &Plan) -> Outcome<StandIns> {
    let mut kinds: Vec<u32> = Vec::new();
    let mut slots = Vec::new();
    for (at, list) in &module.elements {
        let at = *at as usize;
        if slots.len() < at + list.len() {
            slots.resize(at + list.len(), '.');
        }
        for (slot, function) in (at..).zip(list) {
            if plan.is_later(*function) {
                let of_type = module.functions[*function as usize];
                let known = kinds.iter().position(|kind| *kind == of_type);
                let number = known.unwrap_or_else(|| {
                    kinds.push(of_type);
                    kinds.len() - 1
                });
                slots[slot] = character(number).ok_or_else(unplanned)?;
            }
        }
    }
    let kinds: Vec<String> = kinds
        .into_iter()
        .map(|kind| {
            let kind = module.kind(kind)?;
            let (taken, given) = (letters(&kind.parameters)?, letters(&kind.results)?);
            Ok(format!("{taken}>{given}"))
        })
        .collect::<Outcome<_>>()?;
    Ok(StandIns { kinds: kinds.join(" "), slots: slots.into_iter().skip(1).collect() })
}

/// The character for a type's number, from `0` on, without the one that means something in a string.
fn character(number: usize) -> Option<char> {
    let code = u32::try_from(number).ok()? + u32::from('0');
    let code = code + u32::from(code >= u32::from('\\'));
    char::from_u32(code).filter(char::is_ascii_graphic)
}

/// A letter for each type of a value.
fn letters(types: &[u8]) -> Outcome<String> {
    let letter = |kind: &u8| match kind {
        0x7f => Ok('i'),
        0x7e => Ok('l'),
        0x7d => Ok('f'),
        0x7c => Ok('d'),
        0x70 => Ok('t'),
        0x6f => Ok('r'),
        _ => Err(unplanned()),
    };
    types.iter().map(letter).collect()
}

/// Calls what is in a slot of the table.
fn put_call(out: &mut Vec<u8>, of_type: u32, slot: u32) {
    const CALL_INDIRECT: u8 = 0x11;
    put_constant(out, slot);
    out.push(CALL_INDIRECT);
    put(out, of_type);
    out.push(0);
}

/// The function that is called before any other of the later part: asks JavaScript for the later part, once.
fn body_of_ready(brought: u32, bring: u32) -> Vec<u8> {
    const IF_NOT: [u8; 3] = [0x45, 0x04, 0x40];
    let mut body = vec![0, 0x23];
    put(&mut body, brought);
    body.extend_from_slice(&IF_NOT);
    body.push(0x10);
    put(&mut body, bring);
    put_constant(&mut body, 1);
    body.push(0x24);
    put(&mut body, brought);
    body.extend_from_slice(&[END, END]);
    body
}

/// What the first part exports under a name of ours besides functions: all tables, memories and globals.
fn common(module: &Module) -> Outcome<Vec<(String, u8, u32)>> {
    let count = |of: u8| -> Outcome<u32> {
        match module.section(of) {
            [] => Ok(0),
            section => Reader::new(section).number(),
        }
    };
    let tables = (0..count(section::TABLE)?).map(|index| (format!("T{index}"), kind::TABLE, index));
    let memories =
        (0..count(section::MEMORY)?).map(|index| (format!("M{index}"), kind::MEMORY, index));
    let globals =
        (0..count(section::GLOBAL)?).map(|index| (format!("G{index}"), kind::GLOBAL, index));
    Ok(tables.chain(memories).chain(globals).collect())
}

/// Imports all of that, in the same order.
fn import_common(imports: &mut Entries, module: &Module) -> Outcome {
    // Each is at least as large as it was when it was exported.
    let least = |reader: &mut Reader| -> Outcome<Vec<u8>> {
        let mut out = vec![0];
        put(&mut out, limits(reader)?.0);
        Ok(out)
    };
    let mut types = module.list(section::TABLE, |reader| {
        let mut out = vec![reader.byte()?];
        out.extend(least(reader)?);
        Ok(out)
    })?;
    types.extend(module.list(section::MEMORY, least)?);
    types.extend(module.list(section::GLOBAL, |reader| {
        let of_type = reader.take(2)?.to_vec();
        code::skip_expression(reader)?;
        Ok(of_type)
    })?);
    for ((name, what, _), of_type) in common(module)?.into_iter().zip(types) {
        let out = imports.add();
        put_name(out, FIRST);
        put_name(out, &name);
        out.push(what);
        out.extend(of_type);
    }
    Ok(())
}

/// A name for an import.
fn short(index: u32) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut name = String::new();
    let mut rest = index as usize;
    loop {
        name.push(char::from(DIGITS[rest % DIGITS.len()]));
        rest /= DIGITS.len();
        if rest == 0 {
            return name;
        }
    }
}

fn put_elements(elements: &mut Entries, at: u32, functions: &[u32]) {
    let out = elements.add();
    out.push(0);
    put_constant(out, at);
    out.push(END);
    put_length(out, functions.len());
    for function in functions {
        put(out, *function);
    }
}

fn put_data(data: &mut Entries, at: u32, bytes: &[u8]) {
    let out = data.add();
    out.push(0);
    put_constant(out, at);
    out.push(END);
    put_length(out, bytes.len());
    out.extend_from_slice(bytes);
}

/// What the module says of the features it uses: wasm-opt goes by it.
fn put_features(writer: &mut Writer, module: &Module) -> Outcome {
    const NAME: &str = "target_features";
    if let Some(features) = module.custom(NAME)? {
        let mut out = Vec::new();
        put_name(&mut out, NAME);
        out.extend_from_slice(features);
        writer.section(section::CUSTOM, &out);
    }
    Ok(())
}

fn unplanned() -> Failure {
    Failure::new("A part of the page's Wasm names a function that it was not to name.")
        .next("see xtask/src/split")
}
