//! `choice!`: an enum whose variants are words of the format.

/// Defines an enum with a word of the format per variant. The doc comments are both rustdoc and
/// what the page shows (`describe`); a word that is a setting's value also has a label.
#[macro_export]
macro_rules! choice {
    (
        $(#[$outer:meta])*
        pub enum $name:ident {
            $(
                $(#[doc = $doc:literal])+
                $(#[label = $label:literal])?
                $variant:ident = $word:literal,
            )+
        }
    ) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[doc = $doc])+ $variant, )+
        }

        impl $name {
            /// Every choice, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The words with what they mean, in the order of [`Self::ALL`].
            pub const WORDS: &'static [$crate::experiment::part::WordInfo] = &[
                $( $crate::experiment::part::WordInfo::new(
                    $word,
                    concat!($($doc),+).trim_ascii(),
                )$(.label($label))?, )+
            ];

            /// Its word in the document.
            pub const fn word(self) -> &'static str {
                Self::WORDS[self as usize].word
            }

            /// What it means, in one sentence.
            pub const fn describe(self) -> &'static str {
                match self {
                    $( Self::$variant => concat!($($doc),+).trim_ascii(), )+
                }
            }

            /// The choice with this word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.word() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl $crate::experiment::part::Leaf for $name {
            fn allowed() -> $crate::experiment::part::Shape {
                $crate::experiment::part::Shape::Words(Self::WORDS)
            }
            fn from_json(json: &$crate::experiment::json::Json) -> Option<Self> {
                match json {
                    $crate::experiment::json::Json::Text(word) => Self::from_word(word),
                    _ => None,
                }
            }
            fn to_json(&self) -> $crate::experiment::json::Json {
                $crate::experiment::json::Json::text(self.word())
            }
        }

        $crate::experiment::value::serde_of_leaf!([] $name);
    };
}

/// Implements serde's traits for a leaf; the generics go in the brackets.
#[macro_export]
#[doc(hidden)]
macro_rules! serde_of_leaf {
    ([$($generics:tt)*] $name:ty) => {
        impl<$($generics)*> serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                $crate::experiment::part::Leaf::to_json(self).serialize(s)
            }
        }

        impl<'de, $($generics)*> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let json = <$crate::experiment::json::Json as serde::Deserialize>::deserialize(d)?;
                $crate::experiment::part::Leaf::from_json(&json).ok_or_else(|| {
                    let shape = <Self as $crate::experiment::part::Leaf>::allowed();
                    serde::de::Error::custom($crate::experiment::part::refusal(&json, &shape))
                })
            }
        }
    };
}

pub use {choice, serde_of_leaf};

#[cfg(test)]
mod tests {
    choice! {
        /// A colour.
        pub enum Colour {
            /// Like fire,
            /// and like blood.
            Red = "red",
            /// Like the sky.
            #[label = "sky blue"]
            SkyBlue = "sky_blue",
        }
    }

    #[test]
    fn a_choice_is_its_word_and_its_doc() {
        assert_eq!(Colour::ALL, [Colour::Red, Colour::SkyBlue]);
        assert_eq!(Colour::SkyBlue.to_string(), "sky_blue");
        assert_eq!(Colour::from_word("sky_blue"), Some(Colour::SkyBlue));
        assert_eq!(Colour::from_word("Red"), None, "words are exact");
        assert_eq!(
            Colour::WORDS.iter().map(|word| word.label).collect::<Vec<_>>(),
            ["", "sky blue"]
        );
        assert_eq!(Colour::Red.describe(), "Like fire, and like blood.");
        let error = serde_json::from_str::<Colour>("\"blue\"").expect_err("no colour");
        assert_eq!(error.to_string(), "\"blue\" is not allowed; \"red\" or \"sky_blue\"");
    }
}
