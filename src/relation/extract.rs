//! Relations from patterns, and the order of the rules.

use super::{Input, Relation, real, structure, validity};
use crate::entity;
use crate::ontology::{self, EntityKind, RelationKind};
use crate::pattern::{Domain, Filler, Match, Presence, Tree};
use crate::span::{EntityId, SentenceId, Span, TokenId};
use crate::syntax::{Deprel, Xpos};

/// The confidence of a relation that a pattern finds, before the pattern's own correction.
const BY_PATTERN: f32 = 0.75;

/// Words that say that what follows holds no more.
const FORMER: &[&str] = &[
    "former",
    "ex",
    "late",
    "ousted",
    "deposed",
    "exiled",
    "onetime",
    "then",
    "former-",
    "formerly",
    "previously",
    "once",
];

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
    if is_former(tree, found.trigger) || real::is_unreal(input, tree, found) || is_in_a_name(tree, found, kind) {
        return;
    }
    let negated = is_negated(tree, found.trigger) || found.light.is_some_and(|light| is_negated(tree, light));
    let (since, until) = validity::of(input, sentence, found.trigger);
    let attribution = speaker(input, tree, found.trigger);
    let mut objects: Vec<Party> = found.target.iter().flat_map(|&filler| parties(input, filler)).collect();
    // "a subsidiary of Scottish Power", taken as a whole, is no owner.
    let trigger = input.doc.tokens[found.trigger.index()].span;
    objects.retain(|(_, span)| !span.contains(trigger));
    let apposed = tree.rel(found.trigger) == Deprel::Appos;
    for &source in &found.source {
        // "Ann, the head of A, and Bob, …": Bob is no head of A.
        if apposed && source.head > found.trigger {
            continue;
        }
        let whole_state = |object: EntityId| is_partisan(input, tree, found.trigger, kind, object);
        for &(object, second) in objects.iter().filter(|(object, _)| !whole_state(*object)) {
            let suits = |(subject, _): &Party| *subject != object && fits(input, kind, *subject, object);
            let nearer = said_of_nearest(tree, found, kind, source.head).map(Filler::in_tree);
            let mut subjects: Vec<Party> =
                nearer.into_iter().flat_map(|noun| parties(input, noun)).filter(suits).collect();
            if subjects.is_empty() {
                subjects.extend(parties(input, source).into_iter().filter(suits));
            }
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

/// Whether the trigger is part of a name, "the National Police Agency", "the United States", and so says nothing. Titles
/// are written with a capital for all that.
fn is_in_a_name(tree: &Tree, found: &Match, kind: RelationKind) -> bool {
    let titled = matches!(kind, RelationKind::Heads | RelationKind::OfficeIn);
    let capital = tree.doc.form(found.trigger).starts_with(char::is_uppercase);
    !titled && capital && found.trigger.0 > tree.start && !tree.is_shouted(found.trigger)
}

/// Whether an office is one in a part of the country's people rather than in the state: "a Ukrainian rebel leader",
/// "the Burmese opposition leader", "the Japanese company's director".
fn is_partisan(input: &Input, tree: &Tree, noun: TokenId, kind: RelationKind, object: EntityId) -> bool {
    let office = matches!(kind, RelationKind::Heads | RelationKind::OfficeIn);
    if !office || !matches!(input.entities.get(object).kind, EntityKind::Country | EntityKind::Place) {
        return false;
    }
    let form = tree.doc.form(noun).to_lowercase();
    input.rules.is_office_of_bodies(&form)
        || tree.children(noun).any(|child| {
            child < noun
                && matches!(tree.rel(child), Deprel::Amod | Deprel::Compound)
                && input.rules.is_partisan(&tree.doc.form(child).to_lowercase())
        })
}

/// The noun right before the comma of which an apposition or a participle is said, where the tree hangs it on a noun
/// further off: "voters in South Ossetia, a breakaway region of Georgia", "the mine, owned by a French firm".
fn said_of_nearest(tree: &Tree, found: &Match, kind: RelationKind, source: TokenId) -> Option<TokenId> {
    use RelationKind::{Borders, CapitalOf, LocatedIn, PartOf};
    let rel = tree.rel(found.trigger);
    let participle =
        rel == Deprel::Advcl && tree.node(found.trigger).xpos == Xpos::Vbn && tree.is_passive(found.trigger);
    if rel != Deprel::Appos && !participle {
        return None;
    }
    let first = tree.subtree(found.trigger).0;
    let comma = first.checked_sub(1).filter(|&comma| comma > tree.start && tree.is(TokenId(comma), ","))?;
    let noun = TokenId(comma - 1);
    let of_places = matches!(kind, LocatedIn | CapitalOf | PartOf | Borders);
    let (from, to) = tree.subtree(source);
    let inside = (from..=to).contains(&noun.0) && source != noun;
    (tree.is_nominal(noun) && (of_places || participle || !inside)).then_some(noun)
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
        RelationKind::CapitalOf => {
            subject == Place && matches!(object, Country | Place) && !is_abroad(input, subject_id, object_id)
        }
        RelationKind::Borders => is_place(subject) && is_place(object),
        RelationKind::HasBaseIn => is_actor(subject) && matches!(object, Country | Place) && subject != Person,
        RelationKind::MemberOf => {
            !matches!(subject, Facility | Weapon | Platform) && (body || object == Country && subject == People)
        }
        RelationKind::Heads | RelationKind::OfficeIn => {
            subject == Person && matches!(object, Country | Place | Organisation | ArmedGroup)
        }
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
