//! Relations from patterns, and the order of the rules.

use super::{Input, Relation, structure, validity};
use crate::entity;
use crate::ontology::{self, EntityKind, RelationKind};
use crate::pattern::{Domain, Filler, Match, Presence, Tree};
use crate::span::{EntityId, SentenceId, Span, TokenId};
use crate::syntax::Deprel;

/// The confidence of a relation that a pattern finds, before the pattern's own correction.
const BY_PATTERN: f32 = 0.75;

/// Words that say that what follows holds no more.
const FORMER: &[&str] = &["former", "ex", "late", "ousted", "deposed", "exiled", "onetime", "then", "former-"];

/// Words that say that something is only to come or imagined.
const UNREAL: &[&str] = &["will", "would", "could", "may", "might", "should", "shall", "can", "'ll", "wo"];

/// The relations of a document, in text order, each pair and kind once a sentence.
pub fn extract(input: &Input) -> Vec<Relation> {
    let mut relations = Vec::new();
    let mut presence = Presence::default();
    for (index, sentence) in input.doc.sentences.iter().enumerate() {
        let id = SentenceId::from(index);
        if !sentence.zone.is_story() || !input.syntax.is_parsed(id) {
            continue;
        }
        let first = relations.len();
        presence.fill(input.patterns, input.doc, input.lookup, id);
        let tree = Tree::new(input.doc, input.syntax, input.patterns, (input.lookup, &presence), id);
        for token in tree.tokens() {
            if let Some(found) = tree.match_at(token, Domain::Relations) {
                by_pattern(input, &tree, id, &found, &mut relations);
            }
        }
        structure::find(input, &tree, id, &mut relations);
        let mut own = relations.split_off(first);
        own.sort_by_key(|relation| (relation.span.start(), relation.span.end()));
        for relation in own {
            let known = relations[first..].iter().any(|other| same(other, &relation));
            if !known {
                relations.push(relation);
            }
        }
    }
    relations
}

fn same(one: &Relation, other: &Relation) -> bool {
    one.kind == other.kind && one.subject == other.subject && one.object == other.object
}

fn by_pattern(input: &Input, tree: &Tree, sentence: SentenceId, found: &Match, out: &mut Vec<Relation>) {
    let Some(mut kind) = found.relation() else { return };
    if kind == RelationKind::Heads && found.is_nominal() && is_one_of_several(tree, found.trigger) {
        kind = RelationKind::OfficeIn;
    }
    if is_former(tree, found.trigger) || is_unreal(tree, found) {
        return;
    }
    let negated = is_negated(tree, found.trigger) || found.light.is_some_and(|light| is_negated(tree, light));
    let (since, until) = validity::of(input, sentence, found.trigger);
    let attribution = speaker(input, tree, found.trigger);
    let objects: Vec<Party> = found.target.iter().flat_map(|&filler| parties(input, filler)).collect();
    for &source in &found.source {
        for &(object, second) in &objects {
            let suits = |(subject, _): &Party| *subject != object && fits(input, kind, *subject, object);
            let mut subjects: Vec<Party> = parties(input, source).into_iter().filter(suits).collect();
            if subjects.is_empty() {
                // The tree may hang a relative clause on the wrong noun: "a base in Armenia, which is a member".
                let nearest = tree.nearest_antecedent(found.trigger).map(Filler::in_tree);
                subjects.extend(nearest.into_iter().flat_map(|noun| parties(input, noun)).filter(suits));
            }
            for (subject, first) in subjects {
                let span = first.join(second).join(input.doc.span_of(found.trigger.0..found.trigger.0 + 1));
                out.push(Relation {
                    kind,
                    subject,
                    object,
                    span,
                    sentence,
                    negated,
                    since: since.clone(),
                    until: until.clone(),
                    attribution: attribution.filter(|&speaker| speaker != subject),
                    confidence: (BY_PATTERN + found.trust()).clamp(0.05, 0.95),
                    rule: found.id().to_owned(),
                });
            }
        }
    }
}

/// An entity and the phrase that stands for it.
type Party = (EntityId, Span);

/// The entities and span of a slot's filler: several where the phrase stands for several ("both countries").
fn parties(input: &Input, filler: Filler) -> Vec<Party> {
    let (span, entity, _) = entity::actor(input.doc, input.syntax, input.entities, filler.head, input.gazetteer);
    let Some(entity) = entity else { return Vec::new() };
    let plural = input.entities.within(span).find(|(id, _)| input.entities.of(*id) == entity);
    let members: Vec<Party> =
        plural.into_iter().flat_map(|(id, _)| input.entities.members(id)).map(|member| (member, span)).collect();
    if members.is_empty() { vec![(entity, span)] } else { members }
}

/// Whether the two can stand in this relation, by what they are.
pub(super) fn fits(input: &Input, kind: RelationKind, subject_id: EntityId, object_id: EntityId) -> bool {
    use EntityKind::{ArmedGroup, Country, Facility, Organisation, People, Person, Place, Platform, Weapon};
    let (subject, object) = (input.entities.get(subject_id).kind, input.entities.get(object_id).kind);
    // A people that is listed, not "members of the bloc".
    let body = matches!(object, Organisation | ArmedGroup)
        || object == People && input.entities.get(object_id).entry.is_some();
    let is_place = |kind| matches!(kind, Country | Place | Facility);
    let is_actor = |kind| matches!(kind, Country | Organisation | ArmedGroup | Person | People);
    match kind {
        // A state lies nowhere but a territory that others count as theirs does.
        RelationKind::LocatedIn => {
            is_place(object)
                && !matches!(object, Facility)
                && (subject != Country || is_disputed(input, subject_id))
                && (subject != Place || !is_abroad(input, subject_id, object_id))
        }
        RelationKind::CapitalOf => subject == Place && matches!(object, Country | Place),
        RelationKind::Borders => is_place(subject) && is_place(object),
        RelationKind::HasBaseIn => is_place(object) && subject != Person,
        RelationKind::MemberOf => {
            !matches!(subject, Facility | Weapon | Platform) && (body || object == Country && subject == People)
        }
        RelationKind::Heads | RelationKind::OfficeIn => subject == Person && object != Person,
        RelationKind::Controls => {
            (is_actor(subject) || subject == Facility) && (is_place(object) || object == Organisation)
        }
        RelationKind::Opposes | RelationKind::AlliedWith | RelationKind::Backs => is_actor(subject) && is_actor(object),
        _ => true,
    }
}

/// Whether two listed places are of different countries, so that neither lies in the other.
fn is_abroad(input: &Input, inner: EntityId, outer: EntityId) -> bool {
    let (inner, outer) = (input.entities.get(inner), input.entities.get(outer));
    let disputed = |country: ontology::Country| country.as_str().starts_with('X');
    match (inner.country.filter(|_| inner.entry.is_some()), outer.country.filter(|_| outer.entry.is_some())) {
        (Some(one), Some(other)) => one != other && !disputed(one) && !disputed(other),
        _ => false,
    }
}

/// Whether it is a state that few recognise, which others count as their land: it has a code of the range that ISO 3166
/// leaves to users, from XAA to XZZ.
fn is_disputed(input: &Input, id: EntityId) -> bool {
    input.entities.get(id).country.is_some_and(|country| country.as_str().starts_with('X'))
}

/// Whether a noun has the indefinite article or names a second in rank: "a commander of the group" and "the deputy
/// director" are not its head.
fn is_one_of_several(tree: &Tree, noun: TokenId) -> bool {
    tree.children(noun).any(|child| {
        child < noun
            && tree.is_any(child, &["a", "an", "deputy", "vice", "assistant", "associate", "regional", "local"])
    })
}

fn is_negated(tree: &Tree, token: TokenId) -> bool {
    tree.children(token).any(|child| tree.is_any(child, &["not", "n't", "never", "no", "neither"]))
}

fn is_former(tree: &Tree, token: TokenId) -> bool {
    tree.children(token).any(|child| child < token && tree.is_any(child, FORMER))
}

/// Whether the relation is only to come, wished for or possible.
fn is_unreal(tree: &Tree, found: &Match) -> bool {
    let verbs = std::iter::once(found.trigger).chain(found.light);
    verbs.into_iter().any(|verb| {
        let aux = tree.children(verb).any(|child| tree.rel(child) == Deprel::Aux && tree.is_any(child, UNREAL));
        let wished = tree.rel(verb) == Deprel::Xcomp && tree.child(verb, &[Deprel::Mark]).is_some();
        aux || wished
    })
}

/// The entity that says the clause.
fn speaker(input: &Input, tree: &Tree, token: TokenId) -> Option<EntityId> {
    let mut at = token;
    for _ in 0..4 {
        let head = tree.head(at)?;
        if tree.rel(at) == Deprel::Ccomp {
            let subject = tree.child(head, &[Deprel::Nsubj])?;
            return parties(input, Filler::in_tree(subject)).first().map(|(entity, _)| *entity);
        }
        at = head;
    }
    None
}
