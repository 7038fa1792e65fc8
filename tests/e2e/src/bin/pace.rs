//! How the page keeps up with a hand: what scrubbing, playing, dragging and typing cost per frame, and
//! when the first picture is there. `cargo xtask bench --page` runs it on the built site.
//!
//! Times depend on the machine; the last column relates them to a fixed piece of work that was measured
//! in the same page, so that two machines can be compared.

use std::io::Write;
use std::process::ExitCode;

use ackground_core::experiment::Experiment;
use ackground_e2e::{Done, Page, Value, visit};

/// How often an act may take as long as the page is otherwise given.
const PATIENCE: usize = 12;
/// Measures in the page.
const PACE: &str = include_str!("pace.js");
/// The messages of each of the four lanes.
const MESSAGES: [u16; 2] = [50, 300];
/// Says when the first lane is drawn.
const FIRST_PICTURE: &str = "new MutationObserver((_, observer) => {
    if (document.querySelector('[data-test=lane] svg')) {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => performance.mark('picture')));
    }
}).observe(document, { childList: true, subtree: true });";

/// Whether all of the page has come, every verdict stands, and no more of the pictures was drawn since the last look.
const AT_REST: &str = "const before = window.shapes;
    window.shapes = document.querySelectorAll('.drawn *').length;
    return before === window.shapes && !document.querySelector('html[data-part], [aria-busy=true]');";
/// Drags the playhead from the beginning to the end.
const SCRUB: &str = "const to = pace.range('.playbar input[type=range]'); return pace.drive(60, step => to(step / 59));";

/// What a person does once the page is at rest, and how: steps of one frame each.
const ACTS: [(&str, &str); 7] = [
    ("scrub the whole run", SCRUB),
    (
        "step by key",
        "pace.key('Home'); return pace.drive(60, () => pace.key('ArrowRight'));",
    ),
    (
        "play at 1×",
        "pace.key('Home'); document.querySelector('.playbar .play').click();
         return pace.drive(120, () => {}).finally(() => document.querySelector('.playbar [aria-label=Pause]')?.click());",
    ),
    (
        "play at the fastest",
        "document.querySelector('[data-test=legend]').click();
         await new Promise(done => setTimeout(done, 200));
         const select = document.querySelector('[data-test=speed]'); select.selectedIndex = select.options.length - 1;
         select.dispatchEvent(new Event('change', { bubbles: true }));
         pace.key('Home'); document.querySelector('.playbar .play').click();
         return pace.drive(120, () => {}).finally(() => document.querySelector('.playbar [aria-label=Pause]')?.click());",
    ),
    (
        "drag a rate",
        "const to = pace.range('[data-test$=-slider]'); return pace.drive(40, step => to(step / 80)).finally(() => to(0.1));",
    ),
    (
        "type a setting",
        "const input = document.querySelector('[data-test=messages]'), was = input.value;
         return pace.drive(20, step => pace.set(input, String(Number(was) - step % 2))).finally(() => pace.set(input, was));",
    ),
    (
        "switch views",
        "const views = ['prove', 'measure', 'watch'];
         return pace.drive(12, step => document.querySelector(`[data-test=view-${views[step % 3]}]`).click());",
    ),
];

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Nothing measured: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Done {
    visit(async |page| {
        page.viewport(1440, 900).await?;
        page.before_load(FIRST_PICTURE).await?;
        let mut out = std::io::stdout();
        for messages in MESSAGES {
            page.open(&format!("#{}", experiment(messages)?.to_link())).await?;
            page.until("the page has drawn", async || {
                let marked = "return performance.getEntriesByName('picture').length > 0";
                Ok(page.script(marked, vec![]).await? == Value::Bool(true))
            })
            .await?;
            let picture = "return performance.getEntriesByName('picture')[0].startTime";
            let picture = number(&page.script(picture, vec![]).await?);
            page.script(PACE, vec![]).await?;
            let unit = number(&page.script("return pace.calibrate()", vec![]).await?);
            writeln!(
                out,
                "\nFour lanes of {messages} messages; the first picture after {picture:.0} ms; unit {unit:.2} ms\n\
                 {:<22}{:>10}{:>8}{:>9}{:>8}{:>7}{:>7}{:>7}",
                "", "median ms", "p95", "longest", "frames", "gap", "tasks", "units"
            )?;
            let mut row = async |name: &str, act: &str| -> Done {
                let told = told(page, act).await?;
                let of = |key: &str| number(&told[key]);
                writeln!(
                    out,
                    "{name:<22}{:>10.1}{:>8.1}{:>9.1}{:>6.0}/s{:>7.0}{:>7.0}{:>7.2}",
                    of("median"),
                    of("p95"),
                    of("longest"),
                    of("frames"),
                    of("gap"),
                    of("tasks"),
                    of("median") / unit
                )?;
                Ok(())
            };
            row("scrub at once", SCRUB).await?;
            page.until("the page is at rest", async || {
                Ok(page.script(AT_REST, vec![]).await? == Value::Bool(true))
            })
            .await?;
            for (name, act) in ACTS {
                row(name, act).await?;
            }
        }
        Ok(())
    })
}

/// What came of an act.
async fn told(page: &Page, act: &str) -> Done<Value> {
    let begin = format!("pace.to(async () => {{ {act} }})");
    page.script(&begin, vec![]).await?;
    let over = async || {
        let over = "return window.paced !== undefined";
        Ok(page.script(over, vec![]).await? == Value::Bool(true))
    };
    // On a loaded machine an act takes longer than the page is otherwise given.
    let mut waited = page.until("the act is over", over).await;
    for _ in 1..PATIENCE {
        if waited.is_err() {
            waited = page.until("the act is over", over).await;
        }
    }
    waited?;
    let told = page.script("return window.paced", vec![]).await?;
    match told.get("error") {
        Some(error) => Err(format!("{act}: {error}").into()),
        None => Ok(told),
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_default()
}

/// Four different lanes under many faults.
fn experiment(messages: u16) -> Done<Experiment> {
    let text = format!(
        r#"{{"version":1,"messages":{messages},"interval_ms":100,
        "lanes":[{{"preset":"at-most-once"}},{{"preset":"at-least-once"}},{{"preset":"effectively-once"}},
            {{"preset":"at-least-once","name":"memory","consumer":{{"dedup":"memory","dedup_window":2}}}}],
        "faults":{{"loss":{{"publish":0.1,"ack":0.05,"publish_ack":0.05}},"crash":{{"consumer":0.02}}}}}}"#
    );
    Ok(Experiment::from_json(&text)?)
}
