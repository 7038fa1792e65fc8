//! A program that remembers which of its functions have run, and how far.
//!
//! Each point of a function ([`Flow::points`]) sets a byte of its own, in memory that is added behind all other.
//! Only [`crate::profile`] wants such a program, and asks it ([`Marking`]).

use super::bytes::{self, Entries, Writer, put, put_constant};
use super::code::put_body;
use super::flow::Flow;
use super::module::{Module, limits, section};
use crate::failure::{Failure, Outcome};

/// The bytes of a page of Wasm's memory.
const PAGE: u32 = 65_536;

/// A program with marks.
pub struct Marking {
    pub program: Vec<u8>,
    /// Where the byte of the first point is, of the first function that is not imported; the others follow.
    pub address: u32,
    /// How many points there are.
    pub points: u32,
}

/// The same program, with marks.
pub fn marking(program: &[u8]) -> Outcome<Marking> {
    let module = Module::read(program)?;
    let memories = module.list(section::MEMORY, limits)?;
    let [(least, None)] = memories[..] else {
        return Err(Failure::new("The page's Wasm has other memory than one that can grow."));
    };
    let address = least * PAGE;

    let mut bodies = Entries::default();
    let mut mark = address;
    for (body, of_type) in module.bodies.iter().zip(module.own_types()) {
        let flow = Flow::read(&module, of_type, body.bytes)?;
        let mut marked = body.bytes[..body.bytes.len() - flow.instructions.len()].to_vec();
        let mut written = 0;
        for point in flow.points() {
            let at = flow.ops[point.from].at;
            marked.extend_from_slice(&flow.instructions[written..at]);
            written = at;
            // i32.const MARK, i32.const 1, i32.store8.
            put_constant(&mut marked, mark);
            put_constant(&mut marked, 1);
            marked.extend_from_slice(&[0x3a, 0, 0]);
            mark += 1;
        }
        marked.extend_from_slice(&flow.instructions[written..]);
        put_body(bodies.add(), &marked);
    }
    let points = mark - address;
    let mut memory = vec![1, 0];
    put(&mut memory, least + points.div_ceil(PAGE));
    let mut writer = Writer::new();
    for (kind, payload) in bytes::sections(program)? {
        match kind {
            section::MEMORY => writer.section(kind, &memory),
            section::CODE => writer.entries(kind, &bodies),
            _ => writer.section(kind, payload),
        }
    }
    Ok(Marking { program: writer.finish(), address, points })
}

#[cfg(test)]
mod tests {
    use super::super::code;
    use super::*;

    #[test]
    fn each_function_has_a_mark_behind_all_other_memory() -> Outcome {
        let mut writer = Writer::new();
        writer.section(section::TYPE, &[1, 0x60, 0, 0]);
        writer.section(section::FUNCTION, &[2, 0, 0]);
        writer.section(section::MEMORY, &[1, 0, 1]);
        // One without variables, one with a variable of 32 bits.
        writer.section(section::CODE, &[2, 2, 0, 0x0b, 4, 1, 1, 0x7f, 0x0b]);
        let marked = marking(&writer.finish())?;
        assert_eq!((marked.address, marked.points), (PAGE, 2));

        let module = Module::read(&marked.program)?;
        assert_eq!(module.list(section::MEMORY, limits)?, [(2, None)]);
        let mark = |last: u8| [0x41, last, 0x80, 0x04, 0x41, 1, 0x3a, 0, 0, 0x0b];
        let body = |index: usize| code::without_locals(module.bodies[index].bytes);
        assert_eq!(body(0)?, (&[0][..], &mark(0x80)[..]));
        assert_eq!(body(1)?, (&[1, 1, 0x7f][..], &mark(0x81)[..]));
        Ok(())
    }
}
