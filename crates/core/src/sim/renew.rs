//! Cloning a world into an existing one without allocating: batches of runs, and a search that
//! keeps backtracking, would otherwise spend a sixth of their time on allocation.

/// `Clone` for a struct whose `clone_from` also works field by field. The derived `clone_from`
/// drops everything and allocates anew.
macro_rules! clone_in_place {
    ($name:ident { $($field:ident),+ $(,)? }) => {
        impl Clone for $name {
            fn clone(&self) -> Self {
                $name { $($field: Clone::clone(&self.$field)),+ }
            }

            fn clone_from(&mut self, other: &Self) {
                $(Clone::clone_from(&mut self.$field, &other.$field);)+
            }
        }
    };
}

pub(crate) use clone_in_place;
