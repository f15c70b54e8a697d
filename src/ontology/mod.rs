//! The closed lists of the field: kinds of things, actor codes, event types and codes.
//!
//! A code that is on no list here cannot get into the output: gazetteers and patterns are checked against these lists
//! when they are loaded.

mod actor;
mod cameo;
mod codes;
mod kind;
mod names;
mod plover;

pub use actor::{ActorCode, Country, International, Sector};
pub use cameo::Cameo;
pub use kind::{EntityKind, FigureKind, MentionForm, Modality, Qualifier, RelationKind, Role, TimeType};
pub(crate) use names::names;
pub use plover::{Context, Mode, Plover, Quad};
