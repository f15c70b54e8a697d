//! Integration tests, as one program.

mod ambiguity;
mod cli;
#[cfg(all(
    feature = "feeds",
    feature = "html",
    feature = "mail",
    feature = "markdown",
    feature = "office",
    feature = "parquet",
    feature = "xlsx"
))]
mod containers;
mod coreference;
#[cfg(all(
    feature = "feeds",
    feature = "html",
    feature = "mail",
    feature = "office",
    feature = "parquet",
    feature = "xlsx"
))]
mod corpus;
mod formats;
mod gazetteers;
mod golden;
mod layers;
mod leaders;
mod outputs;
mod patterns;
mod resume;
mod tables;
mod tolls;
mod wordings;
