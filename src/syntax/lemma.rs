//! Dictionary forms, from a word and its Penn tag: lists of what is irregular, rules of spelling for the rest.

use std::borrow::Cow;

use once_cell::sync::Lazy;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Xpos;

/// The dictionary form of a word, as UD English gives it: small letters except for names, "be" for "'s" as a verb.
pub fn lemma(form: &str, xpos: Xpos) -> Cow<'_, str> {
    match xpos {
        Xpos::Nnp | Xpos::Nnps if form.bytes().skip(1).all(|byte| !byte.is_ascii_uppercase()) || form.len() < 5 => {
            let plural = xpos == Xpos::Nnps && form.len() > 4 && form.ends_with('s') && !form.ends_with("ss");
            Cow::Borrowed(if plural { &form[..form.len() - 1] } else { form })
        }
        Xpos::Nnp | Xpos::Nnps => name(form),
        Xpos::Nns => lowered(form, noun),
        Xpos::Vb | Xpos::Vbp | Xpos::Vbz | Xpos::Vbd | Xpos::Vbn | Xpos::Vbg | Xpos::Md => {
            lowered(form, |form| verb(form, xpos))
        }
        Xpos::Jjr | Xpos::Jjs => lowered(form, |form| degree(form, "good")),
        Xpos::Rbr | Xpos::Rbs => lowered(form, |form| degree(form, "well")),
        Xpos::Prp | Xpos::Rb | Xpos::Dt => lowered(form, closed),
        _ => lowered(form, |_| None),
    }
}

/// The small letters of a form, and what a rule makes of them; nothing is allocated where nothing changes.
fn lowered<'f>(form: &'f str, rule: impl Fn(&str) -> Option<Cow<'static, str>>) -> Cow<'f, str> {
    if form.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'-')) {
        return match rule(form) {
            Some(Cow::Borrowed(lemma)) => Cow::Borrowed(lemma),
            Some(Cow::Owned(lemma)) => Cow::Owned(lemma),
            None => Cow::Borrowed(form),
        };
    }
    let small = form.to_lowercase().replace('’', "'");
    match rule(&small) {
        Some(lemma) => Cow::Owned(lemma.into_owned()),
        None => Cow::Owned(small),
    }
}

/// A long name in capitals is written as a name.
fn name(form: &str) -> Cow<'_, str> {
    if form.contains(|next: char| next.is_lowercase()) || !form.is_ascii() {
        return Cow::Borrowed(form);
    }
    let mut first = true;
    let small = form.chars().map(|next| if std::mem::take(&mut first) { next } else { next.to_ascii_lowercase() });
    Cow::Owned(small.collect())
}

fn rows(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Past forms and participles of irregular verbs.
static VERBS: Lazy<FxHashMap<&'static str, &'static str>> = Lazy::new(|| {
    let mut verbs = FxHashMap::default();
    for row in rows(include_str!("../../data/lexicon/irregular_verbs.txt")) {
        let mut columns = row.split_whitespace();
        let Some(base) = columns.next() else { continue };
        for form in columns.flat_map(|column| column.split('/')) {
            verbs.entry(form).or_insert(base);
        }
    }
    verbs
});

/// Irregular plurals.
static NOUNS: Lazy<FxHashMap<&'static str, &'static str>> = Lazy::new(|| {
    let rows = rows(include_str!("../../data/lexicon/irregular_nouns.txt"));
    let pairs = rows.filter_map(|row| row.split_once(char::is_whitespace).map(|(one, many)| (many.trim(), one)));
    // Nouns listed with their plural alone are looked up by it; their dictionary form is still the singular.
    pairs.filter(|(many, one)| many != one || !many.ends_with('s') || many.ends_with("ies")).collect()
});

/// Stems that lose a final e.
static SILENT: Lazy<FxHashSet<&'static str>> =
    Lazy::new(|| rows(include_str!("../../data/lexicon/silent_e.txt")).collect());

fn closed(form: &str) -> Option<Cow<'static, str>> {
    let lemma = match form {
        "me" | "i" => "I",
        "him" => "he",
        "her" => "she",
        "us" => "we",
        "them" | "'em" | "em" => "they",
        "n't" | "nt" | "n`t" => "not",
        "an" => "a",
        "these" => "this",
        "those" => "that",
        _ => return None,
    };
    Some(Cow::Borrowed(lemma))
}

/// `good` is what "better" comes from.
fn degree(form: &str, good: &'static str) -> Option<Cow<'static, str>> {
    let lemma = match form {
        "better" | "best" => good,
        "worse" | "worst" => "bad",
        // The treebanks keep "more" and "most", which stand by other words, as they are.
        "more" | "most" | "less" | "least" => return None,
        "further" | "furthest" | "farther" | "farthest" => "far",
        "elder" | "eldest" => "old",
        _ => {
            let stem = form.strip_suffix("er").or_else(|| form.strip_suffix("est")).filter(|stem| stem.len() > 2)?;
            return Some(Cow::Owned(bare(stem, false)));
        }
    };
    Some(Cow::Borrowed(lemma))
}

fn noun(form: &str) -> Option<Cow<'static, str>> {
    if form == "people" {
        return None;
    }
    if let Some(one) = NOUNS.get(form) {
        return Some(Cow::Borrowed(one));
    }
    for (many, one) in [("women", "woman"), ("men", "man"), ("wives", "wife"), ("knives", "knife"), ("lives", "life")] {
        if let Some(start) = form.strip_suffix(many) {
            return Some(Cow::Owned(format!("{start}{one}")));
        }
    }
    let stem = form.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with(['s', 'u']))?;
    if let Some(start) = stem.strip_suffix("ie").filter(|start| start.len() > 1) {
        let keeps = matches!(start, "mov" | "cook" | "zomb" | "cal" | "rook" | "aunt" | "prair" | "eer" | "boog");
        return Some(Cow::Owned(if keeps { stem.to_owned() } else { format!("{start}y") }));
    }
    if let Some(start) = stem.strip_suffix('e') {
        let hissing = ["ss", "sh", "ch", "x", "zz"].iter().any(|end| start.ends_with(end)) && !start.ends_with("ach");
        let on_us = start.ends_with("us")
            && !["hous", "caus", "us", "blous", "mous", "spous", "excus", "claus", "paus", "abus"]
                .iter()
                .any(|word| start.ends_with(word));
        let on_o = ["her", "tomat", "potat", "vet", "ech", "mosquit", "torped", "embarg", "volcan", "carg"];
        let rounded = start.strip_suffix('o').is_some_and(|start| on_o.contains(&start));
        if hissing || rounded || start.ends_with("gas") || on_us || start.ends_with("coach") || start.ends_with("beach")
        {
            return Some(Cow::Owned(start.to_owned()));
        }
        if let Some(start) = stem.strip_suffix("ve") {
            let hard = ["hal", "shel", "sel", "el", "thie", "lea", "loa", "cal", "wol", "shea"];
            if hard.contains(&start) {
                return Some(Cow::Owned(format!("{start}f")));
            }
        }
    }
    Some(Cow::Owned(stem.to_owned()))
}

fn verb(form: &str, xpos: Xpos) -> Option<Cow<'static, str>> {
    let known = match form {
        "'s" | "is" | "are" | "'re" | "am" | "'m" | "was" | "were" | "been" | "being" | "ai" => "be",
        "has" | "had" | "'ve" | "having" => "have",
        "'d" if xpos == Xpos::Md => "would",
        "'d" => "have",
        "'ll" | "wo" => "will",
        "ca" => "can",
        "sha" => "shall",
        "does" | "did" | "done" | "doing" => "do",
        "goes" => "go",
        _ => "",
    };
    if !known.is_empty() {
        return Some(Cow::Borrowed(known));
    }
    match xpos {
        Xpos::Vbz => third_person(form),
        Xpos::Vbd | Xpos::Vbn => past(form),
        Xpos::Vbg => {
            let stem = form.strip_suffix("ing").filter(|stem| stem.len() > 1)?;
            let on_y = matches!(stem, "dy" | "ly" | "ty" | "vy");
            Some(Cow::Owned(if on_y { format!("{}ie", &stem[..1]) } else { bare(stem, true) }))
        }
        _ => None,
    }
}

fn third_person(form: &str) -> Option<Cow<'static, str>> {
    let stem = form.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with('s'))?;
    if let Some(start) = stem.strip_suffix("ie") {
        return Some(Cow::Owned(if start.len() > 1 { format!("{start}y") } else { stem.to_owned() }));
    }
    let hissing = |start: &str| ["ss", "sh", "ch", "x", "zz", "o"].iter().any(|end| start.ends_with(end));
    if let Some(start) = stem.strip_suffix('e').filter(|start| hissing(start) && *start != "ach") {
        return Some(Cow::Owned(start.to_owned()));
    }
    Some(Cow::Owned(stem.to_owned()))
}

fn past(form: &str) -> Option<Cow<'static, str>> {
    if let Some(base) = VERBS.get(form) {
        return Some(Cow::Borrowed(base));
    }
    let prefixes = ["over", "under", "out", "re", "un", "mis", "with", "fore", "up"];
    let inner = prefixes.iter().find_map(|prefix| Some((*prefix, *VERBS.get(form.strip_prefix(prefix)?)?)));
    if let Some((prefix, base)) = inner {
        return Some(Cow::Owned(format!("{prefix}{base}")));
    }
    if let Some(start) = form.strip_suffix("ied") {
        return Some(Cow::Owned(if start.len() > 1 { format!("{start}y") } else { format!("{start}ie") }));
    }
    if form.ends_with("eed") {
        return Some(Cow::Owned(form[..form.len() - 1].to_owned()));
    }
    form.strip_suffix("ed").filter(|stem| stem.len() > 1).map(|stem| Cow::Owned(bare(stem, true)))
}

/// The word a stem belongs to: a doubled letter made single, a silent e restored.
fn bare(stem: &str, verb: bool) -> String {
    let bytes = stem.as_bytes();
    let at = |back: usize| bytes.len().checked_sub(back).map_or(0, |place| bytes[place]);
    let (last, before, third) = (at(1), at(2), at(3));
    if !verb && last == b'i' {
        return format!("{}y", &stem[..stem.len() - 1]);
    }
    if last == before && last.is_ascii_alphabetic() {
        let kept = matches!(last, b'l' | b's' | b'z' | b'f' | b'e' | b'o')
            || matches!(stem, "add" | "err" | "egg" | "odd" | "ebb");
        let doubled_l = last == b'l' && is_doubled_l(stem);
        return if kept && !doubled_l { stem.to_owned() } else { stem[..stem.len() - 1].to_owned() };
    }
    if ["panick", "mimick", "picnick", "traffick", "frolick"].contains(&stem) {
        return stem[..stem.len() - 1].to_owned();
    }
    if has_silent_e(stem, last, before, third) { format!("{stem}e") } else { stem.to_owned() }
}

/// Verbs of more than one syllable whose l is doubled: "controlled", "cancelled"; "killed" keeps its two.
fn is_doubled_l(stem: &str) -> bool {
    const STEMS: &[&str] = &[
        "controll", "cancell", "travell", "expell", "compell", "propell", "repell", "patroll", "rebell", "labell",
        "level", "levell", "modell", "signall", "quarrell", "fuell", "duell", "excell", "impell", "dispell",
        "channell", "shovell", "counsell", "dialled", "dial", "totall", "initiall", "equall", "rivall", "marshall",
        "funnell", "tunnell", "unravell", "imperill", "fulfil", "enroll", "instil", "distil", "annull", "extoll",
        "dialll", "diall",
    ];
    STEMS.contains(&stem)
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Whether a stem lost an e: by its last letters, or because it is on the list.
fn has_silent_e(stem: &str, last: u8, before: u8, third: u8) -> bool {
    if SILENT.contains(stem) || SILENT.iter().any(|listed| listed.len() > 3 && stem.ends_with(listed)) {
        return true;
    }
    let short = is_vowel(before) && (!is_vowel(third) || third == b'u' && stem.contains("qu"));
    match last {
        b'c' | b'v' | b'z' => !(last == b'z' && before == b't'),
        b'u' => true,
        b's' => {
            before != b's' && !matches!(stem, "focus" | "bias" | "canvas" | "gas" | "bus" | "harass") && stem.len() > 2
        }
        b'g' => match before {
            b'n' => third == b'a' && !matches!(stem, "hang" | "bang" | "gang" | "overhang" | "clang"),
            b'd' | b'r' | b'l' => true,
            b'a' | b'e' | b'i' => short || stem.ends_with("sieg"),
            b'u' => third == b'a',
            _ => false,
        },
        b'l' => match before {
            b'b' | b'c' | b'd' | b'f' | b'g' | b'k' | b'p' | b't' | b'z' | b's' => true,
            b'i' => short && !matches!(stem, "pencil" | "council" | "imperil" | "fulfil" | "instil"),
            b'u' => short && third != b'f',
            _ => false,
        },
        b'r' => match before {
            b'u' => third != b'o' && !matches!(stem, "murmur" | "sulfur"),
            b'i' => short,
            b't' | b'c' => third != b'l' || before == b't',
            _ => false,
        },
        b't' => match before {
            b'a' => {
                short && stem.len() > 3 && !matches!(stem, "combat" | "format" | "chat" | "boycat")
                    || third == b'i'
                    || third == b'u'
            }
            b'u' => short && !stem.ends_with("put"),
            b's' => matches!(stem, "wast" | "tast" | "past" | "hast" | "bast"),
            _ => false,
        },
        b'd' => match before {
            b'i' | b'a' | b'o' | b'u' => short || third == b'u' && before != b'o',
            b'e' => matches!(third, b'c' | b'p' | b's') && stem.len() > 3,
            _ => false,
        },
        b'm' => match before {
            b'a' | b'u' => short && !matches!(stem, "program" | "vacuum"),
            b'i' => short && stem != "victim",
            b'o' => stem.ends_with("com"),
            _ => false,
        },
        b'n' => match before {
            b'i' => short && !matches!(stem, "cabin" | "margin" | "begin"),
            b'u' => short,
            _ => false,
        },
        b'k' => matches!(before, b'a' | b'i' | b'u') && short,
        b'p' => {
            matches!(before, b'a' | b'i' | b'y')
                && short
                && !matches!(stem, "worship" | "gossip" | "kidnap" | "equip" | "handicap")
        }
        b'b' => matches!(before, b'i' | b'u') && short,
        b'h' => before == b't' && third == b'a' && stem.len() > 4 && stem.ends_with("breath"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lemmas() {
        for (form, xpos, expected) in [
            ("said", Xpos::Vbd, "say"),
            ("Killed", Xpos::Vbn, "kill"),
            ("wounding", Xpos::Vbg, "wound"),
            ("stopped", Xpos::Vbd, "stop"),
            ("seized", Xpos::Vbd, "seize"),
            ("withdrew", Xpos::Vbd, "withdraw"),
            ("dying", Xpos::Vbg, "die"),
            ("agreed", Xpos::Vbd, "agree"),
            ("denies", Xpos::Vbz, "deny"),
            ("accused", Xpos::Vbd, "accuse"),
            ("invaded", Xpos::Vbd, "invade"),
            ("attacked", Xpos::Vbd, "attack"),
            ("visited", Xpos::Vbd, "visit"),
            ("supplied", Xpos::Vbd, "supply"),
            ("expelled", Xpos::Vbd, "expel"),
            ("shelling", Xpos::Vbg, "shell"),
            ("fired", Xpos::Vbd, "fire"),
            ("injured", Xpos::Vbn, "injure"),
            ("offered", Xpos::Vbd, "offer"),
            ("changed", Xpos::Vbd, "change"),
            ("voted", Xpos::Vbd, "vote"),
            ("launches", Xpos::Vbz, "launch"),
            ("'s", Xpos::Vbz, "be"),
            ("'d", Xpos::Md, "would"),
            ("n't", Xpos::Rb, "not"),
            ("troops", Xpos::Nns, "troop"),
            ("countries", Xpos::Nns, "country"),
            ("policemen", Xpos::Nns, "policeman"),
            ("hostages", Xpos::Nns, "hostage"),
            ("houses", Xpos::Nns, "house"),
            ("clashes", Xpos::Nns, "clash"),
            ("bigger", Xpos::Jjr, "big"),
            ("heaviest", Xpos::Jjs, "heavy"),
            ("KENYA", Xpos::Nnp, "Kenya"),
            ("NATO", Xpos::Nnp, "NATO"),
            ("The", Xpos::Dt, "the"),
            ("army", Xpos::Nn, "army"),
        ] {
            assert_eq!(lemma(form, xpos), expected, "{form}/{xpos}");
        }
    }

    #[test]
    fn what_is_a_lemma_already_is_not_copied() {
        assert!(matches!(lemma("army", Xpos::Nn), Cow::Borrowed(_)));
        assert!(matches!(lemma("Kenya", Xpos::Nnp), Cow::Borrowed(_)));
    }
}
