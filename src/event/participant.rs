//! Actor phrases: from the head of a slot to a span, an entity and a code.

use super::{Input, Participant};
use crate::entity;
use crate::ontology::{MentionForm, Role};
use crate::pattern::{Filler, Operator, Tree};
use crate::span::{EntityId, Span, TokenId};
use crate::syntax::{Deprel, Upos, Xpos};

/// The participant that a filler stands for. For a pronoun it is the phrase in the same sentence to which it refers:
/// "Chad" in "Chad says it will withdraw".
pub(super) fn participant(input: &Input, tree: &Tree, role: Role, filler: Filler) -> Participant {
    let Input { doc, syntax, entities, gazetteer, .. } = *input;
    let head = antecedent(input, tree, filler.head).unwrap_or(filler.head);
    let (span, entity, code) = entity::actor(doc, syntax, entities, head, gazetteer);
    Participant { role, span, head, entity, code }
}

/// The participants that a filler stands for: several where the phrase means several that were named before ("they",
/// "both sides").
pub(super) fn participants(input: &Input, tree: &Tree, role: Role, filler: Filler) -> Vec<Participant> {
    let own = input.entities.around(filler.head).find(|(_, mention)| mention.head == filler.head);
    let members: Vec<EntityId> = own.into_iter().flat_map(|(id, _)| input.entities.members(id)).collect();
    if members.len() < 2 {
        return vec![participant(input, tree, role, filler)];
    }
    let (span, ..) = entity::actor(input.doc, input.syntax, input.entities, filler.head, input.gazetteer);
    let member = |entity: EntityId| {
        let code = entity::code_of(input.entities.get(entity));
        Participant { role, span, head: filler.head, entity: Some(entity), code }
    };
    members.into_iter().map(member).collect()
}

/// The participant without the clause that tells the act itself: whoever is told to be held in "two envoys held by
/// rebels" is "two envoys".
pub(super) fn without_act(tree: &Tree, mut made: Participant, trigger: TokenId) -> Participant {
    let act = tree.doc.tokens[trigger.index()].span;
    if made.head >= trigger || !made.span.contains(act) {
        return made;
    }
    let below = std::iter::successors(Some(trigger), |&token| tree.head(token)).take(24);
    let clause = below.take_while(|&token| token != made.head).last();
    let held = clause.filter(|&clause| clause > made.head && tree.head(clause) == Some(made.head));
    let Some(first) = held.map(|clause| tree.subtree(clause).0) else { return made };
    let last = (made.head.0..first).rev().find(|&token| tree.node(TokenId(token)).upos != Upos::Punct);
    if let Some(last) = last {
        let start = tree.doc.span_of(made.head.0..last + 1);
        made.span = Span::new(made.span.start().min(start.start()), start.end());
    }
    made
}

/// The head of the phrase in the sentence that a pronoun stands for: the fullest that names or describes the same
/// entity, before it where there is one; else whoever is said to speak.
fn antecedent(input: &Input, tree: &Tree, pronoun: TokenId) -> Option<TokenId> {
    if !matches!(tree.node(pronoun).xpos, Xpos::Prp | Xpos::PrpS) {
        return None;
    }
    let entities = input.entities;
    let own = entities.around(pronoun).find(|(_, mention)| mention.form == MentionForm::Pronoun);
    let known = own.and_then(|(id, _)| {
        let sentence = input.doc.span_of(tree.start..tree.end);
        let same = |(other, _): &(_, &crate::mention::Mention)| entities.of(*other) == entities.of(id);
        let all = || {
            let names = |form| !matches!(form, MentionForm::Pronoun | MentionForm::Demonym);
            entities
                .within(sentence)
                .filter(same)
                .map(|(_, mention)| mention)
                .filter(move |mention| names(mention.form))
        };
        let before = all().filter(|mention| mention.head < pronoun).max_by_key(|mention| mention.span.len());
        before.or_else(|| all().max_by_key(|mention| mention.span.len())).map(|mention| mention.head)
    });
    known.or_else(|| speaker(tree, pronoun))
}

/// The plural phrase that says what "they" do: "the rebels said they would leave".
fn speaker(tree: &Tree, pronoun: TokenId) -> Option<TokenId> {
    let verb = tree.head(pronoun).filter(|_| tree.rel(pronoun) == Deprel::Nsubj && tree.is(pronoun, "they"))?;
    let said =
        tree.head(verb).filter(|&said| tree.rel(verb) == Deprel::Ccomp && tree.is_operator(said, Operator::Say))?;
    let subject = tree.subject(said)?;
    let plural = matches!(tree.node(subject).xpos, Xpos::Nns | Xpos::Nnps) || tree.conjuncts(subject).len() > 1;
    plural.then_some(subject)
}

#[cfg(test)]
mod tests {
    use crate::event::testing::told;

    #[test]
    fn a_participant_does_not_hold_its_act() {
        let told = told("Rebels freed two envoys held by the militia since May.");
        assert!(told.contains(&"COERCE militia > two envoys".to_owned()), "{told:?}");
    }
}
