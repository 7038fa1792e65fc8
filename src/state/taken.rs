//! The result of applying a `key=value` from the address to a view.

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    Yes,
    UnknownKey,
    /// The value is not allowed; the text says which ones are.
    BadValue(String),
}
