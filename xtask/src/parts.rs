//! Splits the program that Trunk puts into `dist/` in two parts, optimizes each with wasm-opt, and generates
//! the script that loads the second one.
//!
//! What goes into which part is up to [`split`]. The site would work without this step; its first picture
//! would only have to wait for the whole program.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use crate::failure::{AtPath, Failure, Outcome};
use crate::report::task;
use crate::run::{command, output};
use crate::tools::exe;
use crate::{host, split};

/// Loads the deferred part. `LATER` stands for its file name, `KINDS` and `SLOTS` for the stubs.
const SCRIPT: &str = include_str!("split/later.js");
/// What the first part exports to the deferred one; `SHARED` stands for two numbers.
const SHARED: &str = include_str!("split/shared.js");
/// What the page imports from the script.
const DEFAULT: &str = "export { __wbg_init as default };";

/// Splits the page's program. `linked` is the linker's output; `optimizer` the directory of wasm-opt.
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

pub struct Program {
    /// The prefix of its file names.
    pub name: String,
    /// The JavaScript glue by wasm-bindgen.
    script: String,
    /// The stubs that the deferred part replaces.
    stand_ins: split::StandIns,
    /// The range of functions in the table that both parts use: start and length.
    shared: (u32, u32),
}

impl Program {
    /// The first part's file name.
    pub fn first(&self) -> String {
        format!("{}_bg.wasm", self.name)
    }

    /// The deferred part's file name.
    pub fn later(&self) -> String {
        format!("{}_later.wasm", self.name)
    }

    /// wasm-bindgen's glue, with the loader passed to the first part as `later`; it does not start before the
    /// loader is ready.
    fn glue(&self) -> Outcome<String> {
        const IMPORTS: &str = "\"./app_bg.js\": import0,";
        const EXPORTS: &str = "export { initSync, __wbg_init as default };";
        const SYNC: [&str; 2] = ["function initSync(", "let __wbg_init_promise;"];
        const LOADED: &str =
            "const { instance, module } = await __wbg_load(await module_or_path, imports);";
        let given = format!("{IMPORTS} \"./later.js\": later,");
        let waits = format!("{LOADED} await later.prepare(instance.exports);");
        let script = replaced(&replaced(&self.script, IMPORTS, &given)?, LOADED, &waits)?;
        // Synchronous initialization is never used.
        let script = replaced(&script, EXPORTS, DEFAULT)?;
        let (before, rest) = script.split_once(SYNC[0]).ok_or_else(unknown)?;
        let (_, after) = rest.split_once(SYNC[1]).ok_or_else(unknown)?;
        Ok([before, SYNC[1], after].concat())
    }

    /// The glue for inlining in another script: without exports and `import.meta.url`.
    pub fn glue_inside(&self) -> Outcome<String> {
        const OWN: &str = "new URL('app_bg.wasm', import.meta.url)";
        replaced(&replaced(&self.glue()?, DEFAULT, "")?, OWN, "undefined")
    }

    /// The function `shared`, which maps the first part's exports to the deferred part's imports.
    pub fn shared(&self) -> String {
        let (from, many) = self.shared;
        host::bare(SHARED).replace("SHARED", &format!("{from}, {many}"))
    }

    /// The glue with our loader.
    fn with_later(&self) -> Outcome<String> {
        let script = host::bare(SCRIPT)
            .replace("LATER", &self.later())
            .replace("KINDS", &self.stand_ins.kinds)
            .replace("SLOTS", &self.stand_ins.slots);
        Ok([host::bare(&self.glue()?), self.shared(), script].join("\n"))
    }
}

/// Marks deferred styles so that the browser does not load them before the script asks for them.
fn with_styles_later(html: &str) -> String {
    const MARK: &str = " data-later";
    html.replace(MARK, &format!("{MARK} disabled"))
}

/// The glue with the imports of the program renamed.
fn renamed(script: String, names: &[(String, String)]) -> Outcome<String> {
    names.iter().try_fold(script, |script, (old, new)| {
        replaced(&script, &format!(" {old}: function("), &format!(" {new}: function("))
    })
}

/// Replaces a text that occurs exactly once.
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

/// The name Trunk gave to the program: `app-` and a hash.
fn name_in(html: &str) -> Outcome<String> {
    let after = html.split("'./app-").nth(1);
    let hash = after.and_then(|rest| rest.split(".js'").next());
    let hash = hash.filter(|hash| hash.len() < 40);
    hash.map(|hash| format!("app-{hash}")).ok_or_else(|| {
        Failure::new("The built page does not say where its program is.")
            .next("see `name_in` in xtask/src/parts.rs")
    })
}

/// A name with a hash of all files that share it.
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
