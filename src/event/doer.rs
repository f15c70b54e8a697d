//! Who can attack at all: people, bodies and countries, not the sense of an act, its place, its day or its reason.

use super::Input;
use super::draft::Draft;
use super::participant::participant;
use super::words;
use crate::ontology::{EntityKind, Plover, Role, Sector};
use crate::pattern::{Filler, Tree};
use crate::syntax::{Deprel, Upos};

/// Takes out of the sources of an attack what the tree gives but is nobody ("a brazen attack", "holes in the roof"):
/// what is no mention of anybody, has no actor code and is no word for people either.
pub(super) fn part(input: &Input, tree: &Tree, draft: &mut Draft) {
    if draft.act.plover != Some(Plover::Assault) {
        return;
    }
    draft.source.retain(|&filler| !is_location(input, &filler) && is_somebody(input, tree, filler));
}

/// Makes targets of the towns that a nominal attack names, which a pattern takes for its doers: "the Bali bombing" names
/// whom it struck.
pub(super) fn not_places(input: &Input, tree: &Tree, draft: &mut Draft) {
    if draft.act.plover != Some(Plover::Assault) || !draft.found.is_nominal() {
        return;
    }
    let before = |filler: &Filler| matches!(tree.rel(filler.head), Deprel::Compound | Deprel::Amod);
    let is_town = |filler: &Filler| is_location(input, filler) || before(filler) && is_civil(input, tree, *filler);
    let (towns, doers): (Vec<Filler>, Vec<Filler>) = draft.source.iter().partition(|filler| is_town(filler));
    draft.source = doers;
    if draft.target.is_empty() {
        draft.target = towns;
    }
}

/// Whether a common noun is one for people and houses that do not attack: "a school shooting", "the mosque attack".
fn is_civil(input: &Input, tree: &Tree, filler: Filler) -> bool {
    use Sector::{Business, Education, Journalist, Medical};
    let made = participant(input, tree, Role::Source, filler);
    let sector = made.code.and_then(|code| code.sector());
    tree.node(filler.head).upos == Upos::Noun
        && sector.is_some_and(|sector| [Business, Education, Journalist, Medical].contains(&sector))
}

fn is_somebody(input: &Input, tree: &Tree, filler: Filler) -> bool {
    let made = participant(input, tree, Role::Source, filler);
    let acts = !matches!(tree.node(filler.head).upos, Upos::Verb | Upos::Adv | Upos::Adp | Upos::Sconj);
    if acts && (made.entity.is_some() || made.code.is_some()) {
        return true;
    }
    match tree.node(filler.head).upos {
        Upos::Propn => true,
        Upos::Pron | Upos::Num | Upos::Det => !words::is_listed(tree, filler.head, "thing_pronoun"),
        Upos::Noun => is_agent_noun(&tree.doc.form(filler.head).to_lowercase()),
        _ => false,
    }
}

/// Whether a phrase is meant for a place or a building, which do not act. A city that stands for its rulers is its
/// country by now.
fn is_location(input: &Input, filler: &Filler) -> bool {
    let (mut kinds, heads) = (input.entities.around(filler.head), filler.head);
    kinds.any(|(id, mention)| {
        let kind = input.entities.get(input.entities.of(id)).kind;
        mention.head == heads && matches!(kind, EntityKind::Place | EntityKind::Facility)
    })
}

/// Whether a noun nobody listed is made as words for people are: "sharpshooters", "arsonists".
fn is_agent_noun(form: &str) -> bool {
    words::ends("agent_ending", form) && !words::has("no_agent", form)
}

#[cfg(test)]
mod tests {
    use super::is_agent_noun;
    use crate::event::testing::told;

    #[test]
    fn words_for_people_are_told_by_their_ending() {
        assert!(["sharpshooters", "arsonists", "axemen"].into_iter().all(is_agent_noun));
        assert!(!["orders", "helicopters", "roof", "cooperation"].into_iter().any(is_agent_noun));
    }

    #[test]
    fn only_somebody_can_attack() {
        assert_eq!(told("Arsonists attacked a mosque in the city."), ["ASSAULT Arsonists > mosque"]);
        assert_eq!(told("A brazen decision killed three soldiers."), ["ASSAULT > three soldiers"]);
    }

    #[test]
    fn a_town_before_an_attack_is_where_it_was() {
        let told = told("Police blamed the Taliban for the Ghazni attack.");
        assert!(told.contains(&"ASSAULT Taliban > Ghazni (alleged)".to_owned()), "{told:?}");
    }
}
