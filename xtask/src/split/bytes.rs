//! The alphabet of a Wasm file: numbers of variable length, names, sections.
//!
//! Knows nothing about what a section means.

use crate::failure::{Failure, Outcome};

/// Reads a slice from front to back.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes have been read.
    pub fn at(&self) -> usize {
        self.at
    }

    pub fn is_empty(&self) -> bool {
        self.at == self.bytes.len()
    }

    pub fn byte(&mut self) -> Outcome<u8> {
        Ok(self.take(1)?[0])
    }

    pub fn take(&mut self, length: usize) -> Outcome<&'a [u8]> {
        let end = self.at.saturating_add(length);
        let taken = self.bytes.get(self.at..end).ok_or_else(too_short)?;
        self.at = end;
        Ok(taken)
    }

    /// What has been read since `start`, an earlier [`at`](Self::at).
    pub fn since(&self, start: usize) -> &'a [u8] {
        &self.bytes[start..self.at]
    }

    /// An unsigned number of up to 32 bits.
    pub fn number(&mut self) -> Outcome<u32> {
        let mut value = 0_u32;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Failure::new("A number in the Wasm file is too long."))
    }

    /// The same, as a length.
    pub fn length(&mut self) -> Outcome<usize> {
        Ok(self.number()? as usize)
    }

    /// Steps over a number of any length and sign.
    pub fn skip_number(&mut self) -> Outcome {
        while self.byte()? >= 0x80 {}
        Ok(())
    }

    pub fn name(&mut self) -> Outcome<&'a str> {
        let length = self.length()?;
        std::str::from_utf8(self.take(length)?)
            .map_err(|_| Failure::new("A name in the Wasm file is not UTF-8."))
    }

    /// `i32.const N, end`: where a segment begins.
    pub fn constant(&mut self) -> Outcome<u32> {
        let opcode = self.byte()?;
        let (mut value, mut shift) = (0_i64, 0);
        loop {
            let byte = self.byte()?;
            value |= i64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                if byte & 0x40 != 0 {
                    value -= 1 << shift;
                }
                break;
            }
            if shift > 35 {
                return Err(Failure::new("A number in the Wasm file is too long."));
            }
        }
        if opcode != I32_CONST || self.byte()? != END {
            return Err(Failure::new(
                "A segment of the Wasm file does not begin at a fixed place.",
            ));
        }
        // Addresses over 2 GiB are written as negative numbers.
        Ok((value & 0xffff_ffff) as u32)
    }
}

fn too_short() -> Failure {
    Failure::new("The Wasm file ends too early.")
}

pub const I32_CONST: u8 = 0x41;
pub const END: u8 = 0x0b;

/// The sections of a module, in their order: their kind and what they hold.
pub fn sections(module: &[u8]) -> Outcome<Vec<(u8, &[u8])>> {
    let mut reader = Reader::new(module);
    if reader.take(8)? != b"\0asm\x01\0\0\0" {
        return Err(Failure::new("This is no Wasm file of version 1."));
    }
    let mut sections = Vec::new();
    while !reader.is_empty() {
        let kind = reader.byte()?;
        let length = reader.length()?;
        sections.push((kind, reader.take(length)?));
    }
    Ok(sections)
}

/// Writes an unsigned number.
pub fn put(out: &mut Vec<u8>, number: u32) {
    let mut rest = number;
    while rest >= 0x80 {
        out.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// Writes how long something is. A module with more than 4 GiB of anything cannot be.
pub fn put_length(out: &mut Vec<u8>, length: usize) {
    put(out, u32::try_from(length).unwrap_or(u32::MAX));
}

pub fn put_name(out: &mut Vec<u8>, name: &str) {
    put_length(out, name.len());
    out.extend_from_slice(name.as_bytes());
}

/// Writes `i32.const number`.
pub fn put_constant(out: &mut Vec<u8>, number: u32) {
    out.push(I32_CONST);
    let mut rest = number as i32;
    loop {
        let byte = (rest & 0x7f) as u8;
        rest >>= 7;
        let done = (rest == 0 && byte & 0x40 == 0) || (rest == -1 && byte & 0x40 != 0);
        out.push(if done { byte } else { byte | 0x80 });
        if done {
            return;
        }
    }
}

/// A list of things that are already written.
#[derive(Default)]
pub struct Entries {
    count: u32,
    bytes: Vec<u8>,
}

impl Entries {
    /// The entries of a section as it was, to be added to.
    pub fn of(section: &[u8]) -> Outcome<Self> {
        if section.is_empty() {
            return Ok(Self::default());
        }
        let mut reader = Reader::new(section);
        let count = reader.number()?;
        let bytes = section[reader.at()..].to_vec();
        Ok(Self { count, bytes })
    }

    pub fn len(&self) -> u32 {
        self.count
    }

    /// Adds an entry and gives it to be written.
    pub fn add(&mut self) -> &mut Vec<u8> {
        self.count += 1;
        &mut self.bytes
    }

    /// All of them, with their number.
    pub fn section(&self) -> Vec<u8> {
        let mut section = Vec::new();
        put(&mut section, self.count);
        section.extend_from_slice(&self.bytes);
        section
    }
}

/// A module that is being written.
pub struct Writer(Vec<u8>);

impl Writer {
    pub fn new() -> Self {
        Self(b"\0asm\x01\0\0\0".to_vec())
    }

    /// A section, unless it would be empty.
    pub fn entries(&mut self, kind: u8, entries: &Entries) {
        if entries.count > 0 {
            self.section(kind, &entries.section());
        }
    }

    pub fn section(&mut self, kind: u8, payload: &[u8]) {
        self.0.push(kind);
        put_length(&mut self.0, payload.len());
        self.0.extend_from_slice(payload);
    }

    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() -> Outcome {
        for number in [0, 1, 63, 64, 127, 128, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
            let mut out = Vec::new();
            put(&mut out, number);
            put_constant(&mut out, number);
            out.push(END);
            let mut reader = Reader::new(&out);
            assert_eq!(reader.number()?, number);
            assert_eq!(reader.constant()?, number);
            assert!(reader.is_empty());
        }
        Ok(())
    }
}
