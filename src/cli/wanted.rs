//! The arguments that choose which events and relations are written.

use clap::Args;
use jiff::civil::Date;

use crate::error::Result;
use crate::ontology::Modality;
use crate::record::Filter;

/// Which events and relations to write.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Filters")]
pub(super) struct Wanted {
    /// Only these types, such as assault,coerce,member_of; statements are `statement`
    #[arg(long = "type", value_name = "TYPE,…", value_delimiter = ',')]
    types: Vec<String>,

    /// Only events with one of these actors: codes or their beginnings, such as ARM or RUSGOV
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    actor: Vec<String>,

    /// Only events that one of these countries takes part in or that happen there: ISO 3166-1 alpha-3
    #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
    country: Vec<String>,

    /// Only events of these modalities, such as asserted or alleged
    #[arg(long, value_name = "MODALITY,…", value_delimiter = ',', value_parser = modality)]
    modality: Vec<Modality>,

    /// Only events on this day or later; the document's date counts where the event has none
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<Date>,

    /// Only events on this day or earlier
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<Date>,

    /// Only what is at least this sure, from 0 to 1
    #[arg(long, value_name = "CHANCE", default_value_t = 0.0, value_parser = chance)]
    min_confidence: f64,
}

impl Wanted {
    pub(super) fn filter(&self) -> Result<Filter> {
        let codes = |codes: &[String]| codes.iter().map(|code| code.trim().to_ascii_uppercase()).collect();
        Ok(Filter {
            types: self.types.iter().map(|name| Filter::check_type(name)).collect::<Result<_>>()?,
            actors: codes(&self.actor),
            countries: codes(&self.country),
            modalities: self.modality.clone(),
            since: self.since,
            until: self.until,
            min_confidence: self.min_confidence,
        })
    }
}

fn modality(name: &str) -> std::result::Result<Modality, String> {
    let names = || Modality::ALL.iter().map(|modality| modality.name()).collect::<Vec<_>>().join(", ");
    Modality::from_name(name).ok_or_else(|| format!("one of {}", names()))
}

fn chance(text: &str) -> std::result::Result<f64, String> {
    let value = text.parse().ok().filter(|value| (0.0..=1.0).contains(value));
    value.ok_or_else(|| "a number from 0 to 1".to_owned())
}
