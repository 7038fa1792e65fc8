//! What was asked for on the command line.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;

use lexopt::prelude::*;

use super::{measure, picture, prove};
use ackground_core::prove::{Bounds, Guarantee};
use ackground_timeline::picture::Wish;

/// What `--help` prints.
pub(super) const HELP: &str = "\
The playground for message delivery guarantees, on the command line.

Usage:
  ackground run EXP [--json | --transcript]
                               simulate every lane and judge what happened
  ackground prove EXP [--faults K] [--messages M] [--kinds LIST] [--expect GUARANTEE] [--json]
                               try every schedule of faults: what each lane guarantees, and the
                               shortest schedule that breaks what it does not
  ackground measure EXP [--messages N] [--json]
                               simulate many runs: rates, prices and times of every lane
  ackground picture EXP [--at TIME] [--theme THEME] [--width PIXELS] [--out FILE]
                               draw what happens in all lanes, as SVG
  ackground link EXP           print the share link: what follows # in the page's address
  ackground grade [--exercise EX] FILE... [--csv | --json]
                               run every submission again and prove it: who solved what
  ackground grade --key EX [--variant SEED]
                               look for a solution with the fewest changes, and print it as a
                               submission
  ackground grade --keys       print the answers to all lessons and exercises, in Markdown; takes
                               minutes
  ackground schema [--exercise]
                               print the JSON Schema of the format of experiments or exercises

EXP is a file, - for standard input, or a share link, such as
payment/at-least-once+atomic/drop-publish-ack-1. EX is the id of a built-in exercise, a file or a
link of an exercise. FILE is a file with a submission or with one to a line, or - for standard input.

Options:
  --json         print the result as one JSON object
  --transcript   run: tell every lane's run event by event
  --messages N   measure: how many messages to simulate in each lane, from 1 to 100000000,
                 usually 100000; runs are not cut short, so it may be a few more
                 prove: how many messages a run has, from 1 to 20, usually 2
  --faults K     the most faults of a schedule, from 0 to 8, usually 2
  --kinds LIST   kinds of fault, with commas between them: drop, duplicate, delay, crash, fail,
                 poison, slow, partition; usually drop,crash,fail,slow
  --expect GUARANTEE
                 what every lane has to keep: at-most-once (never duplicates), at-least-once
                 (never loses), exactly-once (neither), or none (loses and duplicates)
  --exercise EX  grade: the exercise that was set; without it each submission has to be about a
                 built-in one, or brings its own along
  --csv          grade: print the marks as a file for spreadsheets
  --variant SEED grade: the key of this variant
  --at TIME      picture: what comes after this moment is pale; such as 250ms, 2.6s or 2m
  --theme THEME  picture: light (usually), dark, or auto, which is as the reader's system has it
  --width PIXELS picture: from 280 to 2400; lanes that would be too narrow go below one another
  --out FILE     picture: write it there, not to standard output
  -h, --help     print this
  -V, --version  print the version

Exit status: 0 if all went well, 1 if what was expected does not hold, 2 for a bad experiment or
bad arguments.
";

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    Version,
    Schema {
        exercise: bool,
    },
    Grade {
        exercise: Option<OsString>,
        files: Vec<OsString>,
        form: Marks,
    },
    Key {
        exercise: OsString,
        variant: Option<OsString>,
    },
    /// The answers to everything that is built in.
    Keys,
    Link {
        experiment: OsString,
    },
    Run {
        experiment: OsString,
        form: Form,
    },
    Prove {
        experiment: OsString,
        bounds: Bounds,
        expect: Option<Guarantee>,
        json: bool,
    },
    Measure {
        experiment: OsString,
        messages: u64,
        json: bool,
    },
    Picture {
        experiment: OsString,
        wish: Wish,
        file: Option<OsString>,
    },
}

/// In which form a run is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// A table per lane.
    #[default]
    Table,
    /// One JSON object.
    Json,
    /// Event by event.
    Transcript,
}

/// In which form marks are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Marks {
    /// For people.
    #[default]
    Table,
    /// One JSON object.
    Json,
    /// For spreadsheets.
    Csv,
}

/// The commands, and the options with a value that each takes.
const COMMANDS: [(&str, &[&str]); 7] = [
    ("run", &[]),
    ("prove", &["faults", "messages", "kinds", "expect"]),
    ("measure", &["messages"]),
    ("picture", &["at", "theme", "width", "out"]),
    ("link", &[]),
    ("grade", &["exercise", "key", "variant"]),
    ("schema", &[]),
];
/// The commands in a sentence.
const NAMES: &str = "run, prove, measure, picture, link, grade";

/// Understands the arguments, or says what is wrong with them in one sentence.
pub(super) fn parse(
    arguments: impl IntoIterator<Item = impl Into<OsString>>,
) -> Result<Command, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut command = None::<(&str, &[&str])>;
    let (mut files, mut json, mut transcript) = (Vec::new(), false, false);
    let (mut csv, mut of_exercises, mut keys) = (false, false, false);
    let mut values = BTreeMap::new();
    while let Some(argument) = parser.next().map_err(wrong)? {
        let (name, options) = command.unwrap_or(("", &[]));
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            Long("json") if ["run", "prove", "measure", "grade"].contains(&name) => json = true,
            Long("csv") if name == "grade" => csv = true,
            Long("keys") if name == "grade" => keys = true,
            Long("exercise") if name == "schema" => of_exercises = true,
            Long("transcript") if name == "run" => transcript = true,
            Long(option) => match options.iter().find(|known| **known == option) {
                Some(known) => {
                    values.insert(*known, parser.value().map_err(wrong)?);
                }
                None => return Err(wrong(Long(option).unexpected())),
            },
            Value(value) if name.is_empty() => command = Some(command_of(&value)?),
            Value(value) if name == "grade" || (name != "schema" && files.is_empty()) => {
                files.push(value);
            }
            other => return Err(wrong(other.unexpected())),
        }
    }
    let (name, _) =
        command.ok_or_else(|| wrong(format!("a command is missing: {NAMES} or schema")))?;
    if name == "schema" {
        let exercise = of_exercises;
        return Ok(Command::Schema { exercise });
    }
    if name == "grade" {
        let form = match (json, csv) {
            (true, true) => return Err(wrong("--json and --csv do not go together")),
            (true, false) => Marks::Json,
            (false, true) => Marks::Csv,
            (false, false) => Marks::Table,
        };
        return match keys {
            true if files.is_empty() && values.is_empty() && form == Marks::Table => {
                Ok(Command::Keys)
            }
            true => Err(wrong("--keys goes with nothing else")),
            false => grade(files, values, form),
        };
    }
    let experiment = files
        .pop()
        .ok_or_else(|| wrong(format!("{name} needs an experiment: a file, - or a share link")))?;
    let value = |option| values.get(option).map(OsString::as_os_str);
    Ok(match name {
        "link" => Command::Link { experiment },
        "prove" => Command::Prove {
            experiment,
            bounds: prove::bounds(value("faults"), value("messages"), value("kinds"))
                .map_err(wrong)?,
            expect: value("expect").map(prove::guarantee).transpose().map_err(wrong)?,
            json,
        },
        "measure" => Command::Measure {
            experiment,
            messages: measure::messages(value("messages")).map_err(wrong)?,
            json,
        },
        "picture" => Command::Picture {
            experiment,
            wish: picture::wish(value("at"), value("theme"), value("width")).map_err(wrong)?,
            file: value("out").map(ToOwned::to_owned),
        },
        _ => Command::Run {
            experiment,
            form: match (json, transcript) {
                (true, true) => return Err(wrong("--json and --transcript do not go together")),
                (true, false) => Form::Json,
                (false, true) => Form::Transcript,
                (false, false) => Form::Table,
            },
        },
    })
}

/// Marks, or the key to them.
fn grade(
    files: Vec<OsString>,
    mut values: BTreeMap<&str, OsString>,
    form: Marks,
) -> Result<Command, String> {
    let (exercise, variant) = (values.remove("exercise"), values.remove("variant"));
    match values.remove("key") {
        Some(_) if exercise.is_some() || !files.is_empty() || form != Marks::Table => {
            Err(wrong("--key goes with --variant and with nothing else"))
        }
        Some(exercise) => Ok(Command::Key { exercise, variant }),
        None if variant.is_some() => Err(wrong("--variant goes with --key")),
        None if files.is_empty() => {
            Err(wrong("grade needs a submission: a file, or - for standard input"))
        }
        None => Ok(Command::Grade { exercise, files, form }),
    }
}

fn command_of(given: &OsString) -> Result<(&'static str, &'static [&'static str]), String> {
    let known = |command: &&(&str, _)| given.to_str() == Some(command.0);
    COMMANDS.iter().find(known).copied().ok_or_else(|| {
        let given = given.to_string_lossy();
        wrong(format!("{given:?} is not a command; there are {NAMES} and schema"))
    })
}

fn wrong(reason: impl fmt::Display) -> String {
    format!("{reason}. Try ackground --help.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(experiment: &str, form: Form) -> Result<Command, String> {
        let experiment = experiment.into();
        Ok(Command::Run { experiment, form })
    }

    #[test]
    fn options_stand_before_or_behind_what_they_are_about() {
        assert_eq!(parse(["run", "a.json"]), run("a.json", Form::Table));
        assert_eq!(parse(["run", "--json", "-"]), run("-", Form::Json));
        assert_eq!(parse(["run", "-", "--transcript"]), run("-", Form::Transcript));
        assert_eq!(parse(["run", "--", "--json"]), run("--json", Form::Table));
        assert_eq!(parse(["schema"]), Ok(Command::Schema { exercise: false }));
        assert_eq!(parse(["link", "x", "--help"]), Ok(Command::Help));
    }

    #[test]
    fn a_proof_may_say_within_which_bounds_and_what_it_expects() {
        let prove = |bounds, expect| {
            let experiment = "a".into();
            Ok(Command::Prove { experiment, bounds, expect, json: false })
        };
        assert_eq!(parse(["prove", "a"]), prove(Bounds::default(), None));
        let bounds = Bounds { faults: 1, messages: 3, ..Bounds::default() };
        let all = ["prove", "a", "--faults=1", "--messages", "3", "--expect", "at-least-once"];
        assert_eq!(parse(all), prove(bounds, Some(Guarantee::AtLeastOnce)));
    }

    #[test]
    fn a_measurement_may_say_of_how_many_messages() {
        let measure = |messages, json| {
            let experiment = "-".into();
            Ok(Command::Measure { experiment, messages, json })
        };
        assert_eq!(parse(["measure", "-"]), measure(100_000, false));
        let all = ["measure", "--messages=5", "--json", "-"];
        assert_eq!(parse(all), measure(5, true));
    }

    #[test]
    fn any_number_of_submissions_is_graded() {
        let parsed = parse(["grade", "a", "--exercise", "e", "b", "--csv"]);
        let grade = Command::Grade {
            exercise: Some("e".into()),
            files: vec!["a".into(), "b".into()],
            form: Marks::Csv,
        };
        assert_eq!(parsed, Ok(grade));
        let key = Command::Key { exercise: "e".into(), variant: Some("7".into()) };
        assert_eq!(parse(["grade", "--key", "e", "--variant", "7"]), Ok(key));
        assert_eq!(parse(["grade", "--keys"]), Ok(Command::Keys));
        let schema = Command::Schema { exercise: true };
        assert_eq!(parse(["schema", "--exercise"]), Ok(schema));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let wrong: [(&[&str], &str); 21] = [
            (&["grade"], "grade needs a submission"),
            (&["grade", "a", "--key", "e"], "--key goes with"),
            (&["grade", "a", "--keys"], "--keys goes with nothing else"),
            (&["grade", "a", "--variant", "1"], "--variant goes with --key"),
            (&["grade", "a", "--csv", "--json"], "do not go together"),
            (&[], "a command is missing"),
            (&["simulate"], "\"simulate\" is not a command"),
            (&["run"], "run needs an experiment"),
            (&["run", "a", "b"], "unexpected argument \"b\""),
            (&["link", "a", "--json"], "'--json'"),
            (&["measure", "a", "--transcript"], "'--transcript'"),
            (&["run", "a", "--transcript", "--json"], "do not go together"),
            (&["run", "a", "--jsn"], "'--jsn'"),
            (&["run", "a", "--messages", "5"], "'--messages'"),
            (&["measure", "a", "--messages"], "'--messages'"),
            (&["measure", "a", "--messages", "no"], "--messages \"no\""),
            (&["schema", "a"], "unexpected argument \"a\""),
            (&["run", "a", "--faults", "1"], "'--faults'"),
            (&["prove"], "prove needs an experiment"),
            (&["prove", "a", "--faults"], "missing argument"),
            (&["prove", "a", "--expect", "always"], "--expect \"always\" is not a guarantee"),
        ];
        for (arguments, reason) in wrong {
            let told = parse(arguments).expect_err(reason);
            assert!(told.contains(reason), "{arguments:?}: {told}");
        }
    }
}
