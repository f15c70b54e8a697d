//! The closed lists of the field: kinds of things, actor codes, event types and codes.
//!
//! A code that is on no list here cannot get into the output: gazetteers and patterns are checked against these lists
//! when they are loaded.

mod actor;
mod cameo;
mod kind;
mod plover;

pub use actor::{ActorCode, Country, International, Sector};
pub use cameo::Cameo;
pub use kind::{EntityKind, FigureKind, MentionForm, Modality, Qualifier, RelationKind, Role, TimeType};
pub use plover::{Context, Mode, Plover, Quad};

/// Defines an enum whose values each have one name, in data files and in the record alike.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The name in data files and in the record.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// The value of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some($name::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}
pub(crate) use names;
