//! Figures in a page of another origin: shown, sized, coloured, talked to, and never in the way.

use std::fs;
use std::path::PathBuf;

use ackground_e2e::{Done, Host, Page, Scheme, Value, json, site, test};
use fantoccini::elements::{Element, ElementRef};

/// The figure, seen from inside of its frame.
const FIGURE: &str = "[data-test=embed]";
const TITLE: &str = "[data-test=embed-title]";
/// The frame that the element makes, seen from its page.
const FRAME: &str = "document.querySelector('ackground-figure').shadowRoot.querySelector('iframe')";
const FIRST: &str = "payment/at-least-once,effectively-once/crash-consumer-before-ack-3";

/// A host of its own with these pages, which stay as long as the test program lives.
fn host_of(name: &str, pages: &[(&str, String)]) -> Done<Host> {
    let dir: PathBuf =
        std::env::temp_dir().join(format!("ackground-embed-{name}-{}", std::process::id()));
    fs::create_dir_all(dir.join("pictures"))?;
    for (file, text) in pages {
        fs::write(dir.join(file), text)?;
    }
    let host = Host::of_site()?;
    host.serve(&dir);
    Ok(host)
}

/// The example post on another host, with its figures from the site.
fn post(name: &str, page: &Page) -> Done<Host> {
    let examples = site().join("examples");
    let read = |file: &str| fs::read_to_string(examples.join(file));
    let picture = "pictures/lost-on-the-way.svg";
    host_of(
        name,
        &[
            ("index.html", read("blog-post.html")?.replace("../", page.site())),
            ("blog-post.css", read("blog-post.css")?),
            ("blog-post.js", read("blog-post.js")?),
            (picture, read(picture)?),
        ],
    )
}

async fn script(page: &Page, script: &str) -> Done<Value> {
    page.script(script, vec![]).await
}

async fn holds(page: &Page, what: &str) -> Done {
    page.until(what, async || Ok(script(page, &format!("return !!({what})")).await? == json!(true)))
        .await
}

/// Opens a page with one element, and waits until its figure has told what it comes to.
async fn element(page: &Page, name: &str, attributes: &str, head: &str) -> Done {
    let html = format!(
        "<!doctype html><meta charset=utf-8><title>T</title><link rel=icon href='data:,'>{head}
         <script src='{}ackground-embed.js'></script>
         <ackground-figure experiment='{FIRST}' {attributes}><a href='x'>The figure</a></ackground-figure>
         <p id=below style='height:3000px'>Below</p>
         <script>
           const figure = document.querySelector('ackground-figure');
           window.told = [];
           for (const type of ['ready', 'change', 'outcome', 'ended', 'error'])
               figure.addEventListener(type, event => told.push([type, event.detail]));
         </script>",
        page.site()
    );
    let host = host_of(name, &[("index.html", html)])?;
    page.viewport(720, 900).await?;
    page.visit_at(&host.address("post.localhost")).await?;
    holds(page, "figure.outcome").await
}

/// Looks into a frame, given as JavaScript.
async fn enter(page: &Page, frame: &str) -> Done {
    let found = script(page, &format!("return {frame}")).await?;
    let id = found.as_object().and_then(|found| found.values().next());
    let id = id.and_then(Value::as_str).ok_or("no frame")?;
    let frame = Element::from_element_id(page.client().clone(), ElementRef::from(id.to_owned()));
    Ok(frame.enter_frame().await?)
}

async fn leave(page: &Page) -> Done {
    Ok(page.client().enter_parent_frame().await?)
}

#[test]
fn the_example_post_shows_three_figures_in_three_ways() {
    test(async |page| {
        let host = post("post", page)?;
        page.viewport(900, 1000).await?;
        page.visit_at(&host.address("post.localhost")).await?;
        holds(page, "document.querySelector('#static img').naturalWidth > 0").await?;
        script(page, "document.querySelector('#by-iframe').scrollIntoView()").await?;
        enter(page, "document.querySelector('iframe')").await?;
        page.wait_text(TITLE, "Three people").await?;
        assert_eq!(page.count("[data-test=lane]").await?, 3);
        page.wait_text(".playbar .clock", "2.6").await?;
        leave(page).await?;
        // The element has its picture, and nothing of the program, until it is clicked.
        holds(page, "document.querySelector('ackground-figure').shadowRoot.querySelector('img').naturalWidth > 0").await?;
        script(
            page,
            "document.querySelector('ackground-figure').shadowRoot.querySelector('button').click()",
        )
        .await?;
        page.wait_text("output", "40,000 of 30,000, 1 paid twice").await?;
        page.click("[data-load='payment/at-least-once,effectively-once/drop-publish-ack-2']")
            .await?;
        holds(
            page,
            "document.querySelector('ackground-figure').experiment.endsWith('drop-publish-ack-2')",
        )
        .await
    });
}

#[test]
fn an_element_is_sized_named_and_talked_to() {
    test(async |page| {
        element(page, "talk", "at=1000ms", "").await?;
        holds(page, &format!("parseFloat({FRAME}.style.height) > 400")).await?;
        let fits = format!("const frame = {FRAME}; return frame.getBoundingClientRect().height");
        let height = script(page, &fits).await?.as_f64().unwrap_or_default();
        enter(page, FRAME).await?;
        let inside = script(
            page,
            &format!("return document.querySelector('{FIGURE}').getBoundingClientRect().height"),
        )
        .await?;
        assert!(
            (inside.as_f64().unwrap_or_default() - height).abs() <= 1.0,
            "{inside} in {height}"
        );
        leave(page).await?;
        let name = script(page, &format!("return {FRAME}.title")).await?;
        assert!(name.as_str().is_some_and(|name| name.ends_with("exact")), "{name}");
        holds(page, "told.some(([type, detail]) => type === 'change' && detail.at_ms === 1000)")
            .await?;
        script(page, "figure.seek(2600.5)").await?;
        holds(page, "told.some(([type, detail]) => type === 'change' && detail.at_ms === 2600.5)")
            .await?;
        script(page, "figure.seek(3300); figure.play()").await?;
        holds(page, "told.some(([type]) => type === 'ended')").await?;
        assert_eq!(
            script(page, "return told.filter(([type]) => type === 'ready').length").await?,
            json!(1)
        );
        script(page, "figure.load({ version: 1, title: 'Another', lanes: [{}] })").await?;
        holds(
            page,
            "figure.outcome.lanes.length === 1 && figure.outcome.title.startsWith('Another')",
        )
        .await?;
        script(page, "figure.load('v1.broken')").await?;
        holds(
            page,
            "told.some(([type, detail]) => type === 'error' && detail.message.length > 10)",
        )
        .await?;
        assert_eq!(
            script(page, "return figure.outcome.lanes.length").await?,
            json!(1),
            "it stays as it was"
        );
        Ok(())
    });
}

#[test]
fn a_figure_has_the_colours_of_its_page() {
    test(async |page| {
        let dark = "<style>html { background: #101010 }</style>";
        element(page, "colours", "", dark).await?;
        let theme = async || {
            enter(page, FRAME).await?;
            let theme = page.attribute("html", "data-theme").await?;
            leave(page).await?;
            Done::Ok(theme.unwrap_or_default())
        };
        assert_eq!(theme().await?, "dark");
        script(page, "document.documentElement.style.background = 'white'").await?;
        page.until("it becomes light", async || Ok(theme().await? == "light")).await?;
        script(page, "figure.setAttribute('theme', 'dark')").await?;
        page.until("it is told", async || Ok(theme().await? == "dark")).await
    });
}

#[test]
fn a_figure_lets_the_wheel_and_the_keys_through() {
    test(async |page| {
        element(page, "through", "", "").await?;
        let wheel = json!({ "type": "mouseWheel", "x": 300, "y": 300, "deltaX": 0, "deltaY": 400 });
        page.until("the wheel moves the page", async || {
            page.chromium("Input.dispatchMouseEvent", wheel.clone()).await?;
            Ok(script(page, "return scrollY > 200").await? == json!(true))
        })
        .await?;
        enter(page, FRAME).await?;
        // What no control needs is not taken: the browser scrolls with it, also around the frame.
        let taken = "const keys = [' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageDown', 'Home', 'End', 'f', 'w', '1', '?'];
            const press = (where, key) => !where.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            return ['body', '.lane', '.play', '.embed-open'].flatMap(css => keys.filter(key => press(document.querySelector(css), key)))";
        assert_eq!(script(page, taken).await?, json!([]));
        leave(page).await?;
        script(page, &format!("{FRAME}.focus()")).await?;
        script(
            page,
            "document.body.insertAdjacentHTML('beforeend', '<button id=after>After</button>')",
        )
        .await?;
        for _ in 0..20 {
            page.press("Tab").await?;
            if page.has_focus("#after").await? {
                return Ok(());
            }
        }
        Err("the focus does not come out of the figure".into())
    });
}

#[test]
fn a_poster_loads_nothing_heavy_until_it_is_clicked() {
    test(async |page| {
        for poster in ["?embed&poster", "?embed&poster=posters/first.svg", "?embed&poster=none.svg"]
        {
            page.open(poster).await?;
            page.wait("[data-test=poster]").await?;
            let heavy = "return performance.getEntriesByType('resource').map(entry => entry.name)
                .filter(name => /\\.wasm|app-[^/]*\\.js|worker/.test(name))";
            assert_eq!(script(page, heavy).await?, json!([]), "{poster}");
            let quiet = page.count(".embed-quiet").await? == 1;
            assert_eq!(quiet, poster.ends_with("none.svg"), "{poster}");
            page.press("Tab").await?;
            assert!(page.has_focus("[data-test=poster]").await?, "{poster}");
            page.press("Enter").await?;
            page.wait(TITLE).await?;
            page.until("the focus is in the figure", async || page.has_focus(".embed .play").await)
                .await?;
        }
        // One picture was asked for that is not there.
        page.console_errors().await.map(drop)
    });
}

#[test]
fn only_the_host_is_listened_to_and_only_after_its_hello_answered() {
    test(async |page| {
        let html = format!(
            "<!doctype html><meta charset=utf-8><title>T</title><link rel=icon href='data:,'>
             <iframe id=figure src='{}?embed&at=1000ms' width=720 height=900></iframe>
             <iframe id=other srcdoc='<script>
                 onmessage = () => parent.frames[0].postMessage({{ ackground: 1, type: \"seek\", ms: 2000 }}, \"*\")
             </script>'></iframe>
             <script>
               window.told = [];
               addEventListener('message', event => told.push(event.data));
               window.ask = message => frames[0].postMessage(message, '*');
             </script>",
            page.site()
        );
        let host = host_of("hostile", &[("index.html", html)])?;
        page.viewport(800, 900).await?;
        page.visit_at(&host.address("post.localhost")).await?;
        holds(
            page,
            "told.some(data => data.type === 'ready') && told.some(data => data.type === 'size')",
        )
        .await?;
        // Not greeted: nothing is done and nothing is told.
        script(page, "ask({ ackground: 1, type: 'seek', ms: 3000 })").await?;
        script(page, "frames[1].postMessage('go', '*')").await?;
        enter(page, "document.querySelector('iframe')").await?;
        page.wait_text(".playbar .clock", "1.00").await?;
        leave(page).await?;
        let types = "return [...new Set(told.map(data => data.type))].sort().join()";
        assert_eq!(script(page, types).await?, json!("ready,size"));
        script(page, "ask({ ackground: 1, type: 'hello' })").await?;
        holds(page, "told.some(data => data.type === 'outcome' && data.lanes.length === 3)")
            .await?;
        for nonsense in [
            "null",
            "7",
            "'hello'",
            "[]",
            "{ type: 'seek', ms: 5 }",
            "{ ackground: 2, type: 'seek', ms: 5 }",
            "{ ackground: 1, type: 'explode' }",
            "{ ackground: 1n, type: 'seek' }",
        ] {
            script(page, &format!("ask({nonsense})")).await?;
        }
        script(page, "frames[1].postMessage('go', '*')").await?;
        script(page, "ask({ ackground: 1, type: 'seek', ms: 'soon' })").await?;
        holds(page, "told.some(data => data.type === 'error' && data.message.includes('ms'))")
            .await?;
        assert_eq!(
            script(page, "return told.filter(data => data.type === 'error').length").await?,
            json!(1)
        );
        enter(page, "document.querySelector('iframe')").await?;
        page.wait_text(".playbar .clock", "1.00").await?;
        leave(page).await?;
        Ok(())
    });
}

#[test]
fn a_page_passes_over_messages_that_are_not_its_figures() {
    test(async |page| {
        element(page, "forged", "", "").await?;
        let before = script(page, &format!("return {FRAME}.style.height")).await?;
        script(
            page,
            "const size = { ackground: 1, type: 'size', height: 9999 };
             postMessage(size, '*');
             const other = document.body.appendChild(document.createElement('iframe'));
             other.contentWindow.eval(`parent.postMessage(${JSON.stringify(size)}, '*')`);",
        )
        .await?;
        script(page, "figure.seek(1500)").await?;
        holds(page, "told.some(([type, detail]) => type === 'change' && detail.at_ms === 1500)")
            .await?;
        assert_eq!(script(page, &format!("return {FRAME}.style.height")).await?, before);
        Ok(())
    });
}

#[test]
fn a_figure_that_cannot_be_shown_says_so() {
    test(async |page| {
        page.open("?embed#v1.broken").await?;
        page.wait_text("[data-test=embed-failed]", "cannot be shown").await?;
        page.wait("[data-test=embed-failed] a").await?;
        page.open("?embed&colour=red").await?;
        page.wait_text("[data-test=embed-unread]", "colour").await?;
        page.forbid_workers().await?;
        page.open("?embed&view=verdicts").await?;
        page.wait_text("[data-test=verdict-3]", "exactly once").await?;
        page.open("?embed&view=measure").await?;
        page.wait("[data-test=measured-done]").await.map(drop)
    });
}

#[test]
fn a_figure_in_a_sandbox_works_where_the_site_permits_it() {
    test(async |page| {
        let figures = Host::of_site()?;
        let html = format!(
            "<!doctype html><title>T</title><link rel=icon href='data:,'>
             <iframe sandbox='allow-scripts' src='{}?embed' width=720 height=900></iframe>",
            figures.address("app.localhost")
        );
        let host = host_of("sandbox", &[("index.html", html)])?;
        page.visit_at(&host.address("post.localhost")).await?;
        enter(page, "document.querySelector('iframe')").await?;
        page.wait(FIGURE).await?;
        leave(page).await?;
        figures.permit(false);
        page.visit_at(&host.address("post.localhost")).await?;
        enter(page, "document.querySelector('iframe')").await?;
        page.wait_text("#app-apart", "Access-Control-Allow-Origin").await?;
        leave(page).await?;
        page.console_errors().await.map(drop)
    });
}

#[test]
fn a_figure_plays_once_in_view_unless_less_motion_is_preferred() {
    test(async |page| {
        element(page, "autoplay", "autoplay", "").await?;
        holds(page, "told.some(([, detail]) => detail?.playing)").await?;
        // A frame of another origin does not hear what is emulated for its page: the figure alone does.
        page.reduced_motion(true).await?;
        page.open("?embed&autoplay").await?;
        page.until("the run is at its end", async || {
            let clock = page.text(".playbar .clock").await?;
            Ok(clock.split_once(" of ").is_some_and(|(now, end)| now == end && now != "0.00 s"))
        })
        .await?;
        page.wait(".playbar [aria-label=Play]").await?;
        Ok(())
    });
}

#[test]
fn figures_are_accessible_and_fit_at_every_width() {
    test(async |page| {
        for (width, scheme) in [(720, Scheme::Light), (320, Scheme::Dark)] {
            page.viewport(width, 900).await?;
            page.colour_scheme(scheme).await?;
            for address in [
                "?embed",
                "?embed&controls=none",
                "?embed&controls=all",
                "?embed&view=flow",
                "?embed&view=verdicts",
                "?embed&view=measure",
                "?embed&poster",
                "?embed#v1.broken",
            ] {
                page.open(address).await?;
                page.wait("main.embed:not(:has([aria-busy=true]))").await?;
                assert_eq!(page.violations().await?, [], "{address} at {width}");
                assert_eq!(page.small_targets().await?, [], "{address} at {width}");
                assert!(!page.scrolls_sideways().await?, "{address} at {width}");
            }
        }
        page.open("?embed&controls=none").await?;
        page.wait(FIGURE).await?;
        let stops = "return Array.from(document.querySelectorAll('main :is(a, button, input, select, summary, [tabindex=\"0\"])'))
            .filter(element => element.checkVisibility()).map(element => element.dataset.test)";
        assert_eq!(
            script(page, stops).await?,
            json!(["embed-open"]),
            "a still figure has its link alone"
        );
        Ok(())
    });
}
