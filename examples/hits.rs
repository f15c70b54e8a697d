use factwire::document::*;
use std::collections::*;
use std::io::*;
fn main() {
    let mut s = String::new();
    stdin().read_to_string(&mut s).unwrap();
    let mode = std::env::args().nth(1).unwrap_or_default();
    let g = factwire::gazetteer::Gazetteer::builtin();
    let mut counts: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let mut miss: BTreeMap<String, usize> = BTreeMap::new();
    for line in s.lines() {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let date = v["date"].as_str().and_then(|d| d.parse().ok());
        let doc = factwire::text::document(Source {
            id: "x".into(),
            text: v["text"].as_str().unwrap().into(),
            date,
            ..Default::default()
        });
        let h = g.find(&doc);
        let mut covered = vec![false; doc.tokens.len()];
        for hit in &h.hits {
            for t in hit.tokens.clone() {
                covered[t as usize] = true;
            }
            let c = &h.of(hit);
            let e = g.entry(c[0].entry);
            let txt = doc.slice(doc.span_of(hit.tokens.clone())).to_string();
            if mode == "show" {
                print!(
                    "[{txt} = {}]{}; ",
                    c.iter()
                        .take(3)
                        .map(|c| format!("{} {:.2} {}", g.entry(c.entry).id, c.prior, c.form))
                        .collect::<Vec<_>>()
                        .join(" | "),
                    ""
                );
            }
            *counts
                .entry((txt, e.id.to_string(), format!("{:.2} {} n={}", c[0].prior, c[0].form, c.len())))
                .or_default() += 1;
        }
        if mode == "show" {
            println!("\n   {}", v["text"].as_str().unwrap());
        }
        // runs of capitalised tokens uncovered, not sentence initial
        for s in &doc.sentences {
            let mut i = s.tokens.start;
            let mut first = true;
            while i < s.tokens.end {
                let f = doc.form(factwire::span::TokenId(i));
                let cap = f.chars().next().unwrap().is_uppercase();
                if cap && !covered[i as usize] && !first {
                    let st = i;
                    while i < s.tokens.end
                        && !covered[i as usize]
                        && doc.form(factwire::span::TokenId(i)).chars().next().unwrap().is_uppercase()
                    {
                        i += 1;
                    }
                    *miss.entry(doc.slice(doc.span_of(st..i)).to_string()).or_default() += 1;
                    first = false;
                    continue;
                }
                if f.chars().any(|c| c.is_alphanumeric()) {
                    first = false;
                }
                i += 1;
            }
        }
    }
    if mode == "miss" {
        let mut m: Vec<_> = miss.into_iter().collect();
        m.sort_by_key(|x| std::cmp::Reverse(x.1));
        for (k, n) in m.into_iter().take(2500) {
            println!("{n}\t{k}");
        }
    }
    if mode == "count" {
        let mut m: Vec<_> = counts.into_iter().collect();
        m.sort_by_key(|x| std::cmp::Reverse(x.1));
        for ((t, e, p), n) in m {
            println!("{n}\t{t}\t{e}\t{p}");
        }
    }
}
