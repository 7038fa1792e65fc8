//! The tabs of the "Share" sheet.

ackground_core::words! {
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum SharePart {
        /// A link.
        #[default]
        Link = ("link", "Link"),
        Save = ("save", "Save"),
        /// A figure for another page.
        Embed = ("embed", "Embed"),
    }
}
