//! The transition system of the parser: arc-hybrid (Kuhlmann, Gómez-Rodríguez and Satta 2011).
//!
//! The root stands at the bottom of the stack and takes its one dependent when no word is left, so every sequence of
//! allowed moves ends in a tree with one root.

/// What the parser does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// The next word goes on the stack.
    Shift = 0,
    /// The next word becomes the head of the word on top of the stack, which leaves it.
    Left = 1,
    /// The second word of the stack becomes the head of the first, which leaves it.
    Right = 2,
}

impl Move {
    /// All moves, in the order of their scores.
    pub(crate) const ALL: [Move; 3] = [Move::Shift, Move::Left, Move::Right];
}

/// The index of the root; words count from 1.
pub(crate) const ROOT: u16 = 0;
/// The label of a word that has no head yet; the relations follow in the order of `Deprel::ALL`.
pub(crate) const NO_LABEL: u8 = 0;

/// A parse under way. The word behind the last, [`State::none`], stands for all that is not there.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    count: u16,
    next: u16,
    stack: Vec<u16>,
    words: Vec<Attached>,
}

/// What is attached to a word, and to what it is attached.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attached {
    /// Its head; only right when `label` is set.
    pub head: u16,
    /// The label of its arc, plus one; [`NO_LABEL`] before it has one.
    pub label: u8,
    /// How many dependents it has on the left.
    pub lefts: u8,
    /// How many it has on the right.
    pub rights: u8,
    /// Its outermost dependents on the left, the leftmost first.
    pub left: [u16; 2],
    /// Its outermost dependents on the right, the rightmost first.
    pub right: [u16; 2],
}

impl State {
    /// Begins a sentence of `count` words.
    pub(crate) fn start(&mut self, count: usize) {
        self.count = count as u16;
        self.next = 1;
        self.stack.clear();
        self.stack.push(ROOT);
        let none = self.none();
        let bare = Attached { head: none, label: NO_LABEL, lefts: 0, rights: 0, left: [none; 2], right: [none; 2] };
        self.words.clear();
        self.words.resize(count + 2, bare);
    }

    /// The word that stands for none.
    pub(crate) fn none(&self) -> u16 {
        self.count + 1
    }

    /// Whether every word has a head.
    pub(crate) fn is_done(&self) -> bool {
        self.stack.len() == 1 && self.next > self.count
    }

    /// The word on the stack, 0 the top.
    #[inline]
    pub(crate) fn stacked(&self, depth: usize) -> u16 {
        if depth < self.stack.len() { self.stack[self.stack.len() - 1 - depth] } else { self.none() }
    }

    /// The word still to come, 0 the next.
    #[inline]
    pub(crate) fn coming(&self, ahead: u16) -> u16 {
        (self.next + ahead).min(self.none())
    }

    /// What is known of a word.
    #[inline]
    pub(crate) fn word(&self, word: u16) -> &Attached {
        &self.words[word as usize]
    }

    /// Which moves are allowed, in the order of [`Move::ALL`].
    #[inline]
    pub(crate) fn allowed(&self) -> [bool; 3] {
        let more = self.next <= self.count;
        let depth = self.stack.len();
        [more, more && depth > 1, if more { depth > 2 } else { depth > 1 }]
    }

    /// The dependent and the head of the arc that a move makes.
    #[inline]
    pub(crate) fn arc(&self, step: Move) -> Option<(u16, u16)> {
        match step {
            Move::Shift => None,
            Move::Left => Some((self.stacked(0), self.next)),
            Move::Right => Some((self.stacked(0), self.stacked(1))),
        }
    }

    /// Makes an allowed move; `label` is the arc's, plus one.
    #[inline]
    pub(crate) fn apply(&mut self, step: Move, label: u8) {
        let Some((dependent, head)) = self.arc(step) else {
            self.stack.push(self.next);
            self.next += 1;
            return;
        };
        self.stack.pop();
        let word = &mut self.words[dependent as usize];
        word.head = head;
        word.label = label;
        let governor = &mut self.words[head as usize];
        if step == Move::Left {
            governor.left = [dependent, governor.left[0]];
            governor.lefts = governor.lefts.saturating_add(1);
        } else {
            governor.right = [dependent, governor.right[0]];
            governor.rights = governor.rights.saturating_add(1);
        }
    }

    /// How many gold arcs each move makes impossible (Goldberg and Nivre 2013); `gold` holds the head of each word
    /// from 1, its first entry is not used.
    #[cfg(feature = "train")]
    pub(crate) fn costs(&self, gold: &[u16]) -> [u32; 3] {
        let (top, second) = (self.stacked(0), self.stacked(1));
        let buffer = self.next..=self.count;
        let head_of = |word: u16| if word == ROOT || word > self.count { None } else { Some(gold[word as usize]) };
        let dependents = |head: u16, from: u16| (from..=self.count).filter(|&word| gold[word as usize] == head).count();
        let mut costs = [0u32; 3];
        if self.next <= self.count {
            let next = self.next;
            let below = &self.stack[..self.stack.len() - 1];
            costs[0] += u32::from(head_of(next).is_some_and(|head| below.contains(&head)));
            costs[0] += self.stack.iter().filter(|&&word| head_of(word) == Some(next)).count() as u32;
            let head = head_of(top);
            costs[1] += u32::from(head.is_some_and(|head| head == second && second != self.none()));
            costs[1] += u32::from(head.is_some_and(|head| head != next && buffer.contains(&head)));
            costs[1] += dependents(top, next) as u32;
        }
        costs[2] += u32::from(head_of(top).is_some_and(|head| buffer.contains(&head)));
        costs[2] += dependents(top, self.next) as u32;
        costs
    }
}

/// Slots whose word and tag are read: stack, buffer, outer children, and the word before the next.
pub(crate) const WORD_SLOTS: usize = 12;
/// Further slots of which only the tag is read.
pub(crate) const TAG_SLOTS: usize = 10;
/// Slots of which the arc's label is read.
pub(crate) const LABEL_SLOTS: usize = 13;
/// Small numbers: distances and how many dependents there are.
pub(crate) const NUMBER_SLOTS: usize = 6;
/// Values of a number slot.
pub(crate) const NUMBER_VALUES: usize = 10;

/// What the net looks at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct View {
    /// Words read in full.
    pub words: [u16; WORD_SLOTS],
    /// Words of which only the tag is read.
    pub tags: [u16; TAG_SLOTS],
    /// Labels of children and grandchildren.
    pub labels: [u8; LABEL_SLOTS],
    /// Distances and counts.
    pub numbers: [u8; NUMBER_SLOTS],
}

impl View {
    /// What the net sees of a state.
    #[inline]
    pub(crate) fn of(state: &State) -> Self {
        let (top, second, third) = (state.stacked(0), state.stacked(1), state.stacked(2));
        let next = state.coming(0);
        let (of_top, of_second, of_next) = (state.word(top), state.word(second), state.word(next));
        let none = state.none();
        let before = if next > 1 { next - 1 } else { none };
        let after_top = if top < none { top + 1 } else { none };
        let left2 = state.word(of_top.left[0]).left[0];
        let right2 = state.word(of_top.right[0]).right[0];
        let second_right2 = state.word(of_second.right[0]).right[0];
        let label = |word: u16| state.word(word).label;
        let inner = |word: &Attached| [word.left[0], word.left[1], word.right[0], word.right[1]].map(label);
        let [a, b, c, d] = inner(of_top);
        let [e, f, g, h] = inner(of_second);
        Self {
            words: [
                top,
                second,
                third,
                next,
                state.coming(1),
                state.coming(2),
                of_top.left[0],
                of_top.right[0],
                of_second.left[0],
                of_second.right[0],
                of_next.left[0],
                before,
            ],
            tags: [
                state.coming(3),
                of_top.left[1],
                of_top.right[1],
                of_second.left[1],
                of_second.right[1],
                of_next.left[1],
                left2,
                right2,
                second_right2,
                after_top,
            ],
            labels: [
                a,
                b,
                c,
                d,
                e,
                f,
                g,
                h,
                label(of_next.left[0]),
                label(of_next.left[1]),
                label(left2),
                label(right2),
                label(second_right2),
            ],
            numbers: [
                distance(top, next),
                distance(second, top),
                of_top.lefts.min(5),
                of_top.rights.min(5),
                of_second.rights.min(5),
                of_next.lefts.min(5),
            ],
        }
    }
}

/// How far two words are apart, in ten steps.
fn distance(from: u16, to: u16) -> u8 {
    match to.saturating_sub(from) {
        near @ 0..=5 => near as u8,
        6..=8 => 6,
        9..=12 => 7,
        13..=20 => 8,
        _ => 9,
    }
}
