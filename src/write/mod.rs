//! Records and tables as bytes.

pub mod jsonl;
