//! The kinds of meaning a listed word can have.

use crate::ontology::{FigureKind, Qualifier, names};

/// What one word or phrase means; a word may mean several things at once ("second", "march", "pounds").
#[derive(Clone, Debug)]
pub struct Sense {
    /// As a part of a number.
    pub number: Option<NumberWord>,
    /// As a unit of measure.
    pub unit: Option<Unit>,
    /// As money.
    pub currency: Option<Currency>,
    /// As a word for what befalls people.
    pub fates: Vec<Fate>,
    /// As a noun that is counted.
    pub group: Option<Group>,
    /// As a bound before a number.
    pub qualifier: Option<Qualifier>,
    /// As a bound behind a number.
    pub qualifier_after: Option<Qualifier>,
    /// As a part of a date.
    pub calendar: Option<Calendar>,
    /// As a word of grammar.
    pub function: FunctionWords,
    /// Whether it is a noun that a number follows as a name: "Flight 12", "Article 5".
    pub label: bool,
    /// Whether it names people together and never one of them: "police", "crew".
    pub collective: bool,
    /// Whether longer phrases begin with it.
    pub begins_phrase: bool,
    /// Whether a time may begin with it that is in no calendar: "last", "fiscal".
    pub opens_time: bool,
    /// Whether it names what people are not, though much that befalls people befalls it: "sheep", "jobs".
    pub nonhuman: bool,
    /// Whether it is a plural that stands before other nouns: "arms dealers".
    pub attributive: bool,
    /// Whether it is listed at all.
    pub listed: bool,
}

impl Sense {
    /// The sense of a word that is not listed.
    pub const EMPTY: Sense = Sense {
        number: None,
        unit: None,
        currency: None,
        fates: Vec::new(),
        group: None,
        qualifier: None,
        qualifier_after: None,
        calendar: None,
        function: FunctionWords::NONE,
        label: false,
        collective: false,
        begins_phrase: false,
        opens_time: false,
        nonhuman: false,
        attributive: false,
        listed: false,
    };
}

names! {
    /// The part a word plays in a number.
    NumberClass {
        /// "one" to "nine".
        Unit = "unit",
        /// "ten" to "nineteen".
        Teen = "teen",
        /// "twenty" to "ninety".
        Ten = "ten",
        /// "hundred".
        Hundred = "hundred",
        /// "thousand", "million".
        Scale = "scale",
        /// A scale written behind digits only: "bn".
        Suffix = "suffix",
        /// "dozen", "score".
        Group = "group",
        /// "couple".
        Couple = "couple",
        /// "several", "few".
        Few = "few",
        /// "dozens", "hundreds".
        Vague = "vague",
        /// "half", "third": the value is the divisor.
        Fraction = "fraction",
    }
}

/// A word as a part of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberWord {
    /// The part it plays.
    pub class: NumberClass,
    /// What it stands for.
    pub value: f64,
    /// The bottom of its range, for words that stand for one.
    pub low: f64,
    /// The top of its range.
    pub high: f64,
}

/// A unit of measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What it measures.
    pub kind: FigureKind,
    /// Its name in the record.
    pub name: Box<str>,
}

names! {
    /// How a currency is written.
    CurrencyForm {
        /// A sign before the number: "$".
        Sign = "sign",
        /// A code before or after it: "USD", "Rs".
        Code = "code",
        /// A word after it: "dollars".
        Word = "word",
        /// A hundredth of the currency: "cents".
        Cent = "cent",
    }
}

/// A currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    /// How it is written.
    pub form: CurrencyForm,
    /// ISO 4217 code where nothing else is said.
    pub code: Box<str>,
    /// Words for countries whose currency of that name is another one, with its code.
    pub countries: Vec<(Box<str>, Box<str>)>,
}

names! {
    /// How a word for what befalls people is joined to them.
    Frame {
        /// Somebody does it to them: "kill".
        Transitive = "transitive",
        /// Somebody does it to them, but "two men shot" may also tell what they did: the past form alone says nothing.
        Ambiguous = "ambiguous",
        /// They do or suffer it: "die".
        Intransitive = "intransitive",
        /// They are it: "dead".
        Adjective = "adjective",
        /// It is counted itself: "deaths".
        Noun = "noun",
        /// It is named with "of": "the killing of".
        Eventive = "eventive",
        /// Something else that happens to people.
        Other = "other",
    }
}

/// The form of a verb; [`Form::Past`] for words that are no verbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "killed": past tense or participle.
    Past,
    /// "kills", "kill".
    Present,
    /// "killing".
    Gerund,
}

/// A word for what befalls people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fate {
    /// The kind of figure that counts those it befell; `None` where they are counted as people only.
    pub kind: Option<FigureKind>,
    /// How it is joined to them.
    pub frame: Frame,
    /// Its form.
    pub form: Form,
    /// Whether it can only befall people.
    pub personal: bool,
}

names! {
    /// What kind of counted noun a word is.
    Group {
        /// People in general.
        People = "people",
        /// Those who bear arms for a state or a cause, and the police.
        Troops = "troops",
        /// Those who come together.
        Crowd = "crowd",
        /// Those driven from home.
        Displaced = "displaced",
        /// Hostages.
        Abducted = "abducted",
        /// Prisoners.
        Detained = "detained",
        /// Arms and munitions.
        Weapons = "weapons",
    }
}

names! {
    /// Where a bound stands.
    Place {
        /// Before the number.
        Before = "before",
        /// After it.
        After = "after",
    }
}

/// A part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Month of the year, from 1.
    Month(i8),
    /// Day of the week, Monday is 1.
    Weekday(i8),
    /// TIMEX3 season: `SP`, `SU`, `FA`, `WI`.
    Season(&'static str),
    /// TIMEX3 part of the day: `MO`, `AF`, `EV`, `NI`.
    DayPart(&'static str),
    /// A time of day with a name, as `12:00`.
    Clock(&'static str),
    /// A holiday on the same day of every year: month and day.
    Holiday(i8, i8),
    /// A holiday so many days after Easter Sunday.
    Easter(i8),
    /// A month or feast of the Islamic calendar: its month and day.
    Islamic(i8, i8),
}

/// A set of classes of grammar words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FunctionWords(u16);

impl FunctionWords {
    /// No word of grammar.
    pub const NONE: Self = Self(0);
    /// "were", "have".
    pub const AUXILIARY: Self = Self(1);
    /// "the", "his".
    pub const DETERMINER: Self = Self(1 << 1);
    /// "a", "an".
    pub const ARTICLE: Self = Self(1 << 2);
    /// "they", "who".
    pub const PRONOUN: Self = Self(1 << 3);
    /// "of", "near".
    pub const PREPOSITION: Self = Self(1 << 4);
    /// "when", "because".
    pub const SUBORDINATOR: Self = Self(1 << 5);
    /// "and", "but".
    pub const CONJUNCTION: Self = Self(1 << 6);
    /// "reportedly", "later".
    pub const ADVERB: Self = Self(1 << 7);
    /// "said": its subject is not what the clause after it is about.
    pub const REPORT: Self = Self(1 << 8);
    /// "feared", "confirmed": between "were" and the word that tells the fate.
    pub const RELAY: Self = Self(1 << 9);
    /// "will", "scheduled": what the clause tells is to come.
    pub const FUTURE: Self = Self(1 << 10);

    /// The class of that name in the data file.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "auxiliary" => Self::AUXILIARY,
            "determiner" => Self::DETERMINER,
            "article" => Self::ARTICLE,
            "pronoun" => Self::PRONOUN,
            "preposition" => Self::PREPOSITION,
            "subordinator" => Self::SUBORDINATOR,
            "conjunction" => Self::CONJUNCTION,
            "adverb" => Self::ADVERB,
            "report" => Self::REPORT,
            "relay" => Self::RELAY,
            "future" => Self::FUTURE,
            _ => return None,
        })
    }

    /// Both sets together.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two sets share a class.
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}
