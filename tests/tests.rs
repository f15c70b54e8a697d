//! Integration tests, as one program.

mod ambiguity;
mod cli;
mod layers;
mod tables;
