//! The sums that training spends its time on. Every operation and its order is fixed, and a product is added with one
//! rounding on every machine, so results do not depend on the processor.

#![allow(clippy::needless_range_loop, reason = "iterator chains are not inlined into functions with vector features")]

/// Columns that one pass holds in registers.
pub(super) const TILE: usize = 24;
/// Rows that one pass works on.
pub(super) const LANES: usize = 4;

/// Runs a function compiled for the processor's vector units, or plainly where it has none.
macro_rules! vectored {
    ($(#[$doc:meta])* $name:ident, $inner:ident, ($($arg:ident: $type:ty),*)) => {
        $(#[$doc])*
        pub(super) fn $name($($arg: $type),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,fma")]
                fn wide($($arg: $type),*) {
                    $inner($($arg),*)
                }
                if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                    // SAFETY: the processor has the features the function is compiled for.
                    return unsafe { wide($($arg),*) };
                }
            }
            $inner($($arg),*)
        }
    };
}

vectored!(
    /// `c[i] += Σ_k a[i][k] · b[k]`: rows of `depth` times a matrix of `depth` rows of `width`, which comes in tiles, see
    /// [`tiled`]; the rows come in fours.
    multiply, multiply_inner, (a: &[f32], b: &[f32], c: &mut [f32], depth: usize, width: usize)
);

/// Rows of a tile that stay in the nearest cache while all rows of `a` are multiplied with them.
const DEEP: usize = 212;

#[inline(always)]
fn multiply_inner(a: &[f32], b: &[f32], c: &mut [f32], depth: usize, width: usize) {
    let groups = c.len() / (LANES * width);
    let mut all = vec![[[0f32; TILE]; LANES]; groups];
    for (number, tile) in b.chunks_exact(depth * TILE).enumerate() {
        all.fill([[0f32; TILE]; LANES]);
        for start in (0..depth).step_by(DEEP) {
            let end = (start + DEEP).min(depth);
            for group in 0..groups {
                let a = &a[group * LANES * depth..][..LANES * depth];
                let mut sums = all[group];
                for k in start..end {
                    let row: &[f32; TILE] = tile[k * TILE..][..TILE].try_into().expect("its size");
                    for lane in 0..LANES {
                        let factor = a[lane * depth + k];
                        for x in 0..TILE {
                            sums[lane][x] = factor.mul_add(row[x], sums[lane][x]);
                        }
                    }
                }
                all[group] = sums;
            }
        }
        for (group, sums) in all.iter().enumerate() {
            for lane in 0..LANES {
                let at = (group * LANES + lane) * width + number * TILE;
                let out: &mut [f32; TILE] = (&mut c[at..][..TILE]).try_into().expect("its size");
                for x in 0..TILE {
                    out[x] += sums[lane][x];
                }
            }
        }
    }
}

/// Writes the tile of a matrix of rows of `width` that begins with a column: its rows, one after the other.
pub(super) fn tile(matrix: &[f32], width: usize, number: usize, out: &mut [f32]) {
    for (row, out) in matrix.chunks_exact(width).zip(out.chunks_exact_mut(TILE)) {
        out.copy_from_slice(&row[number * TILE..][..TILE]);
    }
}

/// Writes the tile of the turned matrix: its columns are rows of the matrix.
pub(super) fn turned_tile(matrix: &[f32], width: usize, number: usize, out: &mut [f32]) {
    for (x, row) in matrix[number * TILE * width..][..TILE * width].chunks_exact(width).enumerate() {
        for (out, value) in out.chunks_exact_mut(TILE).zip(row) {
            out[x] = *value;
        }
    }
}

vectored!(
    /// `c[k] = Σ_i a[i][from + k] · b[i]` for the `c.len() / width` columns of `a` from `from` on, in fours.
    outer, outer_inner, (a: &[f32], b: &[f32], c: &mut [f32], from: usize, depth: usize, width: usize)
);

#[inline(always)]
fn outer_inner(a: &[f32], b: &[f32], c: &mut [f32], from: usize, depth: usize, width: usize) {
    for (block, c) in c.chunks_exact_mut(LANES * width).enumerate() {
        let first = from + block * LANES;
        for column in (0..width).step_by(TILE) {
            let mut sums = [[0f32; TILE]; LANES];
            for i in 0..b.len() / width {
                let row: &[f32; TILE] = b[i * width + column..][..TILE].try_into().expect("its size");
                let factors: &[f32; LANES] = a[i * depth + first..][..LANES].try_into().expect("four");
                for lane in 0..LANES {
                    for x in 0..TILE {
                        sums[lane][x] = factors[lane].mul_add(row[x], sums[lane][x]);
                    }
                }
            }
            for lane in 0..LANES {
                c[lane * width + column..][..TILE].copy_from_slice(&sums[lane]);
            }
        }
    }
}

/// One step of Adam (Kingma and Ba 2015) with decoupled decay.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// The rate of learning.
    pub rate: f32,
    /// The share of a weight that decays at this rate.
    pub decay: f32,
    /// One over the bias of the first moment.
    pub first: f32,
    /// One over the bias of the second moment.
    pub second: f32,
}

/// How slowly the moments move.
pub(super) const BETA: (f32, f32) = (0.9, 0.98);

vectored!(
    /// Moves weights along their gradient.
    adam, adam_inner, (step: Step, weights: &mut [f32], first: &mut [f32], second: &mut [f32], gradient: &[f32])
);

#[inline(always)]
fn adam_inner(step: Step, weights: &mut [f32], first: &mut [f32], second: &mut [f32], gradient: &[f32]) {
    let count = weights.len();
    let (first, second, gradient) = (&mut first[..count], &mut second[..count], &gradient[..count]);
    for x in 0..count {
        first[x] = BETA.0 * first[x] + (1.0 - BETA.0) * gradient[x];
        second[x] = BETA.1 * second[x] + (1.0 - BETA.1) * gradient[x] * gradient[x];
        let move_by = first[x] * step.first / ((second[x] * step.second).sqrt() + 1e-8);
        weights[x] -= step.rate * (move_by + step.decay * weights[x]);
    }
}

/// e to the power of a number that is not positive; the system's own function differs between systems.
pub(super) fn exp(power: f32) -> f32 {
    if power < -80.0 {
        return 0.0;
    }
    let turns = (power * std::f32::consts::LOG2_E).round();
    let rest = power - turns * std::f32::consts::LN_2;
    let mut sum = 1.0;
    for divisor in [7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0] {
        sum = 1.0 + rest * sum / divisor;
    }
    sum * f32::from_bits(((127 + turns as i32) as u32) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_agree_with_plain_loops() {
        let (rows, depth, width) = (8, 12, 48);
        let value = |seed: usize| ((seed * 37 % 101) as f32 - 50.0) / 50.0;
        let a: Vec<f32> = (0..rows * depth).map(value).collect();
        let b: Vec<f32> = (0..depth * width).map(|seed| value(seed + 7)).collect();
        let mut c = vec![0.0; rows * width];
        let mut tiles = vec![0.0; b.len()];
        for (number, out) in tiles.chunks_exact_mut(depth * TILE).enumerate() {
            tile(&b, width, number, out);
        }
        multiply(&a, &tiles, &mut c, depth, width);
        let mut cross = vec![0.0; 8 * width];
        outer(&a, &c, &mut cross, 4, depth, width);
        let near = |one: f32, other: f32| assert!((one - other).abs() < 1e-2, "{one} {other}");
        for i in 0..rows {
            for j in 0..width {
                near(c[i * width + j], (0..depth).map(|k| a[i * depth + k] * b[k * width + j]).sum());
            }
        }
        for k in 0..8 {
            for j in 0..width {
                near(cross[k * width + j], (0..rows).map(|i| a[i * depth + 4 + k] * c[i * width + j]).sum());
            }
        }
    }

    #[test]
    fn the_exponential_is_close() {
        for step in 0..400 {
            let power = -(step as f32) / 10.0;
            assert!((exp(power) - power.exp()).abs() <= 1e-6 * power.exp().max(1e-3), "{power}");
        }
    }
}
