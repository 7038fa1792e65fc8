//! The form of the text files: a head of fields, then blocks under headings.
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
//! A heading begins with `== `; its first word says what the block is, the rest is the block's own. This
//! file owns the form; what fields and blocks there are, is known to who reads them.

use ackground_core::experiment::Mistake;

/// A text file in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet<'a> {
    /// What it is called where something is wrong in it: `lessons/two-generals.txt`.
    pub name: &'a str,
    /// The fields before the first block.
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
    /// After it, without blanks around.
    pub value: &'a str,
}

/// A block: everything between two headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block<'a> {
    /// The line of its heading, from 1.
    pub line: usize,
    /// The first word of its heading.
    pub name: &'a str,
    /// The rest of its heading.
    pub rest: &'a str,
    /// What stands under it, without blank lines around.
    pub body: &'a str,
    /// The line on which the body begins.
    pub body_line: usize,
}

impl<'a> Sheet<'a> {
    /// Takes a text apart.
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
    /// A line of the head that is neither field nor remark, or a heading without a word.
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

    /// The value of a field of the head.
    pub fn field(&self, name: &str) -> Option<&'a str> {
        let field = self.fields.iter().find(|field| field.name == name)?;
        Some(field.value)
    }

    /// Something wrong on a line, with the file's name: `lessons/two-generals.txt:7: …`.
    pub fn mistake(&self, line: usize, message: impl Into<String>) -> Mistake {
        Mistake::new(format!("{}:{line}", self.name), message)
    }
}

/// The text after so many lines.
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
