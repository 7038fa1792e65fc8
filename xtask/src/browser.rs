//! Chromium and chromedriver: found or installed, started and stopped.

use std::env;
use std::io::Read;
use std::net::{Ipv4Addr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::apt;
use crate::failure::{Failure, Outcome};
use crate::report::say;
use crate::run::{command, on_path, quiet};
use crate::server::Port;

const CHROMIUMS: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const ELSEWHERE: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const DRIVERS_ELSEWHERE: [&str; 2] =
    ["/usr/lib/chromium/chromedriver", "/usr/lib/chromium-browser/chromedriver"];
/// With fonts: a bare machine has none, and would render boxes.
const DEBIAN_PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-dejavu-core"];

/// A matching pair of programs.
#[derive(Clone, Debug)]
pub struct Browser {
    pub chrome: PathBuf,
    pub driver: PathBuf,
}

impl Browser {
    /// Looks at `CHROME` and `CHROMEDRIVER`, then the `PATH`, then Debian's packages.
    pub fn find() -> Outcome<Self> {
        if let Some(browser) = Self::present() {
            return Ok(browser);
        }
        if apt::usable() {
            apt::install(&DEBIAN_PACKAGES)?;
        }
        Self::present().ok_or_else(|| {
            Failure::new("Chromium and chromedriver were not found.").next(
                "install Chrome or Chromium and the chromedriver of the same version, \
                 or set CHROME and CHROMEDRIVER to them",
            )
        })
    }

    fn present() -> Option<Self> {
        let named = |name| env::var_os(name).map(PathBuf::from).filter(|file| file.is_file());
        let existing = |files: &[&str]| files.iter().map(PathBuf::from).find(|file| file.is_file());
        let chrome = named("CHROME")
            .or_else(|| CHROMIUMS.into_iter().find_map(on_path))
            .or_else(|| existing(&ELSEWHERE))?;
        let driver = named("CHROMEDRIVER")
            .or_else(|| on_path("chromedriver"))
            .or_else(|| existing(&DRIVERS_ELSEWHERE))?;
        Some(Self { chrome, driver })
    }

    /// Starts the driver on a free port.
    pub fn drive(&self) -> Outcome<Driver> {
        let number = Port::any()?.number();
        let mut driver = command(&self.driver);
        driver.arg(format!("--port={number}")).stdout(Stdio::null()).stderr(Stdio::piped());
        // In a process group, so that the browsers it starts can be stopped with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut driver, 0);
        let child = driver
            .spawn()
            .map_err(|error| self.broken(&format!("could not be started: {error}")))?;
        let mut driver = Driver { child, port: number };
        let started = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, number)).is_err() {
            if let Ok(Some(status)) = driver.child.try_wait() {
                let mut told = String::new();
                if let Some(mut stderr) = driver.child.stderr.take() {
                    let _ = stderr.read_to_string(&mut told);
                }
                say(told.trim_end());
                return Err(self.broken(&format!("ended at once ({status})")));
            }
            if started.elapsed() > Duration::from_secs(20) {
                return Err(self.broken("did not listen within 20 s"));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(driver)
    }

    fn broken(&self, how: &str) -> Failure {
        Failure::new(format!("{} {how}.", self.driver.display()))
            .next("check that it runs and fits the installed Chromium, or set CHROMEDRIVER")
    }
}

/// A running chromedriver. Stopped, with its browsers, on drop.
pub struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if cfg!(unix) {
            // The standard library can kill the driver only, not its process group.
            let group = format!("-{}", self.child.id());
            let _ = quiet(command("kill").args(["-TERM", "--", &group]));
            for _ in 0..50 {
                if matches!(self.child.try_wait(), Ok(Some(_))) {
                    break;
                }
                thread::sleep(Duration::from_millis(20));
            }
            let _ = quiet(command("kill").args(["-KILL", "--", &group]));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Adapts `webdriver.json` to this machine: Chromium's sandbox does not work as root.
pub fn webdriver_json(text: &str, root: bool) -> String {
    if root {
        text.replacen("\"args\": [", "\"args\": [\"--no-sandbox\", ", 1)
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_root_goes_without_the_sandbox() {
        let text = "{\"goog:chromeOptions\": {\"args\": [\"--headless=new\"]}}";
        assert!(webdriver_json(text, true).contains("[\"--no-sandbox\", \"--headless=new\"]"));
        assert_eq!(webdriver_json(text, false), text);
    }
}
