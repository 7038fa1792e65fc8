//! Ready-made setups: the gallery, the questions that lead to one, a lane as the configuration of a product and back,
//! and two lanes compared.

pub mod comparison;
pub mod state;
pub mod view;
