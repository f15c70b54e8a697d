//! Mentions: the spans that refer to somebody or something, before it is decided to whom.
//!
//! In: syntax and gazetteer hits. Out: [`Mention`]s with their candidates: listed names, unlisted names found by title,
//! designator or shape, offices without a name, descriptions, pronouns.

mod description;
mod designator;
pub(crate) mod lexicon;
mod name;
mod pronoun;
mod reader;
mod small;
mod title;
pub(crate) mod word;

use std::ops::Range;

use crate::document::{Document, Zone};
use crate::gazetteer::{Candidate, EntryId, Gazetteer, Hits};
use crate::ontology::{Country, EntityKind, MentionForm, Sector};
use crate::span::{SentenceId, Span, TokenId};
use crate::syntax::Syntax;

/// A span that refers to something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where it stands: the whole phrase that names or describes, with its title, without its article.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// The token that heads it.
    pub head: TokenId,
    /// The sentence that holds it.
    pub sentence: SentenceId,
    /// How it refers.
    pub form: MentionForm,
    /// What the words themselves say of the bearer.
    pub traits: Traits,
    /// Listed things it may stand for, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// The rule that found it, for `explain`.
    pub rule: &'static str,
}

/// What a mention's own words say of its bearer: "Armenian Prime Minister Nikol Pashinyan" gives kind person, country
/// ARM, sector GOV, role prime minister and the bare name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits {
    /// What kind of thing it is.
    pub kind: Option<EntityKind>,
    /// Its country.
    pub country: Option<Country>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// The office named.
    pub role: Option<String>,
    /// The body whose office, member or force it is: NATO in "NATO Secretary General Jens Stoltenberg".
    pub organisation: Option<EntryId>,
    /// The name without titles; `None` for descriptions and pronouns.
    pub name: Option<Span>,
    /// Whether it is more than one: "both sides", "they".
    pub plural: bool,
}

/// All mentions of the story, in text order; of two that begin together the longer first. Boilerplate and credits are
/// not read.
pub fn find(doc: &Document, syntax: &Syntax, hits: &Hits, gazetteer: &Gazetteer) -> Vec<Mention> {
    let mut reader = reader::Reader::new(doc, syntax, hits, gazetteer);
    for (index, sentence) in doc.sentences.iter().enumerate() {
        if sentence.tokens.is_empty() || matches!(sentence.zone, Zone::Credit | Zone::Boilerplate) {
            continue;
        }
        reader.enter(SentenceId::from(index));
        let first = reader.segments.len();
        name::segments(&mut reader);
        title::mentions(&mut reader);
        description::mentions(&mut reader);
        pronoun::mentions(&mut reader);
        name::mentions(&mut reader, first);
    }
    name::echoes(&mut reader);
    let mut mentions = reader.out;
    mentions.sort_by_key(|mention| (mention.span.start(), std::cmp::Reverse(mention.span.end())));
    mentions.dedup_by_key(|mention| mention.span);
    mentions
}
