//! Clauses: how a verb stands to the verb or noun above it, and who its subject is when the tree does not say so.

use super::{Deprel, Syntax, Upos, Xpos};
use crate::span::TokenId;

/// How a clause is joined to what governs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// The sentence's main clause.
    Main,
    /// "said [that rebels fled]".
    Complement,
    /// "vowed [to withdraw]": its subject is the governor's, or the governor's object.
    Controlled,
    /// "rebels [who fled]".
    Relative,
    /// "rebels [backed by Chad]", "a plan [to withdraw]".
    Adnominal,
    /// "[when troops arrived], rebels fled".
    Adverbial,
    /// "rebels fled and [burned a bridge]".
    Coordinated,
    /// "[that rebels fled] is known".
    Subject,
    /// "Rebels fled, [the army said]".
    Loose,
}

/// Who acts in a clause, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The head of the subject's noun phrase.
    pub token: TokenId,
    /// Whether the clause is passive as far as this subject goes: it undergoes the act.
    pub undergoes: bool,
}

/// How the clause of a predicate is joined to its governor; `None` when the token heads no clause.
pub fn link(syntax: &Syntax, predicate: TokenId) -> Option<Link> {
    let node = syntax.node(predicate);
    Some(match node.deprel {
        Deprel::Root => Link::Main,
        Deprel::Ccomp => Link::Complement,
        Deprel::Xcomp => Link::Controlled,
        Deprel::AclRelcl => Link::Relative,
        Deprel::Acl => Link::Adnominal,
        Deprel::Advcl | Deprel::AdvclRelcl => Link::Adverbial,
        Deprel::Csubj | Deprel::CsubjPass | Deprel::CsubjOuter => Link::Subject,
        Deprel::Parataxis => Link::Loose,
        Deprel::Conj if is_predicate(syntax, predicate) => Link::Coordinated,
        _ => return None,
    })
}

/// Whether a token is a verb, or a noun or adjective with a copula.
pub fn is_predicate(syntax: &Syntax, token: TokenId) -> bool {
    syntax.node(token).upos == Upos::Verb || syntax.child(token, Deprel::Cop).is_some()
}

/// Steps up the tree that a search for a subject takes: news shares subjects over a few verbs, not over many.
const REACH: usize = 6;

/// The logical subject of a predicate: the one the tree gives, else the one it shares by coordination, by control, or
/// with the noun that its clause describes.
pub fn subject(syntax: &Syntax, predicate: TokenId) -> Option<Subject> {
    let mut token = predicate;
    let passive = is_passive(syntax, predicate);
    for _ in 0..REACH {
        if let Some(own) = own_subject(syntax, token) {
            let resolved = relative_antecedent(syntax, own, token).unwrap_or(own);
            return Some(Subject { token: resolved, undergoes: passive });
        }
        let node = syntax.node(token);
        let head = node.head?;
        match node.deprel {
            Deprel::Conj => token = head,
            Deprel::Xcomp => {
                // "urged Kenya to withdraw": the object acts. "vowed to withdraw": the subject does.
                let object = syntax.child(head, Deprel::Obj).or_else(|| syntax.child(head, Deprel::Iobj));
                if let Some(object) = object.filter(|_| !is_passive(syntax, head)) {
                    return Some(Subject { token: object, undergoes: passive });
                }
                token = head;
            }
            Deprel::Acl if is_participle(syntax, token) => {
                return Some(Subject { token: head, undergoes: passive });
            }
            // "a decision to expel": whoever decided, which the noun's possessor tells.
            Deprel::Acl => {
                let owner = syntax.child(head, Deprel::NmodPoss)?;
                return Some(Subject { token: owner, undergoes: passive });
            }
            Deprel::AclRelcl => return Some(Subject { token: head, undergoes: passive }),
            // "killing two people, rebels …": the governor's subject.
            Deprel::Advcl if is_participle(syntax, token) || has_to(syntax, token) => token = head,
            _ => return None,
        }
    }
    None
}

/// Whether a predicate is passive: by its auxiliary or subject, or as a participle that describes a noun.
pub fn is_passive(syntax: &Syntax, predicate: TokenId) -> bool {
    let node = syntax.node(predicate);
    let marked = syntax.child(predicate, Deprel::AuxPass).is_some()
        || syntax.child(predicate, Deprel::NsubjPass).is_some()
        || syntax.child(predicate, Deprel::OblAgent).is_some();
    let shared = || node.deprel == Deprel::Conj && node.xpos == Xpos::Vbn && own_subject(syntax, predicate).is_none();
    marked
        || node.xpos == Xpos::Vbn
            && matches!(node.deprel, Deprel::Acl | Deprel::Advcl)
            && !has_auxiliary(syntax, predicate)
        || shared()
            && !has_auxiliary(syntax, predicate)
            && node.head.is_some_and(|head| syntax.child(head, Deprel::AuxPass).is_some())
}

fn has_auxiliary(syntax: &Syntax, predicate: TokenId) -> bool {
    syntax.child(predicate, Deprel::Aux).is_some()
}

fn is_participle(syntax: &Syntax, token: TokenId) -> bool {
    matches!(syntax.node(token).xpos, Xpos::Vbg | Xpos::Vbn)
}

fn has_to(syntax: &Syntax, token: TokenId) -> bool {
    syntax.children(token).any(|child| syntax.node(child).xpos == Xpos::To)
}

fn own_subject(syntax: &Syntax, predicate: TokenId) -> Option<TokenId> {
    let kinds = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter];
    kinds.into_iter().find_map(|kind| syntax.child(predicate, kind))
}

/// The noun that a relative pronoun stands for: "who" in "rebels who fled".
fn relative_antecedent(syntax: &Syntax, pronoun: TokenId, predicate: TokenId) -> Option<TokenId> {
    if !matches!(syntax.node(pronoun).xpos, Xpos::Wdt | Xpos::Wp) {
        return None;
    }
    let mut token = predicate;
    for _ in 0..REACH {
        let node = syntax.node(token);
        match node.deprel {
            Deprel::AclRelcl => return node.head,
            Deprel::Conj | Deprel::Xcomp | Deprel::Ccomp => token = node.head?,
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::sample::{find, tree};

    fn subject_of(lines: &str, verb: &str) -> Option<(String, bool)> {
        let (doc, syntax) = tree(lines);
        let found = subject(&syntax, find(&doc, verb))?;
        Some((doc.form(found.token).to_owned(), found.undergoes))
    }

    fn named(form: &str, undergoes: bool) -> Option<(String, bool)> {
        Some((form.to_owned(), undergoes))
    }

    #[test]
    fn coordination_and_control_share_the_subject() {
        let lines = "
            Chad PROPN NNP 2 nsubj
            vowed VERB VBD 0 root
            to PART TO 4 mark
            withdraw VERB VB 2 xcomp
            and CCONJ CC 6 cc
            disarm VERB VB 4 conj";
        assert_eq!(subject_of(lines, "withdraw"), named("Chad", false));
        assert_eq!(subject_of(lines, "disarm"), named("Chad", false));
        let (doc, syntax) = tree(lines);
        assert_eq!(link(&syntax, find(&doc, "withdraw")), Some(Link::Controlled));
        assert_eq!(link(&syntax, find(&doc, "disarm")), Some(Link::Coordinated));
        assert_eq!(link(&syntax, find(&doc, "Chad")), None);
    }

    #[test]
    fn who_is_urged_acts() {
        let lines = "
            Peru PROPN NNP 2 nsubj
            urged VERB VBD 0 root
            Chile PROPN NNP 2 obj
            to PART TO 5 mark
            withdraw VERB VB 2 xcomp";
        assert_eq!(subject_of(lines, "withdraw"), named("Chile", false));
        let lines = "
            Guards NOUN NNS 3 nsubj:pass
            were AUX VBD 3 aux:pass
            forced VERB VBN 0 root
            to PART TO 5 mark
            flee VERB VB 3 xcomp";
        assert_eq!(subject_of(lines, "flee"), named("Guards", false));
        assert_eq!(subject_of(lines, "forced"), named("Guards", true));
    }

    #[test]
    fn clauses_at_a_noun_have_it_for_their_subject() {
        let lines = "
            Rebels NOUN NNS 9 nsubj
            who PRON WP 3 nsubj
            seized VERB VBD 1 acl:relcl
            a DET DT 5 det
            base NOUN NN 3 obj
            backed VERB VBN 1 acl
            by ADP IN 8 case
            Chad PROPN NNP 6 obl:agent
            fled VERB VBD 0 root";
        assert_eq!(subject_of(lines, "seized"), named("Rebels", false));
        assert_eq!(subject_of(lines, "backed"), named("Rebels", true));
        let (doc, syntax) = tree(lines);
        assert_eq!(link(&syntax, find(&doc, "seized")), Some(Link::Relative));
        assert_eq!(link(&syntax, find(&doc, "fled")), Some(Link::Main));
    }

    #[test]
    fn a_possessor_decides() {
        let lines = "
            Oman PROPN NNP 3 nmod:poss
            's PART POS 1 case
            decision NOUN NN 6 nsubj
            to PART TO 5 mark
            expel VERB VB 3 acl
            surprised VERB VBD 0 root
            envoys NOUN NNS 6 obj";
        assert_eq!(subject_of(lines, "expel"), named("Oman", false));
        assert_eq!(subject_of(lines, "surprised"), named("decision", false));
    }
}
