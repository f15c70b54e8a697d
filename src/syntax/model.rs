//! The model: the tagger's and the parser's numbers, shared by all threads.

use once_cell::sync::Lazy;

use super::Deprel;
use super::blob::{Aligned, Blob, Index, Section};
use super::net::Net;
use super::tag::{BUCKET, Tagger};
use crate::error::{Error, Result};

/// Trained weights for tagging and parsing: the built-in ones, or those of a file.
#[derive(Debug)]
pub struct Model {
    blob: Blob,
}

/// The model that is part of the program; see `data/model/README.md` for its data and licence.
static EMBEDDED: &Aligned<[u8]> = &Aligned(*include_bytes!("../../data/model/english.bin"));

static BUILT_IN: Lazy<Model> = Lazy::new(|| {
    let model = Model { blob: Blob::embedded(EMBEDDED).expect("the built-in model fits the program") };
    model.parts().expect("the built-in model is whole");
    model
});

impl Model {
    /// The built-in model. Costs nothing: it is used where it lies in the program.
    pub fn built_in() -> &'static Model {
        &BUILT_IN
    }

    /// A model from the bytes of a file that `factwire-train` wrote.
    ///
    /// # Errors
    /// If the bytes are no model, damaged, or made for another version of factwire.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model> {
        let model = Model { blob: Blob::owned(bytes)? };
        model.parts()?.check()?;
        Ok(model)
    }

    /// A hash of the training data and the settings, to tell models apart.
    pub fn data_hash(&self) -> u64 {
        self.blob.data_hash()
    }

    /// The tables of the model.
    pub(crate) fn parts(&self) -> Result<Parts<'_>> {
        let wrong = || Error::data("not a usable syntax model: a table of words or features is damaged");
        let index = |keys, values| Index::new(self.blob.section(keys), self.blob.section(values)).ok_or_else(wrong);
        let tagger = Tagger {
            fingerprints: self.blob.section(Section::Fingerprints),
            rows: self.blob.section::<i8>(Section::TagWeights).as_chunks().0,
        };
        if tagger.fingerprints.is_empty() || tagger.rows.len() != tagger.fingerprints.len() * BUCKET {
            return Err(wrong());
        }
        Ok(Parts {
            tagger,
            words: index(Section::WordKeys, Section::WordValues)?,
            word_values: self.blob.section(Section::WordValues),
            xpos: index(Section::XposKeys, Section::XposValues)?,
            suffixes: index(Section::SuffixKeys, Section::SuffixValues)?,
            suffix_values: self.blob.section(Section::SuffixValues),
            net: Net::new(&self.blob)?,
        })
    }
}

/// The tables of a model, ready for use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts<'m> {
    pub tagger: Tagger<'m>,
    /// Number and ambiguity class of a word, by the hash of its folded form.
    pub words: Index<'m>,
    word_values: &'m [u32],
    /// Penn tags that do not follow from the label.
    pub xpos: Index<'m>,
    /// Numbers of endings.
    pub suffixes: Index<'m>,
    suffix_values: &'m [u32],
    pub net: Net<'m>,
}

impl Parts<'_> {
    /// Whether every number in a table points into another; the built-in model is known to be whole.
    fn check(&self) -> Result<()> {
        let (words, suffixes) = self.net.vocabulary();
        let sound = self.word_values.iter().all(|value| ((value & 0xFFFF) as usize) < words)
            && self.suffix_values.iter().all(|&value| (value as usize) < suffixes)
            && self.net.masks_are_sound(Deprel::ALL.len());
        if sound { Ok(()) } else { Err(Error::data("not a usable syntax model: a table points outside another")) }
    }
}
