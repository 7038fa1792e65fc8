//! Runs programs without standard input. Their output is captured and shown only on failure, to keep the
//! report short and put each failure's cause above it.

use std::env;
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};
use crate::report::say;

/// A command without standard input.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null());
    command
}

/// Runs a command and returns its output. On failure the output is shown, and the error names the program.
pub fn output(command: &mut Command) -> Outcome<String> {
    match quiet(command) {
        Ok(text) => Ok(text),
        Err(Quiet { failure, output }) => {
            show(&output);
            Err(failure)
        }
    }
}

/// A failure whose output was not shown, for attempts that have a fallback.
pub struct Quiet {
    pub failure: Failure,
    pub output: String,
}

/// Like [`output`], but shows nothing.
pub fn quiet(command: &mut Command) -> Result<String, Quiet> {
    let name = Path::new(command.get_program())
        .file_stem()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let no_output = |failure| Quiet { failure, output: String::new() };
    let broken =
        |error: std::io::Error| no_output(Failure::new(format!("Could not run {name}: {error}.")));

    // A single pipe for both streams keeps their lines in order.
    let (mut reader, writer) = std::io::pipe().map_err(broken)?;
    let spawned = writer.try_clone().and_then(|second| {
        command.stdout(writer).stderr(second);
        command.spawn()
    });
    // Drop the command's write ends, or else the read below never ends.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = spawned.map_err(broken)?;

    let mut bytes = Vec::new();
    let read = reader.read_to_end(&mut bytes);
    let status = child.wait().map_err(broken)?;
    read.map_err(broken)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    if status.success() {
        Ok(text)
    } else {
        Err(Quiet { failure: Failure::new(format!("{name} failed ({status}).")), output: text })
    }
}

/// Prints a failed program's output, set off from the report.
pub fn show(output: &str) {
    let output = output.trim_end();
    if !output.is_empty() {
        say(format!("{output}\n"));
    }
}

/// The first program with this name on the `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|dir| dir.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
        .find(|file| file.is_file())
}

/// `PATH` with `dirs` prepended.
pub fn path_with(dirs: &[PathBuf]) -> std::ffi::OsString {
    let old = env::var_os("PATH").unwrap_or_default();
    let all = dirs.iter().cloned().chain(env::split_paths(&old));
    // A directory with a separator in its name cannot be on a PATH; keep the old one then.
    env::join_paths(all).unwrap_or(old)
}

/// Whether we are root: then Chromium's sandbox does not work, and apt needs no sudo.
pub fn is_root() -> bool {
    cfg!(unix) && quiet(command("id").arg("-u")).is_ok_and(|uid| uid.trim() == "0")
}
