//! Trains the parser's net: states of many sentences at a time, a dynamic oracle, Adam.

use std::sync::Mutex;

use super::kernel::{self, Step};
use super::lane::{Lane, Sentence};
use super::layout::{INPUT, Layout, OUTPUT, SLOTS};
use super::random::Random;
use super::weights::{Block, Weights};
use crate::syntax::net::HIDDEN;

/// How the parser is trained.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// Passes over the data.
    pub epochs: usize,
    /// Threads; their number does not change the result.
    pub threads: usize,
}

/// Sentences that are parsed side by side; each gives one state to a batch.
const LANES: usize = 128;
/// Lanes that are one piece of work.
const SHARD: usize = 16;
/// Columns of the input whose weights are one piece of work.
const CHUNK: usize = 212;
/// The rate at the start; it falls to nothing along a line, after a short rise.
const RATE: f32 = 0.0018;
const WARM_UP: f32 = 500.0;
const DECAY: f32 = 0.01;
/// Batches between two looks at the average of the weights.
const AVERAGE_EVERY: usize = 8;
/// How much of the old average stays a batch.
const AVERAGE: f32 = 0.9995;

const _: () = assert!(
    HIDDEN.is_multiple_of(kernel::TILE)
        && INPUT.is_multiple_of(kernel::TILE)
        && INPUT.is_multiple_of(CHUNK)
        && CHUNK.is_multiple_of(kernel::LANES)
        && SHARD.is_multiple_of(kernel::LANES)
);

/// A shard of a batch: everything that is computed forward and back for its lanes.
pub(super) struct Shard {
    pub lanes: Vec<Lane>,
    pub input: Vec<f32>,
    pub hidden: Vec<f32>,
    /// Gradient at the hidden layer before the ReLU.
    pub slope: Vec<f32>,
    /// Gradient at the input.
    pub input_slope: Vec<f32>,
    /// Gradient at the output.
    pub output_slope: Vec<f32>,
}

impl Shard {
    fn new(first: usize) -> Self {
        Self {
            lanes: (first..first + SHARD).map(Lane::new).collect(),
            input: vec![0.0; SHARD * INPUT],
            hidden: vec![0.0; SHARD * HIDDEN],
            slope: vec![0.0; SHARD * HIDDEN],
            input_slope: vec![0.0; SHARD * INPUT],
            output_slope: vec![0.0; SHARD * OUTPUT],
        }
    }
}

/// Trains, calling `report` with the averaged weights after each epoch.
pub(super) fn train(
    sentences: &[Sentence],
    layout: Layout,
    plan: Plan,
    mut report: impl FnMut(usize, &Weights),
) -> Weights {
    let mut weights = Weights::new(layout);
    let mut shards: Vec<Shard> = (0..LANES).step_by(SHARD).map(Shard::new).collect();
    let mut random = Random::new(29);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let steps: usize = sentences.iter().map(|sentence| 2 * sentence.heads.len() - 2).sum();
    let total = plan.epochs * steps / LANES;
    let (mut batch, mut epoch, mut place) = (0, 0, sentences.len());
    loop {
        for lane in shards.iter_mut().flat_map(|shard| &mut shard.lanes) {
            if lane.is_idle() {
                if place == order.len() {
                    if batch > 0 {
                        epoch += 1;
                        report(epoch, &weights.averaged());
                    }
                    random.shuffle(&mut order);
                    place = 0;
                }
                lane.take(&sentences[order[place]], order[place], epoch > 0);
                place += 1;
            }
        }
        if epoch == plan.epochs {
            return weights.averaged();
        }
        forward_and_back(&mut shards, sentences, &mut weights, plan.threads);
        let count = batch as f32 + 1.0;
        let slope = (1.0 - count / total as f32).max(0.02) * (count / WARM_UP).min(1.0);
        let step = Step {
            rate: RATE * slope,
            decay: DECAY,
            first: 1.0 / (1.0 - power(kernel::BETA.0, batch + 1)),
            second: 1.0 / (1.0 - power(kernel::BETA.1, batch + 1)),
        };
        learn(&mut weights, &shards, step, plan.threads);
        batch += 1;
        if batch.is_multiple_of(AVERAGE_EVERY) {
            let early = (1.0 + batch as f32) / (10.0 + batch as f32);
            weights.average(power(AVERAGE, AVERAGE_EVERY).min(early));
        }
    }
}

fn power(base: f32, exponent: usize) -> f32 {
    let (mut result, mut base, mut exponent) = (1.0, base, exponent);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result *= base;
        }
        base *= base;
        exponent /= 2;
    }
    result
}

/// Does every piece of work once, on as many threads as there are.
fn spread<T: Send>(pieces: impl Iterator<Item = T> + Send, threads: usize, work: impl Fn(T) + Sync) {
    let pieces = Mutex::new(pieces);
    let run = || {
        loop {
            let piece = pieces.lock().expect("no thread failed").next();
            match piece {
                Some(piece) => work(piece),
                None => break,
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(run);
        }
        run();
    });
}

fn forward_and_back(shards: &mut [Shard], sentences: &[Sentence], weights: &mut Weights, threads: usize) {
    let (inner, tiles, turned) = (&weights.inner.weights, &mut weights.inner_tiles, &mut weights.inner_turned);
    spread(tiles.chunks_exact_mut(INPUT * kernel::TILE).enumerate(), threads, |(number, tile)| {
        kernel::tile(inner, HIDDEN, number, tile);
    });
    spread(turned.chunks_exact_mut(HIDDEN * kernel::TILE).enumerate(), threads, |(number, tile)| {
        kernel::turned_tile(inner, HIDDEN, number, tile);
    });
    let weights = &*weights;
    spread(shards.iter_mut(), threads, |shard| {
        for (lane, input) in shard.lanes.iter_mut().zip(shard.input.chunks_exact_mut(INPUT)) {
            lane.fill(&weights.layout, &weights.embeddings.weights, input);
        }
        for hidden in shard.hidden.chunks_exact_mut(HIDDEN) {
            hidden.copy_from_slice(&weights.bias.weights);
        }
        kernel::multiply(&shard.input, &weights.inner_tiles, &mut shard.hidden, INPUT, HIDDEN);
        let rows = shard.hidden.chunks_exact_mut(HIDDEN).zip(shard.slope.chunks_exact_mut(HIDDEN));
        for ((lane, (hidden, slope)), out) in
            shard.lanes.iter_mut().zip(rows).zip(shard.output_slope.chunks_exact_mut(OUTPUT))
        {
            lane.choose(sentences, &weights.output, hidden, slope, out);
        }
        shard.input_slope.fill(0.0);
        kernel::multiply(&shard.slope, &weights.inner_turned, &mut shard.input_slope, HIDDEN, INPUT);
        for (lane, slope) in shard.lanes.iter().zip(shard.input_slope.chunks_exact_mut(INPUT)) {
            lane.mask(slope);
        }
    });
}

/// A piece of the weights that one thread moves.
enum Piece<'w> {
    Inner { from: usize, part: [&'w mut [f32]; 3] },
    Bias(&'w mut Block),
    Output(&'w mut Block),
    Embeddings(&'w mut Block),
}

fn learn(weights: &mut Weights, shards: &[Shard], step: Step, threads: usize) {
    let input: Vec<f32> = shards.iter().flat_map(|shard| &shard.input).copied().collect();
    let slope: Vec<f32> = shards.iter().flat_map(|shard| &shard.slope).copied().collect();
    let inner = weights.inner.chunks(CHUNK * HIDDEN);
    let mut pieces: Vec<Piece> = vec![
        Piece::Embeddings(&mut weights.embeddings),
        Piece::Output(&mut weights.output),
        Piece::Bias(&mut weights.bias),
    ];
    pieces.extend(inner.enumerate().map(|(index, part)| Piece::Inner { from: index * CHUNK, part }));
    spread(pieces.into_iter(), threads, |piece| match piece {
        Piece::Inner { from, part: [weights, first, second] } => {
            let mut gradient = vec![0.0; CHUNK * HIDDEN];
            kernel::outer(&input, &slope, &mut gradient, from, INPUT, HIDDEN);
            kernel::adam(step, weights, first, second, &gradient);
        }
        Piece::Bias(block) => {
            let mut gradient = vec![0.0; HIDDEN];
            for row in slope.chunks_exact(HIDDEN) {
                add(&mut gradient, row, 1.0);
            }
            block.move_all(Step { decay: 0.0, ..step }, &gradient);
        }
        Piece::Output(block) => output(block, shards, step),
        Piece::Embeddings(block) => embeddings(block, shards, step),
    });
}

fn add(sum: &mut [f32], row: &[f32], factor: f32) {
    for (sum, value) in sum.iter_mut().zip(row) {
        *sum += factor * value;
    }
}

/// Each row of the output is the weights of one score and, last, its bias.
fn output(block: &mut Block, shards: &[Shard], step: Step) {
    let mut gradient = vec![0.0; block.weights.len()];
    for shard in shards {
        for (hidden, slope) in shard.hidden.chunks_exact(HIDDEN).zip(shard.output_slope.chunks_exact(OUTPUT)) {
            for (row, &slope) in gradient.chunks_exact_mut(HIDDEN + 1).zip(slope) {
                if slope != 0.0 {
                    add(&mut row[..HIDDEN], hidden, slope);
                    row[HIDDEN] += slope;
                }
            }
        }
    }
    block.move_all(step, &gradient);
}

/// Moves the embeddings that the batch has read, and no others.
fn embeddings(block: &mut Block, shards: &[Shard], step: Step) {
    let mut reads: Vec<(u32, u32, u32, u32)> = Vec::with_capacity(LANES * SLOTS);
    let slopes: Vec<&[f32]> = shards.iter().flat_map(|shard| shard.input_slope.chunks_exact(INPUT)).collect();
    for (lane, number) in shards.iter().flat_map(|shard| &shard.lanes).zip(0..) {
        let mut at = 0;
        for part in lane.parts() {
            reads.push((part.source as u32, number, at, part.width as u32));
            at += part.width as u32;
        }
    }
    reads.sort_unstable();
    for group in reads.chunk_by(|one, other| one.0 == other.0) {
        let (source, .., width) = group[0];
        let width = width as usize;
        let mut gradient = [0.0; 64];
        for &(_, lane, at, _) in group {
            add(&mut gradient[..width], &slopes[lane as usize][at as usize..][..width], 1.0);
        }
        block.move_part(step, source as usize, &gradient[..width]);
    }
}
