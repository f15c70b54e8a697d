//! Records and tables as bytes.

pub mod delimited;
pub mod jsonl;
#[cfg(feature = "cli")]
pub mod terminal;
#[cfg(feature = "xlsx")]
pub mod xlsx;
