//! The table of CAMEO codes, written by the build from `data/ontology/cameo.csv`, in the order of the codes.

use super::cameo::Row;

include!(concat!(env!("OUT_DIR"), "/cameo.rs"));
