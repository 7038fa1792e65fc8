//! Worlds that are made as another one is without asking for memory: what a run after another, and a
//! search that goes back again and again, would otherwise spend a sixth of their time on.

/// `Clone` for a struct, field by field also where it is cloned into what is there. The derived
/// `clone_from` throws everything away and allocates anew.
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
