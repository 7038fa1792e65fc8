//! The readable form of a link: `payment/at-least-once+atomic/drop-publish-ack-1`.
//!
//! ```text
//! LINK  = STORY "/" LANE *( "," LANE ) *( "/" FAULT )
//! STORY = scenario *( "+" WORD )      payment   payment+messages=20+seed=42
//! LANE  = setup *( "+" WORD )         at-least-once+atomic   plain+queue+retries=3
//! FAULT = WORD                        loss-publish=0.1   latency=20ms..80ms
//!       | LINE                        drop-publish-ack-1   crash-consumer-after-credit-2.3
//! WORD  = key "=" value | key         retries=3   acks=none   idempotent   idempotent=no
//! ```
//!
//! - `scenario` is the id of a built-in scenario, `setup` the id of a preset, or `plain` for none.
//! - The keys are declared with the settings (`record!`). A key alone switches a setting on,
//!   `key=no` off. Words that can mean only one thing stand alone, such as `atomic` or `queue`.
//! - A value is a number, a word (with `-` where the document has `_`), `unlimited`, `none`, a time
//!   such as `250ms`, `5s` or `2m`, a range such as `20ms..80ms`, or a text: `_` for a blank, `%`
//!   and two hexadecimal digits for a byte that is no letter or digit. If empty: just the key.
//! - A line is a script line with `-` for each blank, the occurrence after a dot: `drop-ack-2.3` is
//!   `drop ack 2#3`, and `drop-ack-2.all` is `drop ack 2#*`.
//! - Whatever is left out falls back to the preset, then to the default.
//!
//! A readable link has no checksum, because anyone can see what it says. Reading continues after a
//! mistake; each mistake names the part of the link concerned.
//!
//! This file reads and writes links; `words` owns the settings, `line` the script, `text` texts.

mod line;
mod text;
mod words;

use super::super::change::put;
use super::super::json::Json;
use super::super::mistake::{Mistake, nearest, short};
use super::super::preset::PresetId;
use super::super::scenario::BuiltIn;
use super::super::script::{Entry, Script};
use super::LinkError;
use crate::experiment::{Lanes, VERSION};
use words::Table;

/// The absence of a preset: every setting at its default.
pub const PLAIN: &str = "plain";

/// The longest link that is read, in bytes: more than anyone writes by hand.
const LONGEST: usize = 16 * 1024;

/// The content of a readable link, as a document.
pub(super) struct Read {
    /// The document.
    pub tree: Json,
    /// Which part of the link set the value at which path.
    parts: Vec<(String, String)>,
    /// What was not understood.
    wrong: Vec<Mistake>,
}

impl Read {
    /// Everything wrong: what was not understood, and these mistakes of the document, each under
    /// the part of the link concerned.
    pub(super) fn name(self, mistakes: Vec<Mistake>) -> Vec<Mistake> {
        let parts = self.parts;
        let named = mistakes.into_iter().map(|mistake| {
            let about = parts.iter().find(|(path, _)| *path == mistake.path);
            match about {
                Some((_, part)) => Mistake::new(short(part), mistake.message),
                None => mistake,
            }
        });
        self.wrong.into_iter().chain(named).collect()
    }

    fn wrong(&mut self, part: &str, message: impl Into<String>) {
        self.wrong.push(Mistake::new(short(part), message));
    }

    /// Transfers a word into the object at `root`, whose path this is.
    fn take(&mut self, root: &mut Json, path: &str, part: &str, table: Table) {
        match words::read(table, part) {
            Err(message) => self.wrong(part, message),
            Ok((setting, value)) => {
                let path = format!("{path}{}", setting.path);
                if self.parts.iter().any(|(known, _)| *known == path) {
                    return self.wrong(part, "repeats an earlier part");
                }
                put(root, &setting.path, value);
                self.parts.push((path, part.to_owned()));
            }
        }
    }
}

/// Whether this part of an address, which names an experiment, can only be a readable link.
pub(super) fn looks_readable(body: &str) -> bool {
    body.contains('/') || is_escaped(body)
}

/// Whether this is only the beginning of a readable link.
pub(super) fn is_cut_off(body: &str) -> bool {
    !looks_readable(body) && BuiltIn::from_word(first(body, '+')).is_some()
}

/// Whether a text begins with an existing scenario and an existing setup.
pub(super) fn names_a_setup(text: &str) -> bool {
    let mut parts = text.splitn(3, '/');
    let story = parts.next().unwrap_or_default();
    let lane = first(parts.next().unwrap_or_default(), ',');
    BuiltIn::from_word(first(story, '+')).is_some() && is_setup(first(lane, '+'))
}

fn is_setup(word: &str) -> bool {
    word == PLAIN || PresetId::from_word(word).is_some()
}

/// Whether all of it has been percent-encoded in transit, as programs do with a value in a form.
fn is_escaped(body: &str) -> bool {
    !body.contains('/') && (body.contains("%2F") || body.contains("%2f"))
}

fn first(text: &str, end: char) -> &str {
    text.split(end).next().unwrap_or_default()
}

/// Reads a link. Whatever is not understood is noted and left out.
///
/// # Errors
///
/// It is from a newer release, cut off or too long, or nothing in it is known here.
pub(super) fn read(body: &str) -> Result<Read, LinkError> {
    if body.len() > LONGEST {
        return Err(LinkError::TooLong);
    }
    let escaped = is_escaped(body).then(|| text::unescaped(body)).flatten();
    let body = escaped.as_deref().unwrap_or(body);
    let mut parts = body.split('/').peekable();
    let version = parts.next_if(|part| {
        let digits = part.bytes().all(|c| c.is_ascii_digit());
        digits && !part.is_empty()
    });
    if let Some(version) = version.filter(|version| version.parse() != Ok(VERSION)) {
        return Err(LinkError::Newer(format!("{}/", short(version))));
    }
    let story = parts.next().unwrap_or_default();
    let lanes = parts.next().unwrap_or_default();
    let known = |lane: &str| is_setup(first(lane, '+'));
    if BuiltIn::from_word(first(story, '+')).is_none() && !lanes.split(',').any(known) {
        let start = short(body).chars().take(16).collect();
        return Err(LinkError::UnknownForm(start));
    }
    if lanes.is_empty() {
        return Err(LinkError::CutOff);
    }
    let mut read = Read { tree: Json::Null, parts: Vec::new(), wrong: Vec::new() };
    let mut tree = Json::Object(vec![("version".to_owned(), Json::Whole(VERSION))]);
    read_story(&mut read, &mut tree, story);
    let lanes = read_lanes(&mut read, lanes);
    put(&mut tree, "lanes", Json::List(lanes));
    put(&mut tree, "faults", Json::Object(Vec::new()));
    read_faults(&mut read, &mut tree, parts);
    read.tree = tree;
    Ok(read)
}

fn read_story(read: &mut Read, tree: &mut Json, story: &str) {
    let mut words = story.split('+');
    let scenario = words.next().unwrap_or_default();
    if BuiltIn::from_word(scenario).is_some() {
        put(tree, "scenario", Json::text(scenario));
    } else {
        let known = BuiltIn::ALL.iter().map(|one| one.word());
        read.wrong(scenario, unknown("a scenario", nearest(scenario, known)));
    }
    for word in words {
        read.take(tree, "", word, Table::Run);
    }
}

fn read_lanes(read: &mut Read, lanes: &str) -> Vec<Json> {
    let mut list = Vec::new();
    for (i, lane) in lanes.split(',').enumerate() {
        if i == Lanes::MOST {
            read.wrong(lane, format!("is beyond the {} lanes that fit", Lanes::MOST));
            break;
        }
        let mut tree = Json::Object(Vec::new());
        let mut words = lane.split('+');
        let setup = words.next().unwrap_or_default();
        if PresetId::from_word(setup).is_some() {
            put(&mut tree, "preset", Json::text(setup));
        } else if setup != PLAIN {
            let known = PresetId::ALL.iter().map(|one| one.word()).chain([PLAIN]);
            read.wrong(setup, unknown("a setup", nearest(setup, known)));
        }
        for word in words {
            let path = format!("lanes[{i}].");
            read.take(&mut tree, &path, word, Table::Lane);
        }
        list.push(tree);
    }
    list
}

fn read_faults<'a>(read: &mut Read, tree: &mut Json, parts: impl Iterator<Item = &'a str>) {
    let mut script = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if part.contains('=') {
            read.take(tree, "", part, Table::Faults);
            continue;
        }
        let line = line::script_line(part);
        match line.parse::<Entry>() {
            Err(error) => read.wrong(part, error.message),
            Ok(_) if script.len() == Script::MOST => {
                read.wrong(part, format!("is beyond the {} lines that fit", Script::MOST));
                break;
            }
            Ok(_) => script.push(Json::Text(line)),
        }
    }
    if !script.is_empty() {
        put(tree, "faults.script", Json::List(script));
    }
}

/// `is not a setup that is known here; did you mean "at-least-once"?`
fn unknown(what: &str, meant: Option<&str>) -> String {
    match meant {
        Some(meant) => format!("is not {what}; did you mean \"{meant}\"?"),
        None => format!("is not {what} that is known here"),
    }
}

/// Writes a document; `None` if it contains something that this form cannot express.
pub(super) fn write(tree: &Json) -> Option<String> {
    let mut link = match tree.get("scenario") {
        None => BuiltIn::Payment.word().to_owned(),
        Some(Json::Text(id)) => id.clone(),
        Some(_) => return None,
    };
    let Json::Object(fields) = tree else {
        return None;
    };
    for (name, value) in fields {
        if !matches!(name.as_str(), "version" | "scenario" | "lanes" | "faults") {
            link.push('+');
            words::write(Table::Run, name, value, &mut link)?;
        }
    }
    let Some(Json::List(lanes)) = tree.get("lanes") else {
        return None;
    };
    for (i, lane) in lanes.iter().enumerate() {
        link.push(if i == 0 { '/' } else { ',' });
        write_lane(lane, &mut link)?;
    }
    if let Some(faults) = tree.get("faults") {
        write_faults(faults, &mut link)?;
    }
    let ends = link.ends_with(|c: char| c.is_ascii_alphanumeric());
    ends.then_some(link)
}

fn write_lane(lane: &Json, link: &mut String) -> Option<()> {
    match lane.get("preset") {
        None => link.push_str(PLAIN),
        Some(Json::Text(id)) => link.push_str(id),
        Some(_) => return None,
    }
    let mut leaves = leaves(lane);
    // The name comes after the settings.
    leaves.sort_by_key(|(path, _)| path == "name");
    for (path, value) in leaves.iter().filter(|(path, _)| path != "preset") {
        link.push('+');
        words::write(Table::Lane, path, value, link)?;
    }
    Some(())
}

fn write_faults(faults: &Json, link: &mut String) -> Option<()> {
    for (path, value) in leaves(faults).iter().filter(|(path, _)| path != "script") {
        link.push('/');
        words::write(Table::Faults, &format!("faults.{path}"), value, link)?;
    }
    if let Some(Json::List(script)) = faults.get("script") {
        for line in script {
            let Json::Text(line) = line else { return None };
            link.push('/');
            link.push_str(&line::part(line)?);
        }
    }
    Some(())
}

/// Everything in an object that is not itself an object, with its path.
fn leaves(json: &Json) -> Vec<(String, &Json)> {
    let Json::Object(fields) = json else {
        return Vec::new();
    };
    let mut list = Vec::new();
    for (name, value) in fields {
        match value {
            Json::Object(_) => {
                let inner = leaves(value).into_iter();
                list.extend(inner.map(|(path, leaf)| (format!("{name}.{path}"), leaf)));
            }
            leaf => list.push((name.clone(), leaf)),
        }
    }
    list
}

#[cfg(test)]
mod tests;
