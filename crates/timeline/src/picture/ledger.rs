//! The ledger below a lane's diagram: the outcome of each message, and the balance.

use super::letters::{Type, type_of};
use crate::Ledger;
use crate::glyph::sign;
use crate::ledger::{Row, Standing};
use crate::shape::Shape;
use crate::svg_writer::SvgWriter;
use ackground_core::audit::Outcome;
use ackground_words::story;

/// Up to this many messages get a line each; beyond that, their glyphs are laid out in rows.
const LINES: usize = 6;
/// The most glyphs shown, however many messages there are.
const SIGNS: usize = 40;
/// The spacing of the glyphs, across and down, in pixels.
const APART: (f64, f64) = (35.0, 31.0);
/// The height of a line of text, and the least height of a message.
const LINE: f64 = 15.0;
const MESSAGE: f64 = 27.0;
/// The height of the balance, and the least room for text beside it.
const BOOKS: f64 = 66.0;
const BESIDE: f64 = 80.0;
/// Where the text of a message begins, to the right of its glyph.
const WORDS: f64 = 38.0;
/// Padding above and below, in pixels.
const PADDING: f64 = 10.0;

const END: Type = type_of(12.5, false);
const STORE: Type = type_of(11.5, false);
const ACTUAL: Type = type_of(21.0, true);
const OFF: Type = type_of(12.5, true);

/// A lane's ledger, laid out.
pub(super) struct Books {
    ledger: Ledger,
    messages: Messages,
    /// Whether the balance goes to the right of the messages or below them.
    beside: bool,
    room: f64,
}

/// The messages, laid out.
enum Messages {
    /// A line for each: its row and its text.
    Each(Vec<(Row, Vec<String>)>),
    /// The count of each outcome, the glyphs of the messages listed, and how many more there are.
    Many(Vec<String>, Vec<Row>, usize),
}

impl Books {
    /// Lays out a ledger in this width, in pixels.
    pub(super) fn of(ledger: Ledger, room: f64) -> Books {
        let expected = ledger.of_expected();
        let across = [
            STORE.width(&ledger.title),
            ACTUAL.width(&ledger.actual),
            STORE.width(&expected),
            OFF.width(&ledger.difference),
        ];
        let books = across.into_iter().fold(0.0, f64::max);
        let beside = room - books - 12.0 >= BESIDE + WORDS;
        let left = if beside { room - books - 12.0 } else { room };
        let messages = if ledger.messages <= LINES {
            let row = |row: &Row| (row.clone(), END.lines(&row.text, left - WORDS, 3));
            Messages::Each(ledger.rows.iter().map(row).collect())
        } else {
            let totals: Vec<String> = ledger.totals.iter().map(total).collect();
            let totals = END.lines(&totals.join(", "), left, 4);
            let wrong: Vec<Row> =
                ledger.rows.iter().filter(|row| went_wrong(row)).cloned().collect();
            let more = wrong.len().saturating_sub(SIGNS) + ledger.more;
            Messages::Many(totals, wrong.into_iter().take(SIGNS).collect(), more)
        };
        Books { ledger, messages, beside, room }
    }

    /// Its height, in pixels.
    pub(super) fn height(&self) -> f64 {
        let (messages, below) = self.heights();
        PADDING + messages + below
    }

    /// The heights of the messages and of whatever part of the balance is below them.
    fn heights(&self) -> (f64, f64) {
        let messages = match &self.messages {
            Messages::Each(rows) => rows.iter().map(|(_, lines)| height(lines)).sum(),
            Messages::Many(totals, ..) if self.beside => totals.len() as f64 * LINE,
            Messages::Many(totals, rows, more) => {
                totals.len() as f64 * LINE + self.signs(rows.len(), *more)
            }
        };
        match (&self.messages, self.beside) {
            (_, false) => (messages, BOOKS),
            (Messages::Many(_, rows, more), true) => {
                (messages.max(BOOKS), self.signs(rows.len(), *more))
            }
            (Messages::Each(_), true) => (messages.max(BOOKS), 0.0),
        }
    }

    /// The height of this many glyphs, and of the note on how many more there are.
    fn signs(&self, signs: usize, more: usize) -> f64 {
        let rows = signs.div_ceil(self.across());
        let said = if more > 0 { LINE + 4.0 } else { 0.0 };
        rows as f64 * APART.1 + said + 4.0
    }

    fn across(&self) -> usize {
        ((self.room / APART.0) as usize).max(1)
    }

    /// The balance in words.
    pub(super) fn sentence(&self) -> String {
        let totals: Vec<String> = self.ledger.totals.iter().map(total).collect();
        format!("{}; {}", self.ledger.sentence(), totals.join(", "))
    }

    /// Draws it with its upper left corner at the origin.
    pub(super) fn draw(&self, svg: &mut SvgWriter) {
        svg.across("rule", 0.0, self.room);
        let mut y = PADDING;
        let (messages, _) = self.heights();
        match &self.messages {
            Messages::Each(rows) => {
                for (row, lines) in rows {
                    let height = height(lines);
                    draw_sign(svg, row, 13.0, y + height / 2.0);
                    let text = y + height / 2.0 - lines.len() as f64 * LINE / 2.0 + 11.5;
                    says(svg, lines, WORDS, text);
                    y += height;
                }
            }
            Messages::Many(totals, rows, more) => {
                says(svg, totals, 0.0, y + 11.5);
                y += if self.beside { messages } else { totals.len() as f64 * LINE };
                for (place, row) in rows.iter().enumerate() {
                    let (column, line) = (place % self.across(), place / self.across());
                    let x = 13.0 + column as f64 * APART.0;
                    draw_sign(svg, row, x, y + 17.0 + line as f64 * APART.1);
                }
                y += self.signs(rows.len(), *more);
                if *more > 0 {
                    let more = format!("and {} more", story::money(*more as u64));
                    svg.text("end", (0.0, y - 6.0), &more);
                }
            }
        }
        let top = if self.beside { PADDING } else { y };
        self.draw_books(svg, top);
    }

    fn draw_books(&self, svg: &mut SvgWriter, top: f64) {
        let ledger = &self.ledger;
        let spot = |y: f64| (self.room, top + y);
        let cut = |type_: Type, text: &str| type_.cut(text, self.room);
        svg.text("store", spot(10.0), &cut(STORE, &ledger.title));
        svg.text("actual", spot(30.0), &cut(ACTUAL, &ledger.actual));
        svg.text("store", spot(45.0), &cut(STORE, &ledger.of_expected()));
        let standing = match ledger.standing {
            Standing::Open => "open",
            Standing::Short => "short",
            Standing::Exact => "exact",
            Standing::Accident => "accident",
            Standing::Over => "over",
        };
        let off = cut(OFF, &ledger.difference);
        svg.text(&format!("off {standing}"), spot(61.0), &off);
    }
}

fn total((outcome, number): &(Outcome, u32)) -> String {
    format!("{} {}", story::money(u64::from(*number)), outcome.word())
}

fn went_wrong(row: &Row) -> bool {
    !matches!(row.outcome, Outcome::Once | Outcome::Pending)
}

fn height(lines: &[String]) -> f64 {
    (lines.len() as f64 * LINE + 2.0).max(MESSAGE)
}

fn says(svg: &mut SvgWriter, lines: &[String], x: f64, y: f64) {
    for (number, line) in lines.iter().enumerate() {
        svg.text("end", (x, y + number as f64 * LINE), line);
    }
}

fn draw_sign(svg: &mut SvgWriter, row: &Row, x: f64, y: f64) {
    let sign = sign(row.outcome, &row.message.to_string(), row.effects);
    let sign = Shape::group("sign", vec![sign]);
    svg.sign(&sign, x, y);
}
