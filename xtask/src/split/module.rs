//! A module taken apart: what a splitter has to know of it, and nothing more.

use std::collections::BTreeMap;

use super::bytes::{Reader, sections};
use crate::failure::{Failure, Outcome};

/// The kinds of sections.
pub mod section {
    pub const CUSTOM: u8 = 0;
    pub const TYPE: u8 = 1;
    pub const IMPORT: u8 = 2;
    pub const FUNCTION: u8 = 3;
    pub const TABLE: u8 = 4;
    pub const MEMORY: u8 = 5;
    pub const GLOBAL: u8 = 6;
    pub const EXPORT: u8 = 7;
    pub const START: u8 = 8;
    pub const ELEMENT: u8 = 9;
    pub const CODE: u8 = 10;
    pub const DATA: u8 = 11;
}

/// What can be imported and exported.
pub mod kind {
    pub const FUNCTION: u8 = 0;
    pub const TABLE: u8 = 1;
    pub const MEMORY: u8 = 2;
    pub const GLOBAL: u8 = 3;
}

pub struct Module<'a> {
    sections: Vec<(u8, &'a [u8])>,
    /// The types of all functions, the imported ones first.
    pub functions: Vec<u32>,
    /// How many of them are imported.
    pub imported: u32,
    /// How much is imported, functions and other things.
    pub imports: u32,
    /// The bodies of the functions that are not.
    pub bodies: Vec<Body<'a>>,
    /// The types of functions.
    pub types: Vec<Type>,
    /// Name, kind and number.
    pub exports: Vec<(&'a str, u8, u32)>,
    /// Where a list of functions begins in the table of functions, and the list.
    pub elements: Vec<(u32, Vec<u32>)>,
    /// Where bytes begin in memory, and the bytes, with their place in the section.
    pub data: Vec<Segment<'a>>,
}

/// The values that a function takes and gives, by their types.
pub struct Type {
    pub parameters: Vec<u8>,
    pub results: Vec<u8>,
}

/// The body of a function.
pub struct Body<'a> {
    pub bytes: &'a [u8],
    /// Where it begins in its section.
    pub at: usize,
}

/// Bytes that are in memory from the beginning.
pub struct Segment<'a> {
    pub address: u32,
    pub bytes: &'a [u8],
    /// Where the bytes begin in their section.
    pub at: usize,
}

impl<'a> Module<'a> {
    pub fn read(bytes: &'a [u8]) -> Outcome<Self> {
        let mut module = Self {
            sections: sections(bytes)?,
            functions: Vec::new(),
            imported: 0,
            imports: 0,
            bodies: Vec::new(),
            types: Vec::new(),
            exports: Vec::new(),
            elements: Vec::new(),
            data: Vec::new(),
        };
        module.types = module.list(section::TYPE, function_type)?;
        let imports = module.list(section::IMPORT, import)?;
        module.imports = u32::try_from(imports.len()).unwrap_or(u32::MAX);
        module.functions = imports.into_iter().flatten().collect();
        module.imported = u32::try_from(module.functions.len()).unwrap_or(u32::MAX);
        let own = module.list(section::FUNCTION, Reader::number)?;
        module.functions.extend(own);
        module.exports = module.list(section::EXPORT, |reader| {
            Ok((reader.name()?, reader.byte()?, reader.number()?))
        })?;
        module.elements = module.list(section::ELEMENT, |reader| {
            if reader.number()? != 0 {
                return Err(Failure::new(
                    "The page's Wasm fills a table in a way that is not known here.",
                ));
            }
            let at = reader.constant()?;
            let functions =
                (0..reader.number()?).map(|_| reader.number()).collect::<Outcome<_>>()?;
            Ok((at, functions))
        })?;
        module.bodies = module.list(section::CODE, |reader| {
            let length = reader.length()?;
            let at = reader.at();
            let bytes = reader.take(length)?;
            Ok(Body { bytes, at })
        })?;
        module.data = module.list(section::DATA, |reader| {
            if reader.number()? != 0 {
                return Err(Failure::new(
                    "The page's Wasm has data that is not in memory from the beginning.",
                ));
            }
            let address = reader.constant()?;
            let length = reader.length()?;
            let at = reader.at();
            let bytes = reader.take(length)?;
            Ok(Segment { address, bytes, at })
        })?;
        Ok(module)
    }

    /// What a section holds, empty if there is none.
    pub fn section(&self, kind: u8) -> &'a [u8] {
        let found = self.sections.iter().find(|(other, _)| *other == kind);
        found.map_or(&[], |(_, payload)| payload)
    }

    /// What the custom section of that name holds.
    pub fn custom(&self, name: &str) -> Outcome<Option<&'a [u8]>> {
        for (kind, payload) in &self.sections {
            let mut reader = Reader::new(payload);
            if *kind == section::CUSTOM && reader.name()? == name {
                return Ok(Some(&payload[reader.at()..]));
            }
        }
        Ok(None)
    }

    /// The entries of a section.
    pub fn list<T>(
        &self,
        kind: u8,
        mut entry: impl FnMut(&mut Reader<'a>) -> Outcome<T>,
    ) -> Outcome<Vec<T>> {
        let payload = self.section(kind);
        if payload.is_empty() {
            return Ok(Vec::new());
        }
        let mut reader = Reader::new(payload);
        (0..reader.number()?).map(|_| entry(&mut reader)).collect()
    }

    /// The type of this number.
    pub fn kind(&self, of_type: u32) -> Outcome<&Type> {
        let kind = self.types.get(of_type as usize);
        kind.ok_or_else(|| Failure::new("The page's Wasm names a type that it does not have."))
    }

    /// The names of functions, where the section of names has them.
    pub fn names(&self) -> Outcome<BTreeMap<u32, &'a str>> {
        const FUNCTIONS: u8 = 1;
        let Some(payload) = self.custom("name")? else {
            return Ok(BTreeMap::new());
        };
        let mut reader = Reader::new(payload);
        while !reader.is_empty() {
            let kind = reader.byte()?;
            let length = reader.length()?;
            let mut part = Reader::new(reader.take(length)?);
            if kind == FUNCTIONS {
                return (0..part.number()?).map(|_| Ok((part.number()?, part.name()?))).collect();
            }
        }
        Ok(BTreeMap::new())
    }
}

fn function_type(reader: &mut Reader) -> Outcome<Type> {
    if reader.byte()? != 0x60 {
        return Err(Failure::new("The page's Wasm has a type that is not known here."));
    }
    let parameters = reader.length()?;
    let parameters = reader.take(parameters)?.to_vec();
    let results = reader.length()?;
    let results = reader.take(results)?.to_vec();
    Ok(Type { parameters, results })
}

/// The type of an imported function; nothing for what else is imported.
fn import(reader: &mut Reader) -> Outcome<Option<u32>> {
    reader.name()?;
    reader.name()?;
    match reader.byte()? {
        kind::FUNCTION => return reader.number().map(Some),
        kind::TABLE => {
            reader.byte()?;
            limits(reader)?;
        }
        kind::MEMORY => drop(limits(reader)?),
        kind::GLOBAL => drop(reader.take(2)?),
        other => {
            return Err(Failure::new(format!(
                "The page's Wasm imports something of kind {other}, which is not known here."
            )));
        }
    }
    Ok(None)
}

/// How long a table or a memory is at first, and at most.
pub fn limits(reader: &mut Reader) -> Outcome<(u32, Option<u32>)> {
    let bounded = reader.byte()? & 1 == 1;
    let least = reader.number()?;
    let most = if bounded { Some(reader.number()?) } else { None };
    Ok((least, most))
}
