//! Where: the place that an act's own clause names.
//!
//! A place counts when a chain of phrases leads from it to the act, one of them introduced by a word that says where:
//! "in Kidal", "outside a mosque in Peshawar", "the streets of Tbilisi". The chain may lead through what is acted on
//! ("shelled a market in Aden") but not through another clause. What opens the sentence ("In Khartoum, …") holds for
//! all of it.

use super::Input;
use crate::mention::Mention;
use crate::ontology::{EntityKind, MentionForm};
use crate::pattern::{Domain, Tree};
use crate::span::{EntityId, SentenceId, TokenId};
use crate::syntax::{Deprel, Upos};

/// Prepositions that say where something happens. "To" and "from" say whither and whence.
const WHERE: &[&str] =
    &["in", "at", "near", "outside", "inside", "around", "across", "along", "throughout", "off", "within", "through"];

/// How many phrases may lie between a place and the act.
const REACH: usize = 7;

/// The place where what happens at the anchors happens, with the head of its phrase. `targets` are the heads of those
/// acted on with force, whose place is the act's; none for acts of speech, which happen elsewhere than what they are
/// about.
pub(super) fn place(
    input: &Input,
    tree: &Tree,
    sentence: SentenceId,
    anchors: &[TokenId],
    targets: Option<&[TokenId]>,
) -> Option<(TokenId, EntityId)> {
    let within = input.entities.within(input.doc.sentences[sentence.index()].span);
    let found = within.filter_map(|(id, mention)| {
        let entity = input.entities.of(id);
        let kind = input.entities.get(entity).kind;
        let names = matches!(kind, EntityKind::Place | EntityKind::Country | EntityKind::Facility);
        if !names || !is_named(input, entity, mention) {
            return None;
        }
        let (far, top) = distance(tree, mention.head, anchors, targets)?;
        // The narrower place says more: the town before its country.
        Some(((usize::from(kind == EntityKind::Country), far, mention.span.start()), (top, entity)))
    });
    let own = found.min_by_key(|(order, _)| *order).map(|(_, place)| place);
    own.or_else(|| {
        let above = leading(tree, *anchors.first()?)?;
        place(input, tree, sentence, &[above], targets.map(|_| &[][..]))
    })
}

/// The verb whose place holds for an act too: that of the clause which the act only continues ("shelled a market in
/// Aden, killing two").
fn leading(tree: &Tree, anchor: TokenId) -> Option<TokenId> {
    let continues = match tree.rel(anchor) {
        Deprel::Conj => true,
        Deprel::Advcl | Deprel::Xcomp => tree.child(anchor, &[Deprel::Mark]).is_none(),
        _ => false,
    };
    let own_subject = tree.child(anchor, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
    tree.head(anchor).filter(|&head| continues && !own_subject && tree.node(head).upos == Upos::Verb)
}

fn is_named(input: &Input, entity: EntityId, mention: &Mention) -> bool {
    let listed = input.entities.get(entity).entry.is_some();
    match mention.form {
        MentionForm::Demonym | MentionForm::Metonym | MentionForm::Pronoun => false,
        MentionForm::Description | MentionForm::Title => listed,
        MentionForm::Name | MentionForm::Alias | MentionForm::Acronym => true,
    }
}

/// How far a place stands from the act, and the head of the outermost phrase that says where; none where no phrase
/// says that the act happens there.
fn distance(tree: &Tree, place: TokenId, anchors: &[TokenId], targets: Option<&[TokenId]>) -> Option<(usize, TokenId)> {
    let mut at = place;
    let mut said = None;
    let reach = if targets.is_some() { REACH } else { 3 };
    let targets = targets.unwrap_or_default();
    for far in 0..reach {
        if anchors.contains(&at) {
            return said.map(|top| (far, top));
        }
        if targets.contains(&at) && tree.rel(at) != Deprel::Obl && said.is_none() && far == 0 {
            // The town that is taken is where it is taken.
            return Some((1, at));
        }
        let rel = tree.rel(at);
        match rel {
            Deprel::Obl | Deprel::Nmod | Deprel::OblAgent => {
                let of = tree.has_case_form(at, "of");
                if WHERE.iter().any(|form| tree.has_case_form(at, form)) {
                    // "killed in clashes in Darfur": the clashes are no place.
                    said = said.filter(|_| tree.match_at(at, Domain::Events).is_some()).or(Some(at));
                } else if !of && said.is_none() {
                    return None;
                }
            }
            Deprel::Compound | Deprel::Appos | Deprel::Flat | Deprel::NmodPoss | Deprel::NmodDesc => {}
            Deprel::Conj if tree.node(at).upos != Upos::Verb => {}
            Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj | Deprel::Xcomp if reach == REACH => {}
            _ => return None,
        }
        let head = tree.head(at)?;
        let another = tree.node(head).upos == Upos::Verb && !anchors.contains(&head);
        if another {
            // What opens the sentence holds for all of it.
            let opens = said.is_some_and(|top| tree.subtree(top).0 <= tree.start + 1) && tree.head(head).is_none();
            return opens.then_some((REACH, at));
        }
        at = head;
    }
    None
}
