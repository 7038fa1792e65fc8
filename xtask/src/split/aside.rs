//! Puts pieces of a function aside: the rest of a block that does not run before the first picture becomes a
//! function of its own, which can wait in the later part.
//!
//! Such a function is given the variables that it reads, and gives back those that it changes; where it may
//! leave by more than one way, it says first by which. It means the same as what stood there, whatever the
//! profile says: a wrong profile costs time and never a mistake.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::bytes::{self, END, Entries, Writer, put, put_constant, put_length};
use super::code::put_body;
use super::flow::{Act, Flow, Point, opcode};
use super::live::{Set, live};
use super::module::{Module, Type, section};
use crate::failure::Outcome;

/// A piece has to be longer by so many bytes than the call that takes its place.
const GAIN: usize = 4;
/// What a call of the later part takes besides its values.
const CALL: usize = 10;

/// A program some of whose pieces are functions of their own.
pub struct Apart {
    pub program: Vec<u8>,
    /// The functions that have lost pieces.
    pub cut: BTreeSet<u32>,
    /// The functions that the pieces are: the last ones.
    pub pieces: Range<u32>,
}

impl Apart {
    /// A program as it is.
    pub fn whole(program: &[u8]) -> Outcome<Self> {
        let functions = Module::read(program)?.functions.len() as u32;
        Ok(Self { program: program.to_vec(), cut: BTreeSet::new(), pieces: functions..functions })
    }
}

/// Which of these points of a body, in order, begin pieces that can be put aside and that are worth it.
pub fn worth(flow: &Flow, points: &[Point]) -> Vec<Point> {
    let pieces = pieces(flow, points);
    pieces.into_iter().map(|(point, _)| point).collect()
}

/// The pieces at these points, in order; none lies in another.
fn pieces(flow: &Flow, points: &[Point]) -> Vec<(Point, Piece)> {
    let mut lifted: Vec<(Point, Piece)> = Vec::new();
    if points.is_empty() {
        return lifted;
    }
    let all = live(flow, 0..flow.ops.len(), &Set::empty(flow.locals.len()));
    for point in points {
        let free = lifted.last().is_none_or(|(last, _)| point.from >= last.to);
        if let Some(piece) = free.then(|| lift(flow, &all, *point)).flatten() {
            lifted.push((*point, piece));
        }
    }
    lifted
}

/// Puts aside what `seldom` says of each function, by its number and its flow: the points from which on a
/// block seldom runs.
pub fn put_aside(
    program: &[u8],
    mut seldom: impl FnMut(u32, &Flow) -> Vec<Point>,
) -> Outcome<Apart> {
    let module = Module::read(program)?;
    let mut types = Types::of(&module)?;
    let mut next = module.functions.len() as u32;
    let (mut bodies, mut apart) = (Entries::default(), Entries::default());
    let mut functions = Entries::of(module.section(section::FUNCTION))?;
    let mut cut = BTreeSet::new();
    for (index, body) in (module.imported..).zip(&module.bodies) {
        let of_type = module.functions[index as usize];
        let flow = Flow::read(&module, of_type, body.bytes)?;
        let points = seldom(index, &flow);
        let lifted = pieces(&flow, &points);
        let declared = &body.bytes[..body.bytes.len() - flow.instructions.len()];
        let mut out = declared.to_vec();
        let mut at = 0;
        for (point, piece) in lifted {
            let of_type = types.number(piece.kind);
            put(functions.add(), of_type);
            put_body(apart.add(), &piece.body);
            let end = flow.ops[point.to].at;
            out.extend_from_slice(&flow.instructions[at..flow.ops[point.from].at]);
            out.extend(piece.before);
            out.push(opcode::CALL);
            put(&mut out, next);
            out.extend(piece.after);
            at = end;
            next += 1;
            cut.insert(index);
        }
        out.extend_from_slice(&flow.instructions[at..]);
        put_body(bodies.add(), &out);
    }
    bodies.append(apart);
    let mut writer = Writer::new();
    for (kind, payload) in bytes::sections(program)? {
        match kind {
            section::TYPE => writer.entries(kind, &types.entries),
            section::FUNCTION => writer.entries(kind, &functions),
            section::CODE => writer.entries(kind, &bodies),
            _ => writer.section(kind, payload),
        }
    }
    Ok(Apart { program: writer.finish(), cut, pieces: module.functions.len() as u32..next })
}

/// The types of a module, and those that are added.
struct Types {
    entries: Entries,
    numbers: BTreeMap<Type, u32>,
}

impl Types {
    fn of(module: &Module) -> Outcome<Self> {
        Ok(Self {
            entries: Entries::of(module.section(section::TYPE))?,
            numbers: module.types.iter().cloned().zip(0..).collect(),
        })
    }

    fn number(&mut self, kind: Type) -> u32 {
        let next = self.entries.len();
        if let Some(number) = self.numbers.get(&kind) {
            return *number;
        }
        let out = self.entries.add();
        out.push(0x60);
        for values in [&kind.parameters, &kind.results] {
            put_length(out, values.len());
            out.extend_from_slice(values);
        }
        self.numbers.insert(kind, next);
        next
    }
}

/// A piece of a function as a function, and what stands before and after the call of it.
struct Piece {
    kind: Type,
    body: Vec<u8>,
    before: Vec<u8>,
    after: Vec<u8>,
}

/// A way out of a piece.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// To what follows its block.
    Fall,
    /// To this many blocks further out.
    To(u32),
}

/// The piece at a point, if it can be put aside and that is worth it.
fn lift(flow: &Flow, all: &[Set], point: Point) -> Option<Piece> {
    let range = point.from..point.to;
    let block = flow.ops[point.from].block;
    let within = Within { flow, block };
    let home = &flow.blocks[block];
    // The head of a loop is where its own branches land.
    if home.opcode == opcode::LOOP && home.first == point.from {
        return None;
    }
    let size = flow.ops[point.to].at - flow.ops[point.from].at;
    if size < GAIN + CALL {
        return None;
    }

    let mut exits = BTreeSet::new();
    if !flow.ops[point.to].dead {
        exits.insert(Exit::Fall);
    }
    for op in range.clone() {
        let dead = flow.ops[op].dead;
        let mut leaves = false;
        within.exits(op, |exit| {
            exits.insert(exit);
            leaves = true;
        });
        if dead && leaves {
            return None;
        }
    }
    let exits: Vec<Exit> = exits.into_iter().collect();
    let carried = |exit: &Exit| match exit {
        Exit::Fall => home.results.clone(),
        Exit::To(depth) => {
            let target = &flow.blocks[flow.target(block, *depth)];
            if target.opcode == opcode::LOOP { Vec::new() } else { target.results.clone() }
        }
    };
    let results = match &exits[..] {
        [] => Vec::new(),
        [only] => carried(only),
        several => {
            if several.iter().any(|exit| !carried(exit).is_empty()) {
                return None;
            }
            // A table knows only labels, and the end of a loop has none.
            if several.len() > 2 && several[0] == Exit::Fall && home.opcode == opcode::LOOP {
                return None;
            }
            Vec::new()
        }
    };
    if results.len() > 1 {
        return None;
    }

    // What it changes that is read afterwards; what it reads.
    let mut out = Set::empty(flow.locals.len());
    for exit in &exits {
        match exit {
            Exit::Fall => out.add_all(&all[point.to]),
            Exit::To(depth) => {
                if let Some(landing) = flow.landing(flow.target(block, *depth)) {
                    out.add_all(&all[landing]);
                }
            }
        }
    }
    let (mut written, mut used) = (Set::empty(flow.locals.len()), Set::empty(flow.locals.len()));
    for op in &flow.ops[range.clone()] {
        match op.act {
            Act::Set(variable) | Act::Tee(variable) => {
                written.add(variable);
                used.add(variable);
            }
            Act::Get(variable) => used.add(variable),
            _ => {}
        }
    }
    out.keep(&written);
    let given = live(flow, range.clone(), &out).into_iter().next()?;
    let by_type = |set: &Set| {
        let mut variables: Vec<u32> = set.iter().collect();
        variables.sort_by_key(|variable| flow.locals[*variable as usize]);
        variables
    };
    let (given, given_back) = (by_type(&given), by_type(&out));
    let own: Vec<u32> =
        by_type(&used).into_iter().filter(|variable| !given.contains(variable)).collect();
    let numbers: BTreeMap<u32, u32> = given.iter().chain(&own).copied().zip(0..).collect();
    let types = |variables: &[u32]| -> Vec<u8> {
        let types = variables.iter();
        types.map(|variable| flow.locals[*variable as usize]).collect()
    };

    let mut body = Vec::new();
    put_length(&mut body, own.len());
    for kind in types(&own) {
        body.extend_from_slice(&[1, kind]);
    }
    let several = exits.len() > 1;
    let result = results.first().copied().unwrap_or(opcode::NOTHING);
    if several {
        body.extend_from_slice(&[opcode::BLOCK, bytes::I32]);
        exits.iter().for_each(|_| body.extend_from_slice(&[opcode::BLOCK, opcode::NOTHING]));
    } else {
        body.extend_from_slice(&[opcode::BLOCK, result]);
    }
    for op in range {
        within.write(&mut body, op, &numbers, &exits)?;
    }
    body.push(END);
    if several {
        for (code, rest) in (0..).zip((0..exits.len() as u32).rev()) {
            // The first one's block is closed already.
            put_constant(&mut body, code);
            if rest > 0 {
                body.push(opcode::BR);
                put(&mut body, rest);
            }
            body.push(END);
        }
    } else if exits.is_empty() {
        body.push(opcode::UNREACHABLE);
    }
    for variable in &given_back {
        body.push(opcode::LOCAL_GET);
        put(&mut body, *numbers.get(variable)?);
    }
    body.push(END);

    let (mut before, mut after) = (Vec::new(), Vec::new());
    for variable in &given {
        before.push(opcode::LOCAL_GET);
        put(&mut before, *variable);
    }
    for variable in given_back.iter().rev() {
        after.push(opcode::LOCAL_SET);
        put(&mut after, *variable);
    }
    leave(&mut after, &exits);
    if size < before.len() + after.len() + GAIN + CALL {
        return None;
    }
    let code = if several { vec![bytes::I32] } else { results };
    Some(Piece {
        kind: Type { parameters: types(&given), results: [code, types(&given_back)].concat() },
        body,
        before,
        after,
    })
}

/// Writes how it goes on after the call of a piece with these ways out.
fn leave(out: &mut Vec<u8>, exits: &[Exit]) {
    let depth = |exit: &Exit| match exit {
        Exit::Fall => 0,
        Exit::To(depth) => *depth,
    };
    match exits {
        [] => out.push(opcode::UNREACHABLE),
        [Exit::Fall] => {}
        [Exit::To(only)] => {
            out.push(opcode::BR);
            put(out, *only);
        }
        [first, second] => {
            out.push(opcode::BR_IF);
            put(out, depth(second));
            if let Exit::To(first) = first {
                out.push(opcode::BR);
                put(out, *first);
            }
        }
        [most @ .., last] => {
            out.push(opcode::BR_TABLE);
            put_length(out, most.len());
            most.iter().for_each(|exit| put(out, depth(exit)));
            put(out, depth(last));
        }
    }
}

/// The place of a piece: within a block of a function.
#[derive(Clone, Copy)]
struct Within<'a> {
    flow: &'a Flow<'a>,
    block: usize,
}

impl Within<'_> {
    /// How many blocks of the piece an instruction is in.
    fn depth(self, op: usize) -> u32 {
        let blocks = &self.flow.blocks;
        (blocks[self.flow.ops[op].block].depth - blocks[self.block].depth) as u32
    }

    /// The way out that a branch to this many blocks further out is.
    fn exit(self, depth: u32) -> Exit {
        if depth == 0 && self.flow.blocks[self.block].opcode != opcode::LOOP {
            Exit::Fall
        } else {
            Exit::To(depth)
        }
    }

    /// The ways out of the piece that an instruction may take.
    fn exits(self, op: usize, mut and: impl FnMut(Exit)) {
        let depth = self.depth(op);
        let mut branch = |to: &u32| {
            if *to >= depth {
                and(self.exit(*to - depth));
            }
        };
        match &self.flow.ops[op].act {
            Act::Br(to) | Act::BrIf(to) => branch(to),
            Act::BrTable(to) => to.iter().for_each(branch),
            Act::Return => and(self.exit(self.flow.blocks[self.block].depth as u32)),
            _ => {}
        }
    }

    /// Writes an instruction as it stands in the function that the piece becomes.
    fn write(
        self,
        out: &mut Vec<u8>,
        op: usize,
        numbers: &BTreeMap<u32, u32>,
        exits: &[Exit],
    ) -> Option<()> {
        let depth = self.depth(op);
        let label = |to: u32| -> Option<u32> {
            if to < depth {
                return Some(to);
            }
            let exit = self.exit(to - depth);
            let code = exits.iter().position(|other| *other == exit)?;
            Some(depth + code as u32)
        };
        let code = *self.flow.bytes(op).first()?;
        match &self.flow.ops[op].act {
            Act::Get(variable) | Act::Set(variable) | Act::Tee(variable) => {
                out.push(code);
                put(out, *numbers.get(variable)?);
            }
            Act::Br(to) | Act::BrIf(to) => {
                out.push(code);
                put(out, label(*to)?);
            }
            Act::BrTable(to) => {
                out.push(code);
                put_length(out, to.len() - 1);
                for to in to {
                    put(out, label(*to)?);
                }
            }
            Act::Return => {
                let outermost = self.flow.blocks[self.block].depth as u32;
                out.push(opcode::BR);
                put(out, label(depth + outermost)?);
            }
            _ => out.extend_from_slice(self.flow.bytes(op)),
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program of one function, which takes a number and gives one.
    fn program(body: &[u8]) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.section(section::TYPE, &[1, 0x60, 1, bytes::I32, 1, bytes::I32]);
        writer.section(section::FUNCTION, &[1, 0]);
        let mut bodies = Entries::default();
        put_body(bodies.add(), body);
        writer.entries(section::CODE, &bodies);
        writer.finish()
    }

    /// The body of the function that is left, and the piece with its type.
    type Cut = (Vec<u8>, Option<(Type, Vec<u8>)>);

    /// What becomes of the function when nothing behind this point of it runs, and the piece with its type.
    fn cut(body: &[u8], point: usize) -> Outcome<Cut> {
        let apart = put_aside(&program(body), |_, flow| vec![flow.points()[point]])?;
        let module = Module::read(&apart.program)?;
        let piece = module.bodies.get(1).map(|piece| {
            let kind = module.functions[1] as usize;
            (module.types[kind].clone(), piece.bytes.to_vec())
        });
        assert_eq!(apart.pieces.len(), usize::from(piece.is_some()));
        assert_eq!(apart.cut.contains(&0), piece.is_some());
        Ok((module.bodies[0].bytes.to_vec(), piece))
    }

    const NOPS: [u8; 40] = [0x01; 40];

    #[test]
    fn a_piece_is_given_what_it_reads_and_gives_back_what_it_changes() -> Outcome {
        // One variable besides what is given; block, get 0, br_if 0, get 0, tee 1, set 0, end; get 0.
        let before = [1, 1, bytes::I32, 0x02, 0x40, 0x20, 0, 0x0d, 0];
        let inside = [&[0x20, 0, 0x22, 1, 0x21, 0][..], &NOPS].concat();
        let after = [0x0b, 0x20, 0, 0x0b];
        let (left, piece) = cut(&[&before[..], &inside, &after].concat(), 2)?;
        let call = [0x20, 0, 0x10, 1, 0x21, 0];
        assert_eq!(left, [&before[..], &call, &after].concat());
        let (kind, piece) = piece.unwrap_or_else(|| panic!("nothing was put aside"));
        assert_eq!((kind.parameters.len(), kind.results.len()), (1, 1));
        let around = [1, 1, bytes::I32, 0x02, 0x40];
        assert_eq!(piece, [&around[..], &inside, &[0x0b, 0x20, 0, 0x0b]].concat());
        Ok(())
    }

    #[test]
    fn a_piece_says_by_which_way_it_is_left() -> Outcome {
        // Block, block, get 0, br_if 0; then get 0, br_if 1; end, end; get 0.
        let before = [0, 0x02, 0x40, 0x02, 0x40, 0x20, 0, 0x0d, 0];
        let inside = [&[0x20, 0, 0x0d, 1][..], &NOPS].concat();
        let after = [0x0b, 0x0b, 0x20, 0, 0x0b];
        let (left, piece) = cut(&[&before[..], &inside, &after].concat(), 3)?;
        let call = [0x20, 0, 0x10, 1, 0x0d, 1];
        assert_eq!(left, [&before[..], &call, &after].concat());
        let (kind, piece) = piece.unwrap_or_else(|| panic!("nothing was put aside"));
        assert_eq!((kind.parameters.len(), kind.results.len()), (1, 1));
        let around = [0, 0x02, bytes::I32, 0x02, 0x40, 0x02, 0x40];
        // Fallen through: 0; branched: 1.
        let ends = [0x0b, 0x41, 0, 0x0c, 1, 0x0b, 0x41, 1, 0x0b, 0x0b];
        assert_eq!(piece, [&around[..], &inside, &ends].concat());
        Ok(())
    }

    #[test]
    fn what_never_goes_on_needs_no_way_back_and_what_is_short_stays() -> Outcome {
        // If get 0: nops, unreachable, end; get 0.
        let before = [0, 0x20, 0, 0x04, 0x40];
        let after = [0x0b, 0x20, 0, 0x0b];
        let body = [&before[..], &NOPS, &[0], &after].concat();
        let (left, piece) = cut(&body, 1)?;
        assert_eq!(left, [&before[..], &[0x10, 1, 0x00], &after].concat());
        let kind = piece.map(|(kind, _)| (kind.parameters.len(), kind.results.len()));
        assert_eq!(kind, Some((0, 0)));
        let body = [&before[..], &NOPS[..8], &[0], &after].concat();
        assert_eq!(cut(&body, 1)?, (body, None));
        Ok(())
    }

    #[test]
    fn a_return_of_a_piece_is_one_of_the_function() -> Outcome {
        // If get 0: nops, get 0, return, end; get 0.
        let before = [0, 0x20, 0, 0x04, 0x40];
        let after = [0x0b, 0x20, 0, 0x0b];
        let inside = [&NOPS[..], &[0x20, 0, 0x0f]].concat();
        let (left, piece) = cut(&[&before[..], &inside, &after].concat(), 1)?;
        assert_eq!(left, [&before[..], &[0x20, 0, 0x10, 1, 0x0c, 1], &after].concat());
        let piece = piece.map(|(_, piece)| piece);
        let expected = [&[0, 0x02, bytes::I32][..], &NOPS, &[0x20, 0, 0x0c, 0, 0x0b, 0x0b]];
        assert_eq!(piece, Some(expected.concat()));
        Ok(())
    }
}
