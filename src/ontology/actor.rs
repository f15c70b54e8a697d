//! Who an actor is, in the codes of PLOVER: a country or an international body, and a sector.

use std::fmt;

use super::names;

/// A country by the three letters of ISO 3166-1 alpha-3; ISO 3166-3 for former states; user-assigned codes beginning
/// with X for state-like territories (`XKX` Kosovo). Which codes exist is the gazetteer's to say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 3]);

impl Country {
    /// The code written so, if it is three capital letters.
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a country code is three ASCII letters")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

names! {
    /// What an actor is within its country: the sectors of the PLOVER manual (2021).
    Sector {
        /// Government: the executive.
        Government = "GOV",
        /// Armed forces.
        Military = "MIL",
        /// Police.
        Police = "COP",
        /// Courts.
        Judiciary = "JUD",
        /// Parliament.
        Legislature = "LEG",
        /// Intelligence services.
        Spy = "SPY",
        /// Paramilitaries that do not oppose the government.
        Paramilitary = "PRM",
        /// Political parties.
        Party = "PTY",
        /// Armed opposition.
        Rebel = "REB",
        /// Armed persons whose side is not known: "gunmen".
        UnidentifiedArmed = "UAF",
        /// Political opposition.
        Opposition = "OPP",
        /// Civilians.
        Civilian = "CVL",
        /// Companies and business people.
        Business = "BUS",
        /// Journalists and the media.
        Journalist = "JRN",
        /// Health workers and hospitals.
        Medical = "MED",
        /// Teachers, students, schools.
        Education = "EDU",
        /// Workers and unions.
        Labour = "LAB",
        /// Farmers.
        Agriculture = "AGR",
        /// Religious bodies and people.
        Religious = "REL",
        /// Refugees and the displaced.
        Refugee = "REF",
        /// Criminals and gangs.
        Criminal = "CRM",
        /// Former office holders.
        Elite = "ELI",
        /// Partially recognised entities.
        PartiallyRecognised = "PRE",
        /// Civil society.
        CivilSociety = "SOC",
        /// Nobody known.
        Unknown = "UNK",
    }
}

names! {
    /// What stands in the place of the country for an actor that belongs to none.
    International {
        /// A body whose members are states.
        Igo = "IGO",
        /// A body whose members are not.
        Ngo = "NGO",
        /// A company of many countries.
        Mnc = "MNC",
        /// A social movement across countries.
        Ism = "ISM",
        /// An armed group across countries.
        Img = "IMG",
    }
}

/// The code of an actor: `ARMGOV`, `ISRCVL`, `GOV`, `IGONAT`. Never empty.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorCode {
    /// Three or six capital letters; the second half is zero when there is none.
    letters: [u8; 6],
}

impl ActorCode {
    /// A country's or a sector's code, or both, country first.
    pub fn new(country: Option<Country>, sector: Option<Sector>) -> Option<Self> {
        let sector = sector.map(|sector| sector.name());
        match (country, sector) {
            (Some(country), Some(sector)) => Self::of(country.as_str(), sector),
            (Some(country), None) => Self::of(country.as_str(), ""),
            (None, Some(sector)) => Self::of(sector, ""),
            (None, None) => None,
        }
    }

    /// The code of an international body: its class, then three letters for the body, where it has them.
    pub fn international(class: International, body: &str) -> Option<Self> {
        Self::of(class.name(), body)
    }

    /// The code written so: one or two groups of three capital letters or digits.
    pub fn parse(code: &str) -> Option<Self> {
        match code.len() {
            3 => Self::of(code, ""),
            6 => Self::of(code.get(..3)?, code.get(3..)?),
            _ => None,
        }
    }

    fn of(first: &str, second: &str) -> Option<Self> {
        let mut letters = [0; 6];
        if first.len() != 3 || !(second.is_empty() || second.len() == 3) {
            return None;
        }
        for (to, from) in letters.iter_mut().zip(first.bytes().chain(second.bytes())) {
            if !(from.is_ascii_uppercase() || from.is_ascii_digit()) {
                return None;
            }
            *to = from;
        }
        Some(Self { letters })
    }

    /// The code as written.
    pub fn as_str(&self) -> &str {
        let end = if self.letters[3] == 0 { 3 } else { 6 };
        std::str::from_utf8(&self.letters[..end]).expect("an actor code is ASCII")
    }

    /// The sector, where the code ends in one.
    pub fn sector(&self) -> Option<Sector> {
        let code = self.as_str();
        Sector::from_name(&code[code.len() - 3..])
    }
}

impl fmt::Display for ActorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for ActorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_country_then_sector() {
        let arm = Country::new("ARM");
        let code = |country, sector| ActorCode::new(country, sector).map(|code| code.to_string());
        assert_eq!(code(arm, Some(Sector::Military)).as_deref(), Some("ARMMIL"));
        assert_eq!(code(arm, None).as_deref(), Some("ARM"));
        assert_eq!(code(None, Some(Sector::UnidentifiedArmed)).as_deref(), Some("UAF"));
        assert_eq!(code(None, None), None);
        assert_eq!(ActorCode::international(International::Igo, "NAT").unwrap().as_str(), "IGONAT");
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for wrong in ["", "AR", "arm", "ARMM", "ARMGO", "ÄRM", "ARMGOVX"] {
            assert_eq!(ActorCode::parse(wrong), None, "{wrong:?}");
        }
        assert_eq!(Country::new("Arm"), None);
        assert_eq!(ActorCode::parse("RUSGOV").unwrap().sector(), Some(Sector::Government));
    }
}
