//! `record!`: a struct whose fields are the fields of an object in the document.
//!
//! The declaration is the only place that states a field's name, meaning, range and default;
//! reading, writing, defaults and the description for the page are all derived from it. So is a
//! setting's name, on the page and in a link.

/// Defines a struct with a default for every field, its [`Part`](super::part::Part), serde's traits
/// and `FIELDS`, which describes it.
///
/// A setting is marked `#[setting("its label", link = "its-word")]`, with any further attribute of
/// a [`FieldInfo`](super::part::FieldInfo).
macro_rules! record {
    (
        $(#[$outer:meta])*
        pub struct $name:ident {
            $(
                $(#[doc = $doc:literal])+
                $(#[setting($label:literal $(, $key:ident = $value:expr)* $(,)?)])?
                pub $field:ident: $type:ty = $default:expr,
            )+
        }
    ) => {
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name {
            $( $(#[doc = $doc])+ pub $field: $type, )+
        }

        impl $name {
            /// The fields in the order of the document, with what is allowed in each.
            pub const FIELDS: &'static [$crate::experiment::part::FieldInfo] = &[
                $( $crate::experiment::part::FieldInfo::new(
                    stringify!($field),
                    concat!($($doc),+).trim_ascii(),
                    <$type as $crate::experiment::part::Part>::shape,
                )$(.label($label)$(.$key($value))*)?, )+
            ];
        }

        impl Default for $name {
            fn default() -> Self {
                $name { $( $field: $default, )+ }
            }
        }

        impl $crate::experiment::part::Part for $name {
            fn shape() -> $crate::experiment::part::Shape {
                $crate::experiment::part::Shape::Record(Self::FIELDS)
            }

            fn apply_patch(
                &mut self,
                json: &$crate::experiment::json::Json,
                at: &$crate::experiment::mistake::At<'_>,
                found: &mut $crate::experiment::mistake::Found,
            ) {
                const KNOWN: &[&str] = &[$( stringify!($field), )+];
                $crate::experiment::part::each_field(json, at, found, KNOWN, |name, value, at, found| {
                    match name {
                        $( stringify!($field) => {
                            $crate::experiment::part::Part::apply_patch(&mut self.$field, value, at, found);
                        } )+
                        _ => return false,
                    }
                    true
                });
            }

            fn diff(&self, base: &Self) -> Option<$crate::experiment::json::Json> {
                let mut fields = Vec::new();
                $( if let Some(json) =
                    $crate::experiment::part::Part::diff(&self.$field, &base.$field)
                {
                    fields.push((stringify!($field).to_owned(), json));
                } )+
                (!fields.is_empty()).then_some($crate::experiment::json::Json::Object(fields))
            }

            fn write(&self) -> $crate::experiment::json::Json {
                $crate::experiment::json::Json::Object(vec![
                    $( (
                        stringify!($field).to_owned(),
                        $crate::experiment::part::Part::write(&self.$field),
                    ), )+
                ])
            }
        }

        $crate::experiment::record::serde_of_part!($name);
    };
}

/// Implements serde's traits for a [`Part`](super::part::Part) with a default.
macro_rules! serde_of_part {
    ($name:ty) => {
        /// Writes what differs from the default.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                let base = <$name>::default();
                $crate::experiment::part::Part::diff(self, &base)
                    .unwrap_or_else(|| $crate::experiment::part::nothing(self))
                    .serialize(s)
            }
        }

        /// Reads over the default; the error names every mistake.
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let json = <$crate::experiment::json::Json as serde::Deserialize>::deserialize(d)?;
                let mut found = $crate::experiment::mistake::Found::default();
                let mut value = <$name>::default();
                let root = $crate::experiment::mistake::At::Root;
                $crate::experiment::part::Part::apply_patch(&mut value, &json, &root, &mut found);
                found.give(value).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use {record, serde_of_part};

#[cfg(test)]
mod tests {
    use crate::experiment::json::Json;
    use crate::experiment::part::Part;
    use crate::experiment::value::Bounded;

    record! {
        /// Inner.
        pub struct Inner {
            /// One.
            pub one: Bounded<0, 9> = Bounded::of(1),
            /// Two.
            #[setting("The second", link = "two", named = &[("true", "on")])]
            pub two: bool = false,
        }
    }

    record! {
        /// Outer.
        pub struct Outer {
            /// A record in a record,
            /// at any depth.
            pub inner: Inner = Inner::default(),
            /// Maybe.
            pub maybe: Option<Bounded<0, 9>> = None,
        }
    }

    #[test]
    fn what_is_left_out_stays_as_in_the_base_at_every_depth() {
        let base: Outer = serde_json::from_str(r#"{"inner":{"one":7},"maybe":3}"#).expect("fits");
        let mut value = base.clone();
        let json: Json = serde_json::from_str(r#"{"inner":{"two":true}}"#).expect("JSON");
        let (root, mut found) = (crate::experiment::mistake::At::Root, Default::default());
        value.apply_patch(&json, &root, &mut found);
        assert!(found.is_empty());
        assert_eq!(value.inner.one.get(), 7, "not the default");
        assert_eq!(value.diff(&base), Some(json), "and only that is written");
        assert_eq!(base.diff(&base), None);
    }

    #[test]
    fn null_undoes_an_optional_value_of_the_base() {
        let base: Outer = serde_json::from_str(r#"{"maybe":3}"#).expect("fits");
        let none = Outer::default();
        let written = none.diff(&base).expect("it differs");
        assert_eq!(serde_json::to_string(&written).expect("prints"), r#"{"maybe":null}"#);
    }

    #[test]
    fn every_mistake_is_told_with_its_path() {
        let text = r#"{"inner":{"one":10,"two":1,"tow":true},"maybe":"x","inner":{},"zzz":1}"#;
        let error = serde_json::from_str::<Outer>(text).expect_err("five mistakes");
        assert_eq!(
            error.to_string(),
            "inner.one: 10 is not allowed; a whole number from 0 to 9\n\
             inner.two: 1 is not allowed; true or false\n\
             inner.tow: is not a field here; did you mean \"two\"?\n\
             maybe: \"x\" is not allowed; a whole number from 0 to 9, or null\n\
             inner: is given twice\n\
             zzz: is not a field here; allowed: inner, maybe"
        );
        let error = serde_json::from_str::<Outer>("[]").expect_err("not an object");
        assert_eq!(error.to_string(), "[] is not allowed; an object");
    }

    #[test]
    fn a_record_describes_itself() {
        let fields: Vec<_> = Outer::FIELDS.iter().map(|f| (f.name, f.doc)).collect();
        assert_eq!(fields, [("inner", "A record in a record, at any depth."), ("maybe", "Maybe.")]);
        let two = Inner::FIELDS[1];
        assert_eq!((two.label, two.link, two.named), ("The second", "two", &[("true", "on")][..]));
    }
}
