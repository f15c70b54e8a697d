//! Keeps data flowing one way: a module imports only modules of a lower layer.

use std::fs;
use std::path::Path;

/// Every top-level module with its layer. Two modules of one layer never import each other.
const LAYERS: &[(&str, u8)] = &[
    ("date", 0),
    ("error", 0),
    ("span", 0),
    ("resource", 1),
    ("ontology", 2),
    ("document", 2),
    ("duplicate", 3),
    ("language", 3),
    ("lexicon", 3),
    ("read", 3),
    ("text", 3),
    ("gazetteer", 4),
    ("syntax", 4),
    ("number", 4),
    ("time", 5),
    ("figure", 5),
    ("mention", 6),
    ("entity", 7),
    ("pattern", 8),
    ("event", 9),
    ("relation", 9),
    ("gate", 10),
    ("analysis", 10),
    ("pipeline", 11),
    ("record", 11),
    ("check", 12),
    ("table", 12),
    ("write", 13),
    ("cli", 14),
];

fn layer(module: &str) -> Option<u8> {
    LAYERS.iter().find(|(name, _)| *name == module).map(|(_, layer)| *layer)
}

/// The top-level module that a file of `src` belongs to; `None` for `lib.rs` and the programs.
fn module_of(path: &Path) -> Option<String> {
    let first = path.components().next()?;
    let name = Path::new(first.as_os_str()).file_stem()?.to_str()?;
    (!matches!(name, "lib" | "main" | "bin")).then(|| name.to_owned())
}

/// The modules named in `crate::…` paths of a source text, with their lines. Comments and strings count as well: a
/// link in the documentation is a dependency of the reader.
fn imports(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in source.lines().enumerate() {
        for (at, _) in line.match_indices("crate::") {
            // `$crate` in a macro is the same crate.
            let rest = &line[at + "crate::".len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(group) => group.split(',').collect(),
                None => vec![rest],
            };
            for name in names {
                let name = name.trim_start();
                let end = name.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(name.len());
                if name[..end].starts_with(|letter: char| letter.is_ascii_lowercase()) {
                    found.push((number + 1, name[..end].to_owned()));
                }
            }
        }
    }
    found
}

/// What is wrong with the imports of one file.
fn violations(module: &str, source: &str) -> Vec<String> {
    let Some(own) = layer(module) else { return vec![format!("{module} has no layer in tests/layers.rs")] };
    let wrong = imports(source).into_iter().filter(|(_, name)| name != module);
    let wrong = wrong.filter(|(_, name)| layer(name).is_none_or(|layer| layer >= own));
    wrong.map(|(line, name)| format!("{module}, line {line}: must not import {name}")).collect()
}

fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("src can be listed") {
        let path = entry.expect("src can be listed").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn modules_import_only_lower_layers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    paths.sort();
    assert!(paths.len() > 20, "the sources were not found");
    let mut wrong = Vec::new();
    for path in paths {
        let inner = path.strip_prefix(&root).expect("below src");
        let Some(module) = module_of(inner) else { continue };
        // Tests at the end of a file may reach up for a convenient start.
        let source = fs::read_to_string(&path).expect("a source is text");
        let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        wrong.extend(violations(&module, code).into_iter().map(|what| format!("{}: {what}", inner.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_upward_import_is_found() {
    let line = |name: &str| violations("figure", &format!("use crate::span::Span;\nuse crate::{name};\n"));
    assert!(line("number::Number").is_empty() && line("figure::kind").is_empty());
    assert_eq!(line("event::Event"), ["figure, line 2: must not import event"]);
    assert_eq!(line("{span::Span, time::TimeExpression}"), ["figure, line 2: must not import time"]);
    assert_eq!(line("helpers::best").len(), 1, "a module without a layer");
}
