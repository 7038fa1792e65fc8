//! Light, dark, or as the system has it.

ackground_core::words! {
    /// How the page, a figure or a picture is coloured.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Theme {
        /// As the system has it.
        #[default]
        System = "auto",
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
    }
}

impl Theme {
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
