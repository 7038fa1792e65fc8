//! Wherever the page is: under its policy, in a frame without an origin, in one file, without a network, and
//! while it changes.

use std::fs;
use std::path::{Path, PathBuf};

use ackground_e2e::{Done, Host, Page, json, site, test};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::{BALANCE, wait_texts};

/// The machine under a name where the page is kept; where it is built, it is not.
const ELSEWHERE: &str = "app.localhost";
/// Keeps what the policy refuses, in `window.refused`.
const KEEP_REFUSALS: &str = "window.refused = [];
    addEventListener('securitypolicyviolation', event => refused.push(`${event.effectiveDirective} ${event.blockedURI}`));";
/// Starts a worker as the page does, and keeps what it says first.
const START_WORKER: &str = "
    const file = document.querySelector('meta[name=ackground-worker]').content;
    window.heard = null;
    window.worker = new Worker(file, file.startsWith('blob:') ? {} : { type: 'module' });
    window.worker.onmessage = event => window.heard = event.data;";
const GUARANTEES: &str = "[data-test^=guarantee-]";
const GUARANTEED: [&str; 3] = ["at most once", "at least once", "exactly once"];

async fn no_refusals(page: &Page) -> Done {
    let refused = page.script("return window.refused", vec![]).await?;
    assert_eq!(refused, json!([]));
    Ok(())
}

async fn worker_starts(page: &Page) -> Done {
    page.script(START_WORKER, vec![]).await?;
    page.until("a worker says hello", async || {
        Ok(page.script("return window.heard", vec![]).await? == json!("\"hello\""))
    })
    .await
}

/// The first screen, a proof, a measurement and a sheet.
async fn works(page: &Page) -> Done {
    wait_texts(page, BALANCE, &["20,000", "40,000", "30,000"]).await?;
    page.click("[data-test=view-prove]").await?;
    wait_texts(page, GUARANTEES, &GUARANTEED).await?;
    worker_starts(page).await?;
    page.click("[data-test=view-measure]").await?;
    page.wait("[data-test=measure-done]").await?;
    page.press("?").await?;
    page.wait("[data-test=keys-dialog]").await?;
    page.click("[data-test=keys-close]").await?;
    page.wait_gone("[data-test=keys-dialog]").await
}

#[test]
fn nothing_the_page_does_is_against_its_policy() {
    test(async |page| {
        page.viewport(1440, 900).await?;
        page.before_load(KEEP_REFUSALS).await?;
        page.open("").await?;
        works(page).await?;
        page.click("[data-test=save-measure-csv]").await?;
        page.click("[data-test=view-watch]").await?;
        page.click("[data-test=theme]").await?;
        page.select("[data-test=picture]", "flow").await?;
        page.wait("[data-test=lane] .flow").await?;
        no_refusals(page).await?;
        let elsewhere = "return performance.getEntriesByType('resource').map(entry => entry.name)
            .filter(name => !name.startsWith(arguments[0]) && !/^(blob|data):/.test(name))";
        let asked = page.script(elsewhere, vec![json!(page.site())]).await?;
        assert_eq!(asked, json!([]), "the page asks nobody but its own host");
        Ok(())
    });
}

#[test]
fn a_script_that_does_not_belong_to_the_page_does_not_run() {
    test(async |page| {
        page.before_load(KEEP_REFUSALS).await?;
        page.open("").await?;
        let inject = "const script = document.createElement('script');
            script.textContent = 'window.harmed = true';
            document.body.append(script);
            document.body.insertAdjacentHTML('beforeend', '<img src=\"https://example.invalid/\" onerror=\"window.harmed = true\">');
            return window.harmed ?? false";
        assert_eq!(page.script(inject, vec![]).await?, json!(false));
        page.until("both are refused", async || {
            let refused = page
                .script("return window.refused.map(one => one.split(' ')[0]).sort()", vec![])
                .await?;
            Ok(refused == json!(["img-src", "script-src-elem"])
                || refused == json!(["img-src", "script-src-attr", "script-src-elem"]))
        })
        .await?;
        page.console_errors().await.map(drop)
    });
}

/// Shows the site in a frame without an origin, and goes inside.
async fn in_a_sandbox(page: &Page, address: &str) -> Done {
    page.visit_at(address).await?;
    let frame = "const frame = document.createElement('iframe');
        frame.sandbox = 'allow-scripts';
        frame.style = 'width: 1200px; height: 900px; border: 0';
        frame.src = './?in-a-frame';
        document.body.replaceChildren(frame);";
    page.script(frame, vec![]).await?;
    page.client().clone().enter_frame(0).await?;
    Ok(())
}

#[test]
fn a_frame_without_an_origin_has_everything_but_memory() {
    test(async |page| {
        page.viewport(1280, 900).await?;
        let host = Host::of_site()?;
        in_a_sandbox(page, &host.address("127.0.0.1")).await?;
        works(page).await?;
        page.click("[data-test=theme]").await?;
        page.wait("[data-theme]").await.map(drop)
    });
}

#[test]
fn a_frame_that_may_not_load_its_parts_says_what_is_missing() {
    test(async |page| {
        let host = Host::of_site()?;
        host.permit(false);
        in_a_sandbox(page, &host.address("127.0.0.1")).await?;
        page.wait_text("#app-apart", "Access-Control-Allow-Origin").await?;
        page.console_errors().await.map(drop)
    });
}

#[test]
fn the_page_in_one_file_works_from_a_disk() {
    test(async |page| {
        page.viewport(1440, 900).await?;
        page.before_load(KEEP_REFUSALS).await?;
        let file = site().join("ackground.html").canonicalize()?;
        let address = format!("file://{}", file.display());
        page.open_at(&address).await?;
        works(page).await?;
        no_refusals(page).await?;
        let asked = "return performance.getEntriesByType('resource').map(entry => entry.name)
            .filter(name => !/^(blob|data):/.test(name))";
        assert_eq!(page.script(asked, vec![]).await?, json!([]), "all is inside");
        assert_eq!(page.fragment().await?, "#view=measure");
        page.click("[data-test=open-share]").await?;
        page.wait_text("[data-test=share-from-disk]", "this machine only").await?;
        // The address leads there again, as everywhere.
        page.open_at(&format!("{address}#view=prove")).await?;
        wait_texts(page, GUARANTEES, &GUARANTEED).await
    });
}

#[test]
fn the_site_from_a_disk_names_the_file_that_works() {
    test(async |page| {
        let file = site().join("index.html").canonicalize()?;
        page.visit_at(&format!("file://{}", file.display())).await?;
        page.wait_text("#app-apart", "open ackground.html").await?;
        page.console_errors().await.map(drop)
    });
}

/// Waits until the whole site is kept.
async fn kept(page: &Page) -> Done {
    page.until("the site is kept", async || {
        let controlled = "return Boolean(navigator.serviceWorker.controller)";
        Ok(page.script(controlled, vec![]).await? == json!(true))
    })
    .await
}

#[test]
fn after_one_visit_everything_works_without_a_network() {
    test(async |page| {
        page.viewport(1440, 900).await?;
        let host = Host::of_site()?;
        let address = host.address(ELSEWHERE);
        page.open_at(&address).await?;
        kept(page).await?;
        host.connect(false);
        page.open_at(&address).await?;
        works(page).await?;
        page.open_at(&format!("{address}index.html#view=prove")).await?;
        wait_texts(page, GUARANTEES, &GUARANTEED).await?;
        // A figure is the same page with a query.
        page.open_at(&format!("{address}?embed&theme=dark")).await
    });
}

#[test]
fn where_there_is_no_room_the_page_works_and_nothing_half_is_kept() {
    test(async |page| {
        let host = Host::of_site()?;
        let address = host.address(ELSEWHERE);
        // Less than the first part of the program.
        let full = json!({ "origin": address.trim_end_matches('/'), "quotaSize": 300_000 });
        page.chromium("Storage.overrideQuotaForOrigin", full).await?;
        page.before_load(
            "if (self.ServiceWorkerContainer) {
                 const register = ServiceWorkerContainer.prototype.register;
                 ServiceWorkerContainer.prototype.register = async function (...asked) {
                     const kept = await register.apply(this, asked);
                     kept.installing.addEventListener('statechange', async event => {
                         window.ended = [event.target.state, (await caches.keys()).length];
                     });
                     return kept;
                 };
             }",
        )
        .await?;
        page.open_at(&address).await?;
        page.until("the site is not kept", async || {
            let ended = page.script("return window.ended ?? null", vec![]).await?;
            Ok(ended == json!(["redundant", 0]))
        })
        .await?;
        works(page).await
    });
}

#[test]
fn where_the_site_is_built_nothing_old_is_kept() {
    test(async |page| {
        page.open("").await?;
        page.wait("html:not([data-part])").await?;
        page.script(
            "navigator.serviceWorker.getRegistrations().then(kept => window.kept = kept.length)",
            vec![],
        )
        .await?;
        page.until("nothing is registered", async || {
            Ok(page.script("return window.kept", vec![]).await? == json!(0))
        })
        .await
    });
}

#[test]
fn a_new_version_does_not_break_an_open_page() {
    test(async |page| {
        page.viewport(1440, 900).await?;
        let host = Host::of_site()?;
        let address = host.address(ELSEWHERE);
        page.open_at(&address).await?;
        kept(page).await?;
        let worker = "return document.querySelector('meta[name=ackground-worker]').content";
        let old = page.script(worker, vec![]).await?;

        let newer = another_version()?;
        host.serve(&newer);
        let look =
            "navigator.serviceWorker.getRegistration().then(kept => kept.update()); return 0";
        page.script(look, vec![]).await?;
        page.wait_text("#app-newer", "A new version is ready").await?;
        // Its worker is on the host no more.
        works(page).await?;
        page.click("#app-newer .app-reload").await?;
        page.until("the page is the new version", async || {
            let now = page.script(worker, vec![]).await?;
            Ok(now != old
                && now.as_str().is_some_and(|now| now.contains("worker-of-another-version")))
        })
        .await?;
        host.connect(false);
        page.open_at(&address).await?;
        works(page).await?;
        let caches = "caches.keys().then(keys => window.caches_now = keys.length)";
        page.script(caches, vec![]).await?;
        page.until("the old version is gone", async || {
            Ok(page.script("return window.caches_now", vec![]).await? == json!(1))
        })
        .await?;
        fs::remove_dir_all(newer)?;
        Ok(())
    });
}

/// The site with its worker at another address, as another build would have it.
fn another_version() -> Done<PathBuf> {
    const INDEX: &str = "\"index.html\": \"";
    let newer = std::env::temp_dir().join(format!("ackground-newer-{}", std::process::id()));
    copy(&site(), &newer)?;
    let page = fs::read_to_string(newer.join("index.html"))?;
    let (_, rest) = page.split_once("content=\"./worker-").ok_or("no worker")?;
    let hash = rest.split('/').next().unwrap_or_default();
    let (old, new) = (format!("worker-{hash}"), "worker-of-another-version");
    fs::rename(newer.join(&old), newer.join(new))?;
    let page = page.replace(&old, new);
    fs::write(newer.join("index.html"), &page)?;
    let keeper = fs::read_to_string(newer.join("sw.js"))?.replace(&old, new);
    let (before, rest) = keeper.split_once(INDEX).ok_or("no page is kept")?;
    let (_, after) = rest.split_once('"').ok_or("no digest")?;
    let digest = BASE64_STANDARD.encode(hmac_sha256::Hash::hash(page.as_bytes()));
    let keeper = format!("{before}{INDEX}{digest}\"{after}");
    let keeper = keeper.replacen("const VERSION = \"", "const VERSION = \"newer-", 1);
    fs::write(newer.join("sw.js"), keeper)?;
    Ok(newer)
}

fn copy(from: &Path, to: &Path) -> Done {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
