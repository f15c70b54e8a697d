//! From trees to events: matches, what governs them, their participants, and what is kept.

use super::attribution::around;
use super::confidence::confidence;
use super::draft::Draft;
use super::participant::{participant, participants as participants_of, without_act};
use super::{
    Event, Input, Participant, acted_on, context, doer, means, mediator, nobody, periphrasis, place, position, share,
    when, whose,
};
use crate::ontology::{EntityKind, Plover, Role};
use crate::pattern::{Domain, Filler, Match, Presence, Tree};
use crate::span::{EntityId, SentenceId, Span, TokenId};
use crate::syntax::{Deprel, Upos};

/// The events of a document, in the order of their triggers.
pub fn extract(input: &Input) -> Vec<Event> {
    let mut events = Vec::new();
    let mut presence = Presence::default();
    for (index, sentence) in input.doc.sentences.iter().enumerate() {
        let id = SentenceId::from(index);
        if sentence.zone.is_story() && input.syntax.is_parsed(id) {
            presence.fill(input.patterns, input.doc, input.lookup, id);
            let tree = Tree::new(input.doc, input.syntax, input.patterns, (input.lookup, &presence), id);
            sentence_events(input, &tree, id, &mut events);
        }
    }
    events
}

fn sentence_events(input: &Input, tree: &Tree, sentence: SentenceId, events: &mut Vec<Event>) {
    let matches: Vec<Match> = tree.tokens().filter_map(|token| tree.match_at(token, Domain::Events)).collect();
    let mut drafts: Vec<Draft> = without_parts(matches).into_iter().map(Draft::new).collect();
    nobody::without_measures(input, &mut drafts);
    context::apply(tree, &mut drafts);
    mediator::part(tree, &mut drafts);
    drafts.retain(|draft| !draft.dropped);
    for draft in &mut drafts {
        whose::part(input, tree, draft);
        doer::not_places(input, tree, draft);
        position::complete(input, tree, draft);
        means::part(tree, draft);
        periphrasis::complete(input, tree, draft);
        if draft.speaker.is_none() {
            draft.speaker = around(tree, draft.found.trigger);
        }
    }
    // Where the tree gave nobody, the place may have given a day.
    nobody::without_measures(input, &mut drafts);
    share::part(tree, &mut drafts);
    drafts.retain(|draft| !draft.dropped && !nobody::is_mishap(tree, draft) && !is_in_a_name(input, tree, draft));
    for draft in &mut drafts {
        doer::part(input, tree, draft);
        means::name(input, tree, draft);
        acted_on::part(input, tree, draft);
    }
    drafts.retain(|draft| !draft.dropped && has_party(draft) && !tells_standing(tree, draft));
    let typed = drafts.iter().any(|draft| draft.act.plover.is_some());
    if typed {
        drafts.retain(|draft| draft.act.plover.is_some());
    } else if drafts.len() > 1 {
        // One bare statement a sentence: the outermost.
        drafts.sort_by_key(|draft| (draft.depth, draft.found.trigger));
        drafts.truncate(1);
    }
    merge_same(&mut drafts);
    drafts.sort_by_key(|draft| draft.found.trigger);
    events.extend(drafts.into_iter().map(|draft| event(input, tree, sentence, draft)));
}

/// Whether a participle says beside a noun what holds of it, "forces backed by Armenia": that is a relation, and not told
/// once more as an event.
fn tells_standing(tree: &Tree, draft: &Draft) -> bool {
    let trigger = draft.found.trigger;
    draft.act.plover == Some(Plover::Support)
        && tree.rel(trigger) == Deprel::Acl
        && tree.is_passive(trigger)
        && tree.match_at(trigger, Domain::Relations).is_some()
}

/// Whether a noun is a part of somebody's name: "the Forces for the Defense of Democracy".
fn is_in_a_name(input: &Input, tree: &Tree, draft: &Draft) -> bool {
    let trigger = draft.found.trigger;
    let capital = tree.doc.form(trigger).starts_with(char::is_uppercase) && trigger.0 > tree.start;
    let span = input.doc.tokens[trigger.index()].span;
    let mut around = input.entities.around(trigger);
    draft.found.is_nominal()
        && capital
        && !tree.is_shouted(trigger)
        && around.any(|(id, mention)| {
            let entity = input.entities.get(input.entities.of(id));
            let acts = matches!(entity.kind, EntityKind::Organisation | EntityKind::ArmedGroup);
            acts && mention.traits.name.is_some_and(|name| name.contains(span))
        })
}

/// The heads of those acted on with force: where they are is where it happens. None for acts of speech.
fn acted_on(draft: &Draft, target: &[Filler]) -> Option<Vec<TokenId>> {
    use Plover::*;
    let plover = draft.act.plover?;
    let speech = matches!(plover, Request | Accuse | Reject | Threaten | Agree | Support | Concede | Sanction | Aid);
    let force = matches!(plover, Assault | Mobilize | Retreat);
    let heads = target.iter().filter(|_| force).map(|filler| filler.head).collect();
    (!speech).then_some(heads)
}

/// Whether somebody takes part.
fn has_party(draft: &Draft) -> bool {
    let mediated = || draft.found.others.iter().any(|(role, _)| *role == Role::Mediator);
    !draft.source.is_empty() || !draft.target.is_empty() || mediated()
}

/// Without the matches whose trigger is a further word of another: "hostage" in "took hostage".
fn without_parts(matches: Vec<Match>) -> Vec<Match> {
    let taken: Vec<TokenId> = matches.iter().flat_map(|found| found.words.iter().copied()).collect();
    matches.into_iter().filter(|found| !taken.contains(&found.trigger)).collect()
}

/// Two triggers that tell one act of the same parties ("attack" and "raid" in one phrase) give one event.
fn merge_same(drafts: &mut Vec<Draft>) {
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts.drain(..) {
        let same = kept.iter().any(|other| {
            other.act.plover == draft.act.plover
                && other.source == draft.source
                && other.target == draft.target
                && other.modality == draft.modality
                && other.negated == draft.negated
        });
        if !same {
            kept.push(draft);
        }
    }
    *drafts = kept;
}

/// Whom a trigger names among its own words: "took in refugees", "clashed with police".
fn named_in_trigger(input: &Input, tree: &Tree, draft: &Draft) -> Option<Filler> {
    use Plover::*;
    let done_to = matches!(draft.act.plover?, Aid | Reject | Protest | Coerce | Assault | Accuse | Retreat | Agree);
    let people = |word: TokenId| {
        let known = || participant(input, tree, Role::Target, Filler::in_tree(word));
        word > draft.found.trigger && tree.node(word).upos == Upos::Noun && known().code.is_some()
    };
    let word = draft.found.words.iter().copied().find(|&word| done_to && people(word))?;
    Some(Filler::in_tree(word))
}

/// Whether all who take part do so alike: "the two met", and also "both agreed to" and "both will meet".
fn is_reciprocal(tree: &Tree, draft: &Draft) -> bool {
    const AGREE: &[&str] = &["agree", "agreed", "agrees", "agreeing"];
    if draft.found.is_reciprocal() && draft.act.plover == draft.found.codes.plover {
        return true;
    }
    let several = draft.source.len() > 1 && draft.target.iter().all(|filler| tree.node(filler.head).upos == Upos::Noun);
    let agree = || [Some(draft.found.trigger), draft.verb].into_iter().flatten().any(|verb| tree.is_any(verb, AGREE));
    let alike = draft.found.is_reciprocal() && draft.target.is_empty();
    several && (alike || draft.act.plover == Some(Plover::Agree) && agree())
}

/// Takes out targets that turn out to be who does it. A pronoun does: "Chad said it would withdraw" is not said to Chad.
/// A description that was taken for the doer is somebody else: "the union met the company".
fn without_reflexive(tree: &Tree, target: &[Filler], participants: &mut Vec<Participant>) {
    let doers: Vec<EntityId> =
        participants.iter().filter(|one| one.role == Role::Source).filter_map(|one| one.entity).collect();
    let reflexive =
        |one: &Participant| one.role == Role::Target && one.entity.is_some_and(|entity| doers.contains(&entity));
    participants.retain(|one| !reflexive(one) || target.iter().any(|filler| filler.head == one.head));
    for one in participants.iter_mut().filter(|one| reflexive(one) && tree.node(one.head).upos == Upos::Noun) {
        (one.entity, one.code) = (None, None);
    }
}

fn event(input: &Input, tree: &Tree, sentence: SentenceId, draft: Draft) -> Event {
    let mut participants = Vec::new();
    let mut add = |role, fillers: &[Filler]| {
        for &filler in fillers {
            for made in participants_of(input, tree, role, filler) {
                let made = without_act(tree, made, draft.found.trigger);
                if tree.is_any(made.head, &["a", "an", "the"]) {
                    continue;
                }
                let same = |other: &&Participant| other.role == role && other.span == made.span;
                if !participants.iter().filter(same).any(|other: &Participant| other.entity == made.entity) {
                    participants.push(made);
                }
            }
        }
    };
    let (mut source, mut target) = (draft.source.clone(), draft.target.clone());
    let reciprocal = is_reciprocal(tree, &draft);
    if reciprocal {
        // What both agreed to is no party.
        let both = draft.found.is_reciprocal();
        let parties: Vec<Filler> = source.iter().chain(target.iter().filter(|_| both)).copied().collect();
        source = parties.clone();
        target = parties;
    }
    if target.is_empty() && !reciprocal {
        target.extend(named_in_trigger(input, tree, &draft));
    }
    add(Role::Source, &source);
    add(Role::Target, &target);
    for (role, filler) in &draft.found.others {
        add(*role, std::slice::from_ref(filler));
    }
    let anchors: Vec<TokenId> = [draft.found.trigger].into_iter().chain(draft.verb).chain(draft.found.light).collect();
    let place = place::place(input, tree, sentence, &anchors, acted_on(&draft, &target).as_deref());
    add(Role::Location, &place.map(|(head, _)| Filler::in_tree(head)).into_iter().collect::<Vec<_>>());
    if !reciprocal {
        without_reflexive(tree, &target, &mut participants);
    }
    let time = when::time(input, tree, sentence, &anchors);
    let confidence = confidence(&draft, &participants);
    let attribution =
        draft.speaker.and_then(|speaker| participant(input, tree, Role::Source, Filler::in_tree(speaker)).entity);
    Event {
        span: trigger_span(tree, &draft),
        trigger: draft.found.trigger,
        sentence,
        plover: draft.act.plover,
        mode: draft.act.mode,
        contexts: draft.contexts,
        cameo: draft.act.cameo,
        participants,
        time,
        date: time.and_then(|time| when::date(&input.times[time.index()].value)),
        location: place.map(|(_, entity)| entity),
        modality: draft.modality,
        negated: draft.negated,
        attribution,
        figures: Vec::new(),
        confidence,
        evidence: Vec::new(),
        trail: draft.trail,
    }
}

/// The trigger with its verb and particles, where they stand together.
fn trigger_span(tree: &Tree, draft: &Draft) -> Span {
    let trigger = draft.found.trigger;
    let near = |token: &TokenId| token.0.abs_diff(trigger.0) <= 4;
    let parts = draft.found.words.iter().copied().chain(draft.verb).filter(near);
    let (first, last) = parts.fold((trigger.0, trigger.0), |(first, last), part| (first.min(part.0), last.max(part.0)));
    tree.doc.span_of(first..last + 1)
}
