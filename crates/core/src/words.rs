//! `words!`: an enum whose variants each have a word.

/// Defines an enum with a word for each variant (as used in the format, in files and in addresses),
/// and `ALL`, `word` and `from_word`. With a label for people beside each word it also defines
/// `label`.
///
/// ```
/// ackground_core::words! {
///     /// A colour.
///     #[derive(Clone, Copy, Debug, PartialEq)]
///     pub enum Colour {
///         /// Like fire.
///         Red = ("red", "Red"),
///         /// Like the sky.
///         SkyBlue = ("sky-blue", "Sky blue"),
///     }
/// }
///
/// assert_eq!(Colour::ALL, [Colour::Red, Colour::SkyBlue]);
/// assert_eq!(Colour::from_word("sky-blue"), Some(Colour::SkyBlue));
/// assert_eq!(Colour::Red.label(), "Red");
/// ```
#[macro_export]
macro_rules! words {
    (
        $(#[$outer:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$inner:meta])* $variant:ident = $word:literal, )+
        }
    ) => {
        $(#[$outer])*
        $vis enum $name {
            $( $(#[$inner])* $variant, )+
        }

        impl $name {
            /// All of them, in their order.
            $vis const ALL: [Self; [$( $word ),+].len()] = [$( Self::$variant ),+];

            /// The word for it.
            $vis const fn word(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )+
                }
            }

            /// The one with this word.
            $vis fn from_word(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.word() == word)
            }
        }
    };
    (
        $(#[$outer:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$inner:meta])* $variant:ident = ($word:literal, $label:literal), )+
        }
    ) => {
        $crate::words! {
            $(#[$outer])*
            $vis enum $name {
                $( $(#[$inner])* $variant = $word, )+
            }
        }

        impl $name {
            /// What people read.
            $vis const fn label(self) -> &'static str {
                match self {
                    $( Self::$variant => $label, )+
                }
            }
        }
    };
}
