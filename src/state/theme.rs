//! Light, dark, or following the system.

ackground_core::words! {
    /// The colour scheme of the page, a figure or a picture.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Theme {
        /// Follow the system.
        #[default]
        System = "auto",
        Light = "light",
        Dark = "dark",
    }
}

impl Theme {
    /// The word in storage and in the document's attribute; `None` for the system's.
    pub const fn chosen(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light | Theme::Dark => Some(self.word()),
        }
    }

    /// The next theme in the cycle; the first step visibly changes the page.
    #[must_use]
    pub fn next(self, system_is_dark: bool) -> Theme {
        match (self, system_is_dark) {
            (Theme::System, true) | (Theme::Dark, false) => Theme::Light,
            (Theme::System, false) | (Theme::Light, true) => Theme::Dark,
            (Theme::Light, false) | (Theme::Dark, true) => Theme::System,
        }
    }
}
