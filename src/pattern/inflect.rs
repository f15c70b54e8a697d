//! The written forms of a word: "strike" as a verb gives strikes, struck, stricken, striking.
//!
//! Patterns are written with base forms, and their forms are made once, when the patterns are loaded: looking a token
//! up is then one hash of its letters, and needs no lemmatiser. Where English wavers (travelled, traveled; organise,
//! organize) every form is made.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Past forms and participles of each irregular verb.
static VERBS: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    rows(include_str!("../../data/lexicon/irregular_verbs.txt"))
        .map(|(base, rest)| (base, rest.split([' ', '/']).collect()))
        .collect()
});

/// Plural of each irregular noun.
static NOUNS: LazyLock<FxHashMap<&str, &str>> =
    LazyLock::new(|| rows(include_str!("../../data/lexicon/irregular_nouns.txt")).collect());

fn rows(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '))
}

/// All forms of a verb, its base first.
pub(crate) fn verb(base: &str) -> Vec<String> {
    let mut forms = Vec::with_capacity(8);
    for base in spellings(base) {
        forms.push(base.clone());
        forms.push(if base == "have" { "has".to_owned() } else { with_s(&base) });
        if base == "be" {
            forms.extend(["am", "are", "is", "being"].map(String::from));
        }
        for stem in doubled(&base) {
            forms.push(ing(&stem));
            if !VERBS.contains_key(base.as_str()) {
                forms.push(ed(&stem));
            }
        }
        if let Some(past) = VERBS.get(base.as_str()) {
            forms.extend(past.iter().map(|form| (*form).to_owned()));
        }
    }
    forms.sort();
    forms.dedup();
    forms
}

/// Singular and plural of a noun.
pub(crate) fn noun(base: &str) -> Vec<String> {
    let mut forms = Vec::with_capacity(4);
    for base in spellings(base) {
        match NOUNS.get(base.as_str()) {
            Some(plural) => forms.push((*plural).to_owned()),
            None => forms.push(with_s(&base)),
        }
        forms.push(base);
    }
    forms.sort();
    forms.dedup();
    forms
}

/// The word and its other spelling: -ise and -ize, -isation and -ization, -our and -or, -ence and -ense.
fn spellings(base: &str) -> Vec<String> {
    let mut all = vec![base.to_owned()];
    let long = base.len() > 6;
    for (ours, theirs) in [
        ("ise", "ize"),
        ("isation", "ization"),
        ("yse", "yze"),
        ("defence", "defense"),
        ("offence", "offense"),
        ("labour", "labor"),
        ("armour", "armor"),
        ("endeavour", "endeavor"),
        ("favour", "favor"),
        ("honour", "honor"),
        ("harbour", "harbor"),
        ("programme", "program"),
        ("licence", "license"),
    ] {
        for (from, to) in [(ours, theirs), (theirs, ours)] {
            if let Some(stem) = base.strip_suffix(from).filter(|stem| long || stem.is_empty() || from.len() > 4) {
                all.push(format!("{stem}{to}"));
            }
        }
    }
    all
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// -s for verbs and nouns alike.
fn with_s(base: &str) -> String {
    let bytes = base.as_bytes();
    let last = bytes.last().copied().unwrap_or(b' ');
    let before = bytes.len().checked_sub(2).map_or(b' ', |at| bytes[at]);
    if ["s", "x", "z", "ch", "sh"].iter().any(|end| base.ends_with(end)) || (last == b'o' && !is_vowel(before)) {
        format!("{base}es")
    } else if last == b'y' && !is_vowel(before) {
        format!("{}ies", &base[..base.len() - 1])
    } else {
        format!("{base}s")
    }
}

/// The stem as it is, and with its last consonant doubled where that may be: stop, stopp.
fn doubled(base: &str) -> Vec<String> {
    let bytes = base.as_bytes();
    let mut stems = vec![base.to_owned()];
    if let [.., before, vowel, last] = bytes {
        let closed = is_vowel(*vowel) && !is_vowel(*last) && !matches!(last, b'w' | b'x' | b'y') && last.is_ascii();
        let long = is_vowel(*before) && bytes.len() > 3 && *before != b'u';
        if closed && !long {
            let stem = format!("{base}{}", *last as char);
            let one_syllable = bytes.iter().filter(|&&letter| is_vowel(letter)).count() == 1;
            if one_syllable {
                stems.clear();
            }
            stems.push(stem);
        }
    }
    stems
}

fn ed(stem: &str) -> String {
    let bytes = stem.as_bytes();
    match bytes {
        [.., b'e'] => format!("{stem}d"),
        [.., before, b'y'] if !is_vowel(*before) => format!("{}ied", &stem[..stem.len() - 1]),
        _ => format!("{stem}ed"),
    }
}

fn ing(stem: &str) -> String {
    let cut = |letters: usize| &stem[..stem.len() - letters];
    if stem.ends_with("ie") {
        format!("{}ying", cut(2))
    } else if stem.ends_with('e') && !["ee", "ye", "oe"].iter().any(|end| stem.ends_with(end)) && stem.len() > 2 {
        format!("{}ing", cut(1))
    } else {
        format!("{stem}ing")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_take_their_forms() {
        for (base, expected) in [
            ("strike", "strike strikes striking struck stricken"),
            ("stop", "stop stops stopped stopping"),
            ("deploy", "deploy deploys deployed deploying"),
            ("accuse", "accuse accuses accused accusing"),
            ("deny", "deny denies denied denying"),
            ("condemn", "condemn condemns condemned condemning"),
            ("free", "free frees freed freeing"),
            ("besiege", "besieged besieging"),
            ("kidnap", "kidnapped kidnaping kidnapping"),
            ("rebuke", "rebuked"),
            ("organise", "organised organized organizes"),
            ("tie", "tying tied"),
            ("shell", "shelled shelling"),
            ("attack", "attacks attacking attacked"),
            ("quit", "quit quitting"),
        ] {
            let forms = verb(base);
            for form in expected.split(' ') {
                assert!(forms.iter().any(|made| made == form), "{base} lacks {form}: {forms:?}");
            }
        }
        assert!(!verb("stop").contains(&"stoped".to_owned()));
        assert!(!verb("strike").contains(&"striked".to_owned()));
    }

    #[test]
    fn nouns_take_their_plural() {
        for (base, plural) in [("man", "men"), ("embassy", "embassies"), ("clash", "clashes"), ("raid", "raids")] {
            assert!(noun(base).contains(&plural.to_owned()), "{base}");
        }
    }
}
