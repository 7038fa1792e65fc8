//! A subset of Markdown as typed blocks: the format of lessons, exercises and a teacher's own text.
//!
//! This module owns the syntax. It knows nothing of files, of the page, or of what a value in braces stands
//! for. Parsing cannot fail: anything that is not markup is text, there is no HTML, a link leads to a glossary term,
//! a lesson or a web address and nowhere else, and nothing nests deeper than a span in a list item. So
//! untrusted text can be shown as it is.
//!
//! | written | means |
//! |---|---|
//! | a blank line | the end of a block |
//! | `## Heading` | a heading |
//! | `- item`, `1. item` | a list; an indented line continues its item |
//! | ```` ```sql ```` to ```` ``` ```` | code, with an optional language |
//! | lines of cells between `\|`, the second of dashes | a table with a header |
//! | `` `code` ``, `*emphasis*`, `**strong**` | spans |
//! | `[text](word:visibility-timeout)`, `[text](lesson:two-generals)`, `[text](https://…)` | links |
//! | `{lane 2 sends}` | a value to be filled in, see [`Markup::filled`] |
//! | `\*` | the character itself |

/// A parsed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
}

/// Running text, as spans.
pub type Line = Vec<Span>;

/// A block of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Line),
    /// A paragraph.
    Paragraph(Line),
    /// A list.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// Its items.
        items: Vec<Line>,
    },
    /// Code, to be shown as it is.
    Code {
        /// The language; empty if none is given.
        language: String,
        /// Its text, without the last line feed.
        text: String,
    },
    /// A table. Every row has as many cells as the header.
    Table {
        /// The column headers.
        head: Vec<Line>,
        /// The rows.
        rows: Vec<Vec<Line>>,
    },
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Text.
    Plain(String),
    /// `*so*`.
    Emphasis(String),
    /// `**so**`.
    Strong(String),
    /// `` `so` ``.
    Code(String),
    /// A link.
    Link {
        /// The text shown.
        text: String,
        /// Its target.
        to: Target,
    },
    /// `{so}`: a value, by name.
    Value(String),
}

/// The target of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A glossary term, by id.
    Word(String),
    /// A lesson, by id.
    Lesson(String),
    /// A web address, `https:` or `http:`.
    Web(String),
}

/// An opening mark has to be closed within this many bytes, or it is plain text: this keeps parsing linear,
/// whatever the input.
const REACH: usize = 600;

impl Markup {
    /// Parses a text. Time and memory are linear in its length, which the caller has to bound.
    ///
    /// ```
    /// use ackground_learn::markup::{Block, Markup, Span};
    ///
    /// let text = Markup::parse("Not *twice*, <b>never</b>.");
    /// let Block::Paragraph(spans) = &text.blocks[0] else { panic!() };
    /// assert_eq!(spans[1], Span::Emphasis("twice".into()));
    /// assert_eq!(spans[2], Span::Plain(", <b>never</b>.".into()), "there is no HTML");
    /// ```
    pub fn parse(text: &str) -> Markup {
        let lines: Vec<&str> = text.lines().collect();
        let (mut blocks, mut at) = (Vec::new(), 0);
        while at < lines.len() {
            let (block, read) = block(&lines[at..]);
            blocks.extend(block);
            at += read;
        }
        Markup { blocks }
    }

    /// Every line of running text, in order; code does not count.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.blocks.iter().flat_map(|block| -> Vec<&Line> {
            match block {
                Block::Heading(line) | Block::Paragraph(line) => vec![line],
                Block::List { items, .. } => items.iter().collect(),
                Block::Code { .. } => Vec::new(),
                Block::Table { head, rows } => head.iter().chain(rows.iter().flatten()).collect(),
            }
        })
    }

    /// The names of its values, in order.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        let spans = self.lines().flatten();
        spans.filter_map(|span| match span {
            Span::Value(name) => Some(&**name),
            _ => None,
        })
    }

    /// The text with its values filled in. Unknown values stay as written.
    pub fn filled(mut self, value: impl Fn(&str) -> Option<Span>) -> Markup {
        let fill = |line: &mut Line| fill(line, &value);
        for block in &mut self.blocks {
            match block {
                Block::Heading(line) | Block::Paragraph(line) => fill(line),
                Block::List { items, .. } => items.iter_mut().for_each(fill),
                Block::Code { .. } => {}
                Block::Table { head, rows } => {
                    head.iter_mut().chain(rows.iter_mut().flatten()).for_each(fill);
                }
            }
        }
        self
    }

    /// The text without markup, for a terminal, a file or a search. Blocks are separated by blank lines.
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for block in &self.blocks {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            match block {
                Block::Heading(line) | Block::Paragraph(line) => text.push_str(&plain(line)),
                Block::List { ordered, items } => {
                    for (i, item) in items.iter().enumerate() {
                        text.push_str(if i > 0 { "\n" } else { "" });
                        match ordered {
                            true => text.push_str(&(i + 1).to_string()),
                            false => text.push('-'),
                        }
                        text.push_str(if *ordered { ". " } else { " " });
                        text.push_str(&plain(item));
                    }
                }
                Block::Code { text: code, .. } => text.push_str(code),
                Block::Table { head, rows } => {
                    let rows = std::iter::once(head).chain(rows);
                    let rows: Vec<String> = rows
                        .map(|row| row.iter().map(plain).collect::<Vec<_>>().join(" | "))
                        .collect();
                    text.push_str(&rows.join("\n"));
                }
            }
        }
        text
    }
}

/// Fills in the values of a line. Unknown ones stay as written.
pub fn fill(line: &mut Line, value: &impl Fn(&str) -> Option<Span>) {
    for span in line {
        if let Span::Value(name) = span
            && let Some(filled) = value(name)
        {
            *span = filled;
        }
    }
}

/// A line without markup.
fn plain(line: &Line) -> String {
    let mut text = String::new();
    for span in line {
        match span {
            Span::Plain(piece)
            | Span::Emphasis(piece)
            | Span::Strong(piece)
            | Span::Code(piece)
            | Span::Link { text: piece, .. } => text.push_str(piece),
            Span::Value(name) => {
                text.push('{');
                text.push_str(name);
                text.push('}');
            }
        }
    }
    text
}

/// Parses the first block of these lines, and returns how many of them it takes: at least one.
fn block(lines: &[&str]) -> (Option<Block>, usize) {
    let first = lines[0];
    if first.trim().is_empty() {
        return (None, 1);
    }
    if let Some(heading) = first.strip_prefix("## ") {
        return (Some(Block::Heading(spans(heading.trim()))), 1);
    }
    if let Some(language) = first.strip_prefix("```") {
        let code = lines[1..].iter().take_while(|line| line.trim_end() != "```");
        let code: Vec<&str> = code.copied().collect();
        let read = (code.len() + 2).min(lines.len());
        let language = language.trim().to_owned();
        let text = code.join("\n");
        return (Some(Block::Code { language, text }), read);
    }
    if let Some(table) = table(lines) {
        return table;
    }
    if let Some((ordered, _)) = item(first) {
        return list(lines, ordered);
    }
    let read = lines.iter().take_while(|line| goes_on(line)).count().max(1);
    let text = joined(&lines[..read]);
    (Some(Block::Paragraph(spans(&text))), read)
}

/// Whether a line continues the paragraph before it.
fn goes_on(line: &str) -> bool {
    let ends = line.trim().is_empty()
        || line.starts_with("## ")
        || line.starts_with("```")
        || item(line).is_some();
    !ends
}

fn joined(lines: &[&str]) -> String {
    let trimmed: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    trimmed.join(" ")
}

/// Whether a line begins an item, numbered or not, and its text.
fn item(line: &str) -> Option<(bool, &str)> {
    if let Some(text) = line.strip_prefix("- ") {
        return Some((false, text));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let text = line[digits..].strip_prefix(". ")?;
    matches!(digits, 1..=3).then_some((true, text))
}

fn list(lines: &[&str], ordered: bool) -> (Option<Block>, usize) {
    let mut items: Vec<String> = Vec::new();
    let mut read = 0;
    for line in lines {
        match (item(line), items.last_mut()) {
            (Some((is, text)), _) if is == ordered => items.push(text.trim().to_owned()),
            (None, Some(last)) if line.starts_with("  ") && !line.trim().is_empty() => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => break,
        }
        read += 1;
    }
    let items = items.iter().map(|item| spans(item)).collect();
    (Some(Block::List { ordered, items }), read)
}

/// The cells of a table row.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(str::trim).collect())
}

fn table(lines: &[&str]) -> Option<(Option<Block>, usize)> {
    let head = cells(lines[0])?;
    let rule = cells(lines.get(1)?)?;
    let is_rule = |cell: &&str| cell.len() >= 3 && cell.bytes().all(|b| b == b'-');
    if rule.len() != head.len() || !rule.iter().all(is_rule) {
        return None;
    }
    let rows = lines[2..].iter().map_while(|line| cells(line));
    let rows: Vec<Vec<Line>> = rows
        .map(|mut row| {
            row.resize(head.len(), "");
            row.into_iter().map(spans).collect()
        })
        .collect();
    let read = rows.len() + 2;
    let head = head.into_iter().map(spans).collect();
    Some((Some(Block::Table { head, rows }), read))
}

/// Parses running text into spans.
pub fn spans(text: &str) -> Line {
    let (mut spans, mut plain) = (Vec::new(), String::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(sign) = escaped(rest) {
            plain.push(sign);
            rest = &rest[2..];
        } else if let Some((span, after)) = span(rest) {
            if !plain.is_empty() {
                spans.push(Span::Plain(std::mem::take(&mut plain)));
            }
            spans.push(span);
            rest = after;
        } else {
            plain.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    if !plain.is_empty() {
        spans.push(Span::Plain(plain));
    }
    spans
}

/// The character that a backslash escapes.
fn escaped(rest: &str) -> Option<char> {
    let sign = rest.strip_prefix('\\')?.chars().next()?;
    matches!(sign, '\\' | '*' | '`' | '[' | ']' | '{' | '}').then_some(sign)
}

/// Parses the span that begins here; returns it with the rest.
fn span(rest: &str) -> Option<(Span, &str)> {
    if let Some(inner) = rest.strip_prefix('`') {
        let (code, after) = until(inner, "`")?;
        return Some((Span::Code(code.to_owned()), after));
    }
    if let Some(inner) = rest.strip_prefix("**") {
        let (text, after) = until(inner, "**").filter(|(text, _)| hugs(text))?;
        return Some((Span::Strong(text.to_owned()), after));
    }
    if let Some(inner) = rest.strip_prefix('*') {
        let (text, after) = until(inner, "*").filter(|(text, _)| hugs(text))?;
        return Some((Span::Emphasis(text.to_owned()), after));
    }
    if let Some(inner) = rest.strip_prefix('{') {
        let (name, after) = until(inner, "}").filter(|(name, _)| hugs(name))?;
        let plain = !name.contains(['{', '"']);
        return plain.then(|| (Span::Value(name.to_owned()), after));
    }
    let (text, after) = until(rest.strip_prefix('[')?, "](")?;
    let (address, after) = until(after, ")")?;
    let link = Span::Link { text: text.to_owned(), to: target(address)? };
    Some((link, after))
}

/// Marks have to touch what they mark: `2 * 3 * 4` marks nothing.
fn hugs(text: &str) -> bool {
    text.trim() == text && !text.is_empty()
}

/// The text up to the closing mark, if that is within reach, and the rest.
fn until<'a>(text: &'a str, end: &str) -> Option<(&'a str, &'a str)> {
    let reach = (text.len().min(REACH)..=text.len()).find(|end| text.is_char_boundary(*end));
    let reach = reach.unwrap_or(text.len());
    let at = text[..reach].find(end).filter(|at| *at > 0)?;
    Some((&text[..at], &text[at + end.len()..]))
}

fn target(address: &str) -> Option<Target> {
    let of = |id: &str| {
        let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (plain && !id.is_empty()).then(|| id.to_owned())
    };
    if let Some(id) = address.strip_prefix("word:") {
        return of(id).map(Target::Word);
    }
    if let Some(id) = address.strip_prefix("lesson:") {
        return of(id).map(Target::Lesson);
    }
    let web = ["https://", "http://"].iter().any(|start| address.starts_with(start));
    let clean = !address.contains(|c: char| c.is_whitespace() || c.is_control());
    (web && clean).then(|| Target::Web(address.to_owned()))
}

#[cfg(test)]
mod tests;
