//! Ackground
