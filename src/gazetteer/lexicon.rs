//! Words that stand for actors without naming them: generic actors and titles.

use crate::ontology::{ActorCode, Sector};

use super::layer::{Layer, unpack_sector};
use super::layout::{Section, key_hash};
use super::{Gazetteer, fold};

/// A common noun for an actor: "troops", "gunmen", "parliament".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agent {
    /// The sector it gives; none when the noun only says that it is an actor.
    pub sector: Option<Sector>,
    /// The code of an international body: "peacekeepers" IGO.
    pub code: Option<ActorCode>,
    /// Whether the noun is in the plural.
    pub plural: bool,
}

/// A title: "prime minister", "Gen.", "Mr".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Title<'g> {
    /// The title as the gazetteer writes it.
    pub title: &'g str,
    /// The office in general words, as in tenures; none for ranks and forms of address.
    pub role: Option<&'g str>,
    /// The sector of its bearers.
    pub sector: Option<Sector>,
    /// Whether it is in the plural.
    pub plural: bool,
}

impl Layer {
    /// The record of `N` numbers whose second is the string `key`, in a section sorted by the hash of it.
    fn lookup<const N: usize>(&self, section: Section, key: &str) -> Option<[u32; N]> {
        let hash = key_hash(key);
        let first = self.blob().partition(section, |place| self.blob().number(section, place, 0) < hash);
        let records = (first..self.blob().len(section)).map(|place| self.blob().record::<N>(section, place));
        records.take_while(|record| record[0] == hash).find(|record| self.blob().string(record[1]) == key)
    }

    fn agent(&self, key: &str) -> Option<Agent> {
        let [_, _, sector, code, plural] = self.lookup(Section::Agents, key)?;
        Some(Agent {
            sector: unpack_sector(sector),
            code: ActorCode::parse(self.blob().string(code)),
            plural: plural != 0,
        })
    }

    fn title(&self, key: &str) -> Option<Title<'_>> {
        let [_, _, title, role, sector, plural] = self.lookup(Section::Titles, key)?;
        let role = self.blob().string(role);
        Some(Title {
            title: self.blob().string(title),
            role: (!role.is_empty()).then_some(role),
            sector: unpack_sector(sector),
            plural: plural != 0,
        })
    }

    /// Whether a folded word is an ordinary one, and then whether it is the name when case says nothing.
    pub fn is_word(&self, folded: &str) -> Option<bool> {
        self.lookup(Section::Words, folded).map(|[_, _, name]: [u32; 3]| name != 0)
    }
}

impl Gazetteer {
    /// The generic actor that these words name, in singular or plural, whatever their case: `["security", "forces"]`.
    pub fn agent(&self, words: &[&str]) -> Option<Agent> {
        let key = fold::joined(words);
        self.layers.iter().rev().find_map(|layer| layer.agent(&key))
    }

    /// Whether files laid over the built-in ones list titles.
    pub fn has_own_titles(&self) -> bool {
        self.layers.iter().skip(1).any(|layer| layer.blob().len(Section::Titles) > 0)
    }

    /// The title that these words are, in singular or plural, whatever their case: `["prime", "minister"]`.
    pub fn title(&self, words: &[&str]) -> Option<Title<'_>> {
        let key = fold::joined(words);
        self.layers.iter().rev().find_map(|layer| layer.title(&key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generic_actors_and_titles_have_sectors() {
        let gazetteer = Gazetteer::builtin();
        let sector = |words: &[&str]| gazetteer.agent(words).and_then(|agent| agent.sector);
        assert_eq!(sector(&["abbots"]), Some(Sector::Religious));
        assert_eq!(sector(&["table"]), None);
        assert!(gazetteer.agent(&["abbots"]).unwrap().plural && !gazetteer.agent(&["abbot"]).unwrap().plural);
        assert_eq!(gazetteer.agent(&["human", "rights", "society"]).unwrap().code.unwrap().as_str(), "NGO");
        let title = gazetteer.title(&["Defense", "Minister"]).unwrap();
        assert_eq!((title.role, title.sector), (Some("defence minister"), Some(Sector::Government)));
    }
}
