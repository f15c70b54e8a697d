//! The parser's weights with what Adam and the average keep of them.

use super::kernel::{self, Step};
use super::layout::{INPUT, Layout, OUTPUT};
use super::random::Random;
use crate::syntax::net::HIDDEN;

/// Weights that are moved together.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub weights: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    average: Vec<f32>,
}

impl Block {
    fn new(weights: Vec<f32>) -> Self {
        let empty = vec![0.0; weights.len()];
        Self { average: weights.clone(), first: empty.clone(), second: empty, weights }
    }

    pub(super) fn move_all(&mut self, step: Step, gradient: &[f32]) {
        kernel::adam(step, &mut self.weights, &mut self.first, &mut self.second, gradient);
    }

    pub(super) fn move_part(&mut self, step: Step, from: usize, gradient: &[f32]) {
        let part = from..from + gradient.len();
        kernel::adam(
            step,
            &mut self.weights[part.clone()],
            &mut self.first[part.clone()],
            &mut self.second[part],
            gradient,
        );
    }

    /// Weights and both moments, in chunks.
    pub(super) fn chunks(&mut self, length: usize) -> impl Iterator<Item = [&mut [f32]; 3]> {
        let moments = self.first.chunks_mut(length).zip(self.second.chunks_mut(length));
        self.weights.chunks_mut(length).zip(moments).map(|(weights, (first, second))| [weights, first, second])
    }

    fn average(&mut self, keep: f32) {
        for (average, weight) in self.average.iter_mut().zip(&self.weights) {
            *average = weight + keep * (*average - weight);
        }
    }

    fn averaged(&self) -> Self {
        Self { weights: self.average.clone(), ..self.clone() }
    }
}

/// All of the parser's weights.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    pub layout: Layout,
    /// Tables of embeddings, one after the other.
    pub embeddings: Block,
    /// One row of hidden weights for each input.
    pub inner: Block,
    /// The same in tiles, see [`kernel::tile`].
    pub inner_tiles: Vec<f32>,
    /// The same turned, in tiles: one row of input weights for each hidden unit.
    pub inner_turned: Vec<f32>,
    pub bias: Block,
    /// One row for each score, the bias last.
    pub output: Block,
}

impl Weights {
    pub(super) fn new(layout: Layout) -> Self {
        let mut random = Random::new(41);
        let mut uniform = |count: usize, reach: f32| -> Vec<f32> {
            (0..count).map(|_| (random.unit() * 2.0 - 1.0) * reach).collect()
        };
        Self {
            layout,
            embeddings: Block::new(uniform(layout.length, 0.1)),
            inner: Block::new(uniform(INPUT * HIDDEN, (6.0 / (INPUT + HIDDEN) as f32).sqrt())),
            inner_tiles: vec![0.0; INPUT * HIDDEN],
            inner_turned: vec![0.0; INPUT * HIDDEN],
            bias: Block::new(vec![0.02; HIDDEN]),
            output: Block::new(uniform(OUTPUT * (HIDDEN + 1), 0.1)),
        }
    }

    fn blocks(&mut self) -> [&mut Block; 4] {
        [&mut self.embeddings, &mut self.inner, &mut self.bias, &mut self.output]
    }

    /// Takes the weights of now into their average.
    pub(super) fn average(&mut self, keep: f32) {
        for block in self.blocks() {
            block.average(keep);
        }
    }

    /// The average of the weights.
    pub(super) fn averaged(&self) -> Self {
        Self {
            layout: self.layout,
            embeddings: self.embeddings.averaged(),
            inner: self.inner.averaged(),
            inner_tiles: Vec::new(),
            inner_turned: Vec::new(),
            bias: self.bias.averaged(),
            output: self.output.averaged(),
        }
    }
}
