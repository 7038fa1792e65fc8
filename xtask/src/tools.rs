//! The programs that turn compiled Wasm into a site: wasm-bindgen, Trunk, wasm-opt.
//!
//! Each is looked up on the `PATH`, then in the cache, then downloaded as a release archive, then built from
//! source (wasm-opt: npm, a release archive, or nothing). Downloads and builds are cached by version.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::failure::{AtPath, Failure, Outcome};
use crate::place;
use crate::report::{say, task};
use crate::run::{command, on_path, output, quiet, show};
use crate::toolchain::native_cargo;

const TRUNK: &str = "0.21.14";
/// The version of Binaryen; older ones do not support the output of current compilers.
const BINARYEN: &str = "132";
const OLDEST_BINARYEN: u32 = 120;

/// The base URL of release archives. `ACKGROUND_RELEASES` sets a mirror.
const RELEASES: &str = "https://github.com";
/// If one archive is unreachable, the others are not tried.
static UNREACHABLE: AtomicBool = AtomicBool::new(false);
/// Whether this run has built a tool.
static BUILT: AtomicBool = AtomicBool::new(false);

/// The directory of `wasm-bindgen` and `wasm-bindgen-test-runner`, in exactly the version in `Cargo.lock`:
/// both sides of the bindings must match.
pub fn wasm_bindgen() -> Outcome<PathBuf> {
    let lock_file = place::root().join("Cargo.lock");
    let lock = fs::read_to_string(&lock_file).at("read", &lock_file)?;
    let version = locked_version(&lock, "wasm-bindgen").ok_or_else(|| {
        Failure::new("Cargo.lock names no wasm-bindgen.").next("run `cargo update --workspace`")
    })?;
    let has_runner = |dir: &Path| dir.join(exe("wasm-bindgen-test-runner")).is_file();
    if let Some(dir) = found_on_path("wasm-bindgen", |found| found == version)
        && has_runner(&dir)
    {
        return Ok(dir);
    }
    let tool = Tool {
        name: "wasm-bindgen",
        version,
        package: "wasm-bindgen-cli",
        // Without TLS, which is only needed to drive browsers on another machine.
        cargo: &["--no-default-features"],
    };
    let archive = release_target("musl", "gnu").map(|target| {
        format!("wasm-bindgen/wasm-bindgen/releases/download/{version}/wasm-bindgen-{version}-{target}.tar.gz")
    });
    tool.provide(archive)
}

/// The directory of `trunk`.
pub fn trunk() -> Outcome<PathBuf> {
    if let Some(dir) = found_on_path("trunk", |found| found == TRUNK) {
        return Ok(dir);
    }
    let tool = Tool {
        name: "trunk",
        version: TRUNK,
        package: "trunk",
        // Without TLS and update checks: every tool is there already when Trunk is called.
        cargo: &["--no-default-features"],
    };
    let archive = release_target("gnu", "gnu").map(|target| {
        let kind = if cfg!(windows) { "zip" } else { "tar.gz" };
        format!("trunk-rs/trunk/releases/download/v{TRUNK}/trunk-{target}.{kind}")
    });
    tool.provide(archive)
}

/// The directory of `wasm-opt`, if available; without it the site works, but is larger.
pub fn wasm_opt() -> Option<PathBuf> {
    let recent = |found: &str| found.parse::<u32>().is_ok_and(|version| version >= OLDEST_BINARYEN);
    if let Some(dir) = found_on_path("wasm-opt", recent) {
        return Some(dir);
    }
    let home = place::cache().join(format!("binaryen-{BINARYEN}"));
    // npm links programs in `.bin`, while the archive has them in `bin`.
    let places = || [home.join("node_modules/.bin"), home.join("bin")];
    let ready =
        || places().into_iter().find(|dir| version_of(&dir.join(exe("wasm-opt"))).is_some());
    if let Some(dir) = ready() {
        return Some(dir);
    }
    if on_path("npm").is_some() && on_path("node").is_some() {
        let _ = task(&format!("Install wasm-opt {BINARYEN} with npm"), || {
            fs::create_dir_all(&home).at("create", &home)?;
            output(
                command(on_path("npm").unwrap_or_else(|| PathBuf::from("npm")))
                    .args([
                        "install",
                        "--no-save",
                        "--no-audit",
                        "--no-fund",
                        "--loglevel=error",
                        "--prefix",
                    ])
                    .arg(&home)
                    .arg(format!("binaryen@^{BINARYEN}"))
                    .current_dir(&home),
            )
        });
    }
    if ready().is_none()
        && let Some(target) = binaryen_target()
    {
        let path = format!(
            "WebAssembly/binaryen/releases/download/version_{BINARYEN}/binaryen-version_{BINARYEN}-{target}.tar.gz"
        );
        let _ = fetch("wasm-opt", BINARYEN, &path, &home);
    }
    if ready().is_none() {
        say("  wasm-opt: not to be had; the site is built without it and is a third bigger");
    }
    ready()
}

/// A program built from a Rust package.
struct Tool<'a> {
    name: &'a str,
    version: &'a str,
    package: &'a str,
    cargo: &'a [&'a str],
}

impl Tool<'_> {
    fn provide(&self, archive: Option<String>) -> Outcome<PathBuf> {
        let home = place::cache().join(format!("{}-{}", self.name, self.version));
        let bin = home.join("bin");
        if self.is_in(&home) {
            return Ok(bin);
        }
        // A downloaded program may not run on a machine older than the one it was built on.
        if let Some(path) = archive
            && fetch(self.name, self.version, &path, &home).is_ok()
            && self.is_in(&home)
        {
            return Ok(bin);
        }
        task(&format!("Build {} {} from source", self.name, self.version), || self.build(&home))?;
        if self.is_in(&home) { Ok(bin) } else { Err(self.unavailable()) }
    }

    fn is_in(&self, home: &Path) -> bool {
        let program = home.join("bin").join(exe(self.name));
        version_of(&program).as_deref() == Some(self.version)
    }

    fn build(&self, home: &Path) -> Outcome {
        let fresh = place::cache().join(format!("{}-build-{}", self.name, process::id()));
        // The locked dependencies are the tested ones, but a registry may not have all of them.
        let built = quiet(&mut self.install(&fresh, &["--locked"]))
            .or_else(|_| quiet(&mut self.install(&fresh, &[])));
        match built {
            Ok(_) => {
                BUILT.store(true, Ordering::Relaxed);
                replace(&fresh, home)
            }
            // Another clone may have built it and cleaned up at the same time.
            Err(_) if self.is_in(home) => Ok(()),
            Err(failed) => {
                show(&failed.output);
                Err(self.unavailable())
            }
        }
    }

    fn install(&self, root: &Path, more: &[&str]) -> process::Command {
        let mut cargo = native_cargo();
        cargo
            .args(["install", "--quiet", "--no-track", "--force", self.package, "--version"])
            .arg(format!("={}", self.version))
            .args(self.cargo)
            .args(more)
            .arg("--root")
            .arg(root)
            // Outside of the repository, whose Cargo configuration is not meant for tools.
            .current_dir(env::temp_dir())
            // One directory for all tools, to share compiled dependencies.
            .env("CARGO_TARGET_DIR", build_dir())
            // Optimized for build time: optimizing wasm-bindgen takes 20 s, and saves a seventh of a second
            // per build.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env("CARGO_PROFILE_RELEASE_STRIP", "debuginfo")
            .env("CARGO_PROFILE_RELEASE_PANIC", "unwind")
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        cargo
    }

    fn unavailable(&self) -> Failure {
        Failure::new(format!("{} {} could not be fetched or built.", self.name, self.version)).next(
            format!(
                "install it, for example with `cargo install {} --version {}`, and try again",
                self.package, self.version
            ),
        )
    }
}

/// Where tools are compiled; removed by [`clean_up`].
fn build_dir() -> PathBuf {
    place::cache().join("build")
}

/// Frees the disk space used for building tools. (An interrupted build is kept, and resumed next time.)
pub fn clean_up() {
    if BUILT.swap(false, Ordering::Relaxed) {
        let _ = fs::remove_dir_all(build_dir());
    }
}

/// Downloads a release archive and moves its programs to `home/bin`.
fn fetch(name: &str, version: &str, path: &str, home: &Path) -> Outcome {
    if UNREACHABLE.load(Ordering::Relaxed) {
        return Err(Failure::new("Release archives are out of reach."));
    }
    let base = env::var("ACKGROUND_RELEASES").unwrap_or_else(|_| RELEASES.to_owned());
    let work = place::cache().join(format!("{name}-fetch-{}", process::id()));
    fs::create_dir_all(&work).at("create", &work)?;
    let archive = work.join("archive");
    let mut curl = command("curl");
    curl.args(["--fail", "--silent", "--show-error", "--location"])
        .args(["--connect-timeout", "5"])
        // If the download is slower than this, building is as quick.
        .args(["--speed-limit", "20000", "--speed-time", "15", "--output"])
        .arg(&archive)
        .arg(format!("{base}/{path}"));
    let outcome = match quiet(&mut curl) {
        Ok(_) => quiet(command("tar").arg("-xf").arg(&archive).arg("-C").arg(&work))
            .map_err(|failed| failed.failure)
            .and_then(|_| replace(&unpacked(&work)?, home)),
        Err(failed) => {
            UNREACHABLE.store(true, Ordering::Relaxed);
            let why = failed.output.lines().last().unwrap_or("no curl");
            Err(Failure::new(why.trim()))
        }
    };
    let _ = fs::remove_dir_all(&work);
    say(match &outcome {
        Ok(()) => format!("  {name} {version}: fetched from its release"),
        Err(failure) => format!("  {name} {version}: no release archive to be had ({failure})"),
    });
    outcome
}

/// The directory whose `bin` contains an archive's programs. Archives differ: a directory with a `bin` (and
/// libraries next to it), a directory of programs, or a bare program.
fn unpacked(work: &Path) -> Outcome<PathBuf> {
    let entries: Vec<PathBuf> = fs::read_dir(work)
        .at("read", work)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.file_name().is_some_and(|name| name != "archive"))
        .collect();
    if let Some(dir) = entries.iter().find(|path| path.join("bin").is_dir()) {
        return Ok(dir.clone());
    }
    let fresh = work.join("home");
    fs::create_dir_all(&fresh).at("create", &fresh)?;
    let bin = fresh.join("bin");
    if let Some(dir) = entries.iter().find(|path| path.is_dir()) {
        fs::rename(dir, &bin).at("move", dir)?;
        return Ok(fresh);
    }
    fs::create_dir_all(&bin).at("create", &bin)?;
    for file in &entries {
        if let Some(name) = file.file_name() {
            fs::rename(file, bin.join(name)).at("move", file)?;
        }
    }
    Ok(fresh)
}

/// Replaces `home` by `fresh`, which appears there in one rename.
fn replace(fresh: &Path, home: &Path) -> Outcome {
    if home.exists() {
        fs::remove_dir_all(home).at("replace", home)?;
    }
    fs::rename(fresh, home).at("create", home)
}

/// The directory of a program on the `PATH`, if its version is acceptable.
fn found_on_path(name: &str, welcome: impl Fn(&str) -> bool) -> Option<PathBuf> {
    let file = on_path(name)?;
    let version = version_of(&file)?;
    if welcome(&version) {
        say(format!("  {name} {version}: on the PATH"));
        return file.parent().map(Path::to_path_buf);
    }
    None
}

/// The last word of `--version` that begins with a digit; `None` if the program does not run.
fn version_of(program: &Path) -> Option<String> {
    if !program.is_file() {
        return None;
    }
    version_word(&quiet(command(program).arg("--version")).ok()?)
}

fn version_word(told: &str) -> Option<String> {
    told.split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
}

/// The version of a package in a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// The target triple in the name of a release archive, for platforms that have releases.
fn release_target(linux_x86: &str, linux_arm: &str) -> Option<String> {
    Some(match (env::consts::OS, env::consts::ARCH) {
        ("linux", "x86_64") => format!("x86_64-unknown-linux-{linux_x86}"),
        ("linux", "aarch64") => format!("aarch64-unknown-linux-{linux_arm}"),
        ("macos", arch @ ("x86_64" | "aarch64")) => format!("{arch}-apple-darwin"),
        ("windows", "x86_64") => "x86_64-pc-windows-msvc".to_owned(),
        _ => return None,
    })
}

fn binaryen_target() -> Option<&'static str> {
    match (env::consts::OS, env::consts::ARCH) {
        ("linux", "x86_64") => Some("x86_64-linux"),
        ("linux", "aarch64") => Some("aarch64-linux"),
        ("macos", "x86_64") => Some("x86_64-macos"),
        ("macos", "aarch64") => Some("arm64-macos"),
        ("windows", "x86_64") => Some("x86_64-windows"),
        _ => None,
    }
}

/// The file name of a program.
pub fn exe(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_the_lock_of_exactly_that_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.9\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "bindgen"), None);
    }

    #[test]
    fn versions_are_found_in_what_programs_say() {
        assert_eq!(version_word("wasm-bindgen 0.2.130 (abc)\n").as_deref(), Some("0.2.130"));
        assert_eq!(version_word("wasm-opt version 132 (version_132)").as_deref(), Some("132"));
        assert_eq!(version_word("no version"), None);
    }
}
