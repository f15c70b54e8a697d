//! Ctrl-C and the polite forms of kill: the documents under way are finished, and what is written can be gone on with.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use super::warn;
use crate::error::{Error, Result};

static ASKED: AtomicBool = AtomicBool::new(false);

/// Notes from now on that the user asks to stop, instead of ending at once. Who asks twice does not want to wait.
pub(super) fn listen() -> Result<()> {
    let handler = || {
        if ASKED.swap(true, Ordering::SeqCst) {
            #[allow(clippy::exit, reason = "the user has asked for it twice")]
            std::process::exit(STATUS.into());
        }
        if io::stderr().is_terminal() {
            // Below the line that says how the run goes, behind which the terminal has put ^C.
            let _ = writeln!(io::stderr());
        }
        warn("finishing the documents under way; press Ctrl-C again to end at once");
    };
    ctrlc::set_handler(handler).map_err(|error| Error::usage(format!("Ctrl-C cannot be listened to: {error}")))
}

/// Whether the user has asked to stop.
pub(super) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// The exit status of a run that was stopped, as shells give it to what Ctrl-C ended.
pub(super) const STATUS: u8 = 130;
