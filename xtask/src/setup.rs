//! The tools a command needs, found or installed on first use, once per run.
//!
//! Several threads may ask for the same tool: the first does the work while the others wait. A failure is
//! cached too, and not retried.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::thread;

use crate::axe::axe;
use crate::browser::{Browser, webdriver_json};
use crate::failure::{AtPath, Outcome};
use crate::place;
use crate::run::is_root;
use crate::site;
use crate::toolchain::Wasm;
use crate::tools;

#[derive(Default)]
pub struct Setup {
    wasm: OnceLock<Outcome<Wasm>>,
    wasm_bindgen: OnceLock<Outcome<PathBuf>>,
    trunk: OnceLock<Outcome<PathBuf>>,
    wasm_opt: OnceLock<Option<PathBuf>>,
    browser: OnceLock<Outcome<Browser>>,
    axe: OnceLock<Outcome<PathBuf>>,
    site_needs: OnceLock<Outcome>,
    site: OnceLock<Outcome>,
}

impl Setup {
    /// A Rust toolchain that builds for Wasm.
    pub fn wasm(&self) -> Outcome<Wasm> {
        self.wasm.get_or_init(Wasm::find).clone()
    }

    /// The directory of `wasm-bindgen` and its test runner.
    pub fn wasm_bindgen(&self) -> Outcome<PathBuf> {
        self.wasm_bindgen.get_or_init(tools::wasm_bindgen).clone()
    }

    /// The directory of `trunk`.
    pub fn trunk(&self) -> Outcome<PathBuf> {
        self.trunk.get_or_init(tools::trunk).clone()
    }

    /// The directory of `wasm-opt`, if available.
    pub fn wasm_opt(&self) -> Option<PathBuf> {
        self.wasm_opt.get_or_init(tools::wasm_opt).clone()
    }

    /// Chromium and its driver.
    pub fn browser(&self) -> Outcome<Browser> {
        self.browser.get_or_init(Browser::find).clone()
    }

    /// The accessibility checker.
    pub fn axe(&self) -> Outcome<PathBuf> {
        self.axe.get_or_init(axe).clone()
    }

    /// Cargo, set up to run programs for Wasm in Chromium through wasm-bindgen's test runner.
    pub fn cargo_in_chromium(&self) -> Outcome<Command> {
        let wasm = self.wasm()?;
        let bindgen = self.wasm_bindgen()?;
        let browser = self.browser()?;

        let committed = place::root().join("webdriver.json");
        let options = fs::read_to_string(&committed).at("read", &committed)?;
        let ours = place::target().join("webdriver.json");
        fs::write(&ours, webdriver_json(&options, is_root())).at("write", &ours)?;

        let mut cargo = wasm.cargo();
        cargo
            // The test runner's own backtrace says nothing about a failed test.
            .env("RUST_BACKTRACE", "0")
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                bindgen.join("wasm-bindgen-test-runner"),
            )
            .env("CHROMEDRIVER", &browser.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &ours)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
            .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30");
        Ok(cargo)
    }

    /// The site, built once per run.
    pub fn site(&self) -> Outcome {
        self.site.get_or_init(|| site::build(self)).clone()
    }

    /// Everything needed to build the site, in parallel: tools are compiled while packages are downloaded and
    /// the page itself is compiled.
    pub fn for_site(&self) -> Outcome {
        self.site_needs.get_or_init(|| self.prepare_site()).clone()
    }

    fn prepare_site(&self) -> Outcome {
        thread::scope(|scope| {
            let page = scope.spawn(|| site::compile(&self.wasm()?));
            scope.spawn(|| self.wasm_opt());
            // Sequentially: they share a build directory.
            let tools = self.wasm_bindgen().and_then(|_| self.trunk());
            if tools.is_ok() {
                tools::clean_up();
            }
            let page = page.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            tools.and(page)
        })
    }
}
