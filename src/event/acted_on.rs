//! What can be attacked at all: people, bodies, places and things, not a day, a manner, another attack or an idea.

use once_cell::sync::Lazy;
use rustc_hash::FxHashSet;

use super::Input;
use super::draft::Draft;
use super::participant::participant;
use crate::ontology::{EntityKind, Plover, Role};
use crate::pattern::{Domain, Filler, Tree};
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos};

/// Takes out of the targets of an attack what the tree gives but nobody can attack, and drops the attack of which
/// nothing but an idea was the target: whoever fights crime attacks nobody.
pub(super) fn part(input: &Input, tree: &Tree, draft: &mut Draft) {
    if draft.act.plover != Some(Plover::Assault) {
        return;
    }
    let told = std::mem::take(&mut draft.target);
    let mut ideas = false;
    for &filler in &told {
        match kind(input, tree, filler) {
            Kind::Object => draft.target.push(filler),
            Kind::Idea => ideas = true,
            Kind::Other => {}
        }
    }
    draft.dropped |= ideas && draft.target.is_empty() && !draft.found.is_nominal();
    // "two attacks in Cali", "killed two men in Chad": where it happened is no target beside somebody who took part. A
    // country in which somebody attacks nobody else is attacked itself: "its intervention in Chad".
    let acted = !draft.source.is_empty();
    let other = draft.target.iter().any(|filler| place(input, tree, filler).is_none());
    draft.target.retain(|filler| match place(input, tree, filler) {
        None => true,
        Some(EntityKind::Country) => !other,
        Some(_) => !other && !acted,
    });
}

enum Kind {
    Object,
    Idea,
    Other,
}

/// What a target is. Whatever is known for somebody, a place or a thing is one.
fn kind(input: &Input, tree: &Tree, filler: Filler) -> Kind {
    let made = participant(input, tree, Role::Target, filler);
    if made.entity.is_some() || made.code.is_some() {
        return Kind::Object;
    }
    let head = filler.head;
    let determined = || tree.children(head).any(|child| tree.rel(child) == Deprel::Det);
    match tree.node(head).upos {
        Upos::Pron | Upos::Det | Upos::X => Kind::Object,
        Upos::Num if is_clock(tree, head) => Kind::Other,
        Upos::Num => Kind::Object,
        Upos::Propn if !tree.is_shouted(head) => Kind::Object,
        Upos::Noun | Upos::Propn if is_attack(tree, head) => Kind::Other,
        Upos::Noun | Upos::Propn if is_idea(&tree.doc.form(head).to_lowercase()) => Kind::Idea,
        Upos::Noun | Upos::Propn => Kind::Object,
        // "the wounded"
        Upos::Adj if determined() => Kind::Object,
        _ => Kind::Other,
    }
}

/// Whether a number is the time of day: "the attack at 0630".
fn is_clock(tree: &Tree, number: TokenId) -> bool {
    let form = tree.doc.form(number);
    form.len() == 4 && form.bytes().all(|byte| byte.is_ascii_digit()) && tree.has_case_form(number, "at")
}

/// Whether a noun tells an attack itself: what repels an attack attacks no attack.
fn is_attack(tree: &Tree, noun: TokenId) -> bool {
    tree.match_at(noun, Domain::Events)
        .is_some_and(|found| found.is_nominal() && found.codes.plover == Some(Plover::Assault))
}

/// The kind of place of a phrase that says where: "in Cali". What is attacked "in" a market may well be the market.
fn place(input: &Input, tree: &Tree, filler: &Filler) -> Option<EntityKind> {
    let within = ["in", "near", "around", "outside", "throughout", "across"];
    within.iter().find(|form| tree.has_case_form(filler.head, form))?;
    input.kinds(filler.head).find(|kind| matches!(kind, EntityKind::Place | EntityKind::Country))
}

/// Abstract nouns, endings that make them, and the exceptions to these.
struct Ideas {
    words: FxHashSet<&'static str>,
    endings: Vec<&'static str>,
    others: FxHashSet<&'static str>,
}

static IDEAS: Lazy<Ideas> = Lazy::new(|| {
    let lines = || include_str!("../../data/lexicon/ideas.txt").lines().filter(|line| !line.starts_with('#'));
    Ideas {
        words: lines().filter(|line| !line.starts_with(['-', '!'])).collect(),
        endings: lines().filter_map(|line| line.strip_prefix('-')).collect(),
        others: lines().filter_map(|line| line.strip_prefix('!')).collect(),
    }
});

/// Whether a noun in small letters, singular or plural, stands for what nobody can touch.
fn is_idea(form: &str) -> bool {
    let singular = form.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let plain = form.strip_suffix('s').filter(|form| !form.ends_with('s'));
    let forms = [Some(form), singular.as_deref(), plain];
    let mut known = forms.into_iter().flatten();
    known.clone().all(|form| !IDEAS.others.contains(form))
        && known.any(|form| IDEAS.words.contains(form) || IDEAS.endings.iter().any(|end| form.ends_with(end)))
}

#[cfg(test)]
mod tests {
    use super::is_idea;

    #[test]
    fn ideas_are_told_by_list_and_ending() {
        assert!(["crime", "crimes", "terrorism", "policies", "qualifications", "weakness"].into_iter().all(is_idea));
        let things = ["station", "stations", "cities", "communities", "bridge", "settlements", "witness", "buses"];
        assert!(!things.into_iter().any(is_idea));
    }
}
