//! Names of people in text without capitals, which the tagger alone can tell: a given name before other proper nouns.

use std::ops::Range;

use super::reader::Reader;
use super::word::{Case, Shape};
use crate::syntax::Upos;

/// How many words a name may have.
const LONGEST: u32 = 6;

/// The name that begins at a token: "luis carlos galan", "jose de la cruz".
pub(super) fn person(reader: &Reader, at: u32) -> Option<Range<u32>> {
    let first = reader.word(at).info;
    let opens = reader.case == Case::Silent && reader.parsed && first.is_given() && is_part(reader, at);
    if !opens {
        return None;
    }
    let limit = reader.range().end.min(at + LONGEST);
    let mut end = at + 1;
    let mut next = end;
    while next < limit {
        if is_part(reader, next) {
            end = next + 1;
        } else if !reader.word(next).info.is_particle() {
            break;
        }
        next += 1;
    }
    (end > at + 1).then_some(at..end)
}

/// Whether a word in small letters may be part of a name: a proper noun that is nothing else.
fn is_part(reader: &Reader, token: u32) -> bool {
    let word = reader.word(token);
    word.shape == Shape::Lower
        && reader.hit_at[token as usize] == 0
        && reader.upos(token) == Upos::Propn
        && !word.info.is_function()
        && !word.info.is_honorific()
        && word.info.noun().is_none()
        && word.info.designator().is_none()
}

#[cfg(test)]
mod tests {
    use crate::document::Source;
    use crate::ontology::EntityKind;
    use crate::pipeline::Extractor;

    fn people(text: &str) -> Vec<String> {
        let extractor = Extractor::new().expect("the built-in data is whole");
        let analysis = extractor.extract(Source { text: text.into(), ..Source::default() });
        let entities = &analysis.entities;
        let people = entities.entities.iter().filter(|entity| entity.kind == EntityKind::Person);
        people.map(|entity| entity.name.clone()).collect()
    }

    #[test]
    fn a_given_name_begins_a_name_in_small_letters() {
        assert_eq!(people("gunmen killed judge pedro carvalho outside the court on monday."), ["pedro carvalho"]);
        assert_eq!(people("police arrested four men near the mark on monday."), [] as [&str; 0]);
    }
}
