//! Whose act it is: "the mayor's arrest" befell the mayor, "the army's arrests" are what the army did.

use super::Input;
use super::draft::Draft;
use crate::ontology::EntityKind;
use crate::pattern::{Filler, Tree};
use crate::syntax::Deprel;

/// Makes the owner of an act its source where the pattern takes owners for those it befell and the owner is a country,
/// a body or an armed group: those have people killed and arrested, and are not themselves.
pub(super) fn part(input: &Input, tree: &Tree, draft: &mut Draft) {
    let trigger = draft.found.trigger;
    if !draft.found.is_nominal() || !draft.source.is_empty() {
        return;
    }
    let owned = |filler: &Filler| {
        tree.rel(filler.head) == Deprel::NmodPoss && tree.head(filler.head) == Some(trigger) && is_body(input, filler)
    };
    let (owners, befallen) = std::mem::take(&mut draft.target).into_iter().partition(owned);
    draft.source = owners;
    draft.target = befallen;
    if !draft.source.is_empty() {
        draft.trail.push("source owns the act".to_owned());
    }
}

/// Whether a phrase is meant for a country, an organisation or an armed group.
fn is_body(input: &Input, filler: &Filler) -> bool {
    use EntityKind::{ArmedGroup, Country, Organisation};
    input.kinds(filler.head).any(|kind| matches!(kind, ArmedGroup | Country | Organisation))
}

#[cfg(test)]
mod tests {
    use crate::event::testing::told;

    #[test]
    fn people_suffer_the_act_they_own_and_bodies_do_it() {
        assert_eq!(told("Chad condemned the journalist's killing.")[1], "ASSAULT > journalist");
        assert!(told("Israel's killings caused an outcry.").contains(&"ASSAULT Israel >".to_owned()));
    }
}
