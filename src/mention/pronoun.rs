//! Personal and possessive pronouns.

use super::Traits;
use super::reader::Reader;
use super::word::Shape;
use crate::ontology::{EntityKind, MentionForm};

/// Finds the pronouns of the sentence. Whom they refer to, if anybody, is decided by the entity stage.
pub(super) fn mentions(reader: &mut Reader) {
    for token in reader.range() {
        if reader.segment(token).is_some() || reader.used[token as usize] && !is_possessive(reader, token) {
            continue;
        }
        let Some((kind, plural)) = kind(reader, token) else { continue };
        let traits = Traits { kind, plural, ..Traits::default() };
        reader.push(token..token + 1, MentionForm::Pronoun, traits, "pronoun");
    }
}

fn is_possessive(reader: &Reader, token: u32) -> bool {
    ["my", "his", "her", "its", "our", "their"].iter().any(|word| reader.is(token, word))
}

/// What a pronoun says of its bearer: a person or not, one or more; `None` for other words.
fn kind(reader: &Reader, token: u32) -> Option<(Option<EntityKind>, bool)> {
    let form = reader.form(token);
    if form.len() > 10 || reader.shape(token) == Shape::Other {
        return None;
    }
    // "US" is the country, where case tells.
    if form == "US" || form == "IT" || form == "ME" {
        return None;
    }
    let is = |words: &[&str]| words.iter().any(|word| form.eq_ignore_ascii_case(word));
    if is(&["he", "him", "his", "himself", "she", "her", "hers", "herself", "i", "me", "my", "myself"]) {
        Some((Some(EntityKind::Person), false))
    } else if is(&["it", "its", "itself"]) {
        Some((None, false))
    } else if is(&["they", "them", "their", "themselves", "we", "us", "our", "ours", "ourselves"]) {
        Some((None, true))
    } else {
        None
    }
}
