//! Compiles data files into the program, so that nothing is parsed when it starts.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    println!("cargo::rerun-if-changed=build.rs");
    fs::write(Path::new(&out).join("cameo.rs"), cameo("data/ontology/cameo.csv")?)?;
    Ok(())
}

/// The table of CAMEO codes as a Rust array.
fn cameo(path: &str) -> Result<String, Box<dyn Error>> {
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
