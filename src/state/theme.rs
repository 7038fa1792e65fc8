//! Light, dark, or as the system has it.

/// How the page, a figure or a picture is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every theme, the default first.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The word in addresses, messages and code: `auto`, `light` or `dark`.
    pub const fn word(self) -> &'static str {
        match self {
            Theme::System => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme with this word.
    pub fn from_word(word: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.word() == word)
    }

    /// The word in storage and on the document; none for the system's.
    pub const fn chosen(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light | Theme::Dark => Some(self.word()),
        }
    }

    /// The next one: first the one that changes what is seen.
    #[must_use]
    pub fn next(self, system_is_dark: bool) -> Theme {
        match (self, system_is_dark) {
            (Theme::System, true) | (Theme::Dark, false) => Theme::Light,
            (Theme::System, false) | (Theme::Light, true) => Theme::Dark,
            (Theme::Light, false) | (Theme::Dark, true) => Theme::System,
        }
    }
}
