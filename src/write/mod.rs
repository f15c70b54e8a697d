//! Records and tables as bytes.

pub mod brat;
pub mod conll;
pub mod delimited;
pub mod eventdata;
pub mod graph;
pub mod jsonl;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod spool;
#[cfg(feature = "sqlite")]
pub mod sqlite;
#[cfg(feature = "cli")]
pub mod terminal;
#[cfg(feature = "xlsx")]
pub mod xlsx;
