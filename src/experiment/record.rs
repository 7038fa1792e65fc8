//! `record!`: a struct whose fields are the fields of an object in the document.
//!
//! The declaration is the only place where a field's name, meaning, range and default are written;
//! reading, writing, defaults and the description for the page all come from it.

/// Makes a struct with a default for every field, its [`Part`](super::part::Part), serde's traits
/// and `FIELDS`, which describes it.
macro_rules! record {
    (
        $(#[$outer:meta])*
        pub struct $name:ident {
            $(
                $(#[doc = $doc:literal])+
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
                ), )+
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

            fn read_over(
                &mut self,
                json: &$crate::experiment::json::Json,
                at: &$crate::experiment::mistake::At<'_>,
                found: &mut $crate::experiment::mistake::Found,
            ) {
                const KNOWN: &[&str] = &[$( stringify!($field), )+];
                $crate::experiment::part::each_field(json, at, found, KNOWN, |name, value, at, found| {
                    match name {
                        $( stringify!($field) => {
                            $crate::experiment::part::Part::read_over(&mut self.$field, value, at, found);
                        } )+
                        _ => return false,
                    }
                    true
                });
            }

            fn write_over(&self, base: &Self) -> Option<$crate::experiment::json::Json> {
                let mut fields = Vec::new();
                $( if let Some(json) =
                    $crate::experiment::part::Part::write_over(&self.$field, &base.$field)
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

/// serde's traits for a [`Part`](super::part::Part) with a default.
macro_rules! serde_of_part {
    ($name:ty) => {
        /// Writes what differs from the default.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                let base = <$name>::default();
                $crate::experiment::part::Part::write_over(self, &base)
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
                $crate::experiment::part::Part::read_over(&mut value, &json, &root, &mut found);
                found.give(value).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use {record, serde_of_part};
