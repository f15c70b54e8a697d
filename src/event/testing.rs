//! What the tests of this module ask: the events of a text, in a line each.

#[cfg(test)]
mod tests {
    use crate::document::Source;
    use crate::ontology::{Modality, Role};
    use crate::pipeline::Extractor;

    /// Type, sources, ">", targets, and what keeps it from being asserted.
    pub fn told(text: &str) -> Vec<String> {
        let analysis = Extractor::new()
            .expect("the built-in data is whole")
            .extract(Source { text: text.into(), ..Source::default() });
        let named = |event: &super::super::Event, role: Role| {
            let those = event.participants.iter().filter(|one| one.role == role);
            those.map(|one| analysis.doc.slice(one.span)).collect::<Vec<_>>().join("; ")
        };
        let line = |event: &super::super::Event| {
            let plover = event.plover.map_or("statement", |plover| plover.name());
            let mut parts = vec![plover.to_owned(), named(event, Role::Source), ">".to_owned()];
            parts.push(named(event, Role::Target));
            if event.modality != Modality::Asserted {
                parts.push(format!("({})", event.modality));
            }
            if event.negated {
                parts.push("(not)".to_owned());
            }
            parts.retain(|part| !part.is_empty());
            parts.join(" ")
        };
        analysis.events.iter().map(line).collect()
    }
}

pub(super) use tests::told;
