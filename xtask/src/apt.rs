//! Debian packages, on machines that have apt and allow us to use it.

use std::env;
use std::sync::Mutex;

use crate::failure::{Failure, Outcome};
use crate::report;
use crate::run::{command, is_root, on_path, output, quiet};

/// apt locks its database.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Whether packages can be installed without a password prompt.
pub fn usable() -> bool {
    cfg!(target_os = "linux")
        && on_path("apt-get").is_some()
        && (is_root() || quiet(command("sudo").args(["-n", "true"])).is_ok())
}

/// Installs packages, and retries after refreshing the package lists if that fails.
pub fn install(packages: &[&str]) -> Outcome {
    let _turn = ONE_AT_A_TIME.lock();
    report::task(&format!("Install Debian packages {}", packages.join(" ")), || {
        if quiet(&mut apt("install", packages)).is_ok() {
            return Ok(());
        }
        // Fresh machines have no package lists, old ones stale lists.
        let _ = quiet(&mut apt("update", &[]));
        output(&mut apt("install", packages)).map(drop).map_err(|_| {
            Failure::new(format!("apt could not install {}.", packages.join(", ")))
                .next("read apt's message above")
        })
    })
}

fn apt(verb: &str, packages: &[&str]) -> std::process::Command {
    let mut apt = if is_root() {
        command("apt-get")
    } else {
        let mut sudo = command("sudo");
        sudo.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    apt.env("DEBIAN_FRONTEND", "noninteractive").args([
        verb,
        "--yes",
        "-o",
        "DPkg::Lock::Timeout=300",
    ]);
    if verb == "install" {
        apt.arg("--no-install-recommends");
    }
    apt.args(packages).current_dir(env::temp_dir());
    apt
}
