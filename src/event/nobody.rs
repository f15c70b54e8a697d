//! Who cannot be a participant: forces of nature do nothing to anyone, and stretches of time are nobody.

use once_cell::sync::Lazy;
use rustc_hash::FxHashSet;

use super::Input;
use super::draft::Draft;
use crate::mention::lexicon::WordInfo;
use crate::ontology::{EntityKind, FigureKind};
use crate::pattern::{Filler, Tree};
use crate::span::{Span, TokenId};
use crate::syntax::Deprel;

static PHENOMENA: Lazy<FxHashSet<&str>> = Lazy::new(|| {
    let lines = include_str!("../../data/lexicon/phenomena.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// Whether all that does the act are forces of nature, illnesses or mishaps: "storms left 300,000 homes without power".
pub(super) fn is_mishap(tree: &Tree, draft: &Draft) -> bool {
    let mishap = |filler: &Filler| {
        let form = tree.doc.form(filler.head).to_lowercase();
        if form == "fire" && is_gunfire(tree, filler) {
            return false;
        }
        let singular = form.strip_suffix("es").filter(|form| PHENOMENA.contains(form));
        PHENOMENA.contains(form.as_str()) || singular.is_some() || form.strip_suffix('s').is_some_and(is_listed)
    };
    draft.act.plover.is_some() && !draft.source.is_empty() && draft.source.iter().all(mishap)
}

/// Whether somebody's fire is meant, "wounded by Armenian fire", "enemy fire"; a house fire or a fire is none.
fn is_gunfire(tree: &Tree, filler: &Filler) -> bool {
    use EntityKind::{ArmedGroup, Country, Organisation, People, Person, Weapon};
    const OWNERS: [EntityKind; 6] = [ArmedGroup, Country, Organisation, People, Person, Weapon];
    let whose = |child: TokenId| match tree.rel(child) {
        _ if child > filler.head => false,
        Deprel::NmodPoss => true,
        Deprel::Amod => tree.is_demonym(child) || tree.is_any(child, &["friendly", "hostile"]),
        Deprel::Compound => {
            WordInfo::of(tree.doc.form(child)).noun().is_some_and(|noun| OWNERS.contains(&noun.kind))
                || tree.is_any(child, &["enemy", "small", "return"])
        }
        _ => false,
    };
    tree.children(filler.head).any(whose)
}

fn is_listed(form: &str) -> bool {
    PHENOMENA.contains(form)
}

/// Takes times and measures out of the participants: in "said Friday he would go" the parser may well make Friday the
/// one who goes, and in "sentenced to two years" nobody is called years. An act that needs one of them goes with it.
pub(super) fn without_measures(input: &Input, drafts: &mut [Draft]) {
    let is_actor = |filler: &Filler| {
        let span = input.doc.tokens[filler.head.index()].span;
        let least = ["least", "most"].iter().any(|word| input.doc.form(filler.head).eq_ignore_ascii_case(word));
        !least && !is_time(input, span) && !is_measure(input, span)
    };
    for draft in drafts {
        let had = (!draft.source.is_empty(), !draft.target.is_empty());
        draft.source.retain(is_actor);
        draft.target.retain(is_actor);
        let lost = (had.0 && draft.source.is_empty(), had.1 && draft.target.is_empty());
        draft.dropped |= draft.found.needs(lost);
    }
}

fn is_time(input: &Input, span: Span) -> bool {
    let next = input.times.partition_point(|time| time.span.end() <= span.start());
    input.times.get(next).is_some_and(|time| time.span.contains(span))
}

fn is_measure(input: &Input, span: Span) -> bool {
    let kinds = [FigureKind::Duration, FigureKind::Distance, FigureKind::Area];
    let next = input.figures.partition_point(|figure| figure.span.end() <= span.start());
    input.figures.get(next).is_some_and(|figure| kinds.contains(&figure.kind) && figure.span.contains(span))
}
