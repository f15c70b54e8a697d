//! Instruments: a bomb that kills is no doer; who sent it is, where the text says so.

use once_cell::sync::Lazy;
use rustc_hash::FxHashSet;

use super::Input;
use super::draft::Draft;
use crate::ontology::{EntityKind, Plover, Role};
use crate::pattern::{Filler, Tree};
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos};

/// What attacks are made with, in the singular.
static MEANS: Lazy<FxHashSet<&str>> =
    Lazy::new(|| include_str!("../../data/lexicon/means.txt").lines().filter(|line| !line.starts_with('#')).collect());

/// Makes instruments of the inanimate sources of an attack, and sources of their owners: in "an Israeli shell killed
/// two men", the shell is the instrument and Israel the source.
pub(super) fn part(tree: &Tree, draft: &mut Draft) {
    if draft.act.plover != Some(Plover::Assault) {
        return;
    }
    let sources = std::mem::take(&mut draft.source);
    for filler in sources {
        let means = tree.relative(filler.head);
        let filler = if is_means(tree, means) { Filler { head: means, ..filler } } else { filler };
        if !is_means(tree, filler.head) {
            draft.source.push(filler);
            continue;
        }
        draft.found.others.push((Role::Instrument, filler));
        let owner = owner(tree, filler.head).filter(|owner| draft.target.iter().all(|other| other.head != *owner));
        draft.source.extend(owner.map(Filler::in_tree));
    }
}

/// Adds the weapons that an attack's own words name ("a car bomb attack", "planted a bomb in"), makes instruments of
/// those thrown or set off, and takes out of the instruments what is no thing: an act, people, a building.
pub(super) fn name(input: &Input, tree: &Tree, draft: &mut Draft) {
    if draft.act.plover != Some(Plover::Assault) {
        return;
    }
    let trigger = draft.found.trigger;
    let compounds = tree.children(trigger).filter(|&child| child < trigger && tree.rel(child) == Deprel::Compound);
    let words = draft.found.words.iter().copied().chain(compounds.filter(|_| draft.found.is_nominal()));
    let mut named: Vec<TokenId> = words.filter(|&word| is_weapon(tree, word)).collect();
    let thrown = matches!(&draft.act.cameo.as_str()[..3], "183" | "193" | "175") && !draft.found.is_nominal();
    draft.target.retain(|filler| {
        let weapon = thrown && is_weapon(tree, filler.head);
        if weapon {
            named.push(filler.head);
        }
        !weapon
    });
    draft.found.others.retain(|(role, filler)| *role != Role::Instrument || is_thing(input, tree, filler.head));
    for head in named {
        if draft.found.others.iter().all(|(_, filler)| filler.head != head) {
            draft.found.others.push((Role::Instrument, Filler::in_tree(head)));
        }
    }
}

/// Whether the token is a means of attack that can be held in the hand or steered, not an act.
fn is_weapon(tree: &Tree, token: TokenId) -> bool {
    is_means(tree, token) && !is_act(tree, token)
}

/// Whether a means is an act rather than a thing: "the explosion killed two".
fn is_act(tree: &Tree, token: TokenId) -> bool {
    const ACTS: &[&str] = &[
        "airstrike",
        "airstrikes",
        "strike",
        "strikes",
        "raid",
        "raids",
        "shelling",
        "bombardment",
        "bombing",
        "bombings",
        "blast",
        "blasts",
        "explosion",
        "explosions",
        "attack",
        "attacks",
        "shooting",
        "shootings",
        "firing",
        "fire",
        "ambush",
        "assault",
        "offensive",
        "detonation",
        "killing",
    ];
    tree.is_any(token, ACTS)
}

/// Whether an instrument can be one: a thing, not an act, people or a place.
fn is_thing(input: &Input, tree: &Tree, token: TokenId) -> bool {
    use EntityKind::*;
    let mut around = input.entities.around(token);
    let kind = |id| input.entities.get(input.entities.of(id)).kind;
    let someone = around.any(|(id, mention)| {
        mention.head == token
            && matches!(kind(id), Person | People | Organisation | ArmedGroup | Country | Place | Facility)
    });
    !someone && !is_act(tree, token)
}

/// Whether the token is a thing that attacks are made with.
fn is_means(tree: &Tree, token: TokenId) -> bool {
    if tree.node(token).upos != Upos::Noun {
        return false;
    }
    let form = tree.doc.form(token).to_lowercase();
    MEANS.contains(form.as_str()) || form.strip_suffix('s').is_some_and(|singular| MEANS.contains(singular))
}

/// Whose it is: "by" phrase, possessor, name or demonym before it.
fn owner(tree: &Tree, noun: TokenId) -> Option<TokenId> {
    let shouted = tree.is_shouted(noun);
    let child = |fits: &dyn Fn(TokenId) -> bool| tree.children(noun).find(|&child| fits(child));
    child(&|child| matches!(tree.rel(child), Deprel::Nmod | Deprel::Obl) && tree.has_case_form(child, "by"))
        .or_else(|| {
            // "police fired forty rounds, killing two men"
            let verb = tree.head(noun).filter(|_| tree.rel(noun) == Deprel::Obj)?;
            tree.subject(verb).filter(|&subject| subject < verb)
        })
        .or_else(|| {
            // "the missiles fired by the army"
            let fired = child(&|child| tree.rel(child) == Deprel::Acl && tree.is_passive(child))?;
            tree.subject(fired)
        })
        .or_else(|| child(&|child| tree.rel(child) == Deprel::NmodPoss))
        .or_else(|| {
            child(&|child| {
                child < noun
                    && matches!(tree.rel(child), Deprel::Amod | Deprel::Compound | Deprel::Nmod)
                    && (tree.node(child).upos == Upos::Propn
                        || tree.is_demonym(child)
                        || child.0 > tree.start && !shouted && tree.doc.form(child).starts_with(char::is_uppercase)
                        || is_person(tree, child))
            })
        })
}

/// Whether a noun before a means names people: "militant attack", "police firing".
fn is_person(tree: &Tree, token: TokenId) -> bool {
    const PEOPLE: &[&str] = &[
        "militant",
        "rebel",
        "insurgent",
        "guerrilla",
        "police",
        "army",
        "government",
        "coalition",
        "mob",
        "gang",
        "regime",
    ];
    tree.is_any(token, PEOPLE)
}
