//! Compiles data files into the program, so that nothing is parsed when it starts.

use std::env;
use std::error::Error as StdError;
use std::fmt::Write as _;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use rustc_hash::FxHasher;

// Gazetteer and pattern files are read and compiled by the very code that does it for a user's files at run time.
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
    mod cameo;
    mod kind;
    mod names;
    mod plover;

    /// The table of CAMEO codes as the program has it, but read when it is first asked for.
    mod codes {
        use std::sync::LazyLock;

        use super::cameo::Row;

        pub(super) static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
            let rows = crate::cameo_rows().expect("the table of codes is read before");
            let text = |cell: &str| -> &'static str { cell.to_owned().leak() };
            let row = |row: &csv::StringRecord| Row {
                code: text(&row[0]),
                label: text(&row[1]),
                plover: text(&row[2]),
                mode: text(&row[3]),
                contexts: text(&row[4]),
                goldstein: row[5].parse().unwrap_or_default(),
            };
            rows.iter().map(row).collect()
        });
    }

    pub use actor::{ActorCode, Country, Sector};
    pub use cameo::Cameo;
    pub use kind::{EntityKind, MentionForm, RelationKind};
    pub(crate) use names::names;
    pub use plover::{Context, Mode, Plover};
}
#[allow(dead_code)]
#[path = "src/gazetteer"]
mod gazetteer {
    pub mod compile;
    pub mod day;
    pub mod files;
    pub mod fold;
    mod index;
    pub mod layout;
    pub mod names;
    pub mod row;
    pub mod spelling;
    mod wikidata;

    pub use wikidata::WikidataId;
}
#[allow(dead_code, unused_imports)]
#[path = "src/pattern"]
mod pattern {
    mod compile;
    mod file;
    mod image;
    mod inflect;
    mod operator;
    mod rule;
    mod vocabulary;

    pub use file::File;
    pub use operator::Operator;
    pub use rule::Patterns;
}

type Result<T> = std::result::Result<T, Box<dyn StdError>>;

const CAMEO: &str = "data/ontology/cameo.csv";
const PATTERNS: &[&str] = &["data/events", "data/relations"];
const GAZETTEERS: &str = "gazetteers";

fn main() -> Result<()> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed=build.rs");
    for file in ["error.rs", "resource", "ontology", "gazetteer", "pattern"] {
        println!("cargo::rerun-if-changed=src/{file}");
    }
    for data in [CAMEO, GAZETTEERS, "data/lexicon/irregular_verbs.txt", "data/lexicon/irregular_nouns.txt"] {
        println!("cargo::rerun-if-changed={data}");
    }
    write(&out.join("cameo.rs"), cameo()?)?;
    patterns(&out)?;
    gazetteer_if_changed(&out)?;
    println!("cargo::rustc-env=FACTWIRE_TARGET={}", env::var("TARGET")?);
    println!("cargo::rustc-env=FACTWIRE_PROFILE={}", env::var("PROFILE")?);
    println!("cargo::rustc-env=FACTWIRE_DATA={}", data_version(&["data", "gazetteers"])?);
    Ok(())
}

/// Names the data that is compiled in: a digest (FNV-1a) of all its files.
fn data_version(folders: &[&str]) -> Result<String> {
    let mut digest = 0xCBF2_9CE4_8422_2325_u64;
    let mut pending: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    for folder in folders {
        println!("cargo::rerun-if-changed={folder}");
    }
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(listed(&path)?);
            continue;
        }
        let name = path.to_string_lossy().replace('\\', "/");
        for byte in name.bytes().chain(fs::read(&path)?) {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }
    Ok(format!("{:08x}", (digest >> 32) ^ (digest & 0xFFFF_FFFF)))
}

/// Compiles the gazetteer, unless that was done and neither its files nor the code have changed since: it takes
/// seconds, and an edit of a pattern should not.
fn gazetteer_if_changed(out: &Path) -> Result<()> {
    let [image, strings, stamp] = ["bin", "txt", "stamp"].map(|kind| out.join("gazetteer").with_extension(kind));
    let mut hasher = FxHasher::default();
    for source in [GAZETTEERS, "build.rs", "src/error.rs", "src/resource", "src/ontology", "src/gazetteer"] {
        hash_all(Path::new(source), &mut hasher)?;
    }
    let now = format!("{:x}", hasher.finish());
    if image.exists() && strings.exists() && fs::read_to_string(&stamp).is_ok_and(|then| then == now) {
        return Ok(());
    }
    let compiled = gazetteer_compiled()?;
    fs::write(image, compiled.bytes)?;
    fs::write(strings, compiled.strings)?;
    fs::write(stamp, now)?;
    Ok(())
}

/// Takes the names and bytes of a file, or of all files under a folder, into a hash.
fn hash_all(path: &Path, hasher: &mut FxHasher) -> Result<()> {
    hasher.write(path.as_os_str().as_encoded_bytes());
    if path.is_dir() {
        for path in listed(path)? {
            hash_all(&path, hasher)?;
        }
    } else {
        hasher.write(&fs::read(path)?);
    }
    Ok(())
}

/// What a folder holds, in the order of the names.
fn listed(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths: Vec<_> = entries.collect::<std::result::Result<_, std::io::Error>>()?;
    paths.sort();
    Ok(paths)
}

/// The compiled gazetteer.
fn gazetteer_compiled() -> Result<gazetteer::compile::Compiled> {
    let files = gazetteer::files::Files::read(Path::new(GAZETTEERS)).map_err(|errors| all(&errors))?;
    let rows = files.rows().map_err(|errors| all(&errors))?;
    let compiled = gazetteer::compile::compile(&rows, &gazetteer::compile::NoBase);
    compiled.map_err(|errors| all(&errors))
}

/// All errors at once: an edit of the files often makes several.
fn all(errors: &[error::Error]) -> Box<dyn StdError> {
    errors.iter().map(|error| format!("\n{error}")).collect::<String>().into()
}

/// The patterns twice: compiled, and as JSON without the examples, which only tests need. The JSON is read when a user
/// adds patterns, which may call the built-in word lists.
fn patterns(out: &Path) -> Result<()> {
    let (mut files, mut tables) = (Vec::new(), Vec::new());
    for folder in PATTERNS {
        println!("cargo::rerun-if-changed={folder}");
        for path in listed(Path::new(folder))? {
            if path.extension().is_some_and(|extension| extension == "toml") {
                let text = fs::read_to_string(&path)?;
                files.push((path.clone(), pattern::File::from_toml(&text, &path)?));
                tables.push((path.to_string_lossy().replace('\\', "/"), without_examples(text.parse()?)));
            }
        }
    }
    let compiled = pattern::Patterns::compile(files.iter().map(|(path, file)| (path.as_path(), file)));
    write(&out.join("patterns.bin"), compiled.map_err(|errors| all(&errors))?.to_image())?;
    write(&out.join("patterns.json"), serde_json::to_string(&tables)?)
}

/// Writes a file unless it is as it should be: what is not touched is not compiled again.
fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if !fs::read(path).is_ok_and(|known| known == content.as_ref()) {
        fs::write(path, content)?;
    }
    Ok(())
}

fn without_examples(mut file: toml::Table) -> toml::Table {
    for pattern in file.get_mut("pattern").and_then(toml::Value::as_array_mut).into_iter().flatten() {
        if let Some(pattern) = pattern.as_table_mut() {
            for examples in ["match", "reject", "gap"] {
                pattern.remove(examples);
            }
        }
    }
    file
}

fn cameo_rows() -> Result<Vec<csv::StringRecord>> {
    Ok(csv::Reader::from_path(CAMEO)?.records().collect::<std::result::Result<_, _>>()?)
}

/// The table of CAMEO codes as a Rust array.
fn cameo() -> Result<String> {
    let mut code = String::from("pub(super) static TABLE: &[Row] = &[\n");
    for row in cameo_rows()? {
        let goldstein: f32 = row[5].parse().map_err(|error| format!("{CAMEO}: {}: {error}", &row[0]))?;
        writeln!(
            code,
            "Row {{ code: {:?}, label: {:?}, plover: {:?}, mode: {:?}, contexts: {:?}, goldstein: {goldstein:?} }},",
            &row[0], &row[1], &row[2], &row[3], &row[4],
        )?;
    }
    code.push_str("];\n");
    Ok(code)
}
