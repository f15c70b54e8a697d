//! Near-duplicates: the same wire story under another headline, cut or with a line added.
//!
//! Two texts are as similar as the sets of their runs of `RUN` words. A set is represented by the least hash in each of
//! `BINS` bins (one permutation hashing: Li, Owen and Zhang, 2012; empty bins borrow from the next full one, Shrivastava
//! and Li, 2014), and two texts are compared when they agree in a whole band of bins (locality-sensitive hashing).

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

/// Words of a run.
const RUN: usize = 4;
/// Hashes that represent a text.
const BINS: usize = 64;
/// Hashes of a band: texts whose similarity is 0.7 agree in one of 16 bands with a chance of 0.99.
const BAND: usize = 4;
/// Share of hashes that must agree. The same story in two papers has 0.7 and more; two reports of one event that were
/// written apart stay below 0.2.
const SIMILAR: f64 = 0.6;
/// Documents that are remembered: copies come close to each other in time, and memory is not without bounds.
const REMEMBERED: usize = 100_000;

/// The documents seen, of which each new one may be a copy.
#[derive(Debug, Default)]
pub struct Duplicates {
    /// The first of each group of copies.
    originals: VecDeque<Original>,
    /// How many originals were forgotten.
    forgotten: u32,
    /// The originals, by number, that have a band's hashes.
    bands: FxHashMap<u64, Vec<u32>>,
}

#[derive(Debug)]
struct Original {
    id: String,
    signature: [u32; BINS],
}

impl Duplicates {
    /// The id of the first document seen of which this one is a copy; else the document is remembered.
    pub fn check(&mut self, id: &str, text: &str) -> Option<&str> {
        let signature = signature(text)?;
        let mut best: Option<(usize, u32)> = None;
        for key in keys(&signature) {
            for &number in self.bands.get(&key).into_iter().flatten() {
                let original = &self.originals[(number - self.forgotten) as usize];
                let same = signature.iter().zip(&original.signature).filter(|(one, other)| one == other).count();
                // The most similar, and of these the first.
                if best.is_none_or(|(most, first)| same > most || same == most && number < first) {
                    best = Some((same, number));
                }
            }
        }
        if let Some((same, number)) = best
            && same as f64 >= SIMILAR * BINS as f64
        {
            return Some(&self.originals[(number - self.forgotten) as usize].id);
        }
        let number = self.forgotten + self.originals.len() as u32;
        for key in keys(&signature) {
            self.bands.entry(key).or_default().push(number);
        }
        self.originals.push_back(Original { id: id.to_owned(), signature });
        if self.originals.len() > REMEMBERED {
            self.forget();
        }
        None
    }

    /// Forgets the oldest document.
    fn forget(&mut self) {
        let Some(oldest) = self.originals.pop_front() else { return };
        for key in keys(&oldest.signature) {
            if let Some(numbers) = self.bands.get_mut(&key) {
                numbers.retain(|&number| number != self.forgotten);
                if numbers.is_empty() {
                    self.bands.remove(&key);
                }
            }
        }
        self.forgotten += 1;
    }
}

/// What stands for the text; `None` when it has no words.
fn signature(text: &str) -> Option<[u32; BINS]> {
    let mut bins = [None; BINS];
    let mut last = [0u64; RUN];
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words {
        last.rotate_left(1);
        last[RUN - 1] = word.bytes().fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0000_0100_0000_01B3)
        });
        // The first runs are shorter, so that a text of three words has one as well.
        let run = last.iter().fold(0u64, |hash, &word| mix(hash ^ word));
        let bin = &mut bins[(run >> 58) as usize];
        let value = run as u32;
        *bin = Some(bin.map_or(value, |least: u32| least.min(value)));
    }
    let first = bins.iter().position(Option::is_some)?;
    let mut signature = [0; BINS];
    // From the last bin to the first, so that the next full one is known.
    let mut next = (bins[first].unwrap_or_default(), 1u32);
    for place in (0..BINS).rev() {
        next = match bins[place] {
            Some(value) => (value, 0),
            None => (next.0, next.1 + 1),
        };
        signature[place] = next.0.wrapping_add(next.1.wrapping_mul(0x9E37_79B9));
    }
    Some(signature)
}

/// The bands of a signature, each with its place.
fn keys(signature: &[u32; BINS]) -> impl Iterator<Item = u64> + '_ {
    signature
        .chunks(BAND)
        .zip(0u64..)
        .map(|(band, place)| band.iter().fold(mix(place), |key, &hash| mix(key ^ u64::from(hash))))
}

/// Spreads the bits of a number over all of it (the finaliser of SplitMix64: Steele, Lea and Flood, 2014).
fn mix(mut value: u64) -> u64 {
    value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A story of its own for each number.
    fn story(number: usize) -> String {
        let sentence = |line: usize| {
            format!(
                "Minister {number} told reporters in town {} that {} trucks crossed post {line} at dawn. ",
                line * 7 + number,
                number * 31 + line
            )
        };
        (0..20).map(sentence).collect()
    }

    #[test]
    fn the_same_story_with_another_head_and_foot_is_a_copy() {
        let mut seen = Duplicates::default();
        assert_eq!(seen.check("a", &story(1)), None);
        let copy = format!(
            "TRUCKS CROSS BORDER\n\n{}\n\nReporting by our staff in the capital.",
            story(1).replace("post 3", "gate 3")
        );
        assert_eq!(seen.check("b", &copy), Some("a"));
        assert_eq!(seen.check("c", &story(1).to_uppercase()), Some("a"));
        assert_eq!(seen.check("d", &story(2)), None);
        assert_eq!(seen.check("e", &story(2)[..story(2).len() * 9 / 10]), Some("d"));
    }

    #[test]
    fn short_and_empty_texts_behave() {
        let mut seen = Duplicates::default();
        assert_eq!(seen.check("a", ""), None);
        assert_eq!(seen.check("b", " - "), None);
        assert_eq!(seen.check("c", "Rebels took Obo."), None);
        assert_eq!(seen.check("d", "Rebels took Obo"), Some("c"));
        assert_eq!(seen.check("e", "Rebels left Obo"), None);
    }

    #[test]
    fn what_is_forgotten_is_forgotten_whole() {
        let mut seen = Duplicates::default();
        seen.check("a", &story(1));
        seen.check("b", &story(2));
        seen.forget();
        assert_eq!(seen.bands.values().map(Vec::len).sum::<usize>(), BINS / BAND);
        assert_eq!(seen.check("c", &story(2)), Some("b"));
        assert_eq!(seen.check("d", &story(1)), None);
        assert_eq!(seen.check("e", &story(1)), Some("d"));
    }
}
