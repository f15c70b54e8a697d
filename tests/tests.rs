//! Integration tests, as one program.

mod cli;
mod formats;
mod layers;
mod tables;
