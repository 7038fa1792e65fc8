//! The command-line interface: every command, option, bound and default, in one place. Parsing, help,
//! suggestions and completions all follow from it through clap.

use std::ffi::OsString;
use std::ops::RangeInclusive;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser};
use clap_complete::Shell;

use super::input::Input;
use super::picture::moment;
use ackground_core::experiment::GREATEST_SEED;
use ackground_core::measure;
use ackground_core::prove::{Bounds, Guarantee, Kinds};
use ackground_core::sim::Time;
use ackground_timeline::picture::{NARROWEST, Theme, WIDEST};

/// The playground for message delivery guarantees, on the command line.
#[derive(Clone, Debug, PartialEq, Eq, Parser)]
#[command(
    name = "ackground",
    bin_name = "ackground",
    version,
    no_binary_name = true,
    // A missing command is reported like any other mistake.
    arg_required_else_help = false,
    // Later options win, so that a script can append its own to another's.
    args_override_self = true,
    max_term_width = 100,
    after_help = "Exit status: 0 if all went well, 1 if an expectation does not hold, \
                  2 for a bad experiment or bad arguments."
)]
pub(super) enum Command {
    /// Simulate every lane and judge what happened.
    Run {
        #[command(flatten)]
        input: Input,
        /// Print the result as one JSON object.
        #[arg(long)]
        json: bool,
        /// Tell every lane's run event by event.
        #[arg(long, conflicts_with = "json")]
        transcript: bool,
    },
    /// Try every schedule of faults: what each lane guarantees, and the shortest schedule that
    /// breaks what it does not.
    Prove {
        #[command(flatten)]
        input: Input,
        /// The most faults of a schedule, from 0 to 8.
        #[arg(long, value_name = "K", default_value_t = Bounds::default().faults,
            value_parser = within::<u8>(0..=Bounds::MOST_FAULTS.into()), allow_negative_numbers = true)]
        faults: u8,
        /// How many messages a run has, from 1 to 20.
        #[arg(long, value_name = "M", default_value_t = Bounds::default().messages,
            value_parser = within::<u16>(1..=Bounds::MOST_MESSAGES.into()), allow_negative_numbers = true)]
        messages: u16,
        #[arg(long, value_name = "LIST", default_value_t = Kinds::default(), value_parser = kinds,
            help = format!("Kinds of fault, with commas between them: {}", all_kinds()))]
        kinds: Kinds,
        /// What every lane has to keep: at-most-once (never duplicates), at-least-once (never
        /// loses), exactly-once (neither), or none (loses and duplicates).
        #[arg(long, value_name = "GUARANTEE", hide_possible_values = true,
            value_parser = one_of(Guarantee::ALL, Guarantee::word))]
        expect: Option<Guarantee>,
        /// Print the result as one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Simulate many runs: rates, prices and times of every lane.
    Measure {
        #[command(flatten)]
        input: Input,
        /// How many messages to simulate in each lane, from 1 to 100000000; runs are not cut short,
        /// so it may be a few more.
        #[arg(long, value_name = "N", default_value_t = measure::USUAL_MESSAGES,
            value_parser = within::<u64>(1..=measure::MOST_MESSAGES), allow_negative_numbers = true)]
        messages: u64,
        /// Print the result as one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Draw what happens in all lanes, as SVG.
    Picture {
        #[command(flatten)]
        input: Input,
        /// What comes after this moment is pale; such as 250ms, 2.6s or 2m.
        #[arg(long, value_name = "TIME", allow_hyphen_values = true,
            value_parser = |text: &str| moment(text).ok_or("expected a time such as 250ms, 2.6s or 2m"))]
        at: Option<Time>,
        /// Its colours; auto is as the reader's system has it.
        #[arg(long, default_value = Theme::default().word(),
            value_parser = one_of(Theme::ALL, Theme::word))]
        theme: Theme,
        /// From 280 to 2400; lanes that would be too narrow go below one another.
        #[arg(long, value_name = "PIXELS", allow_negative_numbers = true,
            value_parser = within::<u16>(NARROWEST.into()..=WIDEST.into()))]
        width: Option<u16>,
        /// Write it there, not to standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<OsString>,
    },
    /// Print the share link: what follows # in the page's address.
    Link {
        #[command(flatten)]
        input: Input,
    },
    /// Run every submission again and prove it, or look for a solution of an exercise.
    Grade(Grade),
    /// Print the JSON Schema of experiments, or of exercises.
    Schema {
        /// Print that of exercises.
        #[arg(long)]
        exercise: bool,
    },
    /// Print a script that completes commands and options in a shell.
    Completions {
        /// The shell: bash, elvish, fish, powershell or zsh.
        #[arg(hide_possible_values = true)]
        shell: Shell,
    },
}

/// Options that conflict with a key. They repeat it for `--variant`, since clap waives `requires` on a conflict.
const MARKING: [&str; 4] = ["files", "exercise", "json", "csv"];

#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
#[command(override_usage = "ackground grade [--exercise EX] FILE... [--csv | --json]
       ackground grade --key EX [--variant SEED]
       ackground grade --keys")]
pub(super) struct Grade {
    /// Files with a submission or with one to a line, or - for standard input.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<OsString>,
    /// The exercise that was set: the ID of a built-in one, a file or a link. Without it each
    /// submission has to be about a built-in one, or contain its own.
    #[arg(long, value_name = "EX")]
    pub exercise: Option<OsString>,
    /// Print the marks as one JSON object.
    #[arg(long)]
    pub json: bool,
    /// Print the marks as a file for spreadsheets.
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Look for a solution of this exercise with the fewest changes, and print it as a submission.
    #[arg(long, value_name = "EX", conflicts_with_all = MARKING)]
    pub key: Option<OsString>,
    /// The key of this variant, from 0 to 9007199254740991.
    #[arg(long, value_name = "SEED", requires = "key", conflicts_with_all = MARKING,
        allow_negative_numbers = true, value_parser = within::<u64>(0..=GREATEST_SEED))]
    pub variant: Option<u64>,
    /// Print the answers to all lessons and exercises, in Markdown; takes minutes.
    #[arg(long, exclusive = true)]
    pub keys: bool,
}

/// Parses the arguments. An `Err` may also be the help that was asked for.
pub(super) fn parse(
    arguments: impl IntoIterator<Item = impl Into<OsString>>,
) -> Result<Command, clap::Error> {
    Command::try_parse_from(arguments.into_iter().map(Into::into)).map_err(|mut wrong| {
        if let Some(allowed) = allowed(&wrong) {
            wrong.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![allowed.into()]));
        }
        wrong
    })
}

/// The allowed values, where clap only names the wrong one.
fn allowed(wrong: &clap::Error) -> Option<String> {
    let mut program = Command::command();
    program.build();
    match (wrong.kind(), wrong.get(ContextKind::InvalidArg)) {
        (ErrorKind::InvalidSubcommand, _) => {
            let names: Vec<_> = program.get_subcommands().map(clap::Command::get_name).collect();
            Some(format!("the commands are {}", names.join(", ")))
        }
        (ErrorKind::MissingRequiredArgument, Some(ContextValue::Strings(missing))) => {
            let mut arguments = program.get_subcommands().flat_map(clap::Command::get_arguments);
            let missing = arguments.find(|one| missing.contains(&one.to_string()))?;
            Some(format!("{missing}: {}", missing.get_help()?))
        }
        _ => None,
    }
}

/// The completion script for a shell.
pub(super) fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Command::command(), "ackground", &mut script);
    String::from_utf8(script).expect("our words are Unicode")
}

/// Parses a whole number within these bounds. Clap's own range parser does not name them for a missing number.
fn within<N: TryFrom<u64> + Clone + Send + Sync + 'static>(
    allowed: RangeInclusive<u64>,
) -> impl TypedValueParser<Value = N> {
    move |text: &str| {
        let number = text.parse().ok().filter(|number| allowed.contains(number));
        number.and_then(|number| N::try_from(number).ok()).ok_or_else(|| {
            format!("expected a whole number from {} to {}", allowed.start(), allowed.end())
        })
    }
}

/// Parses one of these values by its word, which also feeds suggestions and completions.
fn one_of<T: Copy + Send + Sync + 'static, const N: usize>(
    all: [T; N],
    word: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.map(word)).map(move |given| {
        let one = all.into_iter().find(|one| word(*one) == given);
        one.expect("only these words get past the parser")
    })
}

fn all_kinds() -> String {
    Kinds::ALL.to_string().replace(',', ", ")
}

fn kinds(text: &str) -> Result<Kinds, String> {
    match text.parse() {
        Ok(Kinds::NONE) => Err(format!("no kind of fault is named; there are {}", Kinds::ALL)),
        kinds => kinds.map_err(|unknown| unknown.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Command {
        parse(line.split(' ')).unwrap_or_else(|wrong| panic!("{line}: {wrong}"))
    }

    fn input(name: &str) -> Input {
        Input { experiment: name.into() }
    }

    #[test]
    fn the_declaration_is_sound() {
        Command::command().debug_assert();
    }

    #[test]
    fn options_stand_before_or_behind_what_they_are_about_and_the_last_one_counts() {
        let run = |name, json, transcript| Command::Run { input: input(name), json, transcript };
        assert_eq!(read("run a.json"), run("a.json", false, false));
        assert_eq!(read("run --json -"), run("-", true, false));
        assert_eq!(read("run - --transcript"), run("-", false, true));
        assert_eq!(read("run -- --json"), run("--json", false, false));
        assert_eq!(read("schema"), Command::Schema { exercise: false });
        assert_eq!(read("schema --exercise"), Command::Schema { exercise: true });
        let measure = |messages, json| Command::Measure { input: input("-"), messages, json };
        assert_eq!(read("measure -"), measure(measure::USUAL_MESSAGES, false));
        assert_eq!(read("measure --messages=5 --json -"), measure(5, true));
        assert_eq!(
            read("measure --messages 5 - --messages 100000000"),
            measure(100_000_000, false)
        );
    }

    #[test]
    fn a_proof_may_say_within_which_bounds_and_what_it_expects() {
        let prove = |bounds: Bounds, expect| {
            let Bounds { faults, messages, kinds, .. } = bounds;
            Command::Prove { input: input("a"), faults, messages, kinds, expect, json: false }
        };
        assert_eq!(read("prove a"), prove(Bounds::default(), None));
        let kinds = "drop,slow".parse().expect("they are kinds");
        let bounds = Bounds { faults: 1, messages: 3, kinds, ..Bounds::default() };
        let asked = "prove a --faults=1 --messages 3 --kinds drop,slow --expect at-least-once";
        assert_eq!(read(asked), prove(bounds, Some(Guarantee::AtLeastOnce)));
    }

    #[test]
    fn a_picture_may_say_what_it_should_be_like() {
        let picture =
            |at, theme, width, out| Command::Picture { input: input("a"), at, theme, width, out };
        assert_eq!(read("picture a"), picture(None, Theme::default(), None, None));
        let all = picture(moment("1s"), Theme::Auto, Some(640), Some("b.svg".into()));
        assert_eq!(read("picture a --at 1s --theme auto --width 640 --out b.svg"), all);
    }

    #[test]
    fn any_number_of_submissions_is_graded() {
        let files = vec!["a".into(), "b".into()];
        let grade = Grade { exercise: Some("e".into()), files, csv: true, ..Grade::default() };
        assert_eq!(read("grade a --exercise e b --csv"), Command::Grade(grade));
        let key = Grade { key: Some("e".into()), variant: Some(7), ..Grade::default() };
        assert_eq!(read("grade --key e --variant 7"), Command::Grade(key));
        let keys = Grade { keys: true, ..Grade::default() };
        assert_eq!(read("grade --keys"), Command::Grade(keys));
    }

    #[test]
    fn what_is_not_understood_is_named_with_what_is_allowed() {
        for (line, reason, allowed) in [
            ("simulate", "'simulate'", "run, prove, measure, picture, link, grade, schema"),
            ("prov a", "'prov'", "similar subcommand exists: 'prove'"),
            ("run", "<EXP>", "A file, - for standard input, or a share link"),
            ("prove", "<EXP>", "ackground prove <EXP>"),
            ("run a b", "'b'", "ackground run [OPTIONS] <EXP>"),
            ("run a --jsn", "'--jsn'", "similar argument exists: '--json'"),
            ("run a --messages 5", "'--messages'", "ackground run"),
            ("run a --faults 1", "'--faults'", "ackground run"),
            ("run a --transcript --json", "'--transcript' cannot be used with", "'--json'"),
            ("link a --json", "'--json'", "ackground link <EXP>"),
            ("measure a --transcript", "'--transcript'", "ackground measure"),
            ("measure a --messages", "a value is required", "'--messages <N>'"),
            ("prove a --faults", "a value is required", "'--faults <K>'"),
            ("prove a --kinds drop,flood", "\"flood\" is not a kind", "drop, duplicate, delay"),
            ("prove a --kinds=", "no kind of fault is named", "drop,duplicate,delay"),
            ("prove a --expect always", "'always'", "exactly-once, at-least-once, at-most-once"),
            ("picture a --theme drak", "'drak'", "similar value exists: 'dark'"),
            ("picture a --theme blue", "'blue'", "light, dark, auto"),
            ("picture a --at soon", "'soon'", "2.6s"),
            ("picture a --at -1s", "'-1s'", "2.6s"),
            ("grade", "<FILE>", "Files with a submission"),
            ("grade a --key e", "'--key <EX>'", "--key EX [--variant SEED]"),
            ("grade a --keys", "'--keys' cannot be used with", "ackground grade --keys"),
            ("grade a --variant 1", "'--variant <SEED>'", "--key EX [--variant SEED]"),
            ("grade a --csv --json", "'--csv' cannot be used with", "[--csv | --json]"),
            ("schema a", "'a'", "ackground schema [OPTIONS]"),
            ("completions", "<SHELL>", "bash, elvish, fish, powershell or zsh"),
            ("completions tcsh", "'tcsh'", "bash, elvish, fish, powershell, zsh"),
        ] {
            let told = parse(line.split(' ')).expect_err(line).to_string();
            assert!(told.contains(reason) && told.contains(allowed), "{line}: {told}");
        }
    }

    #[test]
    fn numbers_are_whole_and_within_bounds_that_help_names_as_well() {
        for (line, bounds, beyond) in [
            ("prove a --faults", "from 0 to 8", "9"),
            ("prove a --messages", "from 1 to 20", "21"),
            ("measure a --messages", "from 1 to 100000000", "100000001"),
            ("picture a --width", "from 280 to 2400", "279"),
            ("grade --key e --variant", "from 0 to 9007199254740991", "9007199254740992"),
        ] {
            for given in [beyond, "-1", "1e6", "ten", "", "99999999999999999999999"] {
                let arguments = line.split(' ').chain([given]);
                let told = parse(arguments).expect_err(given).to_string();
                let expected = format!("invalid value '{given}' for");
                assert!(told.contains(&expected) && told.contains(bounds), "{line}: {told}");
            }
            let command = line.split(' ').next().expect("a command");
            let help = parse([command, "--help"]).expect_err("help is no command").to_string();
            assert!(help.to_lowercase().contains(bounds), "{help}");
        }
    }
}
