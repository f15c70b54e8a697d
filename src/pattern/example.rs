//! The inline mark-up of examples: "(SRC: Armenia) has (EVT: asked) (TAR: Russia) for help."

use crate::error::{Error, Result};
use crate::span::Span;

/// An example without its mark-up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// The plain sentence.
    pub text: String,
    /// What was marked, in text order.
    pub expected: Vec<(Expected, Span)>,
}

/// What a marked span must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The trigger, or a part of it.
    Trigger,
    /// A source.
    Source,
    /// A target.
    Target,
    /// A party: a source and a target.
    Party,
    /// The location.
    Location,
    /// A mediator.
    Mediator,
    /// An instrument.
    Instrument,
}

const MARKS: &[(&str, Expected)] = &[
    ("EVT", Expected::Trigger),
    ("SRC", Expected::Source),
    ("TAR", Expected::Target),
    ("PTY", Expected::Party),
    ("LOC", Expected::Location),
    ("MED", Expected::Mediator),
    ("INS", Expected::Instrument),
];

impl Example {
    /// Reads the mark-up. A bracket that opens no mark is text.
    ///
    /// # Errors
    /// If a mark is not closed.
    pub fn parse(marked: &str) -> Result<Self> {
        let mut example = Example::default();
        let mut rest = marked;
        while let Some(open) = rest.find('(') {
            example.text.push_str(&rest[..open]);
            rest = &rest[open..];
            let mark = MARKS.iter().find_map(|&(name, expected)| {
                let body = rest[1..].strip_prefix(name)?.strip_prefix(": ")?;
                Some((expected, body))
            });
            let Some((expected, body)) = mark else {
                example.text.push('(');
                rest = &rest[1..];
                continue;
            };
            let close = body.find(')').ok_or_else(|| Error::data(format!("a mark is not closed: {marked}")))?;
            let start = example.text.len();
            example.text.push_str(&body[..close]);
            example.expected.push((expected, Span::new(start, example.text.len())));
            rest = &body[close + 1..];
        }
        example.text.push_str(rest);
        Ok(example)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans_of_the_plain_text() {
        let example = Example::parse("(SRC: Yerevan) (EVT: asked) (TAR: Moscow) (again) for help.").unwrap();
        assert_eq!(example.text, "Yerevan asked Moscow (again) for help.");
        let marked: Vec<_> = example.expected.iter().map(|(mark, span)| (*mark, span.of(&example.text))).collect();
        let expected = [(Expected::Source, "Yerevan"), (Expected::Trigger, "asked"), (Expected::Target, "Moscow")];
        assert_eq!(marked, expected);
        assert!(Example::parse("(SRC: Yerevan asked").is_err());
    }
}
