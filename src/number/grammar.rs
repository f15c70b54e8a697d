//! The grammar of numbers.

use super::{LARGEST, Number, NumberForm, digits};
use crate::lexicon::{NumberClass, NumberWord, Shape, Words};
use crate::span::SentenceId;

/// A number read from words `from..to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Read {
    /// Its first word.
    pub from: usize,
    /// The word after its last.
    pub to: usize,
    /// As in [`Number`].
    pub value: f64,
    /// As in [`Number`].
    pub high: f64,
    /// As in [`Number`].
    pub form: NumberForm,
}

impl Read {
    fn exact(from: usize, to: usize, value: f64, form: NumberForm) -> Self {
        Self { from, to, value, high: value, form }
    }
}

/// Appends the numbers of a sentence.
pub fn sentence(words: &Words, sentence: SentenceId, found: &mut Vec<Number>) {
    let mut at = 0;
    while at < words.len() {
        match read(words, at) {
            Some(number) if number.value <= LARGEST => {
                let Read { from, to, value, high, form } = number;
                found.push(Number { span: words.span(from, to), sentence, value, high, form });
                at = to;
            }
            Some(number) => at = number.to,
            None => at = skip(words, at),
        }
    }
}

/// The place to go on reading after a word that begins no number: past the rest of something written in one piece,
/// such as "T-72B3" or "9/11/01", so that none of its digits is taken for a count.
fn skip(words: &Words, at: usize) -> usize {
    let mut next = at + 1;
    if words.shape(at) == Shape::Digits {
        while words.glued(next) && (words.shape(next) == Shape::Digits || is_inner(words.lower(next))) {
            next += 1;
        }
    }
    next
}

fn is_inner(sign: &str) -> bool {
    matches!(sign, ":" | "/" | "." | "," | "x" | "_")
}

/// The number that begins at a word.
pub fn read(words: &Words, at: usize) -> Option<Read> {
    let article = words.sense(at).function.any(crate::lexicon::FunctionWords::ARTICLE);
    if words.shape(at) == Shape::Digits {
        in_digits(words, at)
    } else if article {
        after_article(words, at)
    } else {
        in_words(words, at)
    }
}

fn class(words: &Words, at: usize) -> Option<(NumberClass, NumberWord)> {
    words.sense(at).number.map(|word| (word.class, word))
}

/// The place of the next part of a number, past a hyphen that glues it on: "twenty-five", "20.4-billion".
fn next_part(words: &Words, at: usize) -> usize {
    if words.lower(at) == "-" && words.glued(at) && words.glued(at + 1) { at + 1 } else { at }
}

/// Whether digits at `at` belong to something written in one piece before them, which makes them a name or code.
fn is_tail(words: &Words, at: usize) -> bool {
    if !words.glued(at) || at == 0 {
        return false;
    }
    let before = words.lower(at - 1);
    match before {
        // "-5" is a negative number, "T-72" a name; "mid-2014" and "ex-3" are neither counted. "10-15" is a range.
        "-" => at < 2 || !words.glued(at - 1) || (words.letters(at - 2) && words.sense(at - 2).number.is_none()),
        "/" | "." | ":" | "," | "_" | "#" | "@" | "'" | "°" | "+" => true,
        _ => words.letters(at - 1) && words.sense(at - 1).currency.is_none(),
    }
}

fn in_digits(words: &Words, at: usize) -> Option<Read> {
    if is_tail(words, at) {
        return None;
    }
    let mut value = digits::value(words.lower(at))?;
    let mut to = at + 1;
    let mut form = NumberForm::Digits;
    if let Some(fraction) = mixed_fraction(words, at) {
        return Some(with_scale(words, at, fraction.0, fraction.1, NumberForm::Words));
    }
    // "10 000" with a space, which only a group of zeros betrays.
    if value < 1000.0 && words.lower(to) == "000" && !words.glued(to) {
        value *= 1000.0;
        to += 1;
    }
    if words.glued(to) {
        let tail = words.lower(to);
        match tail {
            ":" | "/" if words.glued(to + 1) && words.shape(to + 1) == Shape::Digits => return None,
            "°" | "'" | "′" | "\"" if words.shape(to + 1) == Shape::Digits => return None,
            _ if !words.letters(to) => {}
            "m" | "k" if is_scale_letter(words, at, to) => {
                let scale = if tail == "m" { 1e6 } else { 1e3 };
                return Some(Read::exact(at, to + 1, value * scale, NumberForm::Words));
            }
            "b" | "t" if at > 0 && words.sense(at - 1).currency.is_some() => {
                let scale = if tail == "b" { 1e9 } else { 1e12 };
                return Some(Read::exact(at, to + 1, value * scale, NumberForm::Words));
            }
            _ if is_plain_tail(words, to) => {}
            _ => return None,
        }
    }
    if let Some(share) = share(words, at, value, to) {
        return Some(share);
    }
    let scaled = with_scale(words, at, value, to, form);
    form = scaled.form;
    Some(Read { form, ..scaled })
}

/// Letters that may follow digits without white space: units and number words.
fn is_plain_tail(words: &Words, at: usize) -> bool {
    let sense = words.sense(at);
    sense.unit.is_some() || sense.number.is_some() || sense.currency.is_some() || words.lower(at).starts_with('\'')
}

/// Whether "m" or "k" behind digits is a million or a thousand rather than a metre: after a currency, or before what
/// can be counted.
fn is_scale_letter(words: &Words, at: usize, letter: usize) -> bool {
    let money = at > 0 && words.sense(at - 1).currency.is_some();
    let next = words.sense(letter + 1);
    money || next.group.is_some() || next.currency.is_some() || (words.lower(letter) == "k" && !words.glued(letter + 1))
}

/// "2 1/2", "2½", "1/2" as value and the place after it.
fn mixed_fraction(words: &Words, at: usize) -> Option<(f64, usize)> {
    let whole = digits::value(words.lower(at))?;
    if let Some(part) = digits::sign(words.lower(at + 1)) {
        return Some((whole + part, at + 2));
    }
    let part = (words.lower(at + 1), words.lower(at + 2), words.lower(at + 3));
    let part = match part {
        ("1", "/", "2") => 0.5,
        ("1", "/", "4") => 0.25,
        ("3", "/", "4") => 0.75,
        _ => return None,
    };
    (!words.glued(at + 1) && words.glued(at + 2)).then_some((whole + part, at + 4))
}

/// "one in five", "nine out of ten", "4 in 10" as a share in per cent. The whole must be a round number or a small one.
fn share(words: &Words, from: usize, part: f64, at: usize) -> Option<Read> {
    let after = match (words.lower(at), words.lower(at + 1), words.lower(at + 2)) {
        ("out", "of", "every") => at + 3,
        ("out", "of", _) => at + 2,
        ("in", "every", _) => at + 2,
        ("in", _, _) => at + 1,
        _ => return None,
    };
    let (whole, to) = if words.shape(after) == Shape::Digits {
        (digits::value(words.lower(after))?, after + 1)
    } else {
        let number = cardinal(words, after)?;
        (number.value, number.to)
    };
    let common =
        (whole % 10.0 == 0.0 && whole <= 1000.0) || (part == 1.0 && (2.0..=99.0).contains(&whole)) || whole <= 10.0;
    let counted = words.sense(to).unit.is_some() || words.sense(to).calendar.is_some() || words.lower(to) == "%";
    let scaled = class(words, to).is_some_and(|(class, _)| matches!(class, NumberClass::Hundred | NumberClass::Scale));
    let share = (100.0 * 100.0 * part / whole).round() / 100.0;
    (common && part < whole && !counted && !scaled).then(|| Read::exact(from, to, share, NumberForm::Fraction))
}

/// Multiplies by the scales that follow: "1.2 million", "2 dozen", "3 hundred thousand".
fn with_scale(words: &Words, from: usize, mut value: f64, mut to: usize, form: NumberForm) -> Read {
    let mut scaled = form;
    loop {
        let next = next_part(words, to);
        let Some((class, word)) = class(words, next) else { break };
        let fits = match class {
            NumberClass::Hundred | NumberClass::Scale => word.value > 1.0,
            NumberClass::Suffix => true,
            NumberClass::Group => words.lower(next) == "dozen",
            _ => false,
        };
        if !fits {
            break;
        }
        value = scaled_by(value, word.value);
        to = next + 1;
        scaled = NumberForm::Words;
    }
    if (words.lower(to), words.lower(to + 1), words.lower(to + 2)) == ("and", "a", "half") && form == NumberForm::Digits
    {
        let unit = if scaled == NumberForm::Words { last_scale(words, to) } else { 1.0 };
        return with_scale(words, from, value + unit / 2.0, to + 3, NumberForm::Words);
    }
    Read::exact(from, to, value, scaled)
}

/// A number times its scale, as it is written: 16.4 million is 16,400,000 and not a hair less.
fn scaled_by(value: f64, scale: f64) -> f64 {
    let product = value * scale;
    let whole = product.round();
    if (product - whole).abs() < 1e-9 * whole.abs() { whole } else { product }
}

fn last_scale(words: &Words, to: usize) -> f64 {
    class(words, to - 1).map_or(1.0, |(_, word)| word.value)
}

/// "a hundred", "a dozen", "a few", "a couple", "a third", "a quarter".
fn after_article(words: &Words, at: usize) -> Option<Read> {
    let next = at + 1;
    // "a good dozen", "a further hundred".
    let next = if matches!(words.lower(next), "further" | "good" | "mere" | "whole") { next + 1 } else { next };
    let (class, word) = class(words, next)?;
    let read = match class {
        NumberClass::Hundred | NumberClass::Scale => {
            let read = cardinal_from(words, next, 1.0, next)?;
            Read { from: at, ..read }
        }
        NumberClass::Group => {
            let of_things = words.lower(next) == "dozen" || words.lower(next + 1) == "of";
            of_things.then(|| with_scale(words, at, word.value, next + 1, NumberForm::Words))?
        }
        NumberClass::Couple => {
            let hundreds = with_scale(words, at, word.value, next + 1, NumberForm::Vague);
            let of = words.lower(next + 1) == "of" && words.sense(next + 2).number.is_some();
            if of {
                with_scale(words, at, word.value, next + 2, NumberForm::Words)
            } else if hundreds.to > next + 1 {
                Read { form: NumberForm::Words, ..hundreds }
            } else if words.lower(next + 1) == "of" || words.sense(next + 1).unit.is_some() {
                Read::exact(at, next + 1, 2.0, NumberForm::Words)
            } else {
                return None;
            }
        }
        NumberClass::Few => few(words, at, next)?,
        NumberClass::Fraction => fraction(words, at, next, 1.0)?,
        _ => return None,
    };
    // "a million-strong crowd" is a number, "a seven-day trip" does not come here.
    Some(read)
}

/// "several", "a few hundred", "several dozen", "a handful".
fn few(words: &Words, from: usize, at: usize) -> Option<Read> {
    let (_, word) = class(words, at)?;
    let scaled = with_scale(words, from, 1.0, at + 1, NumberForm::Vague);
    let (low, high) = match scaled.value as u64 {
        1 => (word.low, word.high),
        12 => (36.0, 99.0),
        // "several hundred" is anything from three of them up to the next power.
        _ => (word.low * scaled.value, word.low * scaled.value / 3.0 * 10.0 - 1.0),
    };
    let handful = words.lower(at) == "handful";
    if handful && words.lower(scaled.to) != "of" {
        return None;
    }
    Some(Read { value: low, high, form: NumberForm::Vague, ..scaled })
}

fn in_words(words: &Words, at: usize) -> Option<Read> {
    if let Some(half) = digits::sign(words.lower(at)) {
        return Some(with_scale(words, at, half, at + 1, NumberForm::Words));
    }
    let (class, word) = class(words, at)?;
    match class {
        NumberClass::Unit | NumberClass::Teen | NumberClass::Ten | NumberClass::Hundred | NumberClass::Scale => {
            cardinal_or_share(words, at)
        }
        NumberClass::Group => {
            (words.lower(at) == "dozen").then(|| with_scale(words, at, word.value, at + 1, NumberForm::Words))
        }
        NumberClass::Few => {
            let marked = words.lower(at) == "several"
                || matches!(
                    words.lower(at.wrapping_sub(1)),
                    "the" | "last" | "past" | "next" | "first" | "these" | "those"
                );
            let scaled = self::class(words, at + 1).is_some_and(|(class, _)| {
                matches!(class, NumberClass::Hundred | NumberClass::Scale | NumberClass::Group)
            });
            (marked || scaled).then(|| few(words, at, at))?
        }
        NumberClass::Vague => vague(words, at, word),
        NumberClass::Fraction => fraction(words, at, at, 1.0),
        NumberClass::Couple => (words.lower(at + 1) == "of").then(|| Read::exact(at, at + 1, 2.0, NumberForm::Words)),
        NumberClass::Suffix => None,
    }
}

/// "dozens", "tens of thousands", "hundreds of millions".
fn vague(words: &Words, at: usize, word: NumberWord) -> Option<Read> {
    let mut read = Read { from: at, to: at + 1, value: word.low, high: word.high, form: NumberForm::Vague };
    // "tens to hundreds of thousands" keeps its bottom.
    while words.lower(read.to) == "of" || (matches!(words.lower(read.to), "to" | "and" | "or") && !words.glued(read.to))
    {
        let Some((NumberClass::Vague, next)) = class(words, read.to + 1) else { break };
        if words.lower(read.to) == "of" {
            read.value *= next.low / leading(next.low);
            read.high = top(read.high, next);
        } else {
            read.high = next.high;
        }
        read.to += 2;
    }
    // "scores of 3-2" and "he scores" are sport, "tens" alone is no number.
    let alone = read.to == at + 1;
    let before_people = words.lower(read.to) == "of"
        || matches!(words.lower(read.to), "more" | "others")
        || !words.sense(read.to).fates.is_empty()
        || words.sense(read.to).function.any(crate::lexicon::FunctionWords::AUXILIARY);
    let doubtful = matches!(words.lower(at), "scores" | "tens");
    (!(alone && doubtful) || before_people).then_some(read)
}

/// The count in front of a vague word's own scale: thousands are two thousand and more.
fn leading(low: f64) -> f64 {
    low / 10f64.powf(low.log10().floor())
}

/// The top of "tens of thousands": 99 thousand and all below the next.
fn top(high: f64, next: NumberWord) -> f64 {
    let scale = next.low / leading(next.low);
    (high + 1.0) * scale - if scale >= 1e6 { scale } else { 1.0 }
}

/// "half", "two thirds", "a quarter" as per cent; "half a million" as a number.
fn fraction(words: &Words, from: usize, at: usize, count: f64) -> Option<Read> {
    let (_, word) = class(words, at).filter(|(class, _)| *class == NumberClass::Fraction)?;
    let after = at + 1;
    let half = words.lower(at) == "half";
    if half {
        let article = words.sense(after).function.any(crate::lexicon::FunctionWords::ARTICLE);
        let scale = next_part(words, if article { after + 1 } else { after });
        let is_scale = class(words, scale).is_some_and(|(class, word)| {
            matches!(class, NumberClass::Hundred | NumberClass::Scale)
                || (class == NumberClass::Group && word.value == 12.0)
        });
        if is_scale {
            return Some(with_scale(words, from, 0.5, scale, NumberForm::Words));
        }
        if article && words.sense(after + 1).unit.is_some() {
            return Some(Read::exact(from, after + 1, 0.5, NumberForm::Words));
        }
    }
    let named = from < at || half;
    let glued = words.lower(after) == "-" && words.glued(after);
    let of = words.lower(after) == "of";
    let determined = words.sense(after).function.any(crate::lexicon::FunctionWords::DETERMINER);
    let ordered = from > 0 && is_order(words, from);
    let plain = half || of || count > 1.0 || words.lower(after) == "more";
    let fits =
        named && plain && !glued && !ordered && (of || determined || !half || count > 1.0 || is_alone(words, after));
    let share = (100.0 * 100.0 * count / word.value).round() / 100.0;
    fits.then(|| Read::exact(from, after, share, NumberForm::Fraction))
}

/// Whether "half" there stands for a share by itself: "more than half were children", "nearly half.".
fn is_alone(words: &Words, after: usize) -> bool {
    !words.letters(after) || words.sense(after).function.any(crate::lexicon::FunctionWords::AUXILIARY)
}

/// "the first half", "the second quarter", "last half": a stretch of time or play rather than a share.
fn is_order(words: &Words, from: usize) -> bool {
    matches!(
        words.lower(from - 1),
        "first"
            | "second"
            | "third"
            | "fourth"
            | "last"
            | "other"
            | "latter"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "better"
            | "upper"
            | "lower"
            | "final"
    )
}

/// A number in words, or the share that it begins: "two thirds", "one in five", "two and a half".
fn cardinal_or_share(words: &Words, at: usize) -> Option<Read> {
    let number = cardinal(words, at)?;
    let next = next_part(words, number.to);
    if let Some(fraction) =
        fraction(words, at, next, number.value).filter(|_| number.value < 10.0 && words.lower(next) != "half")
    {
        return Some(fraction);
    }
    if words.lower(at) == "one" && words.lower(next) == "half" {
        return fraction(words, at, next, 1.0);
    }
    if let Some(share) = share(words, at, number.value, number.to) {
        return Some(share);
    }
    let to = number.to;
    if words.glued(to) && (words.lower(to + 1), words.lower(to + 3), words.lower(to + 5)) == ("and", "a", "half") {
        return Some(with_scale(words, at, number.value + 0.5, to + 6, NumberForm::Words));
    }
    if (words.lower(to), words.lower(to + 1), words.lower(to + 2)) == ("and", "a", "half") {
        let scale = last_scale(words, to).max(1.0);
        let unit = if scale >= 100.0 { scale } else { 1.0 };
        return Some(with_scale(words, at, number.value + unit / 2.0, to + 3, NumberForm::Words));
    }
    // "one hundred-odd" and "T-one" apart, a number glued behind letters is a name: "catch-22", "big-three".
    (!words.glued(at) || words.lower(at.wrapping_sub(1)) != "-" || is_range_hyphen(words, at)).then_some(number)
}

/// Whether the hyphen before `at` joins two numbers, or stands behind a mark.
fn is_range_hyphen(words: &Words, at: usize) -> bool {
    at < 2 || !words.glued(at - 1) || words.sense(at - 2).number.is_some() || !words.letters(at - 2)
}

/// "one hundred and fifty thousand two hundred".
fn cardinal(words: &Words, at: usize) -> Option<Read> {
    cardinal_from(words, at, 0.0, at)
}

/// Reads a cardinal from `at`, when `open` is already said ("a" before "hundred" says one).
fn cardinal_from(words: &Words, from: usize, open: f64, at: usize) -> Option<Read> {
    let mut total = 0.0;
    let mut group = open;
    let mut to = at;
    let mut last = None;
    loop {
        let mut next = next_part(words, to);
        if words.lower(next) == "and" && matches!(last, Some(NumberClass::Hundred | NumberClass::Scale)) {
            // "two hundred and fifty", but not "one hundred and three hundred": the part must be smaller.
            next += 1;
        }
        let Some((class, word)) = class(words, next) else { break };
        let fits = match (class, last) {
            (NumberClass::Unit, None | Some(NumberClass::Ten | NumberClass::Hundred | NumberClass::Scale))
            | (NumberClass::Teen | NumberClass::Ten, None | Some(NumberClass::Hundred | NumberClass::Scale)) => true,
            (NumberClass::Hundred, Some(NumberClass::Unit | NumberClass::Teen | NumberClass::Ten) | None) => {
                group < 100.0
            }
            (NumberClass::Scale, Some(NumberClass::Scale)) => group == 0.0 && word.value > 1000.0,
            (NumberClass::Scale, _) => true,
            _ => false,
        };
        let sum = words.lower(next.wrapping_sub(1)) == "and" && next > to;
        let smaller = !sum || !is_multiplied(words, next, last);
        if !fits || !smaller || (class == NumberClass::Unit && word.value == 0.0 && last.is_some()) {
            break;
        }
        match class {
            NumberClass::Hundred => group = group.max(1.0) * 100.0,
            NumberClass::Scale if group == 0.0 && total > 0.0 => total *= word.value,
            NumberClass::Scale => {
                total += group.max(1.0) * word.value;
                group = 0.0;
            }
            _ => group += word.value,
        }
        last = Some(class);
        to = next + 1;
    }
    let read = Read::exact(from, to, total + group, NumberForm::Words);
    if class(words, to).is_some_and(|(class, _)| class == NumberClass::Group) && words.lower(to) == "dozen" {
        return Some(with_scale(words, from, read.value, to, NumberForm::Words));
    }
    last.map(|_| read)
}

/// Whether the part that "and" would add is itself multiplied, so that "two thousand and three thousand" are two
/// numbers while "one hundred and fifty thousand" is one.
fn is_multiplied(words: &Words, at: usize, last: Option<NumberClass>) -> bool {
    let next = next_part(words, at + 1);
    class(words, next).is_some_and(|(class, _)| match class {
        NumberClass::Hundred => true,
        NumberClass::Scale => last == Some(NumberClass::Scale),
        _ => false,
    })
}
