//! Ready-made setups: the gallery, the guide, conversion to and from product configurations, and comparing
//! two lanes.

pub mod comparison;
pub mod state;
pub mod view;
