//! Time expressions: "late Thursday", "last fall", "since 1994", as TIMEX3 values.

use crate::ontology::TimeType;
use crate::span::{SentenceId, Span};

/// A time expression and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// Where it stands.
    pub span: Span,
    /// The sentence that holds it.
    pub sentence: SentenceId,
    /// TIMEX3 value: `2021-05-13TEV`, `2020-FA`, `P6W`; the symbolic value (`XXXX-WXX-5`) without a document date.
    pub value: String,
    /// Its type.
    pub kind: TimeType,
    /// The rule that found it, for `explain`.
    pub rule: &'static str,
}
