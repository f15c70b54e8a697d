//! Relations that are told by how names stand together rather than by a word of their own: titles before names, places
//! named one inside the other, compounds such as "Turkish-backed".

use super::extract::fits;
use super::{Input, Relation};
use crate::entity;
use crate::mention::Mention;
use crate::ontology::{EntityKind, MentionForm, RelationKind, Sector};
use crate::pattern::Tree;
use crate::span::{EntityId, MentionId, SentenceId, Span, TokenId};
use crate::syntax::{Deprel, Upos};

/// How sure each rule is.
const BY_TITLE: f32 = 0.85;
const BY_PLACE: f32 = 0.8;
const BY_COMPOUND: f32 = 0.75;
const BY_PRESENCE: f32 = 0.65;
const BY_EXAMPLE: f32 = 0.65;

/// Finds the relations of a sentence and appends them.
pub(super) fn find(input: &Input, tree: &Tree, sentence: SentenceId, out: &mut Vec<Relation>) {
    let mentions: Vec<(MentionId, &Mention)> =
        input.entities.within(input.doc.sentences[sentence.index()].span).collect();
    for &(id, mention) in &mentions {
        by_title(input, id, mention, out);
        by_owner(input, tree, id, mention, out);
        by_container(input, tree, id, mention, out);
        by_example(input, tree, id, mention, out);
    }
    for pair in mentions.windows(2) {
        by_comma(input, tree, pair[0], pair[1], out);
    }
    for token in tree.tokens() {
        by_compound(input, tree, sentence, token, out);
    }
}

fn relation(
    input: &Input,
    kind: RelationKind,
    (subject, object): (EntityId, EntityId),
    (span, sentence): (Span, SentenceId),
    (rule, confidence): (&str, f32),
) -> Option<Relation> {
    let known = kind == RelationKind::LocatedIn && is_known_place(input, (subject, object));
    (subject != object && !known && fits(input, kind, subject, object)).then(|| Relation {
        kind,
        subject,
        object,
        span,
        sentence,
        negated: false,
        since: None,
        until: None,
        attribution: None,
        confidence,
        rule: rule.to_owned(),
    })
}

fn is_place(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Place | EntityKind::Country)
}

/// Whether the text or the gazetteer names it: of "a base" it is not worth saying where it lies.
fn is_named(input: &Input, id: EntityId) -> bool {
    let entity = input.entities.get(id);
    // "the Iraqi capital" has a capital letter but no name.
    let last = entity.name.rsplit(' ').next().unwrap_or_default();
    entity.entry.is_some() || last.starts_with(char::is_uppercase)
}

/// "Armenian Prime Minister Nikol Pashinyan" leads Armenia.
fn by_title(input: &Input, id: MentionId, mention: &Mention, out: &mut Vec<Relation>) {
    let Some(role) = mention.traits.role.as_deref().filter(|_| mention.traits.name.is_some()) else { return };
    let name = mention.traits.name.map_or(mention.span.end(), Span::start);
    let former = ["former ", "ex-", "then-", "late ", "Former "]
        .iter()
        .any(|word| mention.span.of(input.doc.text()).starts_with(word));
    if former || name <= mention.span.start() {
        return;
    }
    // The last before the office, and of nested ones the whole: "Scottish Labour Party leader".
    let mut body: Option<(Span, EntityId)> = None;
    for (inner, other) in input.entities.within(Span::new(mention.span.start(), name)) {
        let entity = input.entities.of(inner);
        let kind = input.entities.get(entity).kind;
        let fits =
            matches!(kind, EntityKind::Country | EntityKind::Organisation | EntityKind::ArmedGroup | EntityKind::Place);
        if fits && body.is_none_or(|(span, _)| other.span.start() >= span.end()) {
            body = Some((other.span, entity));
        }
    }
    let Some((_, body)) = body else { return };
    let kind = if input.rules.is_top_office(role) { RelationKind::Heads } else { RelationKind::OfficeIn };
    let ends = (input.entities.of(id), body);
    if is_known(input, ends, role) || !is_office_of(input, (mention, role), body) {
        return;
    }
    out.extend(relation(input, kind, ends, (mention.span, mention.sentence), ("title", BY_TITLE)));
}

/// Whether who bears the title holds an office there: of a country, one of its state. "The British musician" and "the
/// Ukrainian rebel leader" hold none.
fn is_office_of(input: &Input, (mention, role): (&Mention, &str), body: EntityId) -> bool {
    use Sector::{Government, Judiciary, Legislature, Military, Police, Spy};
    let kind = input.entities.get(body).kind;
    if !matches!(kind, EntityKind::Country | EntityKind::Place) {
        return true;
    }
    let state = [Government, Judiciary, Legislature, Military, Police, Spy];
    let of_state = match mention.traits.sector {
        Some(sector) => state.contains(&sector),
        None => input.rules.is_top_office(role),
    };
    let town = kind == EntityKind::Country && input.rules.is_office_of_towns(role);
    of_state && !town && !input.rules.is_office_of_bodies(role)
}

/// Whether the gazetteer knows that a place lies in a country, so that a name that says so ("Kirkuk, Iraq") tells nothing
/// new.
fn is_known_place(input: &Input, (place, country): (EntityId, EntityId)) -> bool {
    let (place, country) = (input.entities.get(place), input.entities.get(country));
    place.entry.is_some() && country.kind == EntityKind::Country && place.country == country.country
}

/// Whether the gazetteer knows the office, so that the title tells nothing new.
fn is_known(input: &Input, (person, body): (EntityId, EntityId), role: &str) -> bool {
    let (person, body) = (input.entities.get(person), input.entities.get(body));
    person.entry.is_some() && person.role.as_deref() == Some(role) && person.country == body.country
}

/// "Yemen's Shabwa province", "the Syrian city of Raqqa".
fn by_owner(input: &Input, tree: &Tree, id: MentionId, mention: &Mention, out: &mut Vec<Relation>) {
    let place = input.entities.of(id);
    if input.entities.get(place).kind != EntityKind::Place || mention.form == MentionForm::Demonym {
        return;
    }
    let head = mention.head;
    let above = tree.head(head).filter(|&above| {
        tree.node(above).upos == Upos::Noun
            && input.rules.is_place_noun(&tree.doc.form(above).to_lowercase())
            && (tree.has_case_form(head, "of")
                || matches!(tree.rel(head), Deprel::Appos | Deprel::Flat | Deprel::Compound))
    });
    for noun in std::iter::once(head).chain(above) {
        for child in tree.children(noun) {
            let owns = matches!(tree.rel(child), Deprel::NmodPoss | Deprel::Amod | Deprel::Compound);
            if !owns || child > noun {
                continue;
            }
            let owner =
                input.entities.around(child).find(|(_, other)| other.tokens.end == child.0 + 1 || other.head == child);
            let Some((owner, other)) = owner.filter(|(owner, _)| *owner != id) else { continue };
            let country = input.entities.of(owner);
            // "the Crimea region" is Crimea, but "the Damascus suburb of Darayya" lies in Damascus.
            let of_the_name = tree.rel(child) == Deprel::Compound && other.form != MentionForm::Demonym;
            let kind = input.entities.get(country).kind;
            let owned = kind == EntityKind::Country && !of_the_name;
            let outskirts = kind == EntityKind::Place && of_the_name && above == Some(noun) && head > noun;
            if (owned || outskirts) && is_named(input, place) {
                let span = other.span.join(mention.span);
                let ends = (place, country);
                out.extend(relation(
                    input,
                    RelationKind::LocatedIn,
                    ends,
                    (span, mention.sentence),
                    ("place-owner", BY_PLACE),
                ));
            }
        }
    }
}

/// "Menaka in Mali", "a base in Hasakah in Syria".
fn by_container(input: &Input, tree: &Tree, id: MentionId, mention: &Mention, out: &mut Vec<Relation>) {
    let outer = input.entities.of(id);
    if !is_place(input.entities.get(outer).kind) || mention.form == MentionForm::Demonym {
        return;
    }
    let Some(head) = first_of_several(tree, mention.head) else { return };
    let within = ["in", "inside", "within"].iter().any(|form| tree.has_case_form(head, form));
    let Some(noun) = tree.head(head).filter(|_| within && tree.rel(head) == Deprel::Nmod) else { return };
    let inner = input.entities.around(noun).find(|(_, other)| other.head == noun && other.form != MentionForm::Demonym);
    let Some((inner, other)) = inner else { return };
    let subject = input.entities.of(inner);
    let sure = match input.entities.get(subject).kind {
        EntityKind::Place | EntityKind::Facility => BY_PLACE,
        // "Al-Shabaab in Somalia" has its people there.
        EntityKind::ArmedGroup => BY_PRESENCE,
        _ => return,
    };
    if is_named(input, subject) && other.span.end() <= mention.span.start() {
        let span = other.span.join(mention.span);
        out.extend(relation(
            input,
            RelationKind::LocatedIn,
            (subject, outer),
            (span, mention.sentence),
            ("place-in", sure),
        ));
    }
}

/// The first of words joined by "and", which has the preposition of all.
fn first_of_several(tree: &Tree, token: TokenId) -> Option<TokenId> {
    if tree.rel(token) == Deprel::Conj { tree.head(token) } else { Some(token) }
}

/// "a coalition including Jordan and Morocco": what is given as an example of a body's parts belongs to it.
fn by_example(input: &Input, tree: &Tree, id: MentionId, mention: &Mention, out: &mut Vec<Relation>) {
    let subject = input.entities.of(id);
    let actor = matches!(
        input.entities.get(subject).kind,
        EntityKind::Country | EntityKind::Organisation | EntityKind::ArmedGroup | EntityKind::People
    );
    if !actor || mention.form == MentionForm::Demonym || !is_named(input, subject) {
        return;
    }
    let Some(head) = first_of_several(tree, mention.head) else { return };
    let example = ["including", "notably"].iter().any(|form| tree.has_case_form(head, form));
    let Some(noun) = tree.head(head).filter(|_| example && tree.rel(head) == Deprel::Nmod) else { return };
    let whole = input.entities.around(noun).find(|(_, other)| other.head == noun);
    let Some((whole, other)) = whole.filter(|(_, other)| !other.traits.plural) else { return };
    let object = input.entities.of(whole);
    let body = matches!(input.entities.get(object).kind, EntityKind::Organisation | EntityKind::ArmedGroup)
        && (input.entities.get(object).entry.is_some() || input.rules.is_body(&tree.doc.form(noun).to_lowercase()));
    if body && other.span.end() <= mention.span.start() {
        let span = other.span.join(mention.span);
        let rule = ("example", BY_EXAMPLE);
        out.extend(relation(input, RelationKind::MemberOf, (subject, object), (span, mention.sentence), rule));
    }
}

/// "Aleppo, Syria", but not "Aleppo, Homs and Hama".
fn by_comma(
    input: &Input,
    tree: &Tree,
    (inner, first): (MentionId, &Mention),
    (outer, second): (MentionId, &Mention),
    out: &mut Vec<Relation>,
) {
    let comma = second.tokens.start.checked_sub(1).map(TokenId).filter(|&comma| tree.is(comma, ","));
    // The whole "Aleppo, Syria" may be one mention with the country inside it.
    let inside = first.tokens.end == second.tokens.end && first.tokens.start + 1 < second.tokens.start;
    let joined = comma.is_some_and(|comma| first.tokens.end == comma.0 || inside);
    let named = first.form != MentionForm::Demonym && second.form != MentionForm::Demonym;
    if !joined || !named || tree.rel(second.head) == Deprel::Conj {
        return;
    }
    let (subject, object) = (input.entities.of(inner), input.entities.of(outer));
    let kinds = (input.entities.get(subject).kind, input.entities.get(object).kind);
    if kinds.0 == EntityKind::Place && is_place(kinds.1) {
        let span = first.span.join(second.span);
        out.extend(relation(
            input,
            RelationKind::LocatedIn,
            (subject, object),
            (span, first.sentence),
            ("place-comma", BY_PLACE),
        ));
    }
}

/// "Iranian-backed militias", "the Moscow-based firm".
fn by_compound(input: &Input, tree: &Tree, sentence: SentenceId, participle: TokenId, out: &mut Vec<Relation>) {
    let hyphen = participle.0.checked_sub(1).filter(|&at| at > tree.start).map(TokenId);
    let Some(hyphen) = hyphen.filter(|&hyphen| tree.is(hyphen, "-")) else { return };
    let past = tree.children(participle).any(|child| tree.is_any(child, &["formerly", "previously"]));
    let Some((kind, reversed)) = input.rules.compound(&tree.doc.form(participle).to_lowercase()) else { return };
    let name = TokenId(hyphen.0 - 1);
    let Some((named, before)) = input.entities.around(name).find(|(_, mention)| mention.tokens.end == hyphen.0) else {
        return;
    };
    let Some(noun) = tree.head(participle).filter(|&noun| noun > participle) else { return };
    let (span, entity, _) = entity::actor(input.doc, input.syntax, input.entities, noun, input.gazetteer);
    let Some(described) = entity else { return };
    let named = input.entities.of(named);
    // "the French-owned firm" is owned by Frenchmen; "the Israeli-occupied valley" is a land that a state holds.
    let of_people = before.form == MentionForm::Demonym && kind == RelationKind::Controls;
    if past || of_people && !is_place(input.entities.get(described).kind) {
        return;
    }
    let ends = if reversed { (described, named) } else { (named, described) };
    let span = before.span.join(span);
    out.extend(relation(input, kind, ends, (span, sentence), ("compound", BY_COMPOUND)));
}
