//! Many threads compute, one writes, and the order stays that of the input.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::error::Result;

/// Items on their way at most, for each thread: enough to keep all busy while one works on a long document.
const WINDOW: usize = 16;

/// Maps items on `jobs` threads and hands the results to `sink` in the order of the items.
///
/// `worker` makes the function of one thread. Reading has a thread of its own. Memory is bounded: no more than
/// [`WINDOW`] items a thread are read, worked on or waiting for their turn.
///
/// # Errors
/// What `sink` returns first; no more items are read then.
pub(super) fn ordered<T: Send, R: Send, W: FnMut(T) -> R>(
    items: impl Iterator<Item = T> + Send,
    jobs: NonZero<usize>,
    worker: impl Fn() -> W + Sync,
    mut sink: impl FnMut(R) -> Result<()>,
) -> Result<()> {
    if jobs.get() == 1 {
        let mut work = worker();
        return items.into_iter().try_for_each(|item| sink(work(item)));
    }
    let window = WINDOW * jobs.get();
    let (tickets, ticket) = mpsc::sync_channel(window);
    let (to_workers, from_reader) = mpsc::sync_channel(window);
    let (to_sink, from_workers) = mpsc::sync_channel(window);
    let from_reader = Mutex::new(from_reader);
    thread::scope(|scope| {
        scope.spawn(move || {
            for numbered in items.enumerate() {
                // A ticket is given back when a result is written; none can be had once writing has failed.
                if tickets.send(()).is_err() || to_workers.send(numbered).is_err() {
                    return;
                }
            }
        });
        for _ in 0..jobs.get() {
            let (worker, from_reader, to_sink) = (&worker, &from_reader, to_sink.clone());
            scope.spawn(move || {
                let mut work = worker();
                while let Some((number, item)) = receive(from_reader) {
                    if to_sink.send((number, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(to_sink);
        // Moved in, so that leaving early drops them and stops the threads.
        let (ticket, from_workers) = (ticket, from_workers);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (number, result) in from_workers {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&next) {
                sink(result)?;
                // The reader put this ticket in before the item set off.
                let _ = ticket.recv();
                next += 1;
            }
        }
        Ok(())
    })
}

/// The next item; a thread that panicked while it held the lock has left the channel whole.
fn receive<T>(channel: &Mutex<Receiver<T>>) -> Option<T> {
    channel.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
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
            ordered(0..2000, jobs(count), || uneven, keep).unwrap();
            assert_eq!(found, expected, "{count} threads");
        }
    }

    #[test]
    fn a_failing_sink_ends_the_run() {
        for count in [1, 3] {
            let mut written = 0;
            let fail_late = |_| {
                written += 1;
                if written == 10 { Err(Error::input("full")) } else { Ok(()) }
            };
            let result = ordered(0.., jobs(count), || |item: u64| item, fail_late);
            assert!(result.is_err() && written == 10);
        }
    }
}
