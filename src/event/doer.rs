//! Who can attack at all: people, bodies and countries, not the sense of an act, its day or its reason.

use super::Input;
use super::draft::Draft;
use super::participant::participant;
use crate::ontology::{EntityKind, Plover, Role};
use crate::pattern::{Filler, Tree};
use crate::syntax::Upos;

/// Takes out of the sources of an attack what the tree gives but is nobody ("a brazen attack", "holes in the roof"):
/// what is no mention of anybody, has no actor code and is no word for people either.
pub(super) fn part(input: &Input, tree: &Tree, draft: &mut Draft) {
    if draft.act.plover != Some(Plover::Assault) {
        return;
    }
    // "the Bali bombing" names whom it struck.
    let struck = |filler: &Filler| draft.found.is_nominal() && is_location(input, filler);
    if draft.target.is_empty() {
        draft.target = draft.source.iter().copied().filter(struck).collect();
    }
    draft.source.retain(|&filler| !is_location(input, &filler) && is_somebody(input, tree, filler));
}

fn is_somebody(input: &Input, tree: &Tree, filler: Filler) -> bool {
    const THINGS: &[&str] = &["it", "its", "that", "this", "which", "these", "such"];
    let made = participant(input, tree, Role::Source, filler);
    let acts = !matches!(tree.node(filler.head).upos, Upos::Verb | Upos::Adv | Upos::Adp | Upos::Sconj);
    if acts && (made.entity.is_some() || made.code.is_some()) {
        return true;
    }
    match tree.node(filler.head).upos {
        Upos::Propn => true,
        Upos::Pron | Upos::Num | Upos::Det => !tree.is_any(filler.head, THINGS),
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
    const ENDS: &[&str] = &["ers", "ors", "ists", "men", "eers", "aires", "ites"];
    const OTHERS: &[&str] = &[
        "orders",
        "powers",
        "papers",
        "towers",
        "numbers",
        "matters",
        "borders",
        "letters",
        "quarters",
        "headquarters",
        "computers",
        "containers",
        "disasters",
        "errors",
        "factors",
        "sectors",
        "corridors",
        "motors",
        "doors",
        "members",
        "rumors",
        "tremors",
        "sites",
        "rites",
        "covers",
        "rivers",
        "layers",
        "tenders",
        "centers",
        "trailers",
        "freighters",
        "helicopters",
        "mortars",
        "lasers",
        "bunkers",
        "tankers",
        "tractors",
        "reactors",
        "specimen",
        "regimen",
    ];
    ENDS.iter().any(|end| form.ends_with(end)) && !OTHERS.contains(&form)
}

#[cfg(test)]
mod tests {
    use super::is_agent_noun;

    #[test]
    fn words_for_people_are_told_by_their_ending() {
        assert!(["sharpshooters", "arsonists", "axemen"].into_iter().all(is_agent_noun));
        assert!(!["orders", "helicopters", "roof", "cooperation"].into_iter().any(is_agent_noun));
    }
}
