//! How much of the input is read, for those who wait.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Counts the bytes of the input files, compressed as they are, while a reader goes through them.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<Gauge>);

#[derive(Debug, Default)]
struct Gauge {
    read: AtomicU64,
    total: AtomicU64,
    /// Standard input has no size.
    unknown: AtomicBool,
}

impl Meter {
    /// The share of the input that is read, from 0 to 1; `None` where nobody knows how much there is.
    pub fn share(&self) -> Option<f64> {
        let total = self.0.total.load(Ordering::Relaxed);
        let known = total > 0 && !self.0.unknown.load(Ordering::Relaxed);
        known.then(|| (self.0.read.load(Ordering::Relaxed) as f64 / total as f64).min(1.0))
    }

    pub(super) fn expect(&self, bytes: Option<u64>) {
        match bytes {
            Some(bytes) => _ = self.0.total.fetch_add(bytes, Ordering::Relaxed),
            None => self.0.unknown.store(true, Ordering::Relaxed),
        }
    }

    pub(super) fn add(&self, bytes: usize) {
        self.0.read.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// Bytes that are counted as they are consumed.
pub(super) struct Metered<R> {
    pub from: R,
    pub meter: Meter,
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.from.read(buffer)?;
        self.meter.add(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.from.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.meter.add(amount);
        self.from.consume(amount);
    }
}
