//! What axe-core and the accessibility tree say of every view, at every width, light and dark.

use std::collections::BTreeSet;

use ackground_e2e::{Done, Page, Scheme, Violation, json, test};

use super::{BALANCE, open};

/// A state of the page: what it is called, the address, what is clicked there (or, after a `!`, opened
/// with Enter), and what is then seen.
struct Scene {
    name: &'static str,
    fragment: &'static str,
    clicks: &'static [&'static str],
    sees: &'static str,
}

const fn scene(
    name: &'static str,
    fragment: &'static str,
    clicks: &'static [&'static str],
    sees: &'static str,
) -> Scene {
    Scene { name, fragment, clicks, sees }
}

const SCENES: [Scene; 39] = [
    scene("Watch", "", &[], BALANCE),
    scene(
        "the settings",
        "",
        &["[data-test=settings-1]", "[data-test='about-producer.acks']"],
        ".setting-about",
    ),
    scene(
        "everything unfolded",
        "",
        &[
            "[data-test=change-faults]",
            "[data-test=more-faults]",
            "[data-test=every-message] > summary",
            ".transcript summary",
        ],
        ".transcript li",
    ),
    scene("a lane's menu", "", &["[data-test=lane-menu-1]"], "[data-test=duplicate-1]"),
    scene("what is behind a chip", "", &["[data-test=proof-1-no_loss]"], ".proof-menu .schedule"),
    scene("the link", "", &["[data-test=open-share]"], "[data-test=copy-link]"),
    scene(
        "the code of a figure",
        "#at=2250ms",
        &["[data-test=open-share]", "[data-test=share-embed]"],
        "[data-test=snippet-iframe]",
    ),
    scene(
        "what can be saved",
        "#at=2250ms",
        &["[data-test=open-share]", "[data-test=share-save]"],
        "[data-test=save-json]",
    ),
    scene("a new lane", "", &["[data-test=add-lane]"], "#add-lane"),
    scene("the setups", "", &["[data-test=add-lane]", "#add-lane .more-setups"], "dialog.gallery"),
    scene(
        "the answer to why",
        "",
        &["[data-test=every-message] > summary", "[data-test=ask-2-3]"],
        "[data-test=why-2]",
    ),
    scene("a close look", "", &["!#lane-2 .picture"], "[data-test=inspector]"),
    scene("the flow", "#picture=flow", &[], "[data-test=flow]"),
    scene(
        "a lane in its system",
        "",
        &["[data-test=system-1]", "[data-test=paste]"],
        "dialog.system .snippet",
    ),
    scene(
        "two lanes compared",
        "",
        &["[data-test=lane-menu-1]", "[data-test=compare-1]"],
        "dialog.compare[open]",
    ),
    scene("the keys", "", &["[data-test=keys]"], "[data-test=keys-dialog]"),
    scene("a question of the guide", "#guide=dbb", &[], "[data-test=guide-answer-1]"),
    scene("a recommended setup", "#guide=dbbbbd", &[], "[data-test=guide-proof][aria-busy=false]"),
    scene("the search", "", &["[data-test=open-search]"], "dialog.search[open]"),
    scene(
        "a scenario of one's own",
        "",
        &["[data-test=scenario] option[value=form]"],
        ".own-steps",
    ),
    scene("the words", "#word=outbox", &[], "#word-outbox"),
    scene("a broken link", "#this-is-no-experiment", &[], "[data-test=notice]"),
    scene("Prove", "#view=prove", &[], "[data-test=proof-card-1][aria-busy=false]"),
    scene("Prove at work", "#view=prove&faults=4&messages=4", &[], ".proof-card"),
    scene("Measure", "#view=measure", &[], ".figures .interval"),
    scene("Measure at work", "#view=measure&messages=1000", &[], ".course"),
    scene("the lessons and exercises", "#view=learn", &[], "[data-test=lesson-messages]"),
    scene("a question of a lesson", "#lesson=offsets&step=9", &[], "[data-test=predict-2-1]"),
    scene(
        "a prediction that is settled",
        "#lesson=messages&step=9",
        &["[data-test=predict-2-1]", "[data-test=keep]:not(:disabled)"],
        "[data-test=settled][aria-busy=false]",
    ),
    scene("a question of an exercise", "#exercise=lose-one", &[], "[data-test=question-1-1]"),
    scene(
        "an exercise with its hint",
        "#exercise=repair-dedup-in-memory",
        &["[data-test=hint]", "[data-test=hint-more]", "[data-test=hand-in]"],
        "[data-test=hint-box] .picture",
    ),
    scene("an exercise with names", "#exercise=name-three", &[], "[data-test=name-1]"),
    scene(
        "the link of a lesson",
        "#lesson=offsets",
        &["[data-test=open-share]"],
        "[data-test=copy-link]",
    ),
    scene(
        "the teacher's guide",
        "#view=class",
        &[
            "details:has([data-test=answers-messages]) > summary",
            "[data-test=answers-messages]",
            "[data-test=exercise-charge-twice] > summary",
        ],
        ".class-right",
    ),
    scene(
        "an exercise in the making",
        "#view=class&part=build",
        &["[data-test=add-goal]", "[data-test=add-question]", ".class-claims > summary"],
        "[data-test=question-1]",
    ),
    scene(
        "a presentation",
        "#view=class&part=present&of=two-generals",
        &["[data-test=present-begin]"],
        "[data-test=slide]",
    ),
    scene(
        "an answer that is revealed",
        "#view=class&part=present&of=two-generals",
        &["[data-test=present-begin]", "[data-test=show-next]", "[data-test=show-reveal]"],
        "[data-test=show] .right",
    ),
    scene(
        "a run on a slide",
        "#view=class&part=present&of=two-generals",
        &["[data-test=present-begin]", "[data-test=show-next]", "[data-test=show-next]"],
        "[data-test=show] [data-test=replay]",
    ),
    scene("marking", "#view=class&part=mark", &[], "[data-test=mark-paste]"),
];

/// Brings the page into the scene.
async fn show(page: &Page, scene: &Scene) -> Done {
    page.open(scene.fragment).await?;
    for step in scene.clicks {
        let (css, enter) = match step.strip_prefix('!') {
            Some(css) => (css, true),
            None => (*step, false),
        };
        page.until(&format!("{css} is there"), async || Ok(page.count(css).await? > 0)).await?;
        // Not by its place: the play bar may lie over it.
        let act = if enter { "focus" } else { "click" };
        page.script(
            "const at = document.querySelector(arguments[0]);
            if (at.tagName === 'OPTION') {
                at.selected = true;
                at.parentElement.dispatchEvent(new Event('change', { bubbles: true }));
            } else {
                at[arguments[1]]();
            }",
            vec![json!(css), json!(act)],
        )
        .await?;
        if enter {
            page.press("Enter").await?;
        }
    }
    page.until(&format!("{}: {}", scene.name, scene.sees), async || {
        Ok(page.count(scene.sees).await? > 0)
    })
    .await?;
    // What still fades has not the contrast that it will have.
    page.until("nothing moves", async || {
        let still = "return document.getAnimations().every(one => one.playState !== 'running')";
        Ok(page.script(still, vec![]).await? == json!(true))
    })
    .await
}

/// Everything in light, then the contrast in dark.
async fn every_scene_is_clean(page: &Page, width: u32) -> Done {
    // So tall that the play bar lies over nothing: what is half covered is not smaller for that.
    page.viewport(width, 3000).await?;
    let mut told = BTreeSet::new();
    for scene in &SCENES {
        page.colour_scheme(Scheme::Light).await?;
        show(page, scene).await?;
        let light = page.violations().await?;
        page.colour_scheme(Scheme::Dark).await?;
        let dark = page.faint().await?;
        let line = |one: Violation, scheme| format!("{}, {scheme}: {one}", scene.name);
        told.extend(light.into_iter().map(|one| line(one, "light")));
        told.extend(dark.into_iter().map(|one| line(one, "dark")));
    }
    let told: Vec<String> = told.into_iter().collect();
    assert!(told.is_empty(), "at {width} px axe-core finds:\n{}", told.join("\n"));
    Ok(())
}

#[test]
fn axe_finds_nothing_on_a_desk() {
    test(async |page| every_scene_is_clean(page, 1440).await);
}

#[test]
fn axe_finds_nothing_on_a_tablet() {
    test(async |page| every_scene_is_clean(page, 768).await);
}

#[test]
fn axe_finds_nothing_on_a_phone() {
    test(async |page| every_scene_is_clean(page, 360).await);
}

/// What is operated and therefore needs a name.
const OPERATED: [&str; 14] = [
    "button",
    "checkbox",
    "combobox",
    "dialog",
    "link",
    "menuitem",
    "radio",
    "region",
    "searchbox",
    "slider",
    "spinbutton",
    "switch",
    "tab",
    "textbox",
];
/// The landmarks that may be there more than once, and then need names that differ.
const LANDMARKS: [&str; 4] = ["complementary", "navigation", "region", "search"];

#[test]
fn a_screen_reader_gets_names_headings_and_landmarks() {
    test(async |page| {
        page.viewport(1440, 900).await?;
        for scene in &SCENES {
            show(page, scene).await?;
            let nodes = page.tree().await?;
            let of = |role: &'static str| nodes.iter().filter(move |node| node.role == role);

            let nameless = nodes
                .iter()
                .filter(|node| OPERATED.contains(&node.role.as_str()) && node.name.is_empty());
            let nameless: Vec<&str> = nameless.map(|node| &*node.role).collect();
            assert!(nameless.is_empty(), "{}: no name: {nameless:?}", scene.name);

            for landmark in LANDMARKS {
                let names: Vec<&str> = of(landmark).map(|node| &*node.name).collect();
                let different: BTreeSet<&&str> = names.iter().collect();
                assert_eq!(names.len(), different.len(), "{}: {names:?}", scene.name);
            }
            // Under a modal dialog the page is inert, and the tree leaves it out.
            if of("main").count() == 0 {
                assert_eq!(of("dialog").count(), 1, "{}", scene.name);
                continue;
            }
            assert_eq!((of("main").count(), of("banner").count()), (1, 1));

            let levels: Vec<u64> = of("heading").filter_map(|node| node.level).collect();
            assert_eq!(levels.first(), Some(&1), "{}: {levels:?}", scene.name);
            let skips = levels.windows(2).any(|pair| pair[1] > pair[0] + 1);
            assert!(!skips, "{}: a level is left out: {levels:?}", scene.name);
        }
        Ok(())
    });
}

#[test]
fn tables_say_what_their_rows_and_columns_are() {
    test(async |page| {
        for fragment in ["#view=prove", "#view=measure"] {
            page.open(fragment).await?;
            page.wait("table th[scope=row]").await?;
            let lacking = page
                .script(
                    "return Array.from(document.querySelectorAll('table')).flatMap(table => [
                         ...(table.caption || table.ariaLabel || table.getAttribute('aria-labelledby') ? [] : ['no name']),
                         ...Array.from(table.querySelectorAll('th:not([scope])'), th => `no scope: ${th.innerText}`),
                         ...(table.querySelector('th[scope=col]') ? [] : ['no heads of columns']),
                         ...Array.from(table.querySelectorAll('tbody tr')).filter(row => !row.querySelector('th')).map(row => `no head: ${row.innerText}`),
                     ])",
                    vec![],
                )
                .await?;
            assert_eq!(lacking, json!([]), "{fragment}");
        }
        Ok(())
    });
}

#[test]
fn a_change_is_announced_politely_and_playing_is_not() {
    test(async |page| {
        open(page).await?;
        let live = "return Array.from(document.querySelectorAll('[aria-live], [role=status], [role=alert], output'))
            .filter(e => e.checkVisibility())
            .map(e => e.getAttribute('aria-live') ?? { alert: 'assertive' }[e.getAttribute('role')] ?? 'polite')
            .filter(how => how === 'assertive').length";
        assert_eq!(page.script(live, vec![]).await?, json!(0));
        let heard = async || page.text("[data-test=heard]").await;
        page.press("Home").await?;
        page.press("ArrowRight").await?;
        page.until("the step is told", async || Ok(heard().await?.contains("essage 1"))).await?;
        let before = heard().await?;
        page.press("Space").await?;
        page.wait("[data-test=caption]").await?;
        assert_eq!(heard().await?, before, "it plays quietly");
        Ok(())
    });
}
