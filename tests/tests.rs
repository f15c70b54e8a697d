//! Integration tests, as one program.

mod cli;
mod formats;
mod gazetteers;
mod golden;
mod layers;
mod tables;
mod wordings;
