//! What governs an act: the verbs and nouns above its trigger, one after the other, and what each makes of it.

use super::draft::Draft;
use super::modality::{Group, Mood, concerns_nobody, group, has_condition, is_conditional};
use super::recode::{cancelled, committed, considered, denied, ended, joining, refused, requested, silent, threatened};
use crate::ontology::{Modality, Plover};
use crate::pattern::{Filler, Operator, Tree};
use crate::span::TokenId;
use crate::syntax::{Deprel, Upos};

/// How far up the tree is read.
const REACH: usize = 10;

/// Reads what stands above every draft of a sentence and applies it, the innermost governor first.
pub(super) fn apply(tree: &Tree, drafts: &mut [Draft]) {
    // Deep acts first, so that what governs them sees what has become of them.
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse((depth(tree, drafts[index].found.trigger), index)));
    for index in order {
        drafts[index].depth = depth(tree, drafts[index].found.trigger) as u8;
        climb(tree, drafts, index);
        if !drafts[index].governed && drafts[index].modality == Modality::Asserted {
            attributes(tree, &mut drafts[index]);
        }
    }
}

fn depth(tree: &Tree, token: TokenId) -> usize {
    std::iter::successors(tree.head(token), |&head| tree.head(head)).take(40).count()
}

fn climb(tree: &Tree, drafts: &mut [Draft], index: usize) {
    let mut at = drafts[index].found.trigger;
    own_group(tree, &mut drafts[index], at, false);
    if is_conditional(tree, at) {
        drafts[index].modality = Modality::Conditional;
    }
    let mut governed = true;
    for _ in 0..REACH {
        let Some(head) = tree.head(at) else { break };
        let rel = tree.rel(at);
        if rel == Deprel::Conj {
            // A conjunct shares what stands above its first, and its auxiliaries when it has no subject of its own.
            let shares = tree.child(at, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux]).is_none();
            if governed && shares && tree.is_verbal(head) && tree.is_verbal(at) {
                own_group(tree, &mut drafts[index], head, true);
            }
            at = head;
            continue;
        }
        if rel == Deprel::Fixed || rel == Deprel::Flat || tree.is_charge(at) || tree.continues_infinitive(at) {
            at = head;
            continue;
        }
        let operator = operator_of(tree, drafts, index, head, at);
        match operator {
            Some(Operator::Say) => speak(tree, &mut drafts[index], head),
            Some(operator) if governed => {
                let taken = govern(tree, drafts, index, (head, rel), operator);
                if taken {
                    return;
                }
            }
            _ => {
                drafts[index].aside |= matches!(rel, Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl | Deprel::Amod);
                if governed {
                    aimed_at(tree, &mut drafts[index], at);
                }
                governed &= matches!(rel, Deprel::Xcomp | Deprel::Ccomp);
                if is_conditional(tree, at) && rel == Deprel::Advcl && drafts[index].modality == Modality::Asserted {
                    drafts[index].modality = Modality::Conditional;
                }
            }
        }
        at = head;
    }
}

/// Whether a clause says what for: "to fight the rebels".
fn is_purpose(tree: &Tree, verb: TokenId) -> bool {
    tree.node(verb).upos == Upos::Verb && tree.child(verb, &[Deprel::Mark]).is_some_and(|mark| tree.is(mark, "to"))
}

/// What an act is done for is only aimed at: "met to plan how to seize the town", "imposed a curfew to stop the protests".
/// Who uses force to disperse a crowd does disperse it.
fn aimed_at(tree: &Tree, draft: &mut Draft, at: TokenId) {
    let harm = draft.act.is_forcible() && !draft.act.cameo.as_str().starts_with("175");
    let aim = tree.rel(at) == Deprel::Advcl && is_purpose(tree, at);
    if harm && aim && draft.modality == Modality::Asserted {
        draft.modality = Modality::Planned;
        draft.trail.push("a purpose: planned".to_owned());
    }
}

/// What a verb makes of a clause that hangs on its object: "sent troops to fight", "kept rebels from attacking".
fn over_object(tree: &Tree, at: TokenId, noun: TokenId) -> Option<Operator> {
    let below = tree.rel(at) == Deprel::Acl && matches!(tree.rel(noun), Deprel::Obj | Deprel::NsubjPass);
    let verb = tree.head(noun).filter(|_| below)?;
    tree.operators_at(verb).find(|operator| match operator {
        Operator::Send => is_purpose(tree, at),
        Operator::Prevent => tree.has_case_form(at, "from"),
        _ => false,
    })
}

/// What the words beside a trigger make of it: "a planned attack", "was allegedly killed", "a foiled plot".
fn attributes(tree: &Tree, draft: &mut Draft) {
    use Operator::*;
    let trigger = draft.found.trigger;
    let wanted = if draft.found.is_nominal() { Deprel::Amod } else { Deprel::Advmod };
    let beside = |child: &TokenId| *child < trigger && tree.rel(*child) == wanted && !draft.found.words.contains(child);
    for child in tree.children(trigger).filter(beside) {
        let (modality, negated) = match tree.operators_at(child).next() {
            Some(Plan | Threaten | Commit) => (Modality::Planned, false),
            Some(Allege) => (Modality::Alleged, false),
            Some(Fear | Consider) => (Modality::Conditional, false),
            Some(Fail | Prevent) if draft.found.is_nominal() => (Modality::Asserted, true),
            _ => continue,
        };
        draft.modality = modality;
        draft.negated |= negated;
        draft.trail.push(format!(
            "{}: {}",
            tree.doc.form(child).to_lowercase(),
            if negated { "negated" } else { modality.name() }
        ));
        return;
    }
}

/// What the head makes of an act below it: as a pattern's trigger, else as the first operator that reaches it.
fn operator_of(tree: &Tree, drafts: &[Draft], index: usize, head: TokenId, at: TokenId) -> Option<Operator> {
    let rel = tree.rel(at);
    // Whoever is sent or allowed to help does help, as the news tells it; force may come to nothing.
    let act = drafts[index].act;
    let matters = |operator: Operator| match operator {
        Operator::Send => act.is_forcible(),
        Operator::Permit => !act.is_friendly(),
        _ => true,
    };
    let reaching = |operator: &Operator| matters(*operator) && reaches(tree, at, head, rel, *operator);
    let own = drafts.iter().enumerate().find_map(|(other, draft)| {
        let here = other != index && !draft.dropped && draft.found.is_headed_by(head);
        draft.found.complement().filter(|_| here)
    });
    let found = own
        .filter(reaching)
        .or_else(|| tree.operators_at(head).find(reaching))
        .or_else(|| over_object(tree, at, head).filter(|operator| matters(*operator)))?;
    // Who wants another to act asks for it.
    let wants = found == Operator::Plan && matches!(rel, Deprel::Xcomp | Deprel::Ccomp);
    let other = wants && tree.node(head).upos == Upos::Verb && !tree.is_passive(head) && {
        let subject = tree.child(at, &[Deprel::Nsubj, Deprel::NsubjPass]);
        let object = tree.child(head, &[Deprel::Obj]).filter(|&object| object < at);
        subject.or(object).is_some()
    };
    Some(if other { Operator::Request } else { found })
}

/// Whether the operator at `head` has a say over `at`, which depends on it as `rel`.
fn reaches(tree: &Tree, at: TokenId, head: TokenId, rel: Deprel, operator: Operator) -> bool {
    use Operator::*;
    let any_case = |forms: &[&str]| forms.iter().any(|form| tree.has_case_form(at, form));
    let nominal = tree.node(at).upos != Upos::Verb && tree.child(at, &[Deprel::Nsubj, Deprel::NsubjPass]).is_none();
    match operator {
        Name => tree.is_named_by(head, at),
        Say => matches!(rel, Deprel::Ccomp | Deprel::Xcomp | Deprel::Parataxis) && !nominal || rel == Deprel::Ccomp,
        Send => is_purpose(tree, at) && matches!(rel, Deprel::Xcomp | Deprel::Advcl | Deprel::Acl),
        Permit => rel == Deprel::Xcomp || rel == Deprel::Ccomp || rel == Deprel::Advcl && is_purpose(tree, at),
        _ => match rel {
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj => true,
            Deprel::Obj | Deprel::NsubjPass => true,
            Deprel::Nsubj => matches!(operator, Happen | End | Fail | Cancel | Plan) && !tree.is_passive(head),
            Deprel::Obl | Deprel::Nmod | Deprel::OblAgent => match operator {
                // "had nothing to do with the murder" is no doing.
                Light => any_case(&["in", "into", "out", "on", "with"]) && !tree.is(head, "do"),
                Undergo => any_case(&["under", "in", "to", "from"]),
                Request => any_case(&["for", "to"]),
                Threaten => any_case(&["with", "of", "to"]),
                Allege => any_case(&["of", "for", "over", "with", "in"]),
                Plan | Commit => any_case(&["for", "to", "of", "on", "with"]),
                Fail | Prevent => any_case(&["in", "from", "of", "to"]),
                Refuse | Deny | Cancel => any_case(&["of", "in", "to"]),
                End => any_case(&["of", "to", "from", "on"]),
                Happen => any_case(&["of", "to", "in", "with"]),
                Consider => any_case(&["of", "about", "on"]),
                Cause | Attempt => any_case(&["of", "at", "to", "into"]),
                Fear => any_case(&["of", "for", "about", "over"]),
                Say | Mediate | Name | Send | Permit => false,
            },
            Deprel::Advcl | Deprel::Acl => {
                // "its demand that the army leave"
                let that = tree.node(head).upos == Upos::Noun && any_case(&["that"]);
                let verbal = that || any_case(&["of", "from", "for", "to", "in", "with", "by"]);
                verbal
                    && !any_case(&["after", "before", "while", "if"])
                    && (operator != Happen || is_purpose(tree, at) && tree.child(head, &[Deprel::Obj]).is_none())
                    && (tree.node(head).upos != Upos::Verb
                        || !matches!(operator, Light | Plan)
                        || any_case(&["to", "for"]))
            }
            Deprel::Compound | Deprel::Amod => {
                tree.node(head).upos == Upos::Noun && !matches!(operator, Light | Request)
            }
            Deprel::NmodPoss => false,
            _ => false,
        },
    }
}

/// The verb group of the trigger or of a conjunct that lends its auxiliaries.
fn own_group(tree: &Tree, draft: &mut Draft, verb: TokenId, borrowed: bool) {
    let Group { negated, mood } = group(tree, verb);
    let negated = (negated || concerns_nobody(tree, verb, draft.found.trigger)) && !borrowed;
    let told = tree.rel(verb) == Deprel::Ccomp;
    let volition = matches!(mood, Mood::Future) || (mood == Mood::Would && told);
    if negated && volition && draft.act.is_friendly() && draft.become_act(refused(draft.act), "will not") {
        return;
    }
    if negated && draft.act.is_statement() && !is_opinion(tree, verb) {
        draft.become_act(Some(silent()), "says nothing");
        return;
    }
    if negated {
        draft.negated = !draft.negated;
        draft.trail.push("negated".into());
    }
    match mood {
        Mood::Real => {}
        Mood::Future => to_come(draft, "will"),
        Mood::Would if has_condition(tree, verb) => draft.modality = Modality::Conditional,
        Mood::Would if told => to_come(draft, "would"),
        Mood::Would | Mood::Possible => draft.modality = Modality::Conditional,
        Mood::Due => draft.modality = Modality::Requested,
    }
}

/// Whether a verb tells what somebody thinks, of which no words are owed.
fn is_opinion(tree: &Tree, verb: TokenId) -> bool {
    const FORMS: &[&str] =
        &["believe", "think", "deem", "call", "describe", "consider", "hold", "see", "believed", "thought"];
    tree.is_any(verb, FORMS)
}

/// The act lies ahead: commitments are acts of their own, anything else is planned.
fn to_come(draft: &mut Draft, why: &str) {
    let someone = !draft.source.is_empty();
    let turned = !draft.negated
        && (someone || draft.act.is_friendly())
        && draft.modality == Modality::Asserted
        && draft.become_act(committed(draft.act), why);
    if !turned && draft.modality == Modality::Asserted {
        draft.modality = Modality::Planned;
        draft.trail.push(format!("{why}: planned"));
    }
}

/// Somebody tells of the act. The innermost speaker counts.
fn speak(tree: &Tree, draft: &mut Draft, verb: TokenId) {
    if draft.speaker.is_none() {
        draft.speaker = super::attribution::speaker(tree, verb);
    }
}

/// Applies an operator. True when the governor has taken the act up.
fn govern(tree: &Tree, drafts: &mut [Draft], index: usize, (head, rel): (TokenId, Deprel), operator: Operator) -> bool {
    use Operator::*;
    let governs = |(other, draft): (usize, &Draft)| other != index && draft.found.is_headed_by(head) && !draft.dropped;
    let governor = drafts.iter().enumerate().position(governs);
    let word = tree.doc.form(head).to_lowercase();
    let act = drafts[index].act;
    let nominal = drafts[index].found.is_nominal();
    let mut absorbed = false;
    match operator {
        Light | Undergo | Happen | Attempt | Cause => {
            if nominal || operator != Cause {
                // "imposed a curfew to stop the protests": the curfew stands by itself.
                let apart = rel == Deprel::Advcl && operator == Light && !tree.is_operator(head, Send);
                let typed = governor.is_some_and(|governor| drafts[governor].act.plover.is_some());
                drop_governor(drafts, governor.filter(|_| !(apart && typed)), index);
                drafts[index].governed = true;
            }
            if operator == Light && nominal {
                drafts[index].verb.get_or_insert(head);
            }
        }
        Fail | Prevent => {
            let friendly = act.is_friendly() && operator == Fail;
            if !(friendly && drafts[index].become_act(refused(act), &word)) {
                drafts[index].negated = true;
                drafts[index].trail.push(format!("{word}: negated"));
            }
            drop_governor(drafts, governor, index);
        }
        End | Cancel => {
            let made = if operator == End { ended(act) } else { cancelled(act) };
            absorbed = drafts[index].become_act(made, &word);
        }
        Plan => {
            to_come(&mut drafts[index], &word);
            absorbed = true;
        }
        Consider => {
            drafts[index].become_act(Some(considered()), &word);
            drafts[index].modality = Modality::Planned;
            drop_governor(drafts, governor, index);
        }
        Commit => {
            let made = if act.plover == Some(Plover::Mobilize) { Some(joining()) } else { committed(act) };
            absorbed = drafts[index].become_act(made, &word);
            if !absorbed {
                drafts[index].modality = Modality::Planned;
            }
        }
        Threaten => {
            absorbed = drafts[index].become_act(threatened(act), &word);
            if !absorbed {
                drafts[index].modality = Modality::OngoingThreat;
            }
        }
        Refuse | Deny if act.plover == Some(Plover::Accuse) && nominal => {
            // "rejected the allegations": a denial, and no accusation by whoever denies.
            drafts[index].become_act(Some(denied()), &word);
            drafts[index].source = tree.subject(head).map(Filler::in_tree).into_iter().collect();
            drop_governor(drafts, governor, index);
        }
        Refuse if is_asked_for(&drafts[index]) => {
            // "rejected the call to withdraw": it is now an act of who refuses, no longer what is asked for.
            absorbed = drafts[index].become_act(refused(act), &word);
            drafts[index].modality = match (absorbed, drafts[index].modality) {
                (true, Modality::Requested) => Modality::Asserted,
                (_, modality) => modality,
            };
            if absorbed {
                let asked = governor.map(|governor| drafts[governor].target.clone()).unwrap_or_default();
                let asked = if asked.is_empty() { drafts[index].target.clone() } else { asked };
                drafts[index].target = asked;
            } else {
                drafts[index].negated = true;
            }
        }
        Refuse => {
            absorbed = drafts[index].become_act(refused(act), &word);
            if !absorbed {
                drafts[index].negated = true;
            }
        }
        Deny => {
            drafts[index].negated = true;
            drafts[index].trail.push(format!("{word}: negated"));
            speak(tree, &mut drafts[index], head);
        }
        Request => {
            drafts[index].modality = Modality::Requested;
            drafts[index].trail.push(format!("{word}: requested"));
            if let Some(governor) = governor {
                refine_request(drafts, governor, index);
            }
        }
        Allege => {
            drafts[index].modality = Modality::Alleged;
            drafts[index].trail.push(format!("{word}: alleged"));
            speak(tree, &mut drafts[index], head);
            if let Some(governor) = governor {
                let accused = drafts[governor].target.clone();
                if drafts[index].source.is_empty() {
                    drafts[index].source = accused;
                }
            }
        }
        Name if !act.is_friendly() && act.plover.is_some() => {
            drafts[index].modality = Modality::Alleged;
            drafts[index].trail.push(format!("{word}: alleged"));
            speak(tree, &mut drafts[index], head);
        }
        Name => speak(tree, &mut drafts[index], head),
        Permit | Fear => {
            drafts[index].modality = Modality::Conditional;
            drafts[index].trail.push(format!("{word}: may be"));
        }
        Send if drafts[index].modality == Modality::Asserted => {
            drafts[index].modality = Modality::Planned;
            drafts[index].trail.push(format!("{word}: what they are sent for"));
        }
        Say | Mediate | Send => {}
    }
    if absorbed {
        absorb(tree, drafts, governor, index, head);
    }
    // What is said of the governor holds for the act.
    if tree.node(head).upos == Upos::Verb && !matches!(operator, Request | Allege | Deny | Name | Permit | Fear | Send)
    {
        let borrowed = false;
        own_group(tree, &mut drafts[index], head, borrowed);
    }
    false
}

/// Whether the act is one that somebody asks for.
fn is_asked_for(draft: &Draft) -> bool {
    draft.modality == Modality::Requested
}

fn drop_governor(drafts: &mut [Draft], governor: Option<usize>, index: usize) {
    if let Some(governor) = governor.filter(|&governor| governor != index) {
        drafts[governor].dropped = true;
    }
}

/// The act takes its governor's place and its parties.
fn absorb(tree: &Tree, drafts: &mut [Draft], governor: Option<usize>, index: usize, head: TokenId) {
    drafts[index].verb = Some(head);
    drafts[index].governed = true;
    if let Some(governor) = governor {
        drafts[governor].dropped = true;
        let (source, target) = (drafts[governor].source.clone(), drafts[governor].target.clone());
        let draft = &mut drafts[index];
        if !source.is_empty() {
            draft.source = source;
        }
        if draft.target.is_empty() {
            draft.target = target;
        }
    } else if drafts[index].source.is_empty() {
        drafts[index].source.extend(tree.subject(head).map(Filler::in_tree));
    }
    let draft = &mut drafts[index];
    let trigger = draft.found.trigger;
    draft.source.retain(|filler| filler.head != trigger);
    let source = draft.source.clone();
    draft.target.retain(|filler| !source.contains(filler) && filler.head != trigger);
}

/// What is asked for decides the code of the request.
fn refine_request(drafts: &mut [Draft], governor: usize, index: usize) {
    let act = drafts[index].act;
    let root = &drafts[governor].act.cameo.as_str()[..2];
    let general = drafts[governor].act.cameo.as_str().len() == 3;
    if drafts[governor].act.plover != Some(Plover::Request) || !general {
        return;
    }
    if let Some(made) = requested(act, root) {
        drafts[governor].become_act(Some(made), "what is asked for");
    }
    if drafts[governor].target.is_empty() {
        let source = drafts[governor].source.clone();
        let asked: Vec<_> = drafts[index].source.iter().filter(|filler| !source.contains(filler)).copied().collect();
        drafts[governor].target = asked;
    }
}
