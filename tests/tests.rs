//! Integration tests, as one program.

mod cli;
mod layers;
mod tables;
