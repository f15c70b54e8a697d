//! Many threads compute, one writes, and the order stays that of the input.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use crate::error::Result;

/// Items on their way at most, for each thread: enough to keep all busy while one works on a long document.
const WINDOW: usize = 16;
/// What the items on their way weigh at most, for each thread; one that is heavier goes alone.
const WEIGHT: usize = 1 << 20;

/// Maps items on `jobs` threads and hands the results to `sink` in the order of the items.
///
/// `worker` makes the function of one thread. Reading has a thread of its own. Memory is bounded: no more than
/// [`WINDOW`] items a thread, which `weigh` no more than [`WEIGHT`], are worked on or waiting for their turn.
///
/// # Errors
/// What `sink` returns first; no more items are read then.
pub(super) fn ordered<T: Send, R: Send, W: FnMut(T) -> R>(
    items: impl Iterator<Item = T> + Send,
    jobs: NonZero<usize>,
    weigh: impl Fn(&T) -> usize + Send,
    worker: impl Fn() -> W + Sync,
    mut sink: impl FnMut(R) -> Result<()>,
) -> Result<()> {
    if jobs.get() == 1 {
        let mut work = worker();
        return items.into_iter().try_for_each(|item| sink(work(item)));
    }
    let window = WINDOW * jobs.get();
    let scales = Scales { window, most: WEIGHT * jobs.get(), load: Mutex::default(), lighter: Condvar::new() };
    let scales = &scales;
    let (to_workers, from_reader) = mpsc::sync_channel(window);
    let (to_sink, from_workers) = mpsc::sync_channel(window);
    let from_reader = Mutex::new(from_reader);
    thread::scope(|scope| {
        scope.spawn(move || {
            for (number, item) in items.enumerate() {
                let weight = weigh(&item);
                if !scales.add(weight) || to_workers.send((number, weight, item)).is_err() {
                    return;
                }
            }
        });
        for _ in 0..jobs.get() {
            let (worker, from_reader, to_sink) = (&worker, &from_reader, to_sink.clone());
            scope.spawn(move || {
                let mut work = worker();
                while let Some((number, weight, item)) = receive(from_reader) {
                    if to_sink.send((number, weight, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(to_sink);
        // Moved in, so that leaving early drops it and stops the threads.
        let from_workers = from_workers;
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (number, weight, result) in from_workers {
            waiting.insert(number, (weight, result));
            while let Some((weight, result)) = waiting.remove(&next) {
                if let Err(error) = sink(result) {
                    scales.close();
                    return Err(error);
                }
                scales.take(weight);
                next += 1;
            }
        }
        Ok(())
    })
}

/// What the items on their way weigh.
struct Scales {
    window: usize,
    most: usize,
    load: Mutex<Load>,
    lighter: Condvar,
}

#[derive(Default)]
struct Load {
    items: usize,
    weight: usize,
    closed: bool,
}

impl Scales {
    /// Waits until there is room for an item and adds it; `false` when no more are wanted.
    fn add(&self, weight: usize) -> bool {
        let full = |load: &mut Load| {
            let heavy = load.items > 0 && load.weight + weight > self.most;
            !load.closed && (load.items >= self.window || heavy)
        };
        let load = self.load.lock().unwrap_or_else(PoisonError::into_inner);
        let mut load = self.lighter.wait_while(load, full).unwrap_or_else(PoisonError::into_inner);
        load.items += 1;
        load.weight += weight;
        !load.closed
    }

    fn take(&self, weight: usize) {
        let mut load = self.load.lock().unwrap_or_else(PoisonError::into_inner);
        load.items -= 1;
        load.weight -= weight;
        self.lighter.notify_one();
    }

    fn close(&self) {
        self.load.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.lighter.notify_one();
    }
}

/// The next item; a thread that panicked while it held the lock has left the channel whole.
fn receive<T>(channel: &Mutex<Receiver<T>>) -> Option<T> {
    channel.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::error::Error;

    fn jobs(count: usize) -> NonZero<usize> {
        NonZero::new(count).unwrap()
    }

    #[test]
    fn order_is_kept_whatever_the_number_of_threads() {
        let expected: Vec<u64> = (0..2000).map(|item| item * 2).collect();
        for count in [1, 2, 5] {
            let mut found = Vec::new();
            // Some items take longer than others.
            let uneven = |item: u64| {
                (0..(item % 7) * 2000).fold(item * 2, |value, step| std::hint::black_box(value ^ step) ^ step)
            };
            let keep = |result| {
                found.push(result);
                Ok(())
            };
            ordered(0..2000, jobs(count), |_| 1, || uneven, keep).unwrap();
            assert_eq!(found, expected, "{count} threads");
        }
    }

    #[test]
    fn heavy_items_wait_for_room() {
        let under_way = AtomicUsize::new(0);
        let (mut items, mut worst) = (0, 0);
        let made = (0..50).inspect(|_| {
            under_way.fetch_add(1, Ordering::SeqCst);
        });
        let keep = |_| {
            worst = worst.max(under_way.fetch_sub(1, Ordering::SeqCst));
            items += 1;
            Ok(())
        };
        ordered(made, jobs(3), |_| WEIGHT * 2, || |item: u64| item, keep).unwrap();
        // One under way, and the next one waiting for room.
        assert!(items == 50 && worst <= 2, "{items} {worst}");
    }

    #[test]
    fn a_failing_sink_ends_the_run() {
        for count in [1, 3] {
            let mut written = 0;
            let fail_late = |_| {
                written += 1;
                if written == 10 { Err(Error::input("full")) } else { Ok(()) }
            };
            let result = ordered(0.., jobs(count), |_| 1, || |item: u64| item, fail_late);
            assert!(result.is_err() && written == 10);
        }
    }
}
