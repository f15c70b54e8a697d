//! Tells documents that are not English, which the rules would misread, by their letters and function words.
//!
//! In: the text. Out: what it is written in, when that is certainly not English. Lists of names, tables and short texts,
//! which have few function words in any language, are given the benefit of the doubt.

use once_cell::sync::Lazy;
use rustc_hash::FxHashMap;

/// The languages with their function words; English comes first.
static LANGUAGES: Lazy<Languages> = Lazy::new(|| Languages::parse(include_str!("../data/lexicon/languages.csv")));

/// Words that are looked at.
const SAMPLE: usize = 1000;
/// Words without which nothing is said.
const FEWEST: usize = 12;
/// After each so many words it is asked whether more need to be looked at.
const CHECKED: usize = 64;
/// Letters without which nothing is said of the script.
const FEWEST_LETTERS: usize = 20;
/// Words in which some must be English function words, or it is another language, if an unknown one.
const ENOUGH: usize = 100;
/// Least share of function words for the language to be recognised: prose of the listed languages has 0.2 and more.
const LEAST_SHARE: f64 = 0.12;
/// By how much another language's function words must outnumber the English ones. The lists share words, such as "in",
/// so that prose in one gives some to others, but never nearly as many.
const LEAD: f64 = 1.5;
/// English prose has a share of 0.35; telegraphic lists go down to some hundredths.
const NO_ENGLISH: f64 = 0.01;

struct Languages {
    codes: Vec<&'static str>,
    /// A bit for each language that has the word.
    words: FxHashMap<&'static str, u64>,
}

impl Languages {
    fn parse(csv: &'static str) -> Self {
        let mut made = Self { codes: Vec::new(), words: FxHashMap::default() };
        for (code, words) in csv.lines().skip(1).filter_map(|line| line.split_once(',')) {
            let bit = 1 << made.codes.len();
            made.codes.push(code);
            for word in words.split_whitespace() {
                *made.words.entry(word).or_default() |= bit;
            }
        }
        made
    }
}

/// What a text is written in when that is not English: the ISO 639-1 code of its language, `unknown`, or `another script`.
///
/// `None` for English, and for what is too short or too poor in words to tell.
pub fn foreign(text: &str) -> Option<&'static str> {
    let languages = &*LANGUAGES;
    let mut counts = vec![0usize; languages.codes.len()];
    let (mut words, mut letters, mut others) = (0, 0, 0);
    let mut lower = String::new();
    // What follows an apostrophe is no word of its own: "Iran's" would be half Czech.
    let is_apostrophe = |letter: char| letter == '\'' || letter == '’';
    let parts = text.split(|letter: char| !letter.is_alphabetic() && !is_apostrophe(letter));
    let parts = parts.map(|part| part.trim_matches(is_apostrophe)).filter(|part| !part.is_empty());
    for word in parts.take(SAMPLE) {
        words += 1;
        if words % CHECKED == 0 && is_plainly_english(&counts, words) {
            return None;
        }
        for letter in word.chars().filter(|letter| letter.is_alphabetic()) {
            letters += 1;
            // Latin letters end here, but for rare additions above that no prose consists of.
            others += usize::from(letter > '\u{024F}' && !('\u{1E00}'..='\u{1EFF}').contains(&letter));
        }
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(word.chars().flat_map(char::to_lowercase));
        }
        let mut bits = languages.words.get(lower.as_str()).copied().unwrap_or(0);
        while bits != 0 {
            counts[bits.trailing_zeros() as usize] += 1;
            bits &= bits - 1;
        }
    }
    if letters >= FEWEST_LETTERS && others * 2 > letters {
        return Some("another script");
    }
    if words < FEWEST {
        return None;
    }
    let share = |count: usize| count as f64 / words as f64;
    let english = counts[0];
    let best = (1..counts.len()).max_by_key(|&language| (counts[language], std::cmp::Reverse(language)))?;
    if share(counts[best]) >= LEAST_SHARE && counts[best] as f64 > english as f64 * LEAD {
        return Some(languages.codes[best]);
    }
    (words >= ENOUGH && share(english) < NO_ENGLISH).then_some("unknown")
}

/// Whether so many of the words so far are English function words, and so few another language's, that no number of
/// further ones would change the answer but in a text that changes its language.
fn is_plainly_english(counts: &[usize], words: usize) -> bool {
    let others = counts[1..].iter().max().copied().unwrap_or(0);
    counts[0] * 4 >= words && counts[0] > 2 * others
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_in_other_languages_is_told() {
        for (expected, text) in [
            (
                Some("es"),
                "El presidente de Colombia dijo el lunes que las tropas del gobierno no se retiran de la zona.",
            ),
            (
                Some("fr"),
                "Le ministre a déclaré lundi que les forces de sécurité sont entrées dans la ville sans résistance.",
            ),
            (
                Some("de"),
                "Die Regierung hat am Montag mitgeteilt, dass der Minister nicht an dem Treffen teilnehmen wird.",
            ),
            (
                Some("tr"),
                "Cumhurbaşkanı pazartesi günü yaptığı açıklamada bu konuda bir anlaşma için görüşmelerin sürdüğünü ve daha çok zaman gerektiğini söyledi",
            ),
            (Some("another script"), "Президент России заявил в понедельник, что войска остаются на месте."),
            (Some("another script"), "الرئيس المصري يلتقي نظيره السوداني في القاهرة يوم الاثنين"),
            (None, "The president of Colombia said on Monday that troops would not leave the zone."),
            (None, "Rebels kill 12 in Mali raid"),
            (
                None,
                "Kofi Annan, Boutros Boutros-Ghali, Javier Pérez de Cuéllar, Kurt Waldheim, U Thant, Dag Hammarskjöld, Trygve Lie",
            ),
            (None, "Kenya's army chief's deputy today strongly condemned Somalia's latest suicide attack."),
            (None, "A woman general has surrendered to Chadian forces, a fresh blow to Mali's last big revolt."),
            (None, "\"I need a house and I don't work, so I don't eat,\" said one. \"I go.\""),
            (None, "El Mundo and La Vanguardia wrote that Le Pen and De la Rúa had met in Los Angeles, aides said."),
            (None, ""),
        ] {
            assert_eq!(foreign(text), expected, "{text}");
        }
    }

    #[test]
    fn every_list_is_told_from_the_others() {
        let languages = &*LANGUAGES;
        assert!(languages.codes.len() > 25 && languages.codes[0] == "en" && languages.codes.len() <= 64);
        let mut codes = languages.codes.clone();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), languages.codes.len());
        let bad = languages.words.keys().find(|word| !word.chars().all(char::is_alphabetic));
        assert_eq!(bad, None, "it is never looked up");
    }
}
