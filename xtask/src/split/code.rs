//! The bodies of functions: finds where they name another function, and writes them anew with other
//! numbers there.
//!
//! Knows the instructions that Rust's compiler emits for the page: those of Wasm 2.0 without vectors.
//! Any other is a failure and never a guess.

use super::bytes::{END, Reader, put, put_length};
use crate::failure::{Failure, Outcome};

/// Calls a function.
pub const CALL: u8 = 0x10;
const RETURN_CALL: u8 = 0x12;
const REF_FUNC: u8 = 0xd2;

/// The functions that a body names, in order, each as often as it is named.
pub fn named(body: &[u8]) -> Outcome<Vec<u32>> {
    let mut named = Vec::new();
    renumber(body, |function| {
        named.push(function);
        Ok(function)
    })?;
    Ok(named)
}

/// The body with other numbers for functions.
pub fn renumber(body: &[u8], mut new: impl FnMut(u32) -> Outcome<u32>) -> Outcome<Vec<u8>> {
    rewrite(body, |out, opcode, function| {
        out.push(opcode);
        put(out, new(function)?);
        Ok(())
    })
}

/// The body with what is written in the place of each instruction that names a function.
pub fn rewrite(
    body: &[u8],
    mut write: impl FnMut(&mut Vec<u8>, u8, u32) -> Outcome,
) -> Outcome<Vec<u8>> {
    let (locals, instructions) = without_locals(body)?;
    let mut reader = Reader::new(instructions);
    let mut out = Vec::with_capacity(body.len());
    out.extend_from_slice(locals);
    let mut written = 0;
    while !reader.is_empty() {
        let start = reader.at();
        let opcode = reader.byte()?;
        if matches!(opcode, CALL | RETURN_CALL | REF_FUNC) {
            out.extend_from_slice(&instructions[written..start]);
            write(&mut out, opcode, reader.number()?)?;
            written = reader.at();
        } else {
            skip_operands(&mut reader, opcode)?;
        }
    }
    out.extend_from_slice(reader.since(written));
    Ok(out)
}

/// A body as what it says of its variables, and its instructions.
fn without_locals(body: &[u8]) -> Outcome<(&[u8], &[u8])> {
    let mut reader = Reader::new(body);
    for _ in 0..reader.number()? {
        reader.number()?;
        reader.byte()?;
    }
    Ok(body.split_at(reader.at()))
}

/// Steps over what follows an opcode.
pub fn skip_operands(reader: &mut Reader, opcode: u8) -> Outcome {
    let numbers = match opcode {
        // Control without operands, drop, select, arithmetic, ref.is_null.
        0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => 0,
        // Blocks with their type, branches, calls, variables, tables, memory.size and grow, integers,
        // ref.null, ref.func.
        0x02..=0x04
        | 0x0c
        | 0x0d
        | CALL
        | RETURN_CALL
        | 0x20..=0x26
        | 0x3f..=0x42
        | 0xd0
        | REF_FUNC => 1,
        // call_indirect, return_call_indirect.
        0x11 | 0x13 => 2,
        // Loads and stores: alignment and offset. The page has one memory.
        0x28..=0x3e => 2,
        // br_table.
        0x0e => reader.length()? + 1,
        // select with its types.
        0x1c => reader.length()?,
        // Floats.
        0x43 => return reader.take(4).map(drop),
        0x44 => return reader.take(8).map(drop),
        0xfc => match reader.number()? {
            // Conversions that saturate.
            0..=7 => 0,
            // data.drop, memory.fill, elem.drop, table.grow, size and fill.
            9 | 11 | 13 | 15..=17 => 1,
            // memory.init, memory.copy, table.init, table.copy.
            8 | 10 | 12 | 14 => 2,
            other => return Err(unknown(&format!("fc {other:02x}"))),
        },
        other => return Err(unknown(&format!("{other:02x}"))),
    };
    (0..numbers).try_for_each(|_| reader.skip_number())
}

fn unknown(code: &str) -> Failure {
    Failure::new(format!("The page's Wasm has an instruction that is not known here ({code})."))
        .next("add it to xtask/src/split/code.rs")
}

/// Steps over an expression without blocks, as a global begins with.
pub fn skip_expression(reader: &mut Reader) -> Outcome {
    loop {
        match reader.byte()? {
            END => return Ok(()),
            opcode => skip_operands(reader, opcode)?,
        }
    }
}

/// Writes a body of a function with its length.
pub fn put_body(out: &mut Vec<u8>, body: &[u8]) {
    put_length(out, body.len());
    out.extend_from_slice(body);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_of_functions_change() -> Outcome {
        // One local; i32.const 16 (which looks like a call); call 1; call_indirect 1 0; ref.func 1;
        // f64.const whose bytes look like calls; br_table; memory.fill; end.
        let body = [
            1, 1, 0x7f, 0x41, 0x10, 0x10, 1, 0x11, 1, 0, 0xd2, 1, 0x44, 0x10, 1, 0x10, 1, 0x10, 1,
            0x10, 1, 0x0e, 1, 1, 1, 0xfc, 11, 0, 0x0b,
        ];
        assert_eq!(named(&body)?, [1, 1]);
        let longer = renumber(&body, |function| Ok(function + 299))?;
        assert_eq!(longer.len(), body.len() + 2);
        assert_eq!(named(&longer)?, [300, 300]);
        assert_eq!(renumber(&longer, |_| Ok(1))?, body);
        assert!(named(&[0, 0xfd, 0]).is_err());
        Ok(())
    }
}
