//! Entry point of the command line. What it does is in [`ackground_cli`].

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let (mut stdin, mut out, mut err) = (std::io::stdin(), std::io::stdout(), std::io::stderr());
    let arguments = std::env::args_os().skip(1);
    let status = ackground_cli::run(arguments, &mut stdin, &mut out, &mut err);
    status.code().into()
}

/// A browser has no command line.
#[cfg(target_arch = "wasm32")]
fn main() {}
