//! The ways to pass on what is shown. What each of them holds is not known here.

ackground_core::words! {
    /// A part of the sheet "Share".
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum SharePart {
        /// An address that opens it.
        #[default]
        Link = ("link", "Link"),
        /// Files.
        Save = ("save", "Save"),
        /// A figure in another page.
        Embed = ("embed", "Embed"),
    }
}
