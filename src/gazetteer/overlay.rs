//! A user's own files laid over the built-in gazetteer.

use std::path::Path;

use crate::error::{Error, Result};
use crate::ontology::{Country, EntityKind};

use super::compile::{Base, Compiled, compile, first_error};
use super::files::Files;
use super::layer::{Layer, unpack_sector};
use super::layout::{NONE, OFFICE, Section, unpack_country};
use super::row::OfficeRow;
use super::{EntryId, Gazetteer};

impl Gazetteer {
    /// The built-in gazetteer with files or folders laid over it, in the order given: a later one may add to, replace
    /// or switch off what an earlier one says. `gazetteers/README.md` gives the format.
    ///
    /// # Errors
    /// If a file cannot be read, a row is not understood, or an id does not exist; the first such error, with their
    /// number.
    pub fn with_overlays<P: AsRef<Path>>(paths: &[P]) -> Result<Self> {
        paths.iter().try_fold(Self::builtin(), |gazetteer, path| first_error(gazetteer.overlaid(path.as_ref())))
    }

    /// This gazetteer with a file or folder laid over it.
    ///
    /// # Errors
    /// If a file cannot be read, a row is not understood, or rows contradict each other or name what does not exist.
    /// Everything that is wrong is told, but rows are held against each other only when each is understood.
    pub fn overlaid(mut self, path: &Path) -> std::result::Result<Self, Vec<Error>> {
        let compiled = self.compiled(path)?;
        self.layers.push(Layer::new(compiled.bytes.into(), compiled.strings.into()).map_err(|error| vec![error])?);
        Ok(self)
    }

    fn compiled(&self, path: &Path) -> std::result::Result<Compiled, Vec<Error>> {
        let files = Files::read(path)?;
        compile(&files.rows()?, self)
    }
}

impl Base for Gazetteer {
    fn count(&self) -> u32 {
        self.len() as u32
    }

    fn entry(&self, id: &str) -> Option<u32> {
        self.by_id(id).map(|entry| entry.0)
    }

    fn entries(&self, ids: &[&str]) -> Vec<Option<u32>> {
        let mut found = vec![None; ids.len()];
        for layer in &self.layers {
            for (found, own) in found.iter_mut().zip(layer.by_sorted_ids(ids)) {
                *found = found.or(own.filter(|&entry| !self.is_off(EntryId(entry))));
            }
        }
        found
    }

    fn weight(&self, entry: u32) -> f32 {
        Gazetteer::entry(self, EntryId(entry)).weight
    }

    fn kind(&self, entry: u32) -> EntityKind {
        Gazetteer::kind(self, EntryId(entry))
    }

    fn has_country(&self, country: Country) -> bool {
        self.layers.iter().any(|layer| layer.country(country).is_some())
    }

    fn is_called(&self, entry: u32, name: &str) -> bool {
        self.lookup(name, None).iter().any(|candidate| candidate.entry.0 == entry)
    }

    fn office(&self, id: &str) -> Option<OfficeRow<'_>> {
        self.layers.iter().find_map(|layer| {
            let blob = layer.blob();
            let mut records = blob.records::<OFFICE>(Section::Offices);
            let [id, role, country, organisation, sector, general] =
                records.find(|record| blob.string(record[0]) == id)?;
            let organisation = if organisation == NONE { "" } else { Gazetteer::entry(self, EntryId(organisation)).id };
            Some(OfficeRow {
                at: Default::default(),
                id: blob.string(id),
                role: blob.string(role),
                country: unpack_country(country),
                organisation,
                sector: unpack_sector(sector)?,
                general: blob.string(general),
            })
        })
    }

    fn word(&self, folded: &str) -> Option<bool> {
        self.layers.iter().rev().find_map(|layer| layer.is_word(folded))
    }
}
