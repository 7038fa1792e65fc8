//! Finds a Rust toolchain for Wasm. In this order: the target is installed; rustup can add it; Debian's Rust
//! builds its standard library for it; else an error says what to install.
//!
//! Debian does not package the standard library for `wasm32-unknown-unknown`, only its source. It is built
//! once into a sysroot in the cache, and shared by all profiles, clones and Clippy. (With Cargo's
//! `build-std`, each profile of each clone would build its own.)

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::failure::{AtPath, Failure, Outcome};
use crate::report::{say, task};
use crate::run::{command, on_path, output, path_with, quiet};
use crate::{apt, place};

pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's Rust is in `/usr/bin`, even if rustup's comes first on the `PATH`.
const DEBIAN_BIN: &str = "/usr/bin";
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];
/// LLVM 19 is the first version whose linker understands the output of Debian's rustc.
const DEBIAN_LINKERS: [&str; 5] =
    ["wasm-ld-19", "wasm-ld-20", "wasm-ld-21", "wasm-ld-22", "wasm-ld"];
/// The minimum Rust version of this workspace (`rust-version`).
const OLDEST_MINOR: u32 = 88;
/// How long to wait before asking rustup again after it could not add the target.
const ASK_RUSTUP_AGAIN: Duration = Duration::from_secs(24 * 60 * 60);

/// A Rust toolchain that builds for Wasm.
#[derive(Clone, Debug)]
pub enum Wasm {
    /// The current toolchain has the target.
    Target,
    /// Debian's, with a standard library that we have built.
    Debian { linker: PathBuf, sysroot: PathBuf },
}

impl Wasm {
    /// Finds a toolchain, installing what is missing, and reports which one it is.
    pub fn find() -> Outcome<Self> {
        // For work on this file: skips to the last option.
        let force_debian = env::var_os("ACKGROUND_WASM").is_some_and(|way| way == "debian");
        if !force_debian {
            if target_installed() {
                say(format!("  {TARGET}: installed"));
                return Ok(Self::Target);
            }
            if rustup_adds_target() {
                return Ok(Self::Target);
            }
        }
        if debian_rust().is_none() && apt::usable() {
            apt::install(&DEBIAN_PACKAGES)?;
        }
        if let Some((key, linker)) = debian_rust() {
            say(format!("  {TARGET}: built by Debian's Rust ({key})"));
            let sysroot = place::cache().join(format!("sysroot-{key}"));
            if !sysroot.is_dir() {
                task("Build the standard library for Wasm, once", || {
                    let built = build_sysroot(&sysroot);
                    // If another clone was first, its result is the same.
                    if sysroot.is_dir() { Ok(()) } else { built }
                })?;
            }
            return Ok(Self::Debian { linker, sysroot });
        }
        Err(Failure::new(format!("No Rust here can build for {TARGET}.")).next(format!(
            "run `rustup target add {TARGET}` with a network, or on Debian `apt install {}`",
            DEBIAN_PACKAGES.join(" ")
        )))
    }

    /// Cargo, set up so that `--target wasm32-unknown-unknown` works.
    pub fn cargo(&self) -> Command {
        let mut cargo = match self {
            Self::Target => native_cargo(),
            Self::Debian { .. } => command(Path::new(DEBIAN_BIN).join("cargo")),
        };
        self.prepare(&mut cargo, &[]);
        cargo.current_dir(place::root());
        cargo
    }

    /// Sets up a program that calls Cargo itself, with `tools` first on its `PATH`.
    pub fn prepare(&self, program: &mut Command, tools: &[PathBuf]) {
        let mut first = tools.to_vec();
        program.env("CARGO_TARGET_DIR", self.target_dir());
        if let Self::Debian { linker, sysroot } = self {
            first.push(PathBuf::from(DEBIAN_BIN));
            program
                .env_remove("RUSTUP_TOOLCHAIN")
                .env("CARGO", Path::new(DEBIAN_BIN).join("cargo"))
                .env("RUSTC", Path::new(DEBIAN_BIN).join("rustc"))
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                .env("CARGO_ENCODED_RUSTFLAGS", with_sysroot(sysroot));
        }
        program.env("PATH", path_with(&first));
    }

    /// Each compiler has its own target directory for Wasm, so that they do not invalidate each other's
    /// builds.
    pub fn target_dir(&self) -> PathBuf {
        place::target().join(match self {
            Self::Target => "wasm",
            Self::Debian { .. } => "wasm-debian",
        })
    }

    /// Makes sure that `cargo clippy` works with this toolchain.
    pub fn need_clippy(&self) -> Outcome {
        match self {
            Self::Target => need_component("clippy", "cargo-clippy"),
            Self::Debian { .. } if Path::new(DEBIAN_BIN).join("clippy-driver").is_file() => Ok(()),
            Self::Debian { .. } => apt::install(&["rust-web-clippy"]),
        }
    }
}

/// The Cargo that runs us.
pub fn native_cargo() -> Command {
    let mut cargo = command(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    cargo.current_dir(place::root());
    cargo
}

/// Makes sure that the toolchain that runs us has rustfmt or Clippy.
pub fn need_component(component: &str, program: &str) -> Outcome {
    let works = || quiet(command(program).arg("--version")).is_ok();
    if works() {
        return Ok(());
    }
    if on_path("rustup").is_some() {
        let _ = task(&format!("Add {component} with rustup"), || {
            output(command("rustup").args(["component", "add", component]))
        });
    } else if apt::usable() && on_path("rustc") == Some(Path::new(DEBIAN_BIN).join("rustc")) {
        let package = if component == "rustfmt" { "rustfmt-web" } else { "rust-web-clippy" };
        apt::install(&[package])?;
    }
    if works() {
        return Ok(());
    }
    Err(Failure::new(format!("{component} is not installed."))
        .next(format!("run `rustup component add {component}`")))
}

fn target_installed() -> bool {
    let Ok(sysroot) = quiet(command("rustc").args(["--print", "sysroot"])) else {
        return false;
    };
    let library = Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib");
    fs::read_dir(library).is_ok_and(|mut files| files.next().is_some())
}

fn rustup_adds_target() -> bool {
    if on_path("rustup").is_none() {
        return false;
    }
    let failed_before = place::cache().join("rustup-could-not-add-wasm");
    let lately = fs::metadata(&failed_before)
        .and_then(|file| file.modified())
        .is_ok_and(|time| time.elapsed().is_ok_and(|age| age < ASK_RUSTUP_AGAIN));
    if lately && (debian_rust().is_some() || apt::usable()) {
        say(format!("  rustup could not add {TARGET} lately ({})", failed_before.display()));
        return false;
    }
    let mut rustup = command("rustup");
    rustup.args(["target", "add", TARGET]);
    let told = match quiet(&mut rustup) {
        Ok(_) if target_installed() => {
            say(format!("  {TARGET}: added with rustup"));
            let _ = fs::remove_file(&failed_before);
            return true;
        }
        Ok(told) => told,
        Err(failed) => failed.output,
    };
    // The first line that says "error" has the reason; the rest explains it at length.
    let reason = told.lines().find(|line| line.starts_with("error"));
    let reason = reason.unwrap_or("it is not the Rust in use");
    say(format!("  rustup cannot add {TARGET} ({reason})"));
    let _ = fs::create_dir_all(place::cache()).and_then(|()| fs::write(&failed_before, ""));
    false
}

/// Debian's Rust, if it is new enough and comes with the standard library's source and a linker: a key for
/// this exact compiler, and the linker.
fn debian_rust() -> Option<(String, PathBuf)> {
    let bin = Path::new(DEBIAN_BIN);
    let version = quiet(command(bin.join("rustc")).arg("-vV")).ok()?;
    let key = compiler_key(&version)?;
    let source = Path::new("/usr/lib/rustlib/src/rust/library/std/Cargo.toml").is_file();
    let linker = DEBIAN_LINKERS.iter().map(|name| bin.join(name)).find(|file| file.is_file())?;
    (source && bin.join("cargo").is_file()).then_some((key, linker))
}

/// `1.96.0-ac68faa2` from `rustc -vV`; `None` if it is too old for this workspace.
fn compiler_key(version: &str) -> Option<String> {
    let field = |name: &str| version.lines().find_map(|line| line.strip_prefix(name));
    let release = field("release: ")?.trim();
    let mut numbers = release.split('.').map(|number| number.parse::<u32>().ok());
    let (major, minor) = (numbers.next()??, numbers.next()??);
    if (major, minor) < (1, OLDEST_MINOR) {
        return None;
    }
    let commit: String =
        field("commit-hash: ").unwrap_or("unknown").trim().chars().take(8).collect();
    Some(format!("{release}-{commit}"))
}

/// Builds `std` as Cargo's `build-std` does, into a sysroot for this one target. It appears atomically, by a
/// rename.
fn build_sysroot(sysroot: &Path) -> Outcome {
    // A fixed path, so that an interrupted build can resume.
    let mut work = sysroot.as_os_str().to_owned();
    work.push("-build");
    let work = PathBuf::from(work);
    let package = work.join("package");
    let lib = work.join("sysroot/lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(package.join("src")).at("create", &package)?;
    fs::create_dir_all(&lib).at("create", &lib)?;
    let manifest = "[package]\nname = \"nothing\"\nedition = \"2021\"\n[workspace]\n[lib]\n";
    let write = |file: PathBuf, text: &str| fs::write(&file, text).at("write", &file);
    write(package.join("Cargo.toml"), manifest)?;
    write(package.join("src/lib.rs"), "#![no_std]\n")?;

    let bin = Path::new(DEBIAN_BIN);
    output(
        command(bin.join("cargo"))
            .args(["build", "--release", "--target", TARGET])
            .current_dir(&package)
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env("RUSTC", bin.join("rustc"))
            .env("PATH", path_with(&[bin.to_path_buf()]))
            .env("CARGO_TARGET_DIR", work.join("target"))
            // Only here, as building the standard library is unstable.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort,test")
            // The page is built with link-time optimization, which includes the standard library.
            .env("RUSTFLAGS", "-Cembed-bitcode=yes"),
    )
    .map_err(|_| {
        Failure::new("Debian's Rust could not build the standard library for Wasm.")
            .next("read Cargo's message above; it needs a package registry that it can reach")
    })?;

    let built = work.join("target").join(TARGET).join("release/deps");
    for file in fs::read_dir(&built).at("read", &built)?.flatten() {
        let name = file.file_name();
        let library = Path::new(&name).extension() == Some(OsStr::new("rlib"));
        if library && !name.to_string_lossy().starts_with("libnothing-") {
            fs::copy(file.path(), lib.join(&name)).at("copy to", &lib)?;
        }
    }
    fs::rename(work.join("sysroot"), sysroot).at("create", sysroot)?;
    let _ = fs::remove_dir_all(&work);
    Ok(())
}

/// The caller's own flags and our sysroot, in Cargo's encoding. (`CARGO_TARGET_…_RUSTFLAGS` would be ignored
/// if the caller sets `RUSTFLAGS`.)
fn with_sysroot(sysroot: &Path) -> OsString {
    let mut flags = OsString::new();
    if let Ok(own) = env::var("RUSTFLAGS") {
        for flag in own.split_whitespace() {
            flags.push(flag);
            flags.push("\u{1f}");
        }
    }
    // These replace the flags of `.cargo/config.toml`.
    flags.push("-Csymbol-mangling-version=v0\u{1f}--sysroot=");
    flags.push(sysroot);
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiler_is_named_by_release_and_commit() {
        let told = "rustc 1.96.0\nrelease: 1.96.0\ncommit-hash: ac68faa20c58\nhost: x\n";
        assert_eq!(compiler_key(told).as_deref(), Some("1.96.0-ac68faa2"));
    }

    #[test]
    fn a_compiler_older_than_the_workspace_is_none() {
        assert_eq!(compiler_key("release: 1.63.0\ncommit-hash: x\n"), None);
    }
}
