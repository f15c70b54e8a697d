//! Finds what was stored before by its hash; what is stored lies elsewhere, numbered.
//!
//! A gazetteer holds some hundred thousand words and strings, laid one behind the other. A map that owned each of them would
//! spend most of its time on making and freeing them.

use super::layout::{self, NONE};

/// An open hash table of numbers.
#[derive(Debug)]
pub struct Index {
    /// Part of the hash and the number; [`NONE`] where nothing is. A power of two of them, a third empty at least.
    slots: Vec<(u32, u32)>,
    count: usize,
}

impl Default for Index {
    fn default() -> Self {
        Self { slots: vec![(0, NONE); 1 << 10], count: 0 }
    }
}

impl Index {
    /// The number under which the bytes are known to `same`; else makes them known as `next`.
    pub fn find_or_add(&mut self, bytes: &[u8], next: u32, same: impl Fn(u32) -> bool) -> u32 {
        let hash = layout::hash(bytes);
        // The low bits go through the multiplication with few others.
        let hash = (hash ^ hash >> 32) as u32;
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while self.slots[slot].1 != NONE {
            let (known, number) = self.slots[slot];
            if known == hash && same(number) {
                return number;
            }
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = (hash, next);
        self.count += 1;
        if self.count * 3 > self.slots.len() * 2 {
            self.grow();
        }
        next
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 4;
        let old = std::mem::replace(&mut self.slots, vec![(0, NONE); size]);
        for (hash, number) in old.into_iter().filter(|&(_, number)| number != NONE) {
            let mut slot = hash as usize & (size - 1);
            while self.slots[slot].1 != NONE {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = (hash, number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_found_again() {
        let mut index = Index::default();
        let words: Vec<String> = (0..5000).map(|number| format!("word {number}")).collect();
        for round in 0..2 {
            for (number, word) in words.iter().enumerate() {
                let next = if round == 0 { number as u32 } else { 9999 };
                let found = index.find_or_add(word.as_bytes(), next, |known| words[known as usize] == *word);
                assert_eq!(found, number as u32);
            }
        }
    }
}
