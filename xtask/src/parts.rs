//! The page's program in `dist/`: from the one file that Trunk puts there, two, each as small as
//! wasm-opt makes it, and the script that brings the second one.
//!
//! What is in which part is [`split`]'s to know. Without this step the site would work as well: its
//! first picture would only wait for all of the program.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::thread;

use crate::failure::{AtPath, Failure, Outcome};
use crate::report::task;
use crate::run::{command, output};
use crate::split;

/// Brings the later part; in it `LATER` stands for the file's name.
const SCRIPT: &str = include_str!("split/later.js");

/// Splits the page's program. `linked` is what the linker made; `optimizer` the directory of wasm-opt.
pub fn divide(dist: &Path, linked: &Path, optimizer: Option<&Path>) -> Outcome {
    let page = dist.join("index.html");
    let html = fs::read_to_string(&page).at("read", &page)?;
    let old = name_in(&html)?;
    let wasm = dist.join(format!("{old}_bg.wasm"));
    let script = dist.join(format!("{old}.js"));
    let parts = split::split(
        &fs::read(linked).at("read", linked)?,
        &fs::read(&wasm).at("read", &wasm)?,
    )?;
    let first = dist.join("first.wasm");
    let later = dist.join("later.wasm");
    fs::write(&first, parts.first).at("write", &first)?;
    fs::write(&later, parts.later).at("write", &later)?;
    if let Some(dir) = optimizer {
        task("Make both parts small with wasm-opt", || {
            thread::scope(|scope| {
                let later = scope.spawn(|| make_small(dir, &later));
                make_small(dir, &first)?;
                later
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
        })?;
    }

    let javascript = fs::read_to_string(&script).at("read", &script)?;
    let new = name_of(&[&first, &later], &javascript)?;
    let later_name = format!("{new}_later.wasm");
    let javascript = with_later(&javascript, &later_name)?;
    let renamed = dist.join(format!("{new}.js"));
    fs::write(&renamed, javascript).at("write", &renamed)?;
    for (from, to) in [(&first, format!("{new}_bg.wasm")), (&later, later_name)] {
        let to = dist.join(to);
        fs::rename(from, &to).at("write", &to)?;
    }
    for gone in [&wasm, &script] {
        fs::remove_file(gone).at("remove", gone)?;
    }
    fs::write(&page, html.replace(&old, &new)).at("write", &page)
}

/// The name that Trunk gave to the program: `app-` and a hash.
pub fn name_in(html: &str) -> Outcome<String> {
    let after = html.split("'./app-").nth(1);
    let hash = after.and_then(|rest| rest.split(".js'").next());
    let hash = hash.filter(|hash| hash.len() < 40);
    hash.map(|hash| format!("app-{hash}")).ok_or_else(|| {
        Failure::new("The built page does not say where its program is.")
            .next("see `name_in` in xtask/src/parts.rs")
    })
}

/// A name with a hash of all that will be called so.
fn name_of(parts: &[&PathBuf], javascript: &str) -> Outcome<String> {
    let mut hash = DefaultHasher::new();
    for part in parts {
        hash.write(&fs::read(part).at("read", part)?);
    }
    hash.write(javascript.as_bytes());
    hash.write(SCRIPT.as_bytes());
    Ok(format!("app-{:016x}", hash.finish()))
}

/// wasm-bindgen's script with ours: the first part gets its import, and starts when the later part is
/// there, where that is already known to be needed.
fn with_later(javascript: &str, later: &str) -> Outcome<String> {
    const IMPORTS: &str = "\"./app_bg.js\": import0,";
    const LOADED: &str =
        "const { instance, module } = await __wbg_load(await module_or_path, imports);";
    if javascript.matches(IMPORTS).count() != 1 || javascript.matches(LOADED).count() != 1 {
        return Err(Failure::new(
            "wasm-bindgen has written its script in a way that is not known here.",
        )
        .next("see `with_later` in xtask/src/parts.rs"));
    }
    let ours = SCRIPT
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    Ok(javascript
        .replace(IMPORTS, &format!("{IMPORTS} \"./later.js\": later,"))
        .replace(LOADED, &format!("{LOADED} await later.early;"))
        + &ours.replace("LATER", later))
}

fn make_small(dir: &Path, wasm: &Path) -> Outcome {
    output(
        command(dir.join(format!("wasm-opt{}", std::env::consts::EXE_SUFFIX)))
            .arg("-Oz")
            // The functions that are called most get the shortest numbers.
            .arg("--reorder-functions")
            .arg(wasm)
            .arg("-o")
            .arg(wasm),
    )
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_says_where_the_later_part_is() -> Outcome {
        let bindgen = "imports = {\n\"./app_bg.js\": import0,\n};\n\
            const { instance, module } = await __wbg_load(await module_or_path, imports);\n";
        let script = with_later(bindgen, "app-1_later.wasm")?;
        assert!(
            script.contains("import0, \"./later.js\": later,"),
            "{script}"
        );
        assert!(script.contains("\"./app-1_later.wasm\""), "{script}");
        assert!(
            !script.contains("LATER") && !script.contains("//"),
            "{script}"
        );
        assert!(with_later("another script", "app-1_later.wasm").is_err());
        assert_eq!(name_in("import init from './app-0a1b.js';")?, "app-0a1b");
        Ok(())
    }
}
