//! The program: parse the arguments, run, exit.

use std::process::ExitCode;

fn main() -> ExitCode {
    factwire::cli::run()
}
