//! What became of a `key=value` of an address.

/// What became of a `key=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was understood.
    Yes,
    /// The view has no such key.
    UnknownKey,
    /// The value is not one of those that are allowed, which are these.
    BadValue(String),
}
