//! factwire turns English news into facts: who did what to whom, when, where, and who says so.
//!
//! [`read::inputs`] reads documents from files of many kinds, an [`Extractor`](pipeline::Extractor) analyses them, a
//! [`Record`](record::Record) holds what was found in the form that is written, and [`table`] and
//! [`write`](mod@write) lay it out.
//!
//! ```
//! use factwire::document::Source;
//! use factwire::pipeline::Extractor;
//! use factwire::record::Record;
//!
//! let extractor = Extractor::new()?;
//! let text = "Kenyan troops killed three militants in Somalia on Monday.".to_owned();
//! let sources = [Source { id: "story".to_owned(), text, ..Source::default() }];
//! for analysis in extractor.analyses(sources) {
//!     let record = Record::new(&analysis, |id| extractor.gazetteer().entry(id), false);
//!     assert_eq!(record.events[0].plover, Some("ASSAULT"));
//! }
//! # Ok::<(), factwire::error::Error>(())
//! ```
//!
//! What may change: items that a minor version adds; the words and numbers found in a text, which get better with the data;
//! and everything behind a `cli` or `train` feature. The fields of [`record::Record`] and the columns of the
//! [`table`]s keep their names and meaning.
#![warn(missing_docs)]

pub mod analysis;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod date;
pub mod document;
pub mod duplicate;
pub mod entity;
pub mod error;
pub mod event;
pub mod figure;
pub mod gate;
pub mod gazetteer;
pub mod language;
pub mod lexicon;
pub mod mention;
pub mod number;
pub mod ontology;
pub mod pattern;
pub mod pipeline;
pub mod read;
pub mod record;
pub mod relation;
pub mod resource;
pub mod span;
pub mod syntax;
pub mod table;
pub mod text;
pub mod time;
pub mod write;
