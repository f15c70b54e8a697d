//! Data files: how they are read, and how what is wrong with them is said.

mod csv;

pub use csv::{Row, Table};
