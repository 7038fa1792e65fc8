//! A body as blocks within blocks: what leads where, what lies on the stack, and the points at which a
//! block may turn out not to go on.
//!
//! Knows nothing about which of them do; that is [`super::marks`]' to find out.

use super::bytes::Reader;
use super::code;
use super::module::Module;
use crate::failure::{Failure, Outcome};

/// Opcodes that this and the writer of bodies speak of.
pub mod opcode {
    pub const UNREACHABLE: u8 = 0x00;
    pub const BLOCK: u8 = 0x02;
    pub const LOOP: u8 = 0x03;
    pub const IF: u8 = 0x04;
    pub const ELSE: u8 = 0x05;
    pub const END: u8 = 0x0b;
    pub const BR: u8 = 0x0c;
    pub const BR_IF: u8 = 0x0d;
    pub const BR_TABLE: u8 = 0x0e;
    pub const RETURN: u8 = 0x0f;
    pub const CALL: u8 = 0x10;
    pub const CALL_INDIRECT: u8 = 0x11;
    pub const LOCAL_GET: u8 = 0x20;
    pub const LOCAL_SET: u8 = 0x21;
    pub const LOCAL_TEE: u8 = 0x22;
    /// The type of a block that leaves nothing.
    pub const NOTHING: u8 = 0x40;
}

/// What an instruction does to the flow and to the variables of its function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Opens the block of this number.
    Open(usize),
    Else,
    End,
    Br(u32),
    BrIf(u32),
    /// All labels, the one for the rest last.
    BrTable(Vec<u32>),
    Return,
    Unreachable,
    Get(u32),
    Set(u32),
    Tee(u32),
    Other,
}

/// An instruction.
#[derive(Clone, Debug)]
pub struct Op {
    /// Where it begins among the instructions of its body.
    pub at: usize,
    pub act: Act,
    /// The block that it stands in; for `else` and `end`, the one that it ends.
    pub block: usize,
    /// How many values lie on the stack before it, of those that its block has put there.
    pub height: usize,
    /// Whether it can never be reached.
    pub dead: bool,
}

/// A block, a loop, both arms of an `if`, or (the first) the whole function.
#[derive(Clone, Debug)]
pub struct Block {
    pub opcode: u8,
    /// The types of what it leaves on the stack.
    pub results: Vec<u8>,
    /// The instruction that opens it, and the one within that follows.
    pub first: usize,
    pub other_arm: Option<usize>,
    pub end: usize,
    pub parent: usize,
    /// How many blocks it is in.
    pub depth: usize,
}

/// A point in a function from where on the rest of a block may not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The first instruction of that rest.
    pub from: usize,
    /// The `else` or `end` behind it.
    pub to: usize,
}

/// A body, read.
pub struct Flow<'a> {
    pub instructions: &'a [u8],
    /// The types of its variables, with those that it is given.
    pub locals: Vec<u8>,
    pub ops: Vec<Op>,
    pub blocks: Vec<Block>,
}

impl<'a> Flow<'a> {
    /// Reads the body of a function of this type.
    pub fn read(module: &Module, of_type: u32, body: &'a [u8]) -> Outcome<Self> {
        let (declared, instructions) = code::without_locals(body)?;
        let own = module.kind(of_type)?;
        let mut locals = own.parameters.clone();
        let mut reader = Reader::new(declared);
        for _ in 0..reader.number()? {
            let count = reader.length()?;
            let kind = reader.byte()?;
            locals.resize(locals.len() + count, kind);
        }
        let mut flow = Self {
            instructions,
            locals,
            ops: Vec::new(),
            blocks: vec![Block {
                opcode: opcode::BLOCK,
                results: own.results.clone(),
                first: 0,
                other_arm: None,
                end: 0,
                parent: 0,
                depth: 0,
            }],
        };
        flow.read_ops(module)?;
        Ok(flow)
    }

    fn read_ops(&mut self, module: &Module) -> Outcome {
        let mut reader = Reader::new(self.instructions);
        // For each open block: which, its height, and whether what follows is dead.
        let mut open: Vec<(usize, usize, bool)> = vec![(0, 0, false)];
        while !reader.is_empty() {
            let at = reader.at();
            let opcode = reader.byte()?;
            let start = reader;
            code::skip_operands(&mut reader, opcode)?;
            let (mut act, pops, pushes) = effect(module, opcode, start)?;
            let (block, height, dead) = *open.last().ok_or_else(unbalanced)?;
            if let Act::Open(inner) = &mut act {
                *inner = self.blocks.len();
            }
            let number = self.ops.len();
            self.ops.push(Op { at, act: act.clone(), block, height, dead });
            if height < pops && !dead && !matches!(act, Act::End | Act::Else) {
                return Err(unbalanced());
            }
            let after = height.saturating_sub(pops) + pushes;
            if let Some(top) = open.last_mut() {
                top.1 = after;
            }
            match act {
                Act::Open(inner) => {
                    let (given, results) = block_type(module, start)?;
                    if given > 0 {
                        return Err(Failure::new(
                            "A block of the page's Wasm takes values, which is not known here.",
                        ));
                    }
                    let depth = open.len();
                    self.blocks.push(Block {
                        opcode,
                        results,
                        first: number + 1,
                        other_arm: None,
                        end: 0,
                        parent: block,
                        depth,
                    });
                    open.push((inner, 0, dead));
                }
                Act::Else => {
                    self.blocks[block].other_arm = Some(number + 1);
                    let outside = open.len().checked_sub(2).and_then(|at| open.get(at));
                    let dead = outside.is_some_and(|outside| outside.2);
                    if let Some(top) = open.last_mut() {
                        *top = (block, 0, dead);
                    }
                }
                Act::End => {
                    self.blocks[block].end = number;
                    open.pop();
                    if let Some(top) = open.last_mut() {
                        top.1 += self.blocks[block].results.len();
                    }
                }
                Act::Br(_) | Act::BrTable(_) | Act::Return | Act::Unreachable => {
                    if let Some(top) = open.last_mut() {
                        *top = (block, 0, true);
                    }
                }
                _ => {}
            }
        }
        if open.is_empty() { Ok(()) } else { Err(unbalanced()) }
    }

    /// The bytes of an instruction.
    pub fn bytes(&self, op: usize) -> &'a [u8] {
        let end = self.ops.get(op + 1).map(|next| next.at);
        &self.instructions[self.ops[op].at..end.unwrap_or(self.instructions.len())]
    }

    /// The points of a body, in order; the first is its beginning. At each there is nothing on the stack
    /// that the block has put there.
    pub fn points(&self) -> Vec<Point> {
        let mut points = Vec::new();
        for (from, op) in self.ops.iter().enumerate() {
            let begins = match from.checked_sub(1).map(|before| &self.ops[before].act) {
                None => true,
                Some(Act::Open(_) | Act::Else | Act::BrIf(_) | Act::End) => {
                    !op.dead && op.height == 0 && !matches!(op.act, Act::Else | Act::End)
                }
                Some(_) => false,
            };
            if begins {
                let block = &self.blocks[op.block];
                let to = match block.other_arm {
                    Some(arm) if from < arm => arm - 1,
                    _ => block.end,
                };
                points.push(Point { from, to });
            }
        }
        points
    }

    /// The block that a branch of this depth goes to.
    pub fn target(&self, block: usize, depth: u32) -> usize {
        (0..depth).fold(block, |block, _| self.blocks[block].parent)
    }

    /// The instruction that runs after a branch to a block; none after the function's end.
    pub fn landing(&self, block: usize) -> Option<usize> {
        let target = &self.blocks[block];
        match (block, target.opcode) {
            (0, _) => None,
            (_, opcode::LOOP) => Some(target.first),
            _ => Some(target.end + 1),
        }
    }

    /// What may run after an instruction.
    pub fn next(&self, op: usize, mut and: impl FnMut(Option<usize>)) {
        let this = &self.ops[op];
        let mut branch = |depth: u32| and(self.landing(self.target(this.block, depth)));
        match &this.act {
            Act::Br(depth) => branch(*depth),
            Act::BrIf(depth) => {
                branch(*depth);
                and(Some(op + 1));
            }
            Act::BrTable(depths) => depths.iter().copied().for_each(branch),
            Act::Return | Act::Unreachable => {}
            // At the end of an arm.
            Act::Else => and(Some(self.blocks[this.block].end + 1)),
            Act::End if this.block == 0 => {}
            Act::Open(inner) if self.blocks[*inner].opcode == opcode::IF => {
                let inner = &self.blocks[*inner];
                and(Some(op + 1));
                and(Some(inner.other_arm.unwrap_or(inner.end + 1)));
            }
            _ => and(Some(op + 1)),
        }
    }

    /// A number that stands for how the body is made, whatever functions and addresses it names: a profile of
    /// another body says nothing about this one.
    pub fn shape(&self) -> u32 {
        let mut shape = 0x811c_9dc5_u32;
        let mut add = |number: u32| {
            for byte in number.to_le_bytes() {
                shape = (shape ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
        };
        for (number, op) in self.ops.iter().enumerate() {
            add(u32::from(self.bytes(number).first().copied().unwrap_or(0)));
            match &op.act {
                Act::Br(number) | Act::BrIf(number) => add(*number),
                Act::Get(number) | Act::Set(number) | Act::Tee(number) => add(*number),
                Act::BrTable(numbers) => numbers.iter().copied().for_each(&mut add),
                _ => {}
            }
        }
        shape
    }
}

/// What an instruction does, and how many values it takes from the stack and puts there. `operands` is
/// where its operands begin.
fn effect(module: &Module, code: u8, mut operands: Reader) -> Outcome<(Act, usize, usize)> {
    let mut number = || operands.number();
    let (act, pops, pushes) = match code {
        opcode::UNREACHABLE => (Act::Unreachable, 0, 0),
        0x01 => (Act::Other, 0, 0),
        opcode::BLOCK | opcode::LOOP => (Act::Open(0), 0, 0),
        opcode::IF => (Act::Open(0), 1, 0),
        opcode::ELSE => (Act::Else, 0, 0),
        opcode::END => (Act::End, 0, 0),
        opcode::BR => (Act::Br(number()?), 0, 0),
        opcode::BR_IF => (Act::BrIf(number()?), 1, 0),
        opcode::BR_TABLE => {
            let labels = (0..=number()?).map(|_| number());
            (Act::BrTable(labels.collect::<Outcome<_>>()?), 1, 0)
        }
        opcode::RETURN => (Act::Return, 0, 0),
        opcode::CALL => {
            let function = number()? as usize;
            let of_type = module.functions.get(function).copied();
            let kind = module.kind(of_type.ok_or_else(unbalanced)?)?;
            (Act::Other, kind.parameters.len(), kind.results.len())
        }
        opcode::CALL_INDIRECT => {
            let kind = module.kind(number()?)?;
            (Act::Other, kind.parameters.len() + 1, kind.results.len())
        }
        // Drop, select.
        0x1a => (Act::Other, 1, 0),
        0x1b | 0x1c => (Act::Other, 3, 1),
        opcode::LOCAL_GET => (Act::Get(number()?), 0, 1),
        opcode::LOCAL_SET => (Act::Set(number()?), 1, 0),
        opcode::LOCAL_TEE => (Act::Tee(number()?), 1, 1),
        // Globals, tables.
        0x23 => (Act::Other, 0, 1),
        0x24 => (Act::Other, 1, 0),
        0x25 => (Act::Other, 1, 1),
        0x26 => (Act::Other, 2, 0),
        // Loads, stores, memory.size and grow.
        0x28..=0x35 => (Act::Other, 1, 1),
        0x36..=0x3e => (Act::Other, 2, 0),
        0x3f => (Act::Other, 0, 1),
        0x40 => (Act::Other, 1, 1),
        // Constants.
        0x41..=0x44 => (Act::Other, 0, 1),
        // Arithmetic on one value, then on two.
        0x45 | 0x50 | 0x67..=0x69 | 0x79..=0x7b | 0x8b..=0x91 | 0x99..=0x9f | 0xa7..=0xc4 => {
            (Act::Other, 1, 1)
        }
        0x46..=0xa6 => (Act::Other, 2, 1),
        // ref.null, ref.is_null, ref.func.
        0xd0 | 0xd2 => (Act::Other, 0, 1),
        0xd1 => (Act::Other, 1, 1),
        0xfc => match number()? {
            0..=7 => (Act::Other, 1, 1),
            9 | 13 => (Act::Other, 0, 0),
            15 => (Act::Other, 2, 1),
            16 => (Act::Other, 0, 1),
            _ => (Act::Other, 3, 0),
        },
        _ => return Err(unbalanced()),
    };
    Ok((act, pops, pushes))
}

/// How many values a block takes, and the types of those that it leaves.
fn block_type(module: &Module, mut operands: Reader) -> Outcome<(usize, Vec<u8>)> {
    let start = operands;
    Ok(match operands.byte()? {
        opcode::NOTHING => (0, Vec::new()),
        // A type of values; a number of a type is positive.
        kind @ 0x41..=0x7f => (0, vec![kind]),
        _ => {
            let mut operands = start;
            let kind = module.kind(operands.number()?)?;
            (kind.parameters.len(), kind.results.clone())
        }
    })
}

fn unbalanced() -> Failure {
    Failure::new("A function of the page's Wasm is made in a way that is not known here.")
        .next("see xtask/src/split/flow.rs")
}
