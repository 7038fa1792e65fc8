//! What the page shows, and every way to change it.
