//! A user's own files laid over the built-in gazetteer.

use std::path::Path;

use crate::error::{Error, Result};

use super::compile::{Base, compile, first_error};
use super::layer::{Layer, unpack_sector};
use super::layout::{NONE, OFFICE, Section, unpack_country};
use super::row::{OfficeRow, Rows};
use super::{EntryId, Gazetteer};

impl Gazetteer {
    /// The built-in gazetteer with files or folders laid over it, in the order given: a later one may add to, replace
    /// or switch off what an earlier one says. `gazetteers/README.md` gives the format.
    ///
    /// # Errors
    /// If a file cannot be read, a row is not understood, or an id does not exist.
    pub fn with_overlays<P: AsRef<Path>>(paths: &[P]) -> Result<Self> {
        paths.iter().try_fold(Self::builtin(), |gazetteer, path| gazetteer.overlaid(&Rows::read(path.as_ref())?))
    }

    /// This gazetteer with rows laid over it.
    ///
    /// # Errors
    /// If the rows contradict each other or name what does not exist; the first such error, with their number.
    pub fn overlaid(mut self, rows: &Rows) -> Result<Self> {
        let compiled = first_error(compile(rows, &self))?;
        self.layers.push(Layer::new(compiled.bytes.into(), compiled.strings.into())?);
        Ok(self)
    }

    /// Everything that is wrong with a file or folder as an overlay of this gazetteer, for who edits it. In a file with
    /// a row that is not understood the rows after it are not read.
    pub fn faults(&self, path: &Path) -> Vec<Error> {
        match Rows::read(path) {
            Ok(rows) => compile(&rows, self).err().unwrap_or_default(),
            Err(error) => vec![error],
        }
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

    fn office(&self, id: &str) -> Option<OfficeRow> {
        self.layers.iter().find_map(|layer| {
            let mut records = layer.blob().records::<OFFICE>(Section::Offices);
            let [id, role, country, organisation, sector, general] =
                records.find(|record| layer.blob().string(record[0]) == id)?;
            Some(OfficeRow {
                at: Default::default(),
                id: layer.blob().string(id).to_owned(),
                role: layer.blob().string(role).to_owned(),
                country: unpack_country(country),
                organisation: if organisation == NONE {
                    String::new()
                } else {
                    Gazetteer::entry(self, EntryId(organisation)).id.to_owned()
                },
                sector: unpack_sector(sector)?,
                general: layer.blob().string(general).to_owned(),
            })
        })
    }

    fn word(&self, folded: &str) -> Option<bool> {
        self.layers.iter().rev().find_map(|layer| layer.is_word(folded))
    }
}
