//! The ways to pass on what is shown. What each of them holds is not known here.

/// A part of the sheet "Share".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SharePart {
    /// An address that opens it.
    #[default]
    Link,
    /// Files.
    Save,
    /// A figure in another page.
    Embed,
}

impl SharePart {
    /// Every part, in the order in which they are offered.
    pub const ALL: [SharePart; 3] = [SharePart::Link, SharePart::Save, SharePart::Embed];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            SharePart::Link => "Link",
            SharePart::Save => "Save",
            SharePart::Embed => "Embed",
        }
    }

    /// Its name in tests and classes.
    pub const fn word(self) -> &'static str {
        match self {
            SharePart::Link => "link",
            SharePart::Save => "save",
            SharePart::Embed => "embed",
        }
    }
}
