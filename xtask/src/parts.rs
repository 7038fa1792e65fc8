//! The page's program in `dist/`: from the one file that Trunk puts there, two, each as small as
//! wasm-opt makes it, and the script that brings the second one.
//!
//! What is in which part is [`split`]'s to know. Without this step the site would work as well: its
//! first picture would only wait for all of the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use crate::failure::{AtPath, Failure, Outcome};
use crate::report::task;
use crate::run::{command, output};
use crate::tools::exe;
use crate::{host, split};

/// Brings the later part; in it `LATER` stands for the file's name, `KINDS` and `SLOTS` for the stand-ins.
const SCRIPT: &str = include_str!("split/later.js");
/// What the first part gives to the later one; in it `SHARED` stands for two numbers.
const SHARED: &str = include_str!("split/shared.js");
/// What the page imports from the script.
const DEFAULT: &str = "export { __wbg_init as default };";

/// Splits the page's program. `linked` is what the linker made; `optimizer` the directory of wasm-opt.
pub fn divide(dist: &Path, linked: &Path, optimizer: Option<&Path>) -> Outcome<Program> {
    let page = dist.join("index.html");
    let html = fs::read_to_string(&page).at("read", &page)?;
    let old = name_in(&html)?;
    let wasm = dist.join(format!("{old}_bg.wasm"));
    let script = dist.join(format!("{old}.js"));
    let parts =
        split::split(&fs::read(linked).at("read", linked)?, &fs::read(&wasm).at("read", &wasm)?)?;
    let first = dist.join("first.wasm");
    let later = dist.join("later.wasm");
    fs::write(&first, parts.first).at("write", &first)?;
    fs::write(&later, parts.later).at("write", &later)?;
    if let Some(dir) = optimizer {
        task("Make both parts small with wasm-opt", || {
            thread::scope(|scope| {
                let later = scope.spawn(|| make_small(dir, &later));
                make_small(dir, &first)?;
                later.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
        })?;
    }

    let script_text = fs::read_to_string(&script).at("read", &script)?;
    let script_text = renamed(script_text, &parts.renamed)?;
    let program = Program {
        name: name_of(&[&first, &later], &script_text)?,
        script: script_text,
        stand_ins: parts.stand_ins,
        shared: parts.shared,
    };
    let own = dist.join(format!("{}.js", program.name));
    fs::write(&own, program.with_later()?).at("write", &own)?;
    for (from, to) in [(&first, program.first()), (&later, program.later())] {
        let to = dist.join(to);
        fs::rename(from, &to).at("write", &to)?;
    }
    for gone in [&wasm, &script] {
        fs::remove_file(gone).at("remove", gone)?;
    }
    let html = html.replace(&old, &program.name);
    fs::write(&page, with_styles_later(&html)).at("write", &page)?;
    Ok(program)
}

/// The page's program in `dist/`.
pub struct Program {
    /// What the names of its files begin with.
    pub name: String,
    /// What wasm-bindgen has written.
    script: String,
    /// What the later part finds in its places.
    stand_ins: split::StandIns,
    /// Where in the table the functions are that both parts use, and how many.
    shared: (u32, u32),
}

impl Program {
    /// The file with the first part.
    pub fn first(&self) -> String {
        format!("{}_bg.wasm", self.name)
    }

    /// The file with the later part.
    pub fn later(&self) -> String {
        format!("{}_later.wasm", self.name)
    }

    /// wasm-bindgen's script, in which the first part is given what brings the later one, as `later`, and does
    /// not start before that is ready for it.
    fn glue(&self) -> Outcome<String> {
        const IMPORTS: &str = "\"./app_bg.js\": import0,";
        const EXPORTS: &str = "export { initSync, __wbg_init as default };";
        const SYNC: [&str; 2] = ["function initSync(", "let __wbg_init_promise;"];
        const LOADED: &str =
            "const { instance, module } = await __wbg_load(await module_or_path, imports);";
        let given = format!("{IMPORTS} \"./later.js\": later,");
        let waits = format!("{LOADED} await later.prepare(instance.exports);");
        let script = replaced(&replaced(&self.script, IMPORTS, &given)?, LOADED, &waits)?;
        // Nobody starts it while the browser waits.
        let script = replaced(&script, EXPORTS, DEFAULT)?;
        let (before, rest) = script.split_once(SYNC[0]).ok_or_else(unknown)?;
        let (_, after) = rest.split_once(SYNC[1]).ok_or_else(unknown)?;
        Ok([before, SYNC[1], after].concat())
    }

    /// The same as part of another script: nothing is exported, and nothing found by its own address.
    pub fn glue_inside(&self) -> Outcome<String> {
        const OWN: &str = "new URL('app_bg.wasm', import.meta.url)";
        replaced(&replaced(&self.glue()?, DEFAULT, "")?, OWN, "undefined")
    }

    /// The function `shared`, which makes of the first part what the later one imports.
    pub fn shared(&self) -> String {
        let (from, many) = self.shared;
        host::bare(SHARED).replace("SHARED", &format!("{from}, {many}"))
    }

    /// wasm-bindgen's script with ours.
    fn with_later(&self) -> Outcome<String> {
        let script = host::bare(SCRIPT)
            .replace("LATER", &self.later())
            .replace("KINDS", &self.stand_ins.kinds)
            .replace("SLOTS", &self.stand_ins.slots);
        Ok([host::bare(&self.glue()?), self.shared(), script].join("\n"))
    }
}

/// The page in which the styles marked so are not loaded before the script asks for them.
fn with_styles_later(html: &str) -> String {
    const MARK: &str = " data-later";
    html.replace(MARK, &format!("{MARK} disabled"))
}

/// wasm-bindgen's script with other names for what it gives to the program.
fn renamed(script: String, names: &[(String, String)]) -> Outcome<String> {
    names.iter().try_fold(script, |script, (old, new)| {
        replaced(&script, &format!(" {old}: function("), &format!(" {new}: function("))
    })
}

/// The text with this, which is there once, replaced.
fn replaced(script: &str, this: &str, by: &str) -> Outcome<String> {
    if script.matches(this).count() == 1 {
        return Ok(script.replace(this, by));
    }
    Err(unknown())
}

fn unknown() -> Failure {
    Failure::new("wasm-bindgen has written its script in a way that is not known here.")
        .next("see xtask/src/parts.rs")
}

/// The name that Trunk gave to the program: `app-` and a hash.
fn name_in(html: &str) -> Outcome<String> {
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
    let mut content = [javascript, SCRIPT].concat().into_bytes();
    for part in parts {
        content.extend(fs::read(part).at("read", part)?);
    }
    Ok(format!("app-{}", host::short(&content)))
}

fn make_small(dir: &Path, wasm: &Path) -> Outcome {
    output(command(dir.join(exe("wasm-opt"))).arg("-Oz").arg(wasm).arg("-o").arg(wasm)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_says_where_the_later_part_is() -> Outcome {
        let bindgen = "imports = {\n\"./app_bg.js\": import0,\n};\n\
            const { instance, module } = await __wbg_load(await module_or_path, imports);\n\
            function initSync(module) {}\nlet __wbg_init_promise;\nexport { initSync, __wbg_init as default };\n";
        let program = |script: &str| Program {
            name: "app-1".to_owned(),
            script: script.to_owned(),
            stand_ins: split::StandIns { kinds: "i>".to_owned(), slots: ".0".to_owned() },
            shared: (7, 2),
        };
        let script = program(bindgen).with_later()?;
        assert!(script.contains("import0, \"./later.js\": later,"), "{script}");
        assert!(script.contains("\"./app-1_later.wasm\""), "{script}");
        assert!(script.contains("[from, many] = [7, 2]"), "{script}");
        assert!(script.contains("promise;\nexport { __wbg_init"), "{script}");
        assert!(!script.contains("initSync"), "{script}");
        assert!(!script.contains("LATER") && !script.contains("//"), "{script}");
        assert!(program("another script").with_later().is_err());
        assert_eq!(name_in("import init from './app-0a1b.js';")?, "app-0a1b");
        Ok(())
    }
}
