//! The format of the text files: a head of fields, then blocks under headings.
//!
//! ```text
//! # a remark, in the head only
//! title: The Two Generals
//! minutes: 6
//!
//! == situation
//! Whatever a block holds, up to the next heading.
//!
//! == predict several
//! ```
//!
//! A heading begins with `== `; its first word is the kind of block, the rest belongs to the block. This module
//! owns the format; which fields and blocks exist is up to its readers.

use ackground_core::experiment::Mistake;

/// A parsed text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet<'a> {
    /// Its name in error messages: `lessons/two-generals.txt`.
    pub name: &'a str,
    /// The fields of the head.
    pub fields: Vec<Field<'a>>,
    /// The blocks.
    pub blocks: Vec<Block<'a>>,
}

/// A field: `minutes: 6`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// The line, from 1.
    pub line: usize,
    /// Before the colon.
    pub name: &'a str,
    /// After it, trimmed.
    pub value: &'a str,
}

/// A block: a heading and everything up to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block<'a> {
    /// The line of its heading, from 1.
    pub line: usize,
    /// The first word of its heading.
    pub name: &'a str,
    /// The rest of its heading.
    pub rest: &'a str,
    /// The text under it, without blank lines around it.
    pub body: &'a str,
    /// The line on which the body begins.
    pub body_line: usize,
}

impl<'a> Sheet<'a> {
    /// Parses a text file.
    ///
    /// ```
    /// use ackground_learn::text::Sheet;
    ///
    /// let sheet = Sheet::parse("a.txt", "title: A\n\n== try hard\n\nText.\n").expect("it has the form");
    /// assert_eq!(sheet.field("title"), Some("A"));
    /// assert_eq!((sheet.blocks[0].name, sheet.blocks[0].rest), ("try", "hard"));
    /// assert_eq!((sheet.blocks[0].body, sheet.blocks[0].body_line), ("Text.", 5));
    /// ```
    ///
    /// # Errors
    ///
    /// A line of the head that is neither field nor comment, or a heading without a word.
    pub fn parse(name: &'a str, text: &'a str) -> Result<Sheet<'a>, Mistake> {
        let mut sheet = Sheet { name, fields: Vec::new(), blocks: Vec::new() };
        let mut starts = Vec::new();
        let mut at = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let (no, content) = (index + 1, line.trim_end());
            if let Some(heading) = content.strip_prefix("==") {
                let heading = heading.trim();
                if heading.is_empty() {
                    return Err(sheet.mistake(no, "a heading says what the block is: == situation"));
                }
                starts.push((no, heading, at, at + line.len()));
            } else if starts.is_empty() && !content.is_empty() && !content.starts_with('#') {
                let field = content.split_once(':').ok_or_else(|| {
                    sheet.mistake(no, "before the first heading there are fields: title: A title")
                })?;
                sheet.fields.push(Field { line: no, name: field.0.trim(), value: field.1.trim() });
            }
            at += line.len();
        }
        let ends = starts.iter().skip(1).map(|start| start.2).chain([text.len()]);
        for ((line, heading, _, from), to) in starts.iter().zip(ends) {
            let (name, rest) = heading.split_once(' ').unwrap_or((heading, ""));
            let body = &text[*from..to];
            let blank = body.lines().take_while(|line| line.trim().is_empty()).count();
            sheet.blocks.push(Block {
                line: *line,
                name,
                rest: rest.trim(),
                body: after_lines(body, blank).trim_end(),
                body_line: line + 1 + blank,
            });
        }
        Ok(sheet)
    }

    /// The value of a field in the head.
    pub fn field(&self, name: &str) -> Option<&'a str> {
        let field = self.fields.iter().find(|field| field.name == name)?;
        Some(field.value)
    }

    /// An error on a line, prefixed with the file's name: `lessons/two-generals.txt:7: …`.
    pub fn mistake(&self, line: usize, message: impl Into<String>) -> Mistake {
        Mistake::new(format!("{}:{line}", self.name), message)
    }
}

/// The text after this many lines.
fn after_lines(text: &str, lines: usize) -> &str {
    let skipped: usize = text.split_inclusive('\n').take(lines).map(str::len).sum();
    &text[skipped..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_form_is_named_with_its_line() {
        let wrong = |text| Sheet::parse("a.txt", text).map_err(|mistake| mistake.to_string());
        let error = wrong("title: A\nnonsense\n").expect_err("no field");
        assert!(error.starts_with("a.txt:2: before the first heading"), "{error}");
        let error = wrong("title: A\n\n==\n").expect_err("no word");
        assert!(error.starts_with("a.txt:3: a heading says"), "{error}");
    }

    #[test]
    fn a_body_is_whole_and_knows_its_line() {
        let text = "# remark\ntitle: A: b\n== one\n\n\n  x\ny\n\n== two\n== three\nlast";
        let sheet = Sheet::parse("a.txt", text).expect("it has the form");
        assert_eq!(sheet.field("title"), Some("A: b"));
        let blocks = sheet.blocks.iter();
        let blocks: Vec<_> =
            blocks.map(|block| (block.name, block.body, block.body_line)).collect();
        assert_eq!(blocks, [("one", "  x\ny", 6), ("two", "", 10), ("three", "last", 11)]);
    }
}
