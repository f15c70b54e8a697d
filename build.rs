//! Compiles data files into the program, so that nothing is parsed when it starts.

use std::env;
use std::error::Error as StdError;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

// The gazetteer files are read and compiled by the very code that does it for a user's files at run time.
#[allow(dead_code)]
#[path = "src/error.rs"]
mod error;
#[allow(dead_code)]
#[path = "src/resource/mod.rs"]
mod resource;
#[allow(dead_code, unused_imports)]
#[path = "src/ontology"]
mod ontology {
    mod actor;
    mod kind;
    mod names;

    pub use actor::{ActorCode, Country, Sector};
    pub use kind::{EntityKind, MentionForm};
    pub(crate) use names::names;
}
#[allow(dead_code)]
#[path = "src/gazetteer"]
mod gazetteer {
    pub mod compile;
    pub mod day;
    pub mod fold;
    pub mod layout;
    pub mod names;
    pub mod row;
    pub mod spelling;
}

fn main() -> Result<(), Box<dyn StdError>> {
    let out = env::var("OUT_DIR")?;
    println!("cargo::rerun-if-changed=build.rs");
    fs::write(Path::new(&out).join("cameo.rs"), cameo("data/ontology/cameo.csv")?)?;
    fs::write(Path::new(&out).join("events.json"), patterns("data/events")?)?;
    fs::write(Path::new(&out).join("relations.json"), patterns("data/relations")?)?;
    fs::write(Path::new(&out).join("gazetteer.bin"), gazetteer_bytes("gazetteers")?)?;
    println!("cargo::rustc-env=FACTWIRE_TARGET={}", env::var("TARGET")?);
    println!("cargo::rustc-env=FACTWIRE_PROFILE={}", env::var("PROFILE")?);
    println!("cargo::rustc-env=FACTWIRE_DATA={}", data_version(&["data", "gazetteers"])?);
    Ok(())
}

/// Names the data that is compiled in: a digest (FNV-1a) of all its files.
fn data_version(folders: &[&str]) -> Result<String, Box<dyn StdError>> {
    let mut digest = 0xCBF2_9CE4_8422_2325_u64;
    let mut pending: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    for folder in folders {
        println!("cargo::rerun-if-changed={folder}");
    }
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path)?.map(|entry| entry.map(|entry| entry.path()));
            let mut entries = entries.collect::<Result<Vec<_>, _>>()?;
            entries.sort();
            pending.extend(entries);
            continue;
        }
        let name = path.to_string_lossy().replace('\\', "/");
        for byte in name.bytes().chain(fs::read(&path)?) {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }
    Ok(format!("{:08x}", (digest >> 32) ^ (digest & 0xFFFF_FFFF)))
}

/// The compiled gazetteer.
fn gazetteer_bytes(folder: &str) -> Result<Vec<u8>, Box<dyn StdError>> {
    println!("cargo::rerun-if-changed={folder}");
    for file in ["error.rs", "resource", "ontology", "gazetteer"] {
        println!("cargo::rerun-if-changed=src/{file}");
    }
    let rows = gazetteer::row::Rows::read(Path::new(folder))?;
    let compiled = gazetteer::compile::compile(&rows, &gazetteer::compile::NoBase);
    // All errors at once: an edit of the files often makes several.
    compiled.map_err(|errors| errors.iter().map(|error| format!("\n{error}")).collect::<String>().into())
}

/// The pattern files as JSON, which is read in a fraction of the time, without the examples, which only tests need.
fn patterns(folder: &str) -> Result<String, Box<dyn StdError>> {
    println!("cargo::rerun-if-changed={folder}");
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path)?;
        let mut file: toml::Table = text.parse().map_err(|error| format!("{}: {error}", path.display()))?;
        for pattern in file.get_mut("pattern").and_then(toml::Value::as_array_mut).into_iter().flatten() {
            if let Some(pattern) = pattern.as_table_mut() {
                for examples in ["match", "reject", "gap"] {
                    pattern.remove(examples);
                }
            }
        }
        files.push((path.to_string_lossy().replace('\\', "/"), file));
    }
    Ok(serde_json::to_string(&files)?)
}

/// The table of CAMEO codes as a Rust array.
fn cameo(path: &str) -> Result<String, Box<dyn StdError>> {
    println!("cargo::rerun-if-changed={path}");
    let mut code = String::from("static TABLE: &[Row] = &[\n");
    for row in csv::Reader::from_path(path)?.records() {
        let row = row?;
        let goldstein: f32 = row[5].parse().map_err(|error| format!("{path}: {}: {error}", &row[0]))?;
        writeln!(
            code,
            "Row {{ code: {:?}, label: {:?}, plover: {:?}, mode: {:?}, contexts: {:?}, goldstein: {goldstein:?} }},",
            &row[0], &row[1], &row[2], &row[3], &row[4],
        )?;
    }
    code.push_str("];\n");
    Ok(code)
}
