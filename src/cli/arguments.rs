//! What was asked for on the command line.

use std::ffi::OsString;
use std::fmt;

use lexopt::prelude::*;

use super::measure;

/// What `--help` prints.
pub(super) const HELP: &str = "\
The playground for message delivery guarantees, on the command line.

Usage:
  ackground run EXP [--json]   simulate every lane and judge what happened
  ackground measure EXP [--messages N] [--json]
                               simulate many runs: rates, prices and times of every lane
  ackground link EXP           print the share link: what follows # in the page's address
  ackground schema             print the JSON Schema of the format

EXP is a file, - for standard input, or a share link.

Options:
  --json         print the result as one JSON object
  --messages N   how many messages to simulate in each lane: from 1 to 100000000, usually
                 100000; runs are not cut short, so it may be a few more
  -h, --help     print this
  -V, --version  print the version

Exit status: 0 if all went well, 2 for a bad experiment or bad arguments.
";

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    Version,
    Schema,
    Link {
        experiment: OsString,
    },
    Run {
        experiment: OsString,
        json: bool,
    },
    Measure {
        experiment: OsString,
        messages: u64,
        json: bool,
    },
}

/// Understands the arguments, or says what is wrong with them in one sentence.
pub(super) fn parse(
    arguments: impl IntoIterator<Item = impl Into<OsString>>,
) -> Result<Command, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut name, mut experiment, mut json) = (None::<String>, None, false);
    let mut messages = None;
    while let Some(argument) = parser.next().map_err(wrong)? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            Long("json") if matches!(name.as_deref(), Some("run" | "measure")) => json = true,
            Long("messages") if name.as_deref() == Some("measure") => {
                messages = Some(parser.value().map_err(wrong)?);
            }
            Value(value) => match name.as_deref() {
                None => name = Some(command_name(&value)?),
                Some("run" | "measure" | "link") if experiment.is_none() => {
                    experiment = Some(value)
                }
                Some(_) => return Err(wrong(Value(value).unexpected())),
            },
            other => return Err(wrong(other.unexpected())),
        }
    }
    let name = name.ok_or_else(|| wrong("a command is missing: run, measure, link or schema"))?;
    let experiment = || {
        experiment.ok_or_else(|| {
            wrong(format!(
                "{name} needs an experiment: a file, - or a share link"
            ))
        })
    };
    match name.as_str() {
        "schema" => Ok(Command::Schema),
        "link" => Ok(Command::Link {
            experiment: experiment()?,
        }),
        "measure" => Ok(Command::Measure {
            experiment: experiment()?,
            messages: measure::messages(messages.as_deref()).map_err(wrong)?,
            json,
        }),
        _ => Ok(Command::Run {
            experiment: experiment()?,
            json,
        }),
    }
}

fn command_name(given: &OsString) -> Result<String, String> {
    match given.to_str() {
        Some(name @ ("run" | "measure" | "link" | "schema")) => Ok(name.to_owned()),
        Some(name @ "prove") => Err(format!("\"{name}\" comes with the next release.")),
        _ => {
            let given = given.to_string_lossy();
            Err(wrong(format!(
                "{given:?} is not a command; there are run, measure, link and schema"
            )))
        }
    }
}

fn wrong(reason: impl fmt::Display) -> String {
    format!("{reason}. Try ackground --help.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(experiment: &str, json: bool) -> Result<Command, String> {
        let experiment = experiment.into();
        Ok(Command::Run { experiment, json })
    }

    #[test]
    fn options_stand_before_or_behind_what_they_are_about() {
        assert_eq!(parse(["run", "a.json"]), run("a.json", false));
        assert_eq!(parse(["run", "--json", "-"]), run("-", true));
        assert_eq!(parse(["run", "-", "--json"]), run("-", true));
        assert_eq!(parse(["run", "--", "--json"]), run("--json", false));
        assert_eq!(parse(["schema"]), Ok(Command::Schema));
        assert_eq!(parse(["link", "x", "--help"]), Ok(Command::Help));
    }

    #[test]
    fn a_measurement_may_say_of_how_many_messages() {
        let measure = |messages, json| {
            let experiment = "-".into();
            Ok(Command::Measure {
                experiment,
                messages,
                json,
            })
        };
        assert_eq!(parse(["measure", "-"]), measure(100_000, false));
        let all = ["measure", "--messages=5", "--json", "-"];
        assert_eq!(parse(all), measure(5, true));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let wrong: [(&[&str], &str); 11] = [
            (&[], "a command is missing"),
            (&["simulate"], "\"simulate\" is not a command"),
            (&["run"], "run needs an experiment"),
            (&["run", "a", "b"], "unexpected argument \"b\""),
            (&["link", "a", "--json"], "'--json'"),
            (&["run", "a", "--jsn"], "'--jsn'"),
            (&["run", "a", "--messages", "5"], "'--messages'"),
            (&["measure", "a", "--messages"], "'--messages'"),
            (&["measure", "a", "--messages", "no"], "--messages \"no\""),
            (&["schema", "a"], "unexpected argument \"a\""),
            (&["prove", "a"], "\"prove\" comes with the next release."),
        ];
        for (arguments, reason) in wrong {
            let told = parse(arguments).expect_err(reason);
            assert!(told.contains(reason), "{arguments:?}: {told}");
        }
    }
}
