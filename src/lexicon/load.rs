//! Reads the lexicon files that are embedded in the program.

use rustc_hash::FxHashMap;

use super::sense::{
    Calendar, Currency, CurrencyForm, Fate, Form, Frame, FunctionWords, Group, NumberClass, NumberWord, Place, Sense,
    Unit,
};
use super::{Lexicon, Phrase};
use crate::ontology::{FigureKind, Qualifier};

macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../../data/lexicon/", $name)))
    };
}

/// A lexicon file: its name and its text.
type File = (&'static str, &'static str);

/// Reads all files.
///
/// # Panics
/// If a row cannot be used. The files are part of the program, and every test that reads a number reads them all.
pub fn builtin() -> Lexicon {
    let mut lexicon = Lexicon { words: FxHashMap::default(), phrases: FxHashMap::default() };
    rows(file!("numbers.csv"), |row| {
        let value: f64 = row.number(2);
        let bound = |at: usize| if row.cell(at).is_empty() { value } else { row.number(at) };
        let word = NumberWord { class: row.name(1, NumberClass::from_name), value, low: bound(3), high: bound(4) };
        lexicon.add(row.cell(0), |sense| sense.number = Some(word));
    });
    rows(file!("qualifiers.csv"), |row| {
        let qualifier = Some(row.name(2, Qualifier::from_name));
        lexicon.add(row.cell(0), |sense| match row.name(1, Place::from_name) {
            Place::Before => sense.qualifier = qualifier,
            Place::After => sense.qualifier_after = qualifier,
        });
    });
    rows(file!("units.csv"), |row| {
        let unit = Unit { kind: row.name(1, FigureKind::from_name), name: row.cell(2).into() };
        row.forms(0).for_each(|form| lexicon.add(form, |sense| sense.unit = Some(unit.clone())));
    });
    rows(file!("currencies.csv"), |row| {
        let currency =
            Currency { form: row.name(1, CurrencyForm::from_name), code: row.cell(2).into(), countries: row.pairs(3) };
        row.forms(0).for_each(|form| lexicon.add(form, |sense| sense.currency = Some(currency.clone())));
    });
    rows(file!("casualties.csv"), |row| {
        let frame = row.name(1, Frame::from_name);
        let kind = (frame != Frame::Other).then(|| row.name(0, FigureKind::from_name));
        for (column, form) in [(2, Form::Past), (3, Form::Present), (4, Form::Gerund)] {
            let fate = Fate { kind, frame, form, personal: row.cell(5) == "people" };
            row.forms(column).for_each(|word| lexicon.add(word, |sense| sense.fates.push(fate)));
        }
    });
    for file in [file!("people.csv"), file!("counted.csv"), file!("demonyms.csv")] {
        rows(file, |row| match row.cell(0) {
            "label" => row.words(1).for_each(|word| lexicon.add(word, |sense| sense.label = true)),
            "nonhuman" => row.words(1).for_each(|word| lexicon.add(word, |sense| sense.nonhuman = true)),
            "attributive" => row.words(1).for_each(|word| lexicon.add(word, |sense| sense.attributive = true)),
            "collective" => row.words(1).for_each(|word| lexicon.add(word, |sense| sense.collective = true)),
            _ => {
                let group = row.name(0, Group::from_name);
                row.words(1).for_each(|word| lexicon.add(word, |sense| sense.group = Some(group)));
            }
        });
    }
    rows(file!("calendar.csv"), |row| {
        // Leading words begin a time only where another word of time follows; to be listed is all they need.
        if matches!(row.cell(1), "opening" | "leading") {
            let opens = row.cell(1) == "opening";
            return row.forms(0).for_each(|form| lexicon.add(form, |sense| sense.opens_time |= opens));
        }
        let calendar = calendar(&row);
        row.forms(0).for_each(|form| lexicon.add(form, |sense| sense.calendar = Some(calendar)));
    });
    rows(file!("function-words.csv"), |row| {
        let class = row.name(0, FunctionWords::from_name);
        row.words(1).for_each(|word| lexicon.add(word, |sense| sense.function = sense.function.with(class)));
    });
    // Each list is sorted by itself, so that the order in which they come is of no matter.
    #[allow(clippy::iter_over_hash_type)]
    for phrases in lexicon.phrases.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    }
    lexicon
}

fn calendar(row: &Row) -> Calendar {
    let value = row.cell(2);
    let known = |codes: &[&'static str]| row.name(2, |name| codes.iter().copied().find(|&code| code == name));
    match row.cell(1) {
        "month" => Calendar::Month(row.number(2) as i8),
        "weekday" => Calendar::Weekday(row.number(2) as i8),
        "season" => Calendar::Season(known(&["SP", "SU", "FA", "WI"])),
        "daypart" if value.contains(':') => Calendar::Clock(known(&["12:00", "24:00"])),
        "daypart" => Calendar::DayPart(known(&["MO", "AF", "EV", "NI"])),
        "holiday" | "islamic" => match value.split_once('-').map(|(month, day)| (month.parse(), day.parse())) {
            Some((Ok(month), Ok(day))) if row.cell(1) == "holiday" => Calendar::Holiday(month, day),
            Some((Ok(month), Ok(day))) => Calendar::Islamic(month, day),
            _ => row.refuse(&format!("'{value}' is no day; write MM-DD")),
        },
        "easter" => Calendar::Easter(row.number(2) as i8),
        class => row.refuse(&format!("unknown class '{class}'")),
    }
}

impl Lexicon {
    /// Changes the sense of a word, or of a phrase of several words.
    fn add(&mut self, form: &str, change: impl FnOnce(&mut Sense)) {
        let mut words = form.split(' ');
        let first = words.next().unwrap_or_default();
        let word = self.words.entry(first.into()).or_insert(Sense::EMPTY);
        word.listed = true;
        if first.len() == form.len() {
            return change(word);
        }
        word.begins_phrase = true;
        let words: Vec<Box<str>> = form.split(' ').map(Into::into).collect();
        let phrases = self.phrases.entry(first.into()).or_default();
        let known = phrases.iter().position(|phrase| phrase.words == words);
        let index = known.unwrap_or_else(|| {
            phrases.push(Phrase { words, sense: Sense::EMPTY });
            phrases.len() - 1
        });
        change(&mut phrases[index].sense);
    }
}

/// A row of a lexicon file, which knows where it stands.
struct Row<'a> {
    file: &'static str,
    line: u64,
    cells: &'a csv::StringRecord,
}

fn rows((file, text): File, mut each: impl FnMut(Row)) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut cells = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut cells) {
            Ok(true) => each(Row { file, line: cells.position().map_or(0, csv::Position::line), cells: &cells }),
            Ok(false) => return,
            Err(error) => panic!("data/lexicon/{file}: {error}"),
        }
    }
}

impl Row<'_> {
    fn refuse(&self, why: &str) -> ! {
        panic!("data/lexicon/{}:{}: {why}", self.file, self.line)
    }

    fn cell(&self, at: usize) -> &str {
        self.cells.get(at).unwrap_or_default()
    }

    fn number(&self, at: usize) -> f64 {
        self.cell(at).parse().unwrap_or_else(|_| self.refuse(&format!("'{}' is no number", self.cell(at))))
    }

    fn name<T>(&self, at: usize, read: impl Fn(&str) -> Option<T>) -> T {
        read(self.cell(at)).unwrap_or_else(|| self.refuse(&format!("unknown name '{}'", self.cell(at))))
    }

    fn forms(&self, at: usize) -> impl Iterator<Item = &str> {
        self.cell(at).split('|').filter(|form| !form.is_empty())
    }

    fn words(&self, at: usize) -> impl Iterator<Item = &str> {
        self.cell(at).split(' ').filter(|word| !word.is_empty())
    }

    /// `word=CODE` pairs.
    fn pairs(&self, at: usize) -> Vec<(Box<str>, Box<str>)> {
        let pair = |form: &str| match form.split_once('=') {
            Some((word, code)) => (word.into(), code.into()),
            None => self.refuse(&format!("'{form}' is no pair; write word=CODE")),
        };
        self.forms(at).map(pair).collect()
    }
}
