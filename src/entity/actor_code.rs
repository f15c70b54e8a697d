//! The actor phrase, entity and actor code of any noun phrase: "Azerbaijani troops" AZEMIL, "Turkey's decision" TUR.

use std::ops::Range;

use super::{Entities, Entity};
use crate::document::Document;
use crate::gazetteer::Gazetteer;
use crate::mention::Mention;
use crate::mention::lexicon::WordInfo;
use crate::ontology::{ActorCode, Country, EntityKind, MentionForm, Sector};
use crate::span::{EntityId, MentionId, Span, TokenId};
use crate::syntax::phrase::{self, Reach};
use crate::syntax::{Deprel, Syntax, Upos, Xpos};

/// The whole actor phrase that a token heads, without its article, relative clauses and appositions; the entity it
/// refers to; its actor code. A relative pronoun gives its antecedent. A country that acts stands for its government.
/// Where the phrase is a thing or an act, the code is that of the actor inside it: "a U.S. Supreme Court decision" USAJUD.
pub fn actor(
    doc: &Document,
    syntax: &Syntax,
    entities: &Entities,
    head: TokenId,
    gazetteer: &Gazetteer,
) -> (Span, Option<EntityId>, Option<ActorCode>) {
    let mut head = antecedent(syntax, head);
    let mut mention = headed(entities, head);
    let mut tokens = self::tokens(doc, syntax, head, mention.map(|(_, mention)| mention), entities);
    if let Some(name) = name_before_preposition(doc, syntax, entities, &tokens, head) {
        head = name;
        mention = headed(entities, head);
        tokens = self::tokens(doc, syntax, head, mention.map(|(_, mention)| mention), entities);
    }
    let span = doc.span_of(tokens.clone());
    if let Some((id, mention)) = mention {
        let entity = entities.of(id);
        let found = entities.get(entity);
        let own = code_of(found);
        // "its soldiers" are soldiers; whose they are stands inside.
        let whose = own.is_none_or(|code| code.sector().is_some() && code.as_str().len() == 3);
        let code = whose.then(|| inside(doc, syntax, entities, &tokens, head, gazetteer)).flatten();
        let code = code.or(own).or_else(|| bare(doc, syntax, head, gazetteer));
        let unknown = mention.form == MentionForm::Pronoun && found.confidence <= UNRESOLVED;
        return (span, (!unknown).then_some(entity), code.filter(|_| !unknown));
    }
    let code = inside(doc, syntax, entities, &tokens, head, gazetteer).or_else(|| bare(doc, syntax, head, gazetteer));
    (span, None, code)
}

/// The confidence of an entity that is only a pronoun without antecedent.
const UNRESOLVED: f32 = 0.2;

/// The noun that a relative pronoun stands for, else the token itself.
fn antecedent(syntax: &Syntax, head: TokenId) -> TokenId {
    let node = syntax.node(head);
    if !matches!(node.xpos.name(), "WP" | "WDT" | "WP$") && node.upos != Upos::Pron {
        return head;
    }
    let mut at = head;
    for _ in 0..4 {
        let Some(next) = syntax.head(at) else { return head };
        if syntax.node(at).deprel == Deprel::AclRelcl {
            return if matches!(node.xpos.name(), "WP" | "WDT" | "WP$") { next } else { head };
        }
        at = next;
    }
    head
}

/// The longest mention that the token heads, else the shortest that holds it.
fn headed(entities: &Entities, head: TokenId) -> Option<(MentionId, &Mention)> {
    let own = entities.around(head).find(|(_, mention)| mention.head == head);
    own.or_else(|| {
        let holds = entities
            .around(head)
            .filter(|(_, mention)| mention.traits.name.is_some() || mention.tokens.end == head.0 + 1);
        holds.last()
    })
}

/// The tokens of the actor phrase.
fn tokens(
    doc: &Document,
    syntax: &Syntax,
    head: TokenId,
    mention: Option<&Mention>,
    entities: &Entities,
) -> Range<u32> {
    let mut range = match mention {
        Some(mention) if mention.form == MentionForm::Pronoun => return mention.tokens.clone(),
        Some(mention) => mention.tokens.clone(),
        None => head.0..head.0 + 1,
    };
    if syntax.is_parsed(doc.sentence_of(head)) && mention.is_none_or(|mention| mention.traits.name.is_none()) {
        // What follows a proper noun is seldom part of it.
        let reach = if syntax.node(head).upos == Upos::Propn { Reach::Of } else { Reach::All };
        let phrase = phrase::extent(doc, syntax, head, reach);
        range = range.start.min(phrase.start)..range.end.max(phrase.end);
    }
    if let Some(end) = initials(doc, range.end) {
        range.end = end;
    }
    // A name is never cut in two.
    for token in [range.start, range.end - 1] {
        for (_, mention) in entities.around(TokenId(token)).filter(|(_, mention)| mention.traits.name.is_some()) {
            if !mention.tokens.contains(&head.0) || mention.head == head {
                range = range.start.min(mention.tokens.start)..range.end.max(mention.tokens.end);
            }
        }
    }
    let article =
        |token: u32| ["the", "a", "an"].iter().any(|word| doc.form(TokenId(token)).eq_ignore_ascii_case(word));
    if range.len() > 1 && article(range.start) && range.start < head.0 {
        range.start += 1;
    }
    range
}

/// The head of the name that opens a phrase and is followed by a preposition. Such a name heads its phrase, also where the
/// tree makes it a modifier of a noun further on: "asked President Vladimir Putin for help amid tensions".
fn name_before_preposition(
    doc: &Document,
    syntax: &Syntax,
    entities: &Entities,
    tokens: &Range<u32>,
    head: TokenId,
) -> Option<TokenId> {
    let (_, name) = entities.around(TokenId(tokens.start)).find(|(_, mention)| mention.traits.name.is_some())?;
    let next = TokenId(name.tokens.end);
    let before_head = name.tokens.start == tokens.start && name.tokens.end <= head.0;
    let parsed = syntax.is_parsed(doc.sentence_of(head));
    (before_head && parsed && syntax.node(next).upos == Upos::Adp).then_some(name.head)
}

/// The end of the initials in brackets that follow a name: "(CSTO)".
fn initials(doc: &Document, at: u32) -> Option<u32> {
    let form = |token: u32| doc.tokens.get(token as usize).map(|_| doc.form(TokenId(token)));
    let bracketed = form(at) == Some("(") && form(at + 2) == Some(")");
    let upper = form(at + 1)?.chars().filter(|letter| letter.is_uppercase()).count() > 1;
    (bracketed && upper).then_some(at + 3)
}

/// The code of an entity as an actor: a country acts as its government, a place as its country.
pub fn code_of(entity: &Entity) -> Option<ActorCode> {
    match entity.kind {
        EntityKind::Country => ActorCode::new(entity.country, entity.sector.or(Some(Sector::Government))),
        EntityKind::Place | EntityKind::Facility => ActorCode::new(entity.country, None),
        _ => entity.code,
    }
}

/// The code of the actor inside a phrase that is not an actor by name: the country of its adjective or owner, with the
/// sector of the head noun, or the whole code of a body named in it. Who stands in a clause of the phrase is somebody
/// else ("journalists held by rebels"), though mostly of the same country; things are whose they are made by ("a proposal
/// submitted by the ministry").
fn inside(
    doc: &Document,
    syntax: &Syntax,
    entities: &Entities,
    tokens: &Range<u32>,
    head: TokenId,
    gazetteer: &Gazetteer,
) -> Option<ActorCode> {
    let mut country: Option<Country> = None;
    let mut whole = None;
    let sector = sector(doc, head, gazetteer);
    let clause = clause_start(doc, syntax, tokens, head, sector.is_some());
    let mut seat = None;
    for (id, mention) in entities.within(doc.span_of(tokens.clone())) {
        if mention.head == head {
            continue;
        }
        let entity = entities.get(entities.of(id));
        if entity.kind == EntityKind::Country || mention.form == MentionForm::Demonym {
            let agent = mention.tokens.start > clause && follows_by(doc, mention.tokens.start);
            country = country.or(entity.country.filter(|_| !agent));
        } else if entity.kind == EntityKind::Place && mention.tokens.end <= head.0 {
            // "a Lyon court", "Kabul police"
            seat = seat.or(entity.country);
        } else if mention.tokens.start < clause
            && whole.is_none()
            && !matches!(entity.kind, EntityKind::Place | EntityKind::Facility)
        {
            // "his troops" are the president's, and no government.
            let unnamed = matches!(mention.form, MentionForm::Title | MentionForm::Description | MentionForm::Pronoun);
            if sector.is_some() && unnamed {
                country = country.or(entity.country);
            } else {
                whole = entity.code;
            }
        }
    }
    let country = country.or(seat.filter(|_| sector.is_some()));
    match (whole, country) {
        (Some(code), _) if sector.is_none() || country.is_none() => Some(code),
        (_, Some(country)) => ActorCode::new(Some(country), sector),
        (code, None) => code,
    }
}

/// Where the first clause in a phrase begins that tells of the head what is not its own; the phrase's end if none does.
fn clause_start(doc: &Document, syntax: &Syntax, tokens: &Range<u32>, head: TokenId, is_actor: bool) -> u32 {
    const OWNS: &[&str] = &[
        "led",
        "commanded",
        "headed",
        "run",
        "owned",
        "employed",
        "controlled",
        "operated",
        "belonging",
        "representing",
        "working",
        "serving",
    ];
    if !syntax.is_parsed(doc.sentence_of(head)) {
        return tokens.end;
    }
    let owns = |verb: TokenId| OWNS.iter().any(|form| doc.form(verb).eq_ignore_ascii_case(form));
    let made = |verb: TokenId| !is_actor && syntax.node(verb).xpos == Xpos::Vbn;
    let clauses = syntax
        .children(head)
        .filter(|&child| child > head && syntax.node(child).deprel == Deprel::Acl && !owns(child) && !made(child));
    clauses.map(|child| child.0).fold(tokens.end, u32::min)
}

/// Whether "by" stands before a name, at most an article between.
fn follows_by(doc: &Document, at: u32) -> bool {
    let is = |back: u32, word: &str| {
        at.checked_sub(back).is_some_and(|token| doc.form(TokenId(token)).eq_ignore_ascii_case(word))
    };
    is(1, "by") || is(1, "the") && is(2, "by")
}

/// The code of a generic actor: "protesters" OPP, also of some of them: "a group of protesters".
fn bare(doc: &Document, syntax: &Syntax, head: TokenId, gazetteer: &Gazetteer) -> Option<ActorCode> {
    ActorCode::new(None, sector(doc, head, gazetteer).or_else(|| sector(doc, members(doc, syntax, head)?, gazetteer)))
}

/// Of whom a group consists, or a number: the head of "of …".
fn members(doc: &Document, syntax: &Syntax, head: TokenId) -> Option<TokenId> {
    use EntityKind::{ArmedGroup, Organisation, People};
    if !syntax.is_parsed(doc.sentence_of(head)) {
        return None;
    }
    let group =
        || WordInfo::of(doc.form(head)).noun().is_some_and(|n| matches!(n.kind, ArmedGroup | Organisation | People));
    let counts = matches!(syntax.node(head).upos, Upos::Num | Upos::Pron | Upos::Det);
    let of = |child: &TokenId| {
        *child > head
            && syntax.node(*child).deprel == Deprel::Nmod
            && syntax.child(*child, Deprel::Case).is_some_and(|case| doc.form(case).eq_ignore_ascii_case("of"))
    };
    syntax.children(head).find(of).filter(|_| counts || group())
}

/// The sector that a common noun gives, alone or with the word before it: "police officers".
fn sector(doc: &Document, head: TokenId, gazetteer: &Gazetteer) -> Option<Sector> {
    let form = doc.form(head);
    if let Some(noun) = WordInfo::of(form).noun() {
        return noun.sector;
    }
    let before = head.0.checked_sub(1).map(|before| doc.form(TokenId(before)));
    let pair = before.and_then(|before| gazetteer.agent(&[before, form]));
    pair.or_else(|| gazetteer.agent(&[form])).and_then(|agent| agent.sector)
}
