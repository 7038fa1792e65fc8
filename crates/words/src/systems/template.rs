//! A small subset of Jinja, so that whoever knows Jinja, Liquid or Handlebars can read the product templates.
//!
//! Everything here means the same in Jinja: Jinja2 itself renders the same templates, with `trim_blocks`,
//! `lstrip_blocks` and the filters below.
//!
//! - `{{ expression }}`, `{# comment #}`, `{% if %}`, `{% elif %}`, `{% else %}`, `{% endif %}`, and `{% for %}`,
//!   `{% endfor %}` over a list with at least one item. A tag or a comment that is alone on a line takes the
//!   line with it: the newline after it goes, and so does the indentation before it.
//! - Expressions: dotted names, `"text"` without escapes, numbers, `true`, `false`, `none`, parentheses; `or`,
//!   `and`, `not`, a single comparison, `+`, `-`, `*`, `//`, `%` and `|` in Jinja's precedence. Ordering and
//!   arithmetic are for whole numbers from 0 to 2⁶⁴ - 1, and saturate.
//! - Filters: Jinja's `lower` and `upper`. Of our own, `at_least(low)` and `clamp(low, high)`; for milliseconds
//!   `seconds` and `minutes`, rounded up, and `go_duration` and `iso_duration`, as Go and ISO 8601 write them.
//!
//! A branch that is not taken is still evaluated, just not written. So a single rendering finds every syntax error
//! and every unknown name, whatever the values are, and a test that renders each template once keeps them away
//! from users. This module knows nothing of lanes and products.

use ackground_core::experiment::json::Json;

/// The variables of a template. Of two with the same name the later one wins.
pub(super) type Variables = Vec<(String, Json)>;

/// The operators, from loosest to tightest; `not` binds between `and` and comparisons.
const OPERATORS: [&[&str]; 5] =
    [&["or"], &["and"], &["==", "!=", "<=", ">=", "<", ">"], &["+", "-"], &["*", "//", "%"]];
const COMPARISON: usize = 2;

/// Renders a template, or says what is wrong with it.
pub(super) fn render(template: &str, variables: &mut Variables) -> Result<String, String> {
    let out = String::with_capacity(template.len());
    let mut renderer = Renderer { template, at: 0, token: "", live: true, variables, out };
    let mistake = match renderer.block() {
        Ok("") => return Ok(renderer.out),
        Ok(word) => format!("{word} ends nothing"),
        Err(mistake) => mistake,
    };
    let line = template[..renderer.at].trim_end().split('\n').count();
    Err(format!("line {line}: {mistake}"))
}

/// Parses and renders in one pass.
struct Renderer<'a, 'v> {
    template: &'a str,
    /// The reading position.
    at: usize,
    /// Inside a tag, the token that ends at `at`: the lookahead.
    token: &'a str,
    /// Whether this branch is taken.
    live: bool,
    variables: &'v mut Variables,
    out: String,
}

impl<'a> Renderer<'a, '_> {
    fn rest(&self) -> &'a str {
        &self.template[self.at..]
    }

    fn write(&mut self, text: &str) {
        if self.live {
            self.out.push_str(text);
        }
    }

    /// Renders up to the tag that ends the block and returns its word; empty at the end of the template.
    fn block(&mut self) -> Result<&'a str, String> {
        loop {
            let rest = self.rest();
            let opens = |at: &usize| rest[at + 1..].starts_with(['{', '%', '#']);
            let tag = rest.match_indices('{').map(|(at, _)| at).find(opens);
            let (text, tag) = rest.split_at(tag.unwrap_or(rest.len()));
            let bare = text.trim_end_matches([' ', '\t']);
            let before = &self.template[..self.at + bare.len()];
            let begins_line = before.is_empty() || before.ends_with('\n');
            let is_value = tag.starts_with("{{");
            let keeps_blanks = is_value || tag.is_empty() || !begins_line;
            self.write(if keeps_blanks { text } else { bare });
            self.at += text.len() + tag.len().min(2);
            if tag.is_empty() {
                return Ok("");
            } else if tag.starts_with("{#") {
                self.at += self.rest().find("#}").ok_or("the comment does not end")? + 2;
                self.at += usize::from(self.rest().starts_with('\n'));
                continue;
            }
            self.advance();
            if is_value {
                let value = self.expression(0)?;
                self.expect("}}")?;
                self.write(&shown(&value));
                continue;
            }
            match self.take() {
                "" => return Err("the tag does not end".to_owned()),
                "if" => self.branches()?,
                "for" => self.each()?,
                word => return Ok(word),
            }
        }
    }

    /// Renders what follows `if`, up to its `endif`.
    fn branches(&mut self) -> Result<(), String> {
        let live = self.live;
        let (mut open, mut word) = (live, "if");
        while word != "endif" {
            self.live = open;
            let holds = word == "else" || truth(&self.expression(0)?);
            self.expect("%}")?;
            self.live = open && holds;
            open &= !holds;
            let next = self.block()?;
            if next != "endif" && (word == "else" || !matches!(next, "elif" | "else")) {
                return Err(format!("{next:?} does not end {word}"));
            }
            word = next;
        }
        self.live = live;
        self.expect("%}")
    }

    /// Renders what follows `for`, up to its `endfor`.
    fn each(&mut self) -> Result<(), String> {
        let name = self.take();
        self.expect("in")?;
        let Json::List(items) = self.expression(0)? else {
            return Err(format!("{name} needs a list"));
        };
        self.expect("%}")?;
        let body = self.at;
        for item in items {
            self.at = body;
            self.variables.push((name.to_owned(), item));
            let end = self.block()?;
            self.variables.pop();
            if end != "endfor" {
                return Err(format!("{end:?} does not end for"));
            }
        }
        self.expect("%}")
    }

    fn expression(&mut self, level: usize) -> Result<Json, String> {
        let Some(operators) = OPERATORS.get(level) else {
            return self.filtered();
        };
        if level == COMPARISON && self.eat("not") {
            return Ok(Json::Flag(!truth(&self.expression(level)?)));
        }
        let mut left = self.expression(level + 1)?;
        while let Some(operator) = operators.iter().find(|operator| self.eat(operator)) {
            let live = self.live;
            // The guard in `x != none and x > 1` exists because the right-hand side would be an error.
            self.live &= match *operator {
                "and" => truth(&left),
                "or" => !truth(&left),
                _ => true,
            };
            let right = self.expression(level + 1)?;
            left = self.apply(operator, left, right);
            self.live = live;
            if level == COMPARISON {
                break; // In Jinja `a < b < c` is a chain, which is not part of the subset.
            }
        }
        Ok(left)
    }

    fn apply(&self, operator: &str, left: Json, right: Json) -> Json {
        match operator {
            "or" | "and" if truth(&left) == (operator == "or") => return left,
            "or" | "and" => return right,
            "==" => return Json::Flag(left == right),
            "!=" => return Json::Flag(left != right),
            _ => {}
        }
        let (left, right) = (self.whole(&left), self.whole(&right));
        match operator {
            "<=" => Json::Flag(left <= right),
            ">=" => Json::Flag(left >= right),
            "<" => Json::Flag(left < right),
            ">" => Json::Flag(left > right),
            "+" => Json::Whole(left.saturating_add(right)),
            "-" => Json::Whole(left.saturating_sub(right)),
            "*" => Json::Whole(left.saturating_mul(right)),
            "//" => Json::Whole(left / right.max(1)),
            _ => Json::Whole(left % right.max(1)),
        }
    }

    fn filtered(&mut self) -> Result<Json, String> {
        let mut value = self.operand()?;
        while self.eat("|") {
            let name = self.take();
            let mut bounds = Vec::new();
            if self.eat("(") {
                while bounds.is_empty() || self.eat(",") {
                    let bound = self.expression(0)?;
                    bounds.push(self.whole(&bound));
                }
                self.expect(")")?;
            }
            let number = || self.whole(&value);
            value = match (name, &bounds[..]) {
                ("lower", []) => Json::Text(shown(&value).to_lowercase()),
                ("upper", []) => Json::Text(shown(&value).to_uppercase()),
                ("seconds", []) => Json::Whole(number().div_ceil(1000)),
                ("minutes", []) => Json::Whole(number().div_ceil(60_000)),
                ("go_duration", []) => Json::Text(go_duration(number())),
                ("iso_duration", []) => Json::Text(iso_duration(number())),
                ("at_least", [low]) => Json::Whole(number().max(*low)),
                ("clamp", [low, high]) => Json::Whole(number().max(*low).min(*high)),
                _ => return Err(format!("there is no filter {name} of {bounds:?}")),
            };
        }
        Ok(value)
    }

    fn operand(&mut self) -> Result<Json, String> {
        if self.eat("(") {
            let value = self.expression(0)?;
            return self.expect(")").map(|()| value);
        }
        let word = self.take();
        let value = match word.as_bytes() {
            b"true" | b"false" => Some(Json::Flag(word == "true")),
            b"none" => Some(Json::Null),
            [b'"', .., b'"'] => Some(Json::text(&word[1..word.len() - 1])),
            [b'0'..=b'9', ..] => {
                let whole = word.parse().map(Json::Whole);
                whole.ok().or_else(|| word.parse().map(Json::Number).ok())
            }
            _ => self.variable(word),
        };
        value.ok_or_else(|| format!("{word:?} is unknown"))
    }

    fn variable(&self, path: &str) -> Option<Json> {
        let mut names = path.split('.');
        let first = names.next()?;
        let (_, value) = self.variables.iter().rev().find(|(name, _)| name == first)?;
        names.try_fold(value, |value, name| value.get(name)).cloned()
    }

    /// A value where only a number makes sense. Anything else is an error in Jinja; here it panics, in debug builds
    /// only, because it depends on the values: tests find it, users never meet it.
    fn whole(&self, value: &Json) -> u64 {
        let number = value.as_whole();
        debug_assert!(number.is_some() || !self.live, "no whole number: {}", value.show());
        number.unwrap_or(0)
    }

    /// Advances to the next token: a word, a number, a quoted string or a symbol; empty at the end.
    fn advance(&mut self) {
        let rest = self.rest().trim_start();
        let ends_word = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.');
        let length = match rest.as_bytes() {
            [b'"', ..] => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
            [b'=' | b'!' | b'<' | b'>', b'=', ..] | [b'/', b'/', ..] | [b'%' | b'}', b'}', ..] => 2,
            _ => match rest.find(ends_word).unwrap_or(rest.len()) {
                0 => rest.chars().next().map_or(0, char::len_utf8),
                word => word,
            },
        };
        self.token = &rest[..length];
        self.at = self.template.len() - rest.len() + length;
        // `trim_blocks`
        self.at += usize::from(self.token == "%}" && self.rest().starts_with('\n'));
    }

    fn take(&mut self) -> &'a str {
        let token = self.token;
        self.advance();
        token
    }

    /// Consumes the token if it is this one.
    fn eat(&mut self, token: &str) -> bool {
        self.token == token && !self.take().is_empty()
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        let found = self.token;
        if found != token {
            return Err(format!("{found:?} instead of {token:?}"));
        }
        // After a tag comes text.
        if !token.ends_with('}') {
            self.advance();
        }
        Ok(())
    }
}

/// Truthiness, as in Python.
fn truth(value: &Json) -> bool {
    match value {
        Json::Null | Json::Flag(false) | Json::Whole(0) => false,
        Json::Text(text) => !text.is_empty(),
        Json::List(items) => !items.is_empty(),
        _ => true,
    }
}

/// Formats a value as Python does, and so Jinja.
fn shown(value: &Json) -> String {
    match value {
        Json::Text(text) => text.clone(),
        Json::Null => "None".to_owned(),
        Json::Flag(flag) => if *flag { "True" } else { "False" }.to_owned(),
        number => number.show(),
    }
}

/// `250ms`, `120s`
fn go_duration(ms: u64) -> String {
    if ms.is_multiple_of(1000) { format!("{}s", ms / 1000) } else { format!("{ms}ms") }
}

/// `PT30S`, `PT1.05S`
fn iso_duration(ms: u64) -> String {
    let seconds = format!("{}.{:03}", ms / 1000, ms % 1000);
    format!("PT{}S", seconds.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(template: &str) -> Result<String, String> {
        let json = r#"{"acks":"all","broker":{"replicas":3,"delay":1500},"dedup":true,"jitter":0.5,"no":null,
            "steps":[{"id":"credit","kind":"db"},{"id":"notify","kind":"external"}]}"#;
        let Ok(Json::Object(mut variables)) = serde_json::from_str(json) else {
            panic!("{json}");
        };
        render(template, &mut variables)
    }

    #[test]
    fn lines_stand_where_they_apply_and_are_filled_in() {
        let template = r#"{# A tag alone in its line takes the line with it. #}
{% if acks == "all" %}
all {{ broker.replicas }}
{% else %}
never
{% endif %}
{% if broker.replicas > 2 %}
  majority of {{ broker.replicas }} is {{ broker.replicas // 2 + 1 }}
  {% if acks == "none" or broker.replicas < 1 %}
  never
  {% elif jitter %}
  {{ jitter }}
  {% endif %}
{% endif %}
{% for step in steps %}
{{ step.id }} is {{ step.kind }}{% if step.kind == "db" %}, once{% endif %} .
{% endfor %}
"#;
        let text =
            "all 3\n  majority of 3 is 2\n  0.5\ncredit is db, once .\nnotify is external .\n";
        assert_eq!(rendered(template).as_deref(), Ok(text));
    }

    #[test]
    fn expressions_mean_what_they_mean_in_jinja() {
        let cases = [
            ("broker.delay + 2 * 3 - 6", "1500"),
            ("(broker.delay + 2) // 4 % 100", "75"),
            ("broker.delay // 3 | clamp(1, 2)", "750"),
            ("dedup", "True"),
            ("no", "None"),
            ("not no and acks == \"all\"", "True"),
            ("not broker.delay == 1500", "False"),
            ("false and dedup or broker.delay", "1500"),
            ("no != none and no > 5", "False"),
            ("jitter == 0.5 and 1 <= 1 and 1 >= 1 and 0 < 1", "True"),
            // Filters convert milliseconds into a product's units.
            ("1500 | seconds", "2"),
            ("1500 | seconds | clamp(5, 10)", "5"),
            ("90000000 | seconds | clamp(0, 43200)", "43200"),
            ("700 | clamp(1, 500)", "500"),
            ("61000 | minutes", "2"),
            ("1 | at_least(1000)", "1000"),
            ("250 * 1000000", "250000000"),
            ("0 - 1", "0"),
            ("250 | go_duration", "250ms"),
            ("120000 | go_duration", "120s"),
            ("100000 | iso_duration", "PT100S"),
            ("30000 | iso_duration", "PT30S"),
            ("1050 | iso_duration", "PT1.05S"),
            ("acks | upper", "ALL"),
            ("dedup | lower", "true"),
        ];
        for (expression, value) in cases {
            let template = format!("{{{{ {expression} }}}}");
            assert_eq!(rendered(&template).as_deref(), Ok(value), "{expression}");
        }
    }

    #[test]
    fn a_mistake_is_found_wherever_it_is() {
        let cases = [
            ("\n{{ b.delay }}", "line 2: \"b.delay\" is unknown"),
            ("{% if false %}\n{{ broker.s }}{% endif %}", "line 2: \"broker.s\" is unknown"),
            ("{% if dedup or x %}{% endif %}", "line 1: \"x\" is unknown"),
            ("{{ broker.delay | third }}", "line 1: there is no filter third of []"),
            ("{{ broker.delay | clamp(1) }}", "line 1: there is no filter clamp of [1]"),
            ("{{ 1 < 2 < 3 }}", "line 1: \"<\" instead of \"}}\""),
            ("{{ \"a }}", "line 1: \"\\\"a }}\" is unknown"),
            ("{% if dedup %}", "line 1: \"\" does not end if"),
            ("{% if dedup %}{% else %}{% else %}", "line 1: \"else\" does not end else"),
            ("{% for x in steps %}{% endif %}", "line 1: \"endif\" does not end for"),
            ("{% for x in acks %}{% endfor %}", "line 1: x needs a list"),
            ("{% endif %}", "line 1: endif ends nothing"),
            ("{%- if dedup %}", "line 1: - ends nothing"),
            ("{% ", "line 1: the tag does not end"),
            ("{# a", "line 1: the comment does not end"),
        ];
        for (template, mistake) in cases {
            assert_eq!(rendered(template).expect_err(template), mistake);
        }
    }
}
