//! Measuring: the numbers are those of the core, natively, to the last digit; long work can be watched
//! and stopped; what is found can be kept.

use ackground::measure::model::picks::all_at_five_percent;
use ackground_core::experiment::Experiment;
use ackground_core::measure::sweep::{Axis, Point};
use ackground_core::measure::{self, Figures, csv};
use ackground_e2e::{Done, Page, json, test};

use super::saved;

/// A measurement is done.
const DONE: &str = "[data-test=measure-done]";
/// A sweep is done.
const SWEPT: &str = "[data-test=sweep-done]";

async fn open(page: &Page, fragment: &str) -> Done {
    page.viewport(1440, 900).await?;
    page.open(fragment).await?;
    page.wait("[data-test=measure]").await.map(drop)
}

/// Everything at 5 %, in the Measure view.
fn busy() -> (Experiment, String) {
    let experiment = all_at_five_percent(&Experiment::default());
    let fragment = format!("#{}&view=measure", experiment.to_link());
    (experiment, fragment)
}

fn native(experiment: &Experiment, messages: u64) -> Figures {
    let experiment = &*measure::in_long_runs(experiment);
    measure::count(experiment, 0..measure::runs(experiment, messages)).figures()
}

#[test]
fn the_numbers_are_those_of_the_command_line() {
    test(async |page| {
        let (experiment, fragment) = busy();
        open(page, &fragment).await?;
        page.wait(DONE).await?;
        let (name, text) = saved(page, "save-measure-csv").await?;
        assert_eq!(name, "ackground-measure-10000-messages-seed-1.csv");
        assert_eq!(text, csv::measurement(&experiment, &native(&experiment, 10_000)));
        let told = page.text("[data-test=figure-lost]").await?;
        let lost = native(&experiment, 10_000).lanes[0].share(measure::Share::Lost);
        let rate = measure::Unit::Share.words(lost.rate);
        assert!(told.contains(&rate), "{told} without {rate}");
        Ok(())
    });
}

#[test]
fn more_messages_are_measured_when_they_are_asked_for() {
    test(async |page| {
        let (experiment, fragment) = busy();
        open(page, &format!("{fragment}&messages=100000")).await?;
        page.wait_text(DONE, "10,000 messages").await?;
        page.click("[data-test=measure-all]").await?;
        page.wait_text(DONE, "100,000 messages").await?;
        let (_, text) = saved(page, "save-measure-csv").await?;
        assert_eq!(text, csv::measurement(&experiment, &native(&experiment, 100_000)));
        Ok(())
    });
}

#[test]
fn a_sweep_is_drawn_and_can_be_kept() {
    test(async |page| {
        let (experiment, fragment) = busy();
        open(page, &format!("{fragment}&messages=1000&x=faults.loss.ack&y=duplicated")).await?;
        page.wait(SWEPT).await?;
        assert_eq!(page.count("[data-test=chart] .curve").await?, 3);
        let (name, text) = saved(page, "save-sweep-csv").await?;
        assert_eq!(name, "ackground-duplicated-by-faults-loss-ack.csv");
        let axis = Axis::of("faults.loss.ack").ok_or("an axis")?;
        let points = axis.points(&experiment).into_iter().map(|point| {
            let there = axis.at(&experiment, point).map_err(|error| error.to_string())?;
            Ok((point, native(&there, 1_000)))
        });
        let points: Vec<(Point, Figures)> = points.collect::<Result<_, String>>()?;
        assert_eq!(text, csv::sweep(&experiment, &axis, &points));

        let (name, text) = saved(page, "save-svg").await?;
        assert_eq!(name, "ackground-duplicated-by-faults-loss-ack.svg");
        // The browser's own reader of XML takes it, and it shows something by itself. Its style is for others:
        // the page's policy permits none.
        let read = "
            const read = new DOMParser().parseFromString(arguments[0].replace(/<style>[^]*?<\\/style>/, ''), 'image/svg+xml');
            return [read.querySelectorAll('parsererror').length, read.querySelectorAll('.curve').length,
                read.querySelector('title').textContent, read.querySelector('desc').textContent];";
        let read = page.script(read, vec![json!(text)]).await?;
        assert_eq!((&read[0], &read[1]), (&json!(0), &json!(3)));
        assert_eq!(read[2], json!("Duplicated by \u{201c}Ack lost\u{201d}"));
        assert!(
            read[3].as_str().is_some_and(|says| says.contains("At least once: from")),
            "{read}"
        );
        assert!(!text.contains("var("), "a saved chart knows no variables");
        Ok(())
    });
}

#[test]
fn a_chart_is_read_with_the_arrow_keys() {
    test(async |page| {
        let (_, fragment) = busy();
        open(page, &format!("{fragment}&messages=1000")).await?;
        page.wait(SWEPT).await?;
        page.script("document.querySelector('[data-test=chart]').focus()", vec![]).await?;
        page.press("ArrowRight").await?;
        page.press("ArrowDown").await?;
        page.until("the second point of the second lane is spoken", async || {
            let says = page.attribute("[data-test=chart]", "aria-valuetext").await?;
            Ok(says
                .is_some_and(|says| says.starts_with("At least once. Ack lost 5 %: duplicated ")))
        })
        .await?;
        page.wait_text(".chart-tip", "5 %").await
    });
}

#[test]
fn long_work_is_stopped_and_what_is_known_is_marked() {
    test(async |page| {
        let (_, fragment) = busy();
        open(page, &fragment).await?;
        page.wait(DONE).await?;
        page.select("[data-test=measure-messages]", "1000000").await?;
        page.click("[data-test=measure-cancel]").await?;
        page.wait_text("[data-test=measure-stopped]", "Stopped").await?;
        page.wait("[data-test=measure-again]").await?;
        assert!(page.fragment().await?.contains("messages=1000000"));
        Ok(())
    });
}

#[test]
fn a_quick_look_begins_anew_with_every_change() {
    test(async |page| {
        open(page, "#view=measure").await?;
        page.wait(DONE).await?;
        page.wait_text("[data-test=measure-caution]", "travel times are left to chance").await?;
        page.click("[data-test=all-at-five]").await?;
        page.until("the figures are those of the other experiment", async || {
            Ok(page.count("[data-test=measure-caution]").await? == 0
                && page.count(DONE).await? == 1
                && page.text("[data-test=figure-lost]").await?.contains("to"))
        })
        .await?;
        page.back().await?;
        page.wait("[data-test=measure-caution]").await.map(drop)
    });
}

#[test]
fn a_ready_made_chart_leaves_the_experiment_alone_until_it_is_taken_over() {
    test(async |page| {
        open(page, "#view=measure&messages=1000").await?;
        page.wait(SWEPT).await?;
        page.click("[data-test=pick-4]").await?;
        page.wait_text("[data-test=own-setup]", "This chart has its own setup").await?;
        let unfold = "document.querySelector('[data-test=sweep-values]').open = true";
        page.wait(SWEPT).await?;
        page.script(unfold, vec![]).await?;
        page.wait_text("[data-test=sweep-values]", "Redelivers after 1 s").await?;
        let lanes = page.text("[data-test=figures] thead").await?;
        assert!(lanes.contains("At most once"), "{lanes}");
        let fragment = page.fragment().await?;
        assert!(fragment.contains("chart=dedup-window"), "{fragment}");
        page.click("[data-test=use-chart]").await?;
        page.until("the lanes are those of the chart", async || {
            Ok(page.text("[data-test=figures] thead").await?.contains("Redelivers after 1 s"))
        })
        .await?;
        let fragment = page.fragment().await?;
        assert!(fragment.contains("x=consumer.dedup_ttl_ms"), "{fragment}");
        Ok(())
    });
}

#[test]
fn the_page_never_waits_for_a_measurement() {
    test(async |page| {
        let (_, fragment) = busy();
        open(page, &fragment).await?;
        page.wait(SWEPT).await?;
        // The machine has other things to do as well: what counts is the best of a few.
        let mut longest = f64::INFINITY;
        for (messages, done) in [
            ("100000", "100,000 messages"),
            ("1000", "1,000 messages"),
            ("100000", "100,000 messages"),
        ] {
            let watch = "
                window.longest = 0;
                window.watch?.disconnect();
                window.watch = new PerformanceObserver(list => {
                    for (const task of list.getEntries()) {
                        window.longest = Math.max(window.longest, task.duration);
                    }
                });
                window.watch.observe({ type: 'longtask' });";
            page.script(watch, vec![]).await?;
            page.select("[data-test=measure-messages]", messages).await?;
            page.wait_text(DONE, done).await?;
            let found = page.script("return window.longest", vec![]).await?;
            longest = longest.min(found.as_f64().ok_or("a number")?);
        }
        // What the browser reports at all took 50 ms or more.
        assert!(longest < 50.0, "the longest task took {longest} ms");
        Ok(())
    });
}

#[test]
fn without_workers_the_page_measures_by_itself() {
    test(async |page| {
        page.forbid_workers().await?;
        let (experiment, fragment) = busy();
        open(page, &format!("{fragment}&messages=1000")).await?;
        page.wait(DONE).await?;
        let (_, text) = saved(page, "save-measure-csv").await?;
        assert_eq!(text, csv::measurement(&experiment, &native(&experiment, 1_000)));
        Ok(())
    });
}
