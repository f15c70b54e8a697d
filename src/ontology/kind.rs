//! Kinds of what is found in a text.

use super::names;

names! {
    /// What kind of thing an entity is.
    EntityKind {
        /// A state or a territory the news treats as one.
        Country = "country",
        /// A named or described individual.
        Person = "person",
        /// A body with a name: ministries, parties, companies, international organisations.
        Organisation = "organisation",
        /// Rebels, militias, terrorist groups, gangs, private armies.
        ArmedGroup = "armed_group",
        /// An ethnic, religious or social group.
        People = "people",
        /// A place that is no country.
        Place = "place",
        /// A building or installation: a base, an embassy, a hospital, a bridge.
        Facility = "facility",
        /// A weapon or munition.
        Weapon = "weapon",
        /// A military vehicle, ship or aircraft.
        Platform = "platform",
    }
}

names! {
    /// How a mention refers to its entity.
    MentionForm {
        /// The thing's own name, or part of it.
        Name = "name",
        /// Another name.
        Alias = "alias",
        /// Initials: "CSTO".
        Acronym = "acronym",
        /// The adjective or inhabitant's name of a country or people: "Armenian".
        Demonym = "demonym",
        /// The seat for who sits there: "the Kremlin".
        Metonym = "metonym",
        /// An office without a name: "the Armenian prime minister".
        Title = "title",
        /// A common-noun phrase: "the Russian leader", "both sides".
        Description = "description",
        /// "he", "its", "who".
        Pronoun = "pronoun",
    }
}

names! {
    /// What a figure counts or measures.
    FigureKind {
        /// The dead.
        Killed = "killed",
        /// The wounded.
        Injured = "injured",
        /// Dead and wounded in one number.
        Casualties = "casualties",
        /// Those missing.
        Missing = "missing",
        /// The displaced, evacuated, homeless, refugees.
        Displaced = "displaced",
        /// Those arrested, jailed or captured.
        Detained = "detained",
        /// Hostages and the kidnapped.
        Abducted = "abducted",
        /// Soldiers, fighters, police present or deployed.
        Troops = "troops",
        /// Protesters, marchers, onlookers.
        Crowd = "crowd",
        /// Other people.
        People = "people",
        /// An amount of money; the unit is its ISO 4217 code.
        Money = "money",
        /// A share.
        Percent = "percent",
        /// A length of time.
        Duration = "duration",
        /// A length.
        Distance = "distance",
        /// A surface.
        Area = "area",
        /// Arms and munitions.
        Weapons = "weapons",
        /// Anything else that is counted.
        Count = "count",
    }
}

names! {
    /// How the wording of a figure bounds its value.
    Qualifier {
        /// "40": low and high are the value.
        Exact = "exact",
        /// "about 40", "nearly 40": no bounds are given.
        About = "about",
        /// "at least 40": low is the value.
        AtLeast = "at_least",
        /// "more than 40": low is 41.
        MoreThan = "more_than",
        /// "up to 40": 0 to 40.
        UpTo = "up_to",
        /// "fewer than 40": 0 to 39.
        FewerThan = "fewer_than",
        /// "10 to 15": both ends are given.
        Between = "between",
        /// "dozens": the range the word stands for.
        Vague = "vague",
    }
}

names! {
    /// The type of a time expression, as in TimeML.
    TimeType {
        /// A day or a longer calendar unit: "Friday", "last fall", "1994".
        Date = "date",
        /// A point or part of a day: "late Thursday", "3 p.m.".
        Time = "time",
        /// A length of time: "six weeks".
        Duration = "duration",
        /// A repeated time: "every Friday".
        Set = "set",
    }
}

names! {
    /// The part a participant plays in an event.
    Role {
        /// Who does it.
        Source = "source",
        /// To whom it is done.
        Target = "target",
        /// Where.
        Location = "location",
        /// Who brings the parties together.
        Mediator = "mediator",
        /// With what.
        Instrument = "instrument",
        /// For whom.
        Beneficiary = "beneficiary",
    }
}

names! {
    /// Whether the text says that an event happened.
    Modality {
        /// It happened.
        Asserted = "asserted",
        /// Somebody accuses somebody of it.
        Alleged = "alleged",
        /// It is to come.
        Planned = "planned",
        /// Somebody asks for it.
        Requested = "requested",
        /// It depends on something.
        Conditional = "conditional",
        /// It is threatened.
        OngoingThreat = "ongoing_threat",
    }
}

names! {
    /// A fact that holds rather than happens. Read as "subject KIND object".
    RelationKind {
        /// Belongs to an organisation or alliance.
        MemberOf = "member_of",
        /// Leads it.
        Heads = "heads",
        /// Holds an office in it.
        OfficeIn = "office_in",
        /// Lies in it.
        LocatedIn = "located_in",
        /// Is a part of it.
        PartOf = "part_of",
        /// Has troops stationed there.
        HasBaseIn = "has_base_in",
        /// Rules it in fact.
        Controls = "controls",
        /// Supports it with more than words.
        Backs = "backs",
        /// Is its ally.
        AlliedWith = "allied_with",
        /// Stands against it.
        Opposes = "opposes",
        /// Shares a border with it.
        Borders = "borders",
        /// Is its capital.
        CapitalOf = "capital_of",
        /// Brought about a deal with or between them.
        Mediated = "mediated",
    }
}
