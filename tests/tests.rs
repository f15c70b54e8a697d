//! Integration tests, as one program.

mod ambiguity;
mod cli;
mod coreference;
mod formats;
mod gazetteers;
mod golden;
mod layers;
mod tables;
mod wordings;
