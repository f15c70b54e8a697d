//! When: the time expression that stands in an act's own clause.

use super::Input;
use crate::ontology::TimeType;
use crate::pattern::Tree;
use crate::span::{SentenceId, TimeId, TokenId};
use crate::syntax::{Deprel, Upos};

/// The time expression that dates what happens at `anchor`, the verb of the act's clause or its trigger.
pub(super) fn time(input: &Input, tree: &Tree, sentence: SentenceId, anchors: &[TokenId]) -> Option<TimeId> {
    let from = input.times.partition_point(|time| time.sentence < sentence);
    let own = input.times.iter().enumerate().skip(from).take_while(|(_, time)| time.sentence == sentence);
    own.filter(|(_, time)| matches!(time.kind, TimeType::Date | TimeType::Time))
        .filter_map(|(index, time)| {
            let tokens = input.doc.tokens_in(time.span);
            let head = tokens
                .clone()
                .map(TokenId)
                .find(|&token| tree.head(token).is_none_or(|head| !tokens.contains(&head.0)))?;
            // "Since April" and "until Friday" bound what happens and are not its day.
            let bounds = ["since", "until", "till"].iter().any(|form| tree.has_case_form(head, form));
            (!bounds).then_some((clause_distance(tree, head, anchors)?, TimeId::from(index)))
        })
        .min()
        .map(|(_, id)| id)
        .or_else(|| beside(input, tree, sentence, anchors))
}

/// The time that follows an anchor or its phrase at once, whatever the tree makes of it: "the deal in November", "his
/// call with Putin late Thursday".
fn beside(input: &Input, tree: &Tree, sentence: SentenceId, anchors: &[TokenId]) -> Option<TimeId> {
    let from = input.times.partition_point(|time| time.sentence < sentence);
    let own = input.times.iter().enumerate().skip(from).take_while(|(_, time)| time.sentence == sentence);
    let follows = |last: u32, first: u32| {
        let mut prepositions = (last + 1..first).map(TokenId);
        first > last && first - last <= 2 && prepositions.all(|token| tree.is_any(token, &["in", "on"]))
    };
    let next = |anchor: TokenId, first: u32| {
        follows(anchor.0, first) || tree.node(anchor).upos == Upos::Noun && follows(tree.phrase(anchor).1, first)
    };
    own.filter(|(_, time)| matches!(time.kind, TimeType::Date | TimeType::Time))
        .find(|(_, time)| anchors.iter().any(|&anchor| next(anchor, input.doc.tokens_in(time.span).start)))
        .map(|(index, _)| TimeId::from(index))
}

/// How many steps lead from a modifier up to one of the anchors, without leaving the clause.
fn clause_distance(tree: &Tree, modifier: TokenId, anchors: &[TokenId]) -> Option<usize> {
    let mut at = modifier;
    for steps in 0..5 {
        if anchors.contains(&at) {
            return Some(steps);
        }
        if steps > 0 && tree.node(at).upos == Upos::Verb {
            // Another verb: its time is not the act's, unless both are of one co-ordination.
            let shared = |&anchor: &TokenId| shares_clause(tree, anchor, at) || ends_for_both(tree, anchor, at);
            return anchors.iter().any(shared).then_some(steps + 5);
        }
        at = tree.head(at)?;
    }
    None
}

/// Whether what stands at the end of a co-ordination, with `verb`, holds for its first verb too: "killed two and wounded
/// five on Monday". A verb with a subject or an auxiliary of its own is another clause.
fn ends_for_both(tree: &Tree, anchor: TokenId, verb: TokenId) -> bool {
    let joined = tree.rel(verb) == Deprel::Conj && tree.head(verb) == Some(anchor);
    let apart = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::AuxPass];
    joined && tree.node(anchor).upos == Upos::Verb && tree.child(verb, &apart).is_none()
}

/// Whether what stands with `verb` holds for `anchor` as well: a conjunct or a controlled verb without its own subject.
fn shares_clause(tree: &Tree, anchor: TokenId, verb: TokenId) -> bool {
    let mut at = anchor;
    for _ in 0..3 {
        let subject = tree.child(at, &[Deprel::Nsubj, Deprel::NsubjPass]);
        let linked =
            matches!(tree.rel(at), Deprel::Conj | Deprel::Xcomp | Deprel::Obj | Deprel::NsubjPass | Deprel::Advcl);
        match tree.head(at) {
            Some(head) if linked && subject.is_none() => {
                if head == verb {
                    return true;
                }
                at = head;
            }
            _ => return false,
        }
    }
    false
}

/// A TIMEX3 value as a date: the clock and the part of the day fall away. None for values that name no date.
pub(super) fn date(value: &str) -> Option<String> {
    let date = value.split('T').next().unwrap_or(value);
    date.starts_with(|letter: char| letter.is_ascii_digit()).then(|| date.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_becomes_a_date() {
        assert_eq!(date("2021-05-13TEV").as_deref(), Some("2021-05-13"));
        assert_eq!(date("1994").as_deref(), Some("1994"));
        assert_eq!(date("XXXX-WXX-5"), None);
        assert_eq!(date("PAST_REF"), None);
    }
}
