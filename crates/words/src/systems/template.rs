//! The texts of the products: how they are written, and how they are filled in.
//!
//! A text has sections. `=== title | language | file` begins a snippet, `--- cannot` and `--- own way`
//! begin gaps, one in a line: `setting,setting ?condition | sentence.` Inside of them:
//!
//! - `«broker.max_deliveries»` is a setting of the lane as its document writes it, `«…:s 1 10»` the
//!   same through a filter (see [`shaped`]).
//! - `?condition text` is a line that stands only if the condition holds; `?[ condition` to `?]` are
//!   several, and `*[` to `*]` stand once for each step of the story.
//! - A condition is `a=b`, `a!=b`, `a>b`, `a<b` or `a~b` (not a multiple), joined by `&` before `|`.
//!   Either side names a setting or is a value itself.
//! - `story.id`, `story.primary`, `story.db`, `story.external`, `step.…` and `broker.majority` can be
//!   named like settings.

use super::{Expressed, Gap, Reason, Snippet};
use ackground_core::experiment::Lane;
use ackground_core::experiment::json::Json;
use ackground_core::experiment::part::{Leaf, Part};
use ackground_core::experiment::scenario::{Scenario, Step, StepKind};

/// What can be named in a text.
pub(super) struct Facts<'a> {
    lane: Json,
    scenario: &'a Scenario,
    step: Option<&'a Step>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(lane: &Lane, scenario: &'a Scenario) -> Self {
        Facts { lane: lane.write(), scenario, step: None }
    }

    /// The value of a name; nothing for a word that names nothing.
    fn value(&self, name: &str) -> Option<String> {
        let (room, rest) = name.split_once('.')?;
        let steps = &self.scenario.steps;
        let any = |kind: StepKind| steps.iter().any(|step| step.kind == kind).to_string();
        match (room, rest) {
            ("story", "id") => Some(self.scenario.id.to_string()),
            ("story", "primary") => Some(plain(&steps[steps.primary()].kind.to_json())),
            ("story", "db") => Some(any(StepKind::Db)),
            ("story", "external") => Some(any(StepKind::External)),
            ("step", "id") => Some(self.step?.id.to_string()),
            ("step", "label") => Some(self.step?.label.to_string()),
            ("step", "kind") => Some(plain(&self.step?.kind.to_json())),
            ("broker", "majority") => {
                let replicas: u64 = self.value("broker.replicas")?.parse().ok()?;
                Some((replicas / 2 + 1).to_string())
            }
            _ => {
                let mut parts = name.split('.');
                let value = parts.try_fold(&self.lane, |json, part| json.get(part));
                value.map(plain)
            }
        }
    }

    /// Whether a condition holds.
    fn holds(&self, condition: &str) -> bool {
        condition.split('|').any(|all| all.split('&').all(|test| self.passes(test.trim())))
    }

    fn passes(&self, test: &str) -> bool {
        let Some(at) = test.find(['=', '!', '>', '<', '~']) else {
            return false;
        };
        let (left, rest) = test.split_at(at);
        let right = rest.trim_start_matches(['=', '!', '>', '<', '~']);
        let side = |side: &str| self.value(side).unwrap_or_else(|| side.to_owned());
        let (left, right) = (side(left), side(right));
        let numbers = || Some((left.parse::<u64>().ok()?, right.parse::<u64>().ok()?));
        match rest.as_bytes()[0] {
            b'=' => left == right,
            b'!' => left != right,
            b'>' => numbers().is_some_and(|(left, right)| left > right),
            b'<' => numbers().is_some_and(|(left, right)| left < right),
            _ => numbers().is_some_and(|(left, right)| left % right.max(1) != 0),
        }
    }

    /// The lines that apply, filled in.
    fn write(&self, lines: &[&str], out: &mut String) {
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            at += 1;
            if let Some(condition) = line.strip_prefix("?[") {
                let end = closing(lines, at, "?[", "?]");
                if self.holds(condition) {
                    self.write(&lines[at..end], out);
                }
                at = end + 1;
            } else if line.starts_with("*[") {
                let end = closing(lines, at, "*[", "*]");
                for step in self.scenario.steps.iter() {
                    let each = Facts {
                        lane: self.lane.clone(),
                        scenario: self.scenario,
                        step: Some(step),
                    };
                    each.write(&lines[at..end], out);
                }
                at = end + 1;
            } else if let Some(rest) = line.strip_prefix('?') {
                let (condition, text) = rest.split_once(' ').unwrap_or((rest, ""));
                if self.holds(condition) {
                    self.fill(text, out);
                    out.push('\n');
                }
            } else {
                self.fill(line, out);
                out.push('\n');
            }
        }
    }

    /// The text with its names replaced by their values.
    fn fill(&self, text: &str, out: &mut String) {
        let mut pieces = text.split('«');
        out.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (name, rest) = piece.split_once('»').unwrap_or((piece, ""));
            let (name, filter) = name.split_once(':').unwrap_or((name, ""));
            let value = self.value(name).unwrap_or_default();
            out.push_str(&shaped(value, filter));
            out.push_str(rest);
        }
    }
}

/// Where a block that is open before `from` ends.
fn closing(lines: &[&str], from: usize, open: &str, close: &str) -> usize {
    let mut depth = 1;
    for (at, line) in lines.iter().enumerate().skip(from) {
        depth += usize::from(line.starts_with(open));
        depth -= usize::from(line.starts_with(close));
        if depth == 0 {
            return at;
        }
    }
    lines.len()
}

/// A value as a text wants it: `s` whole seconds, rounded up; `min` whole minutes, rounded up; `ns`
/// nanoseconds; `go` as Go writes a duration; `iso` as ISO 8601 does; `more` and `less` by one;
/// `third` a third of it; `upper` in capitals. Two numbers behind the filter bound the result, for
/// `go`, `iso` and no filter at all the value. What is no number stays as it is.
fn shaped(value: String, filter: &str) -> String {
    let mut words = filter.split(' ');
    let kind = words.next().unwrap_or_default();
    if kind == "upper" {
        return value.to_uppercase();
    }
    let Ok(number) = value.parse::<u64>() else {
        return value;
    };
    let mut bound = || words.next().and_then(|word| word.parse::<u64>().ok());
    let (low, high) = (bound().unwrap_or(0), bound().unwrap_or(u64::MAX));
    let within = |number: u64| number.max(low).min(high);
    let number = match kind {
        "s" => within(number.div_ceil(1000)),
        "min" => within(number.div_ceil(60_000)),
        "ns" => within(number).saturating_mul(1_000_000),
        "more" => within(number.saturating_add(1)),
        "less" => within(number.saturating_sub(1)),
        "third" => within(number / 3),
        _ => within(number),
    };
    let (before, number, after) = match kind {
        "go" if number % 1000 == 0 => ("", number / 1000, "s"),
        "go" => ("", number, "ms"),
        "iso" if number % 1000 == 0 => ("PT", number / 1000, "S"),
        "iso" => return fraction(number),
        _ => ("", number, ""),
    };
    let mut text = before.to_owned();
    text.push_str(&number.to_string());
    text.push_str(after);
    text
}

/// `PT1.5S`
fn fraction(ms: u64) -> String {
    let mut text = "PT".to_owned();
    text.push_str(&(ms / 1000).to_string());
    text.push('.');
    let digits = (1000 + ms % 1000).to_string();
    text.push_str(digits[1..].trim_end_matches('0'));
    text.push('S');
    text
}

/// A value without quotes.
fn plain(json: &Json) -> String {
    match json {
        Json::Text(text) => text.clone(),
        Json::Null => "null".to_owned(),
        json => json.show(),
    }
}

/// Adds what a text has to say about the facts.
pub(super) fn read(text: &'static str, facts: &Facts<'_>, expressed: &mut Expressed) {
    let lines: Vec<&'static str> = text.lines().collect();
    let starts = |line: &&str| line.starts_with("=== ") || line.starts_with("--- ");
    let mut at = lines.iter().position(starts).unwrap_or(lines.len());
    while let Some(head) = lines.get(at) {
        let body = &lines[at + 1..];
        let end = body.iter().position(starts).unwrap_or(body.len());
        let body = &body[..end];
        at += 1 + end;
        match head.strip_prefix("=== ") {
            Some(head) => expressed.snippets.extend(snippet(head, body, facts)),
            None => {
                let reason = match *head {
                    "--- cannot" => Reason::Cannot,
                    _ => Reason::OwnWay,
                };
                let gaps = body.iter().filter_map(|line| gap(line, reason, facts));
                expressed.gaps.extend(gaps);
            }
        }
    }
}

/// The snippet; none if all of its lines are left out.
fn snippet(head: &'static str, body: &[&str], facts: &Facts<'_>) -> Option<Snippet> {
    let mut parts = head.split(" | ");
    let mut part = || parts.next().unwrap_or_default();
    let (title, language, file) = (part(), part(), part());
    let mut text = String::new();
    facts.write(body, &mut text);
    let mut text = text.trim_matches('\n').to_owned();
    text.push('\n');
    (text.len() > 1).then_some(Snippet { title, language, file, text })
}

fn gap(line: &'static str, reason: Reason, facts: &Facts<'_>) -> Option<Gap> {
    let (head, text) = line.split_once(" | ")?;
    let (settings, condition) = head.split_once(" ?").unwrap_or((head, ""));
    if !condition.is_empty() && !facts.holds(condition) {
        return None;
    }
    let mut sentence = String::new();
    facts.fill(text, &mut sentence);
    Some(Gap { settings: settings.split(',').collect(), reason, sentence })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::systems::texts;
    use ackground_core::experiment::scenario::BuiltIn;
    use ackground_core::experiment::{PresetId, Product};

    fn filled(text: &'static str) -> Expressed {
        let scenario = BuiltIn::Payment.scenario();
        let lane = Lane::of_preset(PresetId::KafkaAtLeastOnce);
        let mut expressed = Expressed { snippets: Vec::new(), gaps: Vec::new() };
        read(text, &Facts::new(&lane, &scenario), &mut expressed);
        expressed
    }

    #[test]
    fn lines_stand_where_they_apply_and_are_filled_in() {
        let read = filled(
            "=== One | text | one.txt\n\
             ?producer.acks=all all «broker.replicas»\n\
             ?producer.acks!=all never\n\
             ?[ broker.replicas>2&broker.min_in_sync=broker.majority\n\
             majority of «broker.replicas» is «broker.majority»\n\
             ?[ producer.acks=none|consumer.batch<1\n\
             never\n\
             ?]\n\
             ?]\n\
             *[\n\
             «step.id» is «step.kind»\n\
             *]\n\
             === Two | text | two.txt\n\
             ?producer.acks=none only then\n",
        );
        assert_eq!(read.snippets.len(), 1, "an empty snippet is none");
        assert_eq!(read.snippets[0].file, "one.txt");
        assert_eq!(
            read.snippets[0].text,
            "all 3\nmajority of 3 is 2\ncredit is db\nnotify is external\n"
        );
    }

    #[test]
    fn gaps_name_their_settings() {
        let read = filled(
            "--- cannot\n\
             broker.replicas,producer.backoff ?broker.replicas=3 | Not with «broker.replicas».\n\
             broker.kind ?broker.kind=queue | Never said.\n\
             --- own way\n\
             consumer.batch | Always said.\n",
        );
        let [first, second] = &read.gaps[..] else {
            panic!("{:?}", read.gaps);
        };
        assert_eq!((first.reason, &*first.sentence), (Reason::Cannot, "Not with 3."));
        assert!(first.names("producer.backoff.first_ms") && !first.names("producer.backoffs"));
        assert_eq!(second.reason, Reason::OwnWay);
    }

    #[test]
    fn every_name_in_the_texts_names_something() {
        let scenario = BuiltIn::Payment.scenario();
        let facts =
            Facts { step: scenario.steps.first(), ..Facts::new(&Lane::default(), &scenario) };
        let known = |name: &str| facts.value(name).is_some();
        for text in Product::ALL.iter().flat_map(|one| texts(*one)) {
            for piece in text.split('«').skip(1) {
                let (name, _) = piece.split_once('»').expect(piece);
                let name = name.split(':').next().unwrap_or_default();
                assert!(known(name), "«{name}»");
            }
            for line in text.lines() {
                let condition =
                    match line.split_once(" | ").and_then(|(head, _)| head.split_once(" ?")) {
                        Some((_, condition)) => condition,
                        None if line.starts_with("?]") => continue,
                        None => match line.strip_prefix("?[ ").or(line.strip_prefix('?')) {
                            Some(rest) => rest.split(' ').next().unwrap_or_default(),
                            None => continue,
                        },
                    };
                for test in condition.split(['|', '&']) {
                    let end = test.find(['=', '!', '>', '<', '~']).expect(line);
                    assert!(known(&test[..end]), "{test} in {line}");
                }
            }
        }
    }

    #[test]
    fn filters_turn_milliseconds_into_what_a_product_counts_in() {
        let cases = [
            ("1500", "s", "2"),
            ("1500", "s 5 10", "5"),
            ("90000000", "s 0 43200", "43200"),
            ("61000", "min", "2"),
            ("250", "ns", "250000000"),
            ("250", "go", "250ms"),
            ("120000", "go", "120s"),
            ("30000", "iso", "PT30S"),
            ("1050", "iso", "PT1.05S"),
            ("3", "less", "2"),
            ("0", "less", "0"),
            ("3", "more", "4"),
            ("5000", "third", "1666"),
            ("unlimited", "s", "unlimited"),
            ("payment", "upper", "PAYMENT"),
            ("700", " 1 500", "500"),
        ];
        for (value, filter, shape) in cases {
            assert_eq!(shaped(value.to_owned(), filter), shape, "{value} {filter}");
        }
    }
}
