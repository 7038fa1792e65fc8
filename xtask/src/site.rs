//! The built site: compiles the page as `index.html` asks for it, then lets Trunk bundle it into
//! `dist/`.
//!
//! The page is compiled before Trunk is called, with the same arguments that Trunk will use. So it
//! compiles while Trunk is still being installed, and its errors are the compiler's own.

use std::fs;

use crate::failure::{AtPath, Failure, Outcome};
use crate::report::task;
use crate::run::{output, quiet, show};
use crate::setup::Setup;
use crate::toolchain::{TARGET, Wasm};
use crate::{place, run};

/// Compiles every program that `index.html` links, for release.
pub fn compile(wasm: &Wasm) -> Outcome {
    let page = place::root().join("index.html");
    let html = fs::read_to_string(&page).at("read", &page)?;
    for arguments in programs(&html) {
        let bin = arguments.iter().skip_while(|word| *word != "--bin").nth(1);
        let name = bin.map_or("the page", String::as_str);
        task(&format!("Compile {name} for Wasm"), || {
            output(
                wasm.cargo()
                    .args(["build", "--release", "--target", TARGET])
                    .args(&arguments),
            )
        })
        .map_err(|_| {
            Failure::new("The page does not compile.").next("mend the errors shown above")
        })?;
    }
    Ok(())
}

/// Sets up, compiles and bundles: afterwards `dist/` is the site.
pub fn build(setup: &Setup) -> Outcome {
    setup.for_site()?;
    let optimizer = setup.wasm_opt();
    let mut tools = vec![setup.trunk()?, setup.wasm_bindgen()?];
    tools.extend(optimizer.clone());

    let mut trunk = run::command("trunk");
    setup.wasm()?.prepare(&mut trunk, &tools);
    // Found here and not through our own PATH, which `prepare` did not change.
    let mut trunk = at_program(trunk, &tools);
    trunk
        // Everything it needs is there: Trunk shall find it, not fetch something else.
        .args(["build", "--offline", "true"])
        // Trunk takes only "true" and "false" here, others set it to "1".
        .env_remove("NO_COLOR")
        .current_dir(place::root());
    match optimizer {
        Some(_) => trunk.arg("--release"),
        // The same build without the step that needs wasm-opt.
        None => trunk.args(["--cargo-profile", "release"]),
    };
    task("Bundle the site with Trunk", || {
        quiet(&mut trunk).map_err(|failed| {
            show(&failed.output);
            Failure::new("Trunk could not build the site.").next("read Trunk's message above")
        })
    })?;
    Ok(())
}

/// The same command with its program replaced by the file of that name in `dirs`.
fn at_program(
    command: std::process::Command,
    dirs: &[std::path::PathBuf],
) -> std::process::Command {
    let name = command.get_program().to_owned();
    let Some(file) = dirs
        .iter()
        .map(|dir| dir.join(&name))
        .find(|file| file.is_file())
    else {
        return command;
    };
    let mut found = run::command(file);
    for (key, value) in command.get_envs() {
        match value {
            Some(value) => found.env(key, value),
            None => found.env_remove(key),
        };
    }
    found
}

/// The arguments with which Trunk will call `cargo build` for each `<link data-trunk rel="rust">`.
fn programs(html: &str) -> Vec<Vec<String>> {
    html.split('<')
        .filter_map(|tag| tag.split('>').next())
        .filter(|tag| tag.starts_with("link ") && attribute(tag, "rel") == Some("rust"))
        .map(|tag| {
            let mut arguments = Vec::new();
            if let Some(bin) = attribute(tag, "data-bin") {
                arguments.extend(["--bin".to_owned(), bin.to_owned()]);
            }
            if tag.contains("data-cargo-no-default-features") {
                arguments.push("--no-default-features".to_owned());
            }
            if let Some(features) = attribute(tag, "data-cargo-features") {
                arguments.extend(["--features".to_owned(), features.to_owned()]);
            }
            arguments
        })
        .collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rust_link_is_compiled_as_trunk_would() {
        let html = r#"<link data-trunk rel="css" href="a.css">
            <link data-trunk rel="rust" data-bin="app" data-cargo-features="web" data-cargo-no-default-features>
            <link data-trunk rel="rust" data-bin="worker" data-type="worker">"#;
        assert_eq!(
            programs(html),
            [
                vec!["--bin", "app", "--no-default-features", "--features", "web"],
                vec!["--bin", "worker"],
            ]
        );
    }
}
