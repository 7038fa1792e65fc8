//! What was asked for on the command line.

use std::ffi::OsString;
use std::fmt;

use lexopt::prelude::*;

/// What `--help` prints.
pub(super) const HELP: &str = "\
The playground for message delivery guarantees, on the command line.

Usage:
  ackground run EXP [--json]   simulate every lane and judge what happened
  ackground link EXP           print the share link: what follows # in the page's address
  ackground schema             print the JSON Schema of the format

EXP is a file, - for standard input, or a share link.

Options:
  --json         print the result of a run as one JSON object
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
    Link { experiment: OsString },
    Run { experiment: OsString, json: bool },
}

/// Understands the arguments, or says what is wrong with them in one sentence.
pub(super) fn parse(
    arguments: impl IntoIterator<Item = impl Into<OsString>>,
) -> Result<Command, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut name, mut experiment, mut json) = (None::<String>, None, false);
    while let Some(argument) = parser.next().map_err(wrong)? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            Long("json") if name.as_deref() == Some("run") => json = true,
            Value(value) => match name.as_deref() {
                None => name = Some(command_name(&value)?),
                Some("run" | "link") if experiment.is_none() => experiment = Some(value),
                Some(_) => return Err(wrong(Value(value).unexpected())),
            },
            other => return Err(wrong(other.unexpected())),
        }
    }
    let name = name.ok_or_else(|| wrong("a command is missing: run, link or schema"))?;
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
        _ => Ok(Command::Run {
            experiment: experiment()?,
            json,
        }),
    }
}

fn command_name(given: &OsString) -> Result<String, String> {
    match given.to_str() {
        Some(name @ ("run" | "link" | "schema")) => Ok(name.to_owned()),
        Some(name @ ("prove" | "measure")) => {
            Err(format!("\"{name}\" comes with the next release."))
        }
        _ => {
            let given = given.to_string_lossy();
            Err(wrong(format!(
                "{given:?} is not a command; there are run, link and schema"
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
    fn what_is_not_understood_is_named() {
        let wrong: [(&[&str], &str); 8] = [
            (&[], "a command is missing"),
            (&["simulate"], "\"simulate\" is not a command"),
            (&["run"], "run needs an experiment"),
            (&["run", "a", "b"], "unexpected argument \"b\""),
            (&["link", "a", "--json"], "'--json'"),
            (&["run", "a", "--jsn"], "'--jsn'"),
            (&["schema", "a"], "unexpected argument \"a\""),
            (&["prove", "a"], "\"prove\" comes with the next release."),
        ];
        for (arguments, reason) in wrong {
            let told = parse(arguments).expect_err(reason);
            assert!(told.contains(reason), "{arguments:?}: {told}");
        }
    }
}
