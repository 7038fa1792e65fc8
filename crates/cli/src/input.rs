//! Reads an experiment from a file, standard input or a share link.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use clap::Args;

use ackground_core::experiment::link::looks_like_link;
use ackground_core::experiment::{Experiment, LONGEST_DOCUMENT};

/// The longest input, in bytes: a link is longer than the document it encodes.
const LONGEST_TEXT: u64 = 2 * LONGEST_DOCUMENT as u64;

#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// A file, - for standard input, or a share link, such as
    /// payment/at-least-once+atomic/drop-publish-ack-1.
    #[arg(value_name = "EXP")]
    pub experiment: OsString,
}

impl Input {
    /// Reads the experiment the argument names, or says what is wrong with it.
    pub(super) fn read(&self, stdin: &mut dyn Read) -> Result<Experiment, String> {
        let name = &self.experiment;
        let link = name.to_str().filter(|text| looks_like_link(text));
        if let Some(link) = link.filter(|_| !Path::new(name).is_file()) {
            return of_link(link);
        }
        let (text, whence) = source(name, LONGEST_TEXT, stdin)?;
        // A link can be piped in as well; a document may contain a URL, but never begins with one.
        if !text.trim_start().starts_with('{') && looks_like_link(&text) {
            return of_link(&text);
        }
        Experiment::from_json(&text)
            .map_err(|mistakes| format!("{whence} is not an experiment:\n{mistakes}"))
    }
}

/// Reads at most `longest` bytes of a file, or of standard input for `-`; also returns its display name.
pub(super) fn source(
    name: &OsStr,
    longest: u64,
    stdin: &mut dyn Read,
) -> Result<(String, String), String> {
    let (text, whence) = if name == "-" {
        (text(stdin, longest), "standard input".to_owned())
    } else {
        let file = File::open(name).and_then(|mut file| text(&mut file, longest));
        (file, name.to_string_lossy().into_owned())
    };
    let text = text.map_err(|error| format!("{whence} cannot be read: {error}"))?;
    Ok((text, whence))
}

fn text(source: &mut dyn Read, longest: u64) -> io::Result<String> {
    let mut text = String::new();
    source.take(longest).read_to_string(&mut text)?;
    Ok(text)
}

fn of_link(link: &str) -> Result<Experiment, String> {
    match Experiment::from_link(link) {
        Ok(Some(experiment)) => Ok(experiment),
        Ok(None) => Err("This address holds no experiment: nothing follows its #.".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
