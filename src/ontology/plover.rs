//! PLOVER event types with their modes, contexts and quad classes (manual of the Open Event Data Alliance, 2021 draft).

use super::names;

names! {
    /// What an event is. A bare statement has no type.
    Plover {
        /// Commits to co-operation.
        Agree = "AGREE",
        /// Meets, visits, telephones, negotiates, mediates.
        Consult = "CONSULT",
        /// Praises, endorses, recognises, signs.
        Support = "SUPPORT",
        /// Gives way in words.
        Concede = "CONCEDE",
        /// A material exchange that serves both.
        Cooperate = "COOPERATE",
        /// Money, arms, food, asylum, peacekeepers.
        Aid = "AID",
        /// Gives way in deed.
        Retreat = "RETREAT",
        /// Asks, appeals, urges, demands.
        Request = "REQUEST",
        /// Criticises, alleges, charges, investigates.
        Accuse = "ACCUSE",
        /// Refuses, vetoes, denies.
        Reject = "REJECT",
        /// Warns of or threatens harm.
        Threaten = "THREATEN",
        /// Demonstrates, strikes, boycotts, riots.
        Protest = "PROTEST",
        /// Cuts or breaks off aid, trade or ties; expels; convicts.
        Sanction = "SANCTION",
        /// Moves or alerts forces without using them.
        Mobilize = "MOBILIZE",
        /// Arrests, bans, seizes, raids, deports.
        Coerce = "COERCE",
        /// Kills, wounds, bombs, abducts, invades.
        Assault = "ASSAULT",
    }
}

/// A quarter of the plane verbal–material, co-operation–conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quad {
    /// A bare statement.
    Neutral = 0,
    /// Co-operation in words.
    VerbalCooperation = 1,
    /// Co-operation in deed.
    MaterialCooperation = 2,
    /// Conflict in words.
    VerbalConflict = 3,
    /// Conflict in deed.
    MaterialConflict = 4,
}

impl Plover {
    /// The quad class, which follows from the type.
    pub fn quad(self) -> Quad {
        use Plover::*;
        match self {
            Agree | Consult | Support | Concede => Quad::VerbalCooperation,
            Cooperate | Aid | Retreat => Quad::MaterialCooperation,
            Request | Accuse | Reject | Threaten => Quad::VerbalConflict,
            Protest | Sanction | Mobilize | Coerce | Assault => Quad::MaterialConflict,
        }
    }

    /// The CAMEO code of the type as a whole, for when the wording says no more.
    pub fn root_cameo(self) -> &'static str {
        use Plover::*;
        match self {
            Agree => "030",
            Consult => "040",
            Support => "050",
            Concede => "080",
            Cooperate => "060",
            Aid => "070",
            Retreat => "087",
            Request => "020",
            Accuse => "110",
            Reject => "120",
            Threaten => "130",
            Protest => "140",
            Sanction => "160",
            Mobilize => "150",
            Coerce => "170",
            Assault => "180",
        }
    }
}

names! {
    /// In what way an event of a type happens. [`Mode::belongs_to`] says which type a mode goes with.
    Mode {
        /// CONSULT: one comes to the other.
        Visit = "visit",
        /// CONSULT: one mediates.
        ThirdParty = "third-party",
        /// CONSULT: more than two meet.
        Multilateral = "multilateral",
        /// CONSULT: by telephone or video.
        Phone = "phone",
        /// RETREAT: forces leave. SANCTION: one leaves a body or table.
        Withdraw = "withdraw",
        /// RETREAT: people or property are given back.
        Release = "release",
        /// RETREAT: arms are laid down.
        Disarm = "disarm",
        /// RETREAT: fire is held.
        Ceasefire = "ceasefire",
        /// RETREAT: observers or aid are let in.
        Access = "access",
        /// RETREAT: an office is given up.
        Resign = "resign",
        /// REQUEST, REJECT: help.
        Assist = "assist",
        /// REQUEST, REJECT: a change of policy or leadership.
        Change = "change",
        /// REQUEST, REJECT: that the other gives way.
        Yield = "yield",
        /// REQUEST, REJECT: to meet, negotiate, settle.
        Meet = "meet",
        /// ACCUSE: criticism.
        Disapprove = "disapprove",
        /// ACCUSE: inquiries.
        Investigate = "investigate",
        /// ACCUSE: an allegation or lawsuit.
        Allege = "allege",
        /// THREATEN: restrictions. COERCE: bans and closures.
        Restrict = "restrict",
        /// THREATEN, COERCE: arrest.
        Arrest = "arrest",
        /// THREATEN: to cut relations, aid or trade.
        Relations = "relations",
        /// THREATEN, SANCTION: expulsion.
        Expel = "expel",
        /// THREATEN: to take territory.
        Territory = "territory",
        /// THREATEN: force.
        Violence = "violence",
        /// PROTEST: a demonstration.
        Demo = "demo",
        /// PROTEST: violence by a crowd.
        Riot = "riot",
        /// PROTEST: work is stopped.
        Strike = "strike",
        /// PROTEST: fasting.
        Hunger = "hunger",
        /// PROTEST: refusal to take part or buy.
        Boycott = "boycott",
        /// PROTEST: a road or building is blocked.
        Obstruct = "obstruct",
        /// PROTEST: damage to property.
        Vandalize = "vandalize",
        /// SANCTION: found guilty.
        Convict = "convict",
        /// SANCTION: aid, trade or ties are stopped.
        Discontinue = "discontinue",
        /// MOBILIZE: soldiers.
        Troops = "troops",
        /// MOBILIZE: arms.
        Weapons = "weapons",
        /// MOBILIZE: police.
        Police = "police",
        /// MOBILIZE: militias.
        Militia = "militia",
        /// COERCE: property or territory is taken.
        Seize = "seize",
        /// COERCE: speech or media are silenced.
        Censor = "censor",
        /// COERCE: a curfew.
        Curfew = "curfew",
        /// COERCE: martial law or emergency.
        MartialLaw = "martial-law",
        /// COERCE: somebody is sent out of the country.
        Deport = "deport",
        /// COERCE: something due is held back.
        Withhold = "withhold",
        /// COERCE: falsehoods are spread.
        Misinformation = "misinformation",
        /// COERCE: a cyber attack.
        Cyber = "cyber",
        /// ASSAULT: kidnapping, hostage-taking.
        Abduct = "abduct",
        /// ASSAULT: beating.
        Beat = "beat",
        /// ASSAULT: torture.
        Torture = "torture",
        /// ASSAULT: sexual violence.
        Sexual = "sexual",
        /// ASSAULT: one person is singled out to be killed.
        Targeted = "targeted",
        /// ASSAULT: property is destroyed.
        Destroy = "destroy",
        /// ASSAULT: knives, stones, fire.
        Primitive = "primitive",
        /// ASSAULT: guns.
        Firearms = "firearms",
        /// ASSAULT: bombs and mines.
        Explosives = "explosives",
        /// ASSAULT: the attacker dies with it.
        SuicideAttack = "suicide-attack",
        /// ASSAULT: from the air.
        Aerial = "aerial",
        /// ASSAULT: by unmanned aircraft.
        Drone = "drone",
        /// ASSAULT: artillery, tanks, missiles.
        HeavyWeapons = "heavy-weapons",
        /// ASSAULT: tear gas, water cannon, rubber bullets.
        CrowdControl = "crowd-control",
        /// ASSAULT: chemical, biological, nuclear; massacre.
        Unconventional = "unconventional",
    }
}

impl Mode {
    /// Whether events of this type can have the mode.
    pub fn belongs_to(self, plover: Plover) -> bool {
        use Mode::*;
        let modes: &[Mode] = match plover {
            Plover::Consult => &[Visit, ThirdParty, Multilateral, Phone],
            Plover::Retreat => &[Withdraw, Release, Disarm, Ceasefire, Access, Resign],
            Plover::Request | Plover::Reject => &[Assist, Change, Yield, Meet],
            Plover::Accuse => &[Disapprove, Investigate, Allege],
            Plover::Threaten => &[Restrict, Arrest, Relations, Expel, Territory, Violence],
            Plover::Protest => &[Demo, Riot, Strike, Hunger, Boycott, Obstruct, Vandalize],
            Plover::Sanction => &[Convict, Expel, Withdraw, Discontinue],
            Plover::Mobilize => &[Troops, Weapons, Police, Militia],
            Plover::Coerce => {
                &[Seize, Restrict, Censor, Curfew, MartialLaw, Arrest, Deport, Withhold, Misinformation, Cyber]
            }
            Plover::Assault => &[
                Abduct,
                Beat,
                Torture,
                Sexual,
                Targeted,
                Destroy,
                Primitive,
                Firearms,
                Explosives,
                SuicideAttack,
                Aerial,
                Drone,
                HeavyWeapons,
                CrowdControl,
                Unconventional,
            ],
            Plover::Agree | Plover::Support | Plover::Concede | Plover::Cooperate | Plover::Aid => &[],
        };
        modes.contains(&self)
    }
}

names! {
    /// What an event is about.
    Context {
        /// Armed forces and war.
        Military = "military",
        /// Intelligence gathering.
        Intelligence = "intelligence",
        /// The executive and its agencies.
        Executive = "executive",
        /// Parliament and laws in the making.
        Legislative = "legislative",
        /// Elections and campaigns.
        Election = "election",
        /// Political institutions.
        PoliticalInstitutions = "political_institutions",
        /// Democratisation.
        ProDemocracy = "pro_democracy",
        /// Autocratisation.
        ProAutocracy = "pro_autocracy",
        /// The economy.
        Economic = "economic",
        /// Courts and law.
        Legal = "legal",
        /// Reparations.
        Reparations = "reparations",
        /// Human rights in general.
        HumanRights = "human_rights",
        /// Political rights and freedoms.
        RightsFreedoms = "rights_freedoms",
        /// Repression.
        Repression = "repression",
        /// Food, water, shelter.
        HumanSecurity = "human_security",
        /// Gender.
        Gender = "gender",
        /// Sexual minorities.
        Lgbt = "lgbt",
        /// Religion and ethnicity.
        ReligionEthnicity = "religion_ethnicity",
        /// Inequality.
        Inequality = "inequality",
        /// Diplomacy.
        Diplomatic = "diplomatic",
        /// Territory and borders.
        Territory = "territory",
        /// Peacekeeping.
        Peacekeeping = "peacekeeping",
        /// Public health.
        Health = "health",
        /// Asylum.
        Asylum = "asylum",
        /// Migration.
        Migration = "migration",
        /// Disasters and accidents.
        Disasters = "disasters",
        /// Oil, gas, minerals, water as resources.
        NaturalResource = "natural_resource",
        /// Environment and climate.
        Environment = "environment",
        /// Technology.
        Technology = "technology",
        /// Terrorism and what is done against it.
        Terrorism = "terrorism",
        /// Chemical, biological, radiological, nuclear.
        Cbrn = "cbrn",
        /// Computers attacked or used to attack.
        Cyber = "cyber",
        /// False information.
        Misinformation = "misinformation",
        /// Crime.
        Crime = "crime",
        /// Corruption.
        Corruption = "corruption",
        /// Drugs.
        IllegalDrugs = "illegal_drugs",
        /// Trafficking and smuggling of people.
        Trafficking = "trafficking",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_belongs_to_some_type() {
        for &mode in Mode::ALL {
            assert!(Plover::ALL.iter().any(|&plover| mode.belongs_to(plover)), "{mode}");
        }
    }
}
