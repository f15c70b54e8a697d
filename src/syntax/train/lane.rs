//! One of the sentences that are parsed side by side in training.

use super::kernel::exp;
use super::layout::{INPUT, Layout, OUTPUT, Part, SLOTS, Token};
use super::random::Random;
use super::weights::Block;
use crate::syntax::Deprel;
use crate::syntax::net::HIDDEN;
use crate::syntax::transition::{Move, State, View};

/// A sentence ready for training: root, words, and the word that stands for none.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub tokens: Vec<Token>,
    /// How probable it is that a word is taken as unknown, and that its ending is.
    pub unknown: Vec<(f32, f32)>,
    /// The head of each word from 1; the first entry is not used.
    pub heads: Vec<u16>,
    /// The label of each word's arc, plus one.
    pub labels: Vec<u8>,
}

/// Share of hidden units that are dropped, and of the numbers of embeddings. Of whole embeddings too much is lost:
/// labels hang on few words.
const DROP_HIDDEN: f32 = 0.35;
const DROP_INPUT: f32 = 0.2;
/// How often the parser follows its own choice.
const OWN_CHOICE: f32 = 0.9;

/// The state of one sentence in a batch.
pub(super) struct Lane {
    random: Random,
    sentence: Option<usize>,
    tokens: Vec<Token>,
    state: State,
    explores: bool,
    parts: [Part; SLOTS],
    /// What each number of the input was multiplied by: 0, or the inverse of the share that is kept.
    kept: Vec<f32>,
}

impl Lane {
    pub(super) fn new(number: usize) -> Self {
        Self {
            random: Random::new(1000 + number as u64),
            sentence: None,
            tokens: Vec::new(),
            state: State::default(),
            explores: false,
            parts: [Part::default(); SLOTS],
            kept: vec![0.0; INPUT],
        }
    }

    pub(super) fn is_idle(&self) -> bool {
        self.sentence.is_none() || self.state.is_done()
    }

    /// Begins a sentence.
    pub(super) fn take(&mut self, sentence: &Sentence, index: usize, explores: bool) {
        self.sentence = Some(index);
        self.explores = explores;
        self.state.start(sentence.heads.len() - 1);
        self.tokens.clear();
        for (token, unknown) in sentence.tokens.iter().zip(&sentence.unknown) {
            let mut token = *token;
            if self.random.unit() < unknown.0 {
                token.word = 0;
            }
            if self.random.unit() < unknown.1 {
                token.suffix = 0;
            }
            self.tokens.push(token);
        }
    }

    /// The embeddings the state reads.
    pub(super) fn parts(&self) -> &[Part; SLOTS] {
        &self.parts
    }

    /// Writes the input of the state, with some numbers dropped.
    pub(super) fn fill(&mut self, layout: &Layout, embeddings: &[f32], input: &mut [f32]) {
        self.parts = layout.parts(&View::of(&self.state), &self.tokens);
        let mut at = 0;
        for part in &self.parts {
            let source = &embeddings[part.source..][..part.width];
            let kept = &mut self.kept[at..at + part.width];
            let out = &mut input[at..at + part.width];
            for ((out, kept), source) in out.chunks_mut(4).zip(kept.chunks_mut(4)).zip(source.chunks(4)) {
                let mut dice = self.random.next();
                for ((out, kept), value) in out.iter_mut().zip(kept).zip(source) {
                    let drop = ((dice & 0xFFFF) as f32) < DROP_INPUT * 65536.0;
                    dice >>= 16;
                    *kept = if drop { 0.0 } else { 1.0 / (1.0 - DROP_INPUT) };
                    *out = *kept * value;
                }
            }
            at += part.width;
        }
        debug_assert_eq!(at, INPUT);
    }

    /// Takes the dropped numbers out of the gradient.
    pub(super) fn mask(&self, slope: &mut [f32]) {
        for (value, kept) in slope.iter_mut().zip(&self.kept) {
            *value *= kept;
        }
    }

    /// From the hidden layer to the scores, the gradient of both, and the next state.
    pub(super) fn choose(
        &mut self,
        sentences: &[Sentence],
        output: &Block,
        hidden: &mut [f32],
        slope: &mut [f32],
        out: &mut [f32],
    ) {
        let sentence = &sentences[self.sentence.expect("the lane has a sentence")];
        let mut kept = [0.0; HIDDEN];
        for (value, kept) in hidden.iter_mut().zip(&mut kept) {
            let drop = self.random.unit() < DROP_HIDDEN;
            *kept = if *value > 0.0 && !drop { 1.0 / (1.0 - DROP_HIDDEN) } else { 0.0 };
            *value = *kept * value.max(0.0);
        }
        let rows = &output.weights;
        let score = |row: usize| {
            let row = &rows[row * (HIDDEN + 1)..][..HIDDEN + 1];
            dot(hidden, &row[..HIDDEN]) + row[HIDDEN]
        };
        out.fill(0.0);
        let allowed = self.state.allowed();
        let costs = self.state.costs(&sentence.heads);
        let least = (0..3).filter(|&step| allowed[step]).map(|step| costs[step]).min().unwrap_or(0);
        let right = |step: usize| allowed[step] && costs[step] == least;
        let scores = [score(0), score(1), score(2)];
        let best = |among: &dyn Fn(usize) -> bool| {
            let steps = (0..3).filter(|&step| among(step));
            steps.fold(None, |best: Option<usize>, step| match best {
                Some(best) if scores[best] >= scores[step] => Some(best),
                _ => Some(step),
            })
        };
        let own = best(&|step| allowed[step]).expect("a move is allowed until the parse is done");
        let mut chances = [0.0; 3];
        for step in (0..3).filter(|&step| allowed[step]) {
            chances[step] = exp(scores[step] - scores[own]);
        }
        let all: f32 = chances.iter().sum();
        let good: f32 = (0..3).filter(|&step| right(step)).map(|step| chances[step]).sum();
        for step in 0..3 {
            out[step] = chances[step] / all - if right(step) { chances[step] / good.max(1e-12) } else { 0.0 };
        }
        self.label_slope(sentence, &right, &score, out);
        slope.fill(0.0);
        for (row, &by) in rows.chunks_exact(HIDDEN + 1).zip(out.iter()) {
            if by != 0.0 {
                for (slope, weight) in slope.iter_mut().zip(row) {
                    *slope += by * weight;
                }
            }
        }
        for (slope, kept) in slope.iter_mut().zip(&kept) {
            *slope *= kept;
        }
        let follows = self.explores && self.random.unit() < OWN_CHOICE;
        let step = if follows { own } else { best(&right).expect("the best move is allowed") };
        self.advance(Move::ALL[step], sentence, &score);
    }

    /// The gradient of the label of a right arc.
    fn label_slope(
        &self,
        sentence: &Sentence,
        right: &dyn Fn(usize) -> bool,
        score: &dyn Fn(usize) -> f32,
        out: &mut [f32],
    ) {
        for step in [Move::Left, Move::Right] {
            let Some((dependent, head)) = self.state.arc(step) else { continue };
            if !right(step as usize) || sentence.heads[dependent as usize] != head {
                continue;
            }
            let rows = label_rows(step);
            let scores: Vec<f32> = rows.clone().map(score).collect();
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            let chances: Vec<f32> = scores.iter().map(|score| exp(score - most)).collect();
            let all: f32 = chances.iter().sum();
            let gold = sentence.labels[dependent as usize] as usize - 1;
            for (label, (row, chance)) in rows.zip(chances).enumerate() {
                out[row] = chance / all - if label == gold { 1.0 } else { 0.0 };
            }
        }
    }

    /// Makes a move; a right arc gets its right label, a wrong one the best.
    fn advance(&mut self, step: Move, sentence: &Sentence, score: &dyn Fn(usize) -> f32) {
        let label = match self.state.arc(step) {
            None => 0,
            Some((dependent, head)) if !self.explores && sentence.heads[dependent as usize] == head => {
                sentence.labels[dependent as usize]
            }
            Some(_) => {
                let rows = label_rows(step);
                let first = rows.start;
                let best = rows.fold((first, f32::MIN), |best, row| {
                    let score = score(row);
                    if score > best.1 { (row, score) } else { best }
                });
                (best.0 - first) as u8 + 1
            }
        };
        self.state.apply(step, label);
    }
}

/// The rows of the output that score labels of arcs made by a move.
pub(super) fn label_rows(step: Move) -> std::ops::Range<usize> {
    let count = Deprel::ALL.len();
    let first = if step == Move::Left { 3 } else { 3 + count };
    debug_assert!(first + count <= OUTPUT);
    first..first + count
}

/// The sum of products, in eight interleaved sums.
fn dot(one: &[f32], other: &[f32]) -> f32 {
    let mut sums = [0f32; 8];
    for (one, other) in one.chunks_exact(8).zip(other.chunks_exact(8)) {
        for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
            *sum += one * other;
        }
    }
    (sums[0] + sums[4]) + (sums[1] + sums[5]) + ((sums[2] + sums[6]) + (sums[3] + sums[7]))
}
