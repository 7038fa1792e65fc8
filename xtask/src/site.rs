//! Builds the site: compiles the programs that `index.html` links, then lets Trunk bundle them into `dist/`.
//!
//! The page is compiled before Trunk is called, with the same arguments as Trunk will use. So it can compile
//! while Trunk is being installed, and its errors are reported by the compiler itself.
//!
//! Trunk hashes all file names but the worker's. To keep browsers from combining a cached old worker with a
//! new page, its files are moved to a directory with a hash in its name, which is inserted into `index.html`.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use crate::failure::{AtPath, Failure, Outcome};
use crate::report::task;
use crate::run::{command, output, quiet, show};
use crate::setup::Setup;
use crate::toolchain::{TARGET, Wasm};
use crate::tools::exe;
use crate::{host, parts, place, weight};

/// Compiles all programs linked by `index.html`. They are linked in parallel, since that last and longest
/// step is single-threaded.
pub fn compile(wasm: &Wasm) -> Outcome {
    let page = place::root().join("index.html");
    let html = fs::read_to_string(&page).at("read", &page)?;
    thread::scope(|scope| {
        let under_way: Vec<_> = programs(&html)
            .into_iter()
            .map(|arguments| scope.spawn(move || compile_one(wasm, &arguments)))
            .collect();
        under_way.into_iter().try_for_each(|program| {
            program.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })
}

fn compile_one(wasm: &Wasm, arguments: &[String]) -> Outcome {
    let bin = arguments.iter().skip_while(|word| *word != "--bin").nth(1);
    let name = bin.map_or("of the page", String::as_str);
    let compiled = task(&format!("Compile {name} for Wasm"), || {
        output(wasm.cargo().args(["build", "--target", TARGET]).args(arguments))
    });
    compiled.map(drop).map_err(|_| {
        Failure::new(format!("The program {name} does not compile for Wasm."))
            .next("mend the errors shown above")
    })
}

/// Sets up, compiles and bundles the site into `dist/`.
pub fn build(setup: &Setup) -> Outcome {
    let linked = bundle(setup)?;
    let optimizer = setup.wasm_opt();
    let program = parts::divide(&place::dist(), &linked, optimizer.as_deref())?;
    name_worker(&place::dist())?;
    task("Make the site fit for any place", || host::finish(&place::dist(), &program))?;
    weight::weigh(&place::dist(), optimizer.is_some())
}

/// Sets up and compiles, and has Trunk bundle the site, with the program still in one large part. Returns the
/// path of the linker's output.
fn bundle(setup: &Setup) -> Outcome<PathBuf> {
    setup.for_site()?;
    let optimizer = setup.wasm_opt();
    let home = setup.trunk()?;
    let mut trunk = command(home.join(exe("trunk")));
    let mut tools = vec![home, setup.wasm_bindgen()?];
    tools.extend(optimizer.clone());
    setup.wasm()?.prepare(&mut trunk, &tools);
    trunk
        // Everything needed is there: Trunk must use it rather than download something else.
        .args(["build", "--offline", "true"])
        // Trunk accepts only "true" and "false" here, but others set it to "1".
        .env_remove("NO_COLOR")
        .current_dir(place::root());
    match optimizer {
        Some(_) => trunk.arg("--release"),
        // The same build without wasm-opt.
        None => trunk.args(["--cargo-profile", "release"]),
    };
    task("Bundle the site with Trunk", || {
        quiet(&mut trunk).map_err(|failed| {
            show(&failed.output);
            Failure::new("Trunk could not build the site.").next("read Trunk's message above")
        })
    })?;
    let target = setup.wasm()?.target_dir().join(TARGET);
    Ok(target.join("release/app.wasm"))
}

/// The worker's files as named by Trunk: each loads the next one from the same directory.
const WORKER: [&str; 3] = ["worker_loader.js", "worker.js", "worker_bg.wasm"];

/// Moves the worker's files into a directory with a content hash in its name, and updates the page.
fn name_worker(dist: &Path) -> Outcome {
    let mut content = Vec::new();
    for name in WORKER {
        let file = dist.join(name);
        content.extend(fs::read(&file).at("read", &file)?);
    }
    let dir = format!("worker-{}", host::short(&content));
    let home = dist.join(&dir);
    fs::create_dir_all(&home).at("create", &home)?;
    for name in WORKER {
        let file = dist.join(name);
        fs::rename(&file, home.join(name)).at("move", &file)?;
    }
    let page = dist.join("index.html");
    let html = fs::read_to_string(&page).at("read", &page)?;
    let named =
        html.replace(&format!("\"./{}\"", WORKER[0]), &format!("\"./{dir}/{}\"", WORKER[0]));
    if named == html {
        return Err(Failure::new("The page does not say where its worker is.")
            .next("see the meta tag \"ackground-worker\" in index.html"));
    }
    fs::write(&page, named).at("write", &page)
}

/// The arguments of the `cargo build` that Trunk will run for each `<link data-trunk rel="rust">`.
fn programs(html: &str) -> Vec<Vec<String>> {
    html.split('<')
        .filter_map(|tag| tag.split('>').next())
        .filter(|tag| tag.starts_with("link ") && attribute(tag, "rel") == Some("rust"))
        .map(|tag| {
            let profile = attribute(tag, "data-cargo-profile").unwrap_or("release");
            let mut arguments = vec!["--profile".to_owned(), profile.to_owned()];
            if let Some(bin) = attribute(tag, "data-bin") {
                arguments.extend(["--bin".to_owned(), bin.to_owned()]);
            }
            if let Some(manifest) = attribute(tag, "href") {
                arguments.extend(["--manifest-path".to_owned(), manifest.to_owned()]);
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
            <link data-trunk rel="rust" data-bin="app">
            <link data-trunk rel="rust" href="crates/worker/Cargo.toml" data-bin="worker" data-type="worker" data-cargo-profile="fast">"#;
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            programs(html),
            [
                words("--profile release --bin app"),
                words("--profile fast --bin worker --manifest-path crates/worker/Cargo.toml"),
            ]
        );
    }

    #[test]
    fn a_worker_has_its_hash_in_its_address() -> Outcome {
        let dist = std::env::temp_dir().join(format!("ackground-site-{}", std::process::id()));
        fs::create_dir_all(&dist).at("create", &dist)?;
        let write = |name: &str, text: &str| fs::write(dist.join(name), text).at("write", &dist);
        let mut addresses = Vec::new();
        for program in ["old", "new", "new"] {
            write("index.html", r#"<meta content="./worker_loader.js">"#)?;
            write("worker_loader.js", "")?;
            write("worker.js", "")?;
            write("worker_bg.wasm", program)?;
            name_worker(&dist)?;
            let page = dist.join("index.html");
            addresses.push(fs::read_to_string(&page).at("read", &page)?);
        }
        fs::remove_dir_all(&dist).at("remove", &dist)?;
        assert!(addresses[1].contains("./worker-"), "{}", addresses[1]);
        assert_ne!(addresses[0], addresses[1]);
        assert_eq!(addresses[1], addresses[2]);
        Ok(())
    }
}
