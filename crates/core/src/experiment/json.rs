//! A JSON document as a tree that preserves the order of fields and repeated fields.
//!
//! `serde_json` parses and prints; this file owns only the tree between the text and the types. It
//! knows nothing about experiments.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::mistake::short;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Flag(bool),
    /// A whole number, zero or above.
    Whole(u64),
    /// Any other number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// The fields of an object in the order given, including repeated ones.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// A text.
    pub fn text(text: impl Into<String>) -> Json {
        Json::Text(text.into())
    }

    /// The field of an object; `None` if there is none, or if this is not an object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(fields) => fields.iter().find(|(n, _)| n == name).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The value at a path of fields, such as `loss.publish`; `None` if there is none.
    pub fn at(&self, path: &str) -> Option<&Json> {
        path.split('.').try_fold(self, |json, name| json.get(name))
    }

    /// A whole number, even if written `3.0`, as other languages print it.
    pub fn as_whole(&self) -> Option<u64> {
        match *self {
            Json::Whole(n) => Some(n),
            // Below 2^53 every whole float is exact.
            Json::Number(x) if x >= 0.0 && x.fract() == 0.0 && x < 9_007_199_254_740_992.0 => {
                Some(x as u64)
            }
            _ => None,
        }
    }

    /// A number from `min` to `max` in steps of one part in `scale`, rounded to the nearest step;
    /// `None` for anything else.
    pub fn as_parts(&self, scale: u32, min: u32, max: u32) -> Option<u32> {
        let x = match *self {
            Json::Whole(n) => f64::from(u32::try_from(n).ok()?),
            Json::Number(x) => x,
            _ => return None,
        };
        // The only place where a float is rounded, so reading what was printed changes nothing.
        let parts = (x * f64::from(scale)).round();
        let fits = f64::from(min) <= x && x <= f64::from(max) && parts <= f64::from(u32::MAX);
        fits.then_some(parts as u32)
    }

    /// The number that [`Json::as_parts`] reads back, in its shortest form.
    pub fn from_parts(parts: u32, scale: u32) -> Json {
        if parts.is_multiple_of(scale) {
            Json::Whole(u64::from(parts / scale))
        } else {
            Json::Number(f64::from(parts) / f64::from(scale))
        }
    }

    fn is_small(&self) -> bool {
        !matches!(self, Json::List(_) | Json::Object(_))
    }

    /// The value as shown in an error: short, and by kind only if it has many parts.
    pub fn show(&self) -> String {
        match self {
            Json::Null => "null".to_owned(),
            Json::Flag(flag) => flag.to_string(),
            Json::Whole(n) => n.to_string(),
            Json::Number(x) => format!("{x:?}").trim_end_matches(".0").to_owned(),
            Json::Text(text) => format!("\"{}\"", short(text)),
            // Two numbers in the wrong order are worth showing; a long list is not.
            Json::List(items) if items.len() <= 4 && items.iter().all(Json::is_small) => {
                let items: Vec<String> = items.iter().map(Json::show).collect();
                format!("[{}]", items.join(", "))
            }
            Json::List(_) => "a list".to_owned(),
            Json::Object(_) => "an object".to_owned(),
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => s.serialize_unit(),
            Json::Flag(flag) => s.serialize_bool(*flag),
            Json::Whole(n) => s.serialize_u64(*n),
            Json::Number(x) => s.serialize_f64(*x),
            Json::Text(text) => s.serialize_str(text),
            Json::List(items) => s.collect_seq(items),
            Json::Object(fields) => {
                let mut map = s.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Tree;

        impl<'de> Visitor<'de> for Tree {
            type Value = Json;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON value")
            }
            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Null)
            }
            fn visit_none<E>(self) -> Result<Json, E> {
                Ok(Json::Null)
            }
            fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Json, D::Error> {
                Json::deserialize(d)
            }
            fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
                Ok(Json::Flag(flag))
            }
            fn visit_u64<E>(self, n: u64) -> Result<Json, E> {
                Ok(Json::Whole(n))
            }
            fn visit_i64<E>(self, n: i64) -> Result<Json, E> {
                Ok(u64::try_from(n).map_or(Json::Number(n as f64), Json::Whole))
            }
            fn visit_f64<E>(self, x: f64) -> Result<Json, E> {
                Ok(Json::Number(x))
            }
            fn visit_str<E>(self, text: &str) -> Result<Json, E> {
                Ok(Json::text(text))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Json::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Json::Object(fields))
            }
        }

        d.deserialize_any(Tree)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Json {
        serde_json::from_str(text).expect("the test's own JSON")
    }

    #[test]
    fn order_and_repeats_are_kept() {
        let text = r#"{"b":1,"a":[true,null,-2.5,7,"x"],"b":2}"#;
        assert_eq!(serde_json::to_string(&read(text)).expect("a tree prints"), text);
    }

    #[test]
    fn whole_numbers_may_carry_a_point() {
        assert_eq!(read("3.0").as_whole(), Some(3));
        assert_eq!(read("3.5").as_whole(), None);
        assert_eq!(read("-1").as_whole(), None);
        assert_eq!(read("1e300").as_whole(), None, "beyond what a float holds exactly");
    }

    #[test]
    fn parts_print_in_the_shortest_form() {
        let parts = |text: &str| read(text).as_parts(1_000_000_000, 0, 1);
        assert_eq!(parts("0.1"), Some(100_000_000));
        assert_eq!(parts("0.3333333333333333"), Some(333_333_333), "to the nearest");
        assert_eq!(parts("-0.1"), None);
        assert_eq!(parts("1"), Some(1_000_000_000));
        assert_eq!(parts("1.00000000001"), None, "out of range, not rounded into it");
        assert_eq!(parts("1e300"), None);
        assert_eq!(parts("18446744073709551615"), None);
        let back = Json::from_parts(100_000_000, 1_000_000_000);
        assert_eq!(serde_json::to_string(&back).expect("a number prints"), "0.1");
        assert_eq!(Json::from_parts(2000, 1000), Json::Whole(2));
    }
}
