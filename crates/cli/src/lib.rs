//! The command line: the same core, native, for experiments kept in a repository, for marking submissions in bulk,
//! for scripts and for tests.
//!
//! This crate turns arguments into text on a stream and an exit status; it simulates and judges nothing
//! itself. Its streams are parameters, so all of it can be tested without spawning a process.
//!
//! | file | owns |
//! |---|---|
//! | `arguments` | the command-line interface |
//! | `grade` | `ackground grade` |
//! | `input` | reading an experiment from a file, standard input or a share link |
//! | `measure` | many runs on all cores, and their figures |
//! | `picture` | `ackground picture` |
//! | `prove` | `ackground prove` |
//! | `record` | the result of a run as JSON |
//! | `table` | the result of a run as a table |

mod arguments;
mod grade;
mod input;
mod measure;
mod picture;
mod prove;
mod record;
mod table;

use std::ffi::OsString;
use std::io::{self, Read, Write};

use ackground_core::experiment::{self, Experiment};
use ackground_core::prove::Bounds;
use ackground_core::{audit, sim};
use ackground_timeline::picture::PictureOptions;
use ackground_words::story;
use arguments::{Command, Grade};

/// How a command ended, as an exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// It succeeded: status 0.
    Done,
    /// An expectation does not hold: status 1.
    Broken,
    /// The experiment or the arguments are invalid, or the result could not be written: status 2.
    Refused,
}

impl Status {
    /// The exit status of the process.
    pub const fn code(self) -> u8 {
        match self {
            Status::Done => 0,
            Status::Broken => 1,
            Status::Refused => 2,
        }
    }
}

/// Runs one command. `arguments` exclude the program's name; results go to `out`, the reason for a failure to
/// `err`.
///
/// A reader that closes `out` early (`ackground run … | head`) has all it wanted: that is not an error.
///
/// ```
/// use ackground_cli::{Status, run};
///
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// let experiment = br#"{"version": 1, "lanes": [{"name": "Plain"}]}"#;
/// let status = run(["run", "-"], &mut &experiment[..], &mut out, &mut err);
/// assert_eq!(status, Status::Done);
/// assert!(out.starts_with(b"Plain: 30000 of 30000 EUR"));
/// ```
pub fn run(
    arguments: impl IntoIterator<Item = impl Into<OsString>>,
    stdin: &mut dyn Read,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Status {
    let result = match arguments::parse(arguments) {
        Ok(command) => result_of(command, stdin),
        Err(wrong) if wrong.use_stderr() => Err(reason(&wrong)),
        Err(asked) => Ok(asked.to_string().into()),
    };
    let (status, reason) = match result {
        Ok(told) => match out.write_all(told.text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                (Status::Refused, format!("the result could not be written: {error}"))
            }
            _ => match told.broken {
                None => return Status::Done,
                Some(reason) => (Status::Broken, reason),
            },
        },
        Err(reason) => (Status::Refused, reason),
    };
    // If standard error is closed too, the status still tells.
    let _ = writeln!(err, "ackground: {reason}");
    status
}

/// The output of a command.
struct Told {
    text: String,
    /// The expectation that does not hold.
    broken: Option<String>,
}

impl From<String> for Told {
    fn from(text: String) -> Told {
        Told { text, broken: None }
    }
}

/// What is wrong with the arguments, in clap's words.
fn reason(wrong: &clap::Error) -> String {
    let told = wrong.to_string();
    told.trim_start_matches("error: ").trim_end().to_owned()
}

/// The output of a command, or why it failed.
fn result_of(command: Command, stdin: &mut dyn Read) -> Result<Told, String> {
    let text = match command {
        Command::Run { input, transcript: true, .. } => transcripts(&input.read(stdin)?),
        Command::Run { input, json, .. } => {
            let experiment = input.read(stdin)?;
            let runs: Vec<Run> = (0..experiment.lanes.len())
                .map(|lane| {
                    let trace = sim::simulate(&experiment, lane);
                    let report = audit::judge(&experiment, &trace);
                    Run { report, end: trace.end, unfired: trace.unfired }
                })
                .collect();
            let write = if json { record::write } else { table::write };
            write(&experiment, &runs)
        }
        Command::Prove { input, faults, messages, kinds, expect, json } => {
            let bounds = Bounds { faults, messages, kinds, ..Bounds::default() };
            return Ok(prove::run(&input.read(stdin)?, bounds, expect, json));
        }
        Command::Measure { input, messages, json } => {
            measure::run(&input.read(stdin)?, messages, json)
        }
        Command::Picture { input, at, theme, width, out } => picture::draw(
            &input.read(stdin)?,
            &PictureOptions { at, theme, width },
            out.as_deref(),
        )?,
        Command::Link { input } => input.read(stdin)?.to_link() + "\n",
        Command::Grade(Grade { keys: true, .. }) => grade::keys(),
        Command::Grade(Grade { key: Some(exercise), variant, .. }) => {
            return grade::key(&exercise, variant, stdin);
        }
        Command::Grade(asked) => grade::run(&asked, stdin)?,
        Command::Schema { exercise: false } => experiment::schema::text() + "\n",
        Command::Schema { exercise: true } => grade::schema(),
        Command::Completions { shell } => arguments::completions(shell),
    };
    Ok(text.into())
}

/// The transcript of every lane, one after the other.
fn transcripts(experiment: &Experiment) -> String {
    let told = (0..experiment.lanes.len()).map(|lane| {
        let trace = sim::simulate(experiment, lane);
        let report = audit::judge(experiment, &trace);
        table::lines_shown(&story::written(experiment, lane, &trace, &report))
    });
    told.collect::<Vec<_>>().join("\n")
}

/// The run of one lane.
struct Run {
    report: audit::Report,
    end: sim::End,
    /// Script lines that did not fire, by their index in the script.
    unfired: Vec<usize>,
}
