//! Less motion, few colours, more space between letters.

use ackground_e2e::{json, test};

use super::{CLOCK, open, start, unfold_messages};

/// Keeps what moves by itself, and every height of the playhead, frame by frame.
const WATCH: &str = "
    window.moved = [];
    window.heights = new Set();
    const look = () => {
        for (const one of document.getAnimations())
            if (one.playState === 'running' && one.effect.getComputedTiming().duration > 0)
                window.moved.push(one.effect.target.outerHTML.slice(0, 120));
        window.heights.add(document.querySelector('.playhead').style.transform);
        requestAnimationFrame(look);
    };
    look();";

#[test]
fn with_reduced_motion_time_goes_in_jumps_and_nothing_glides() {
    test(async |page| {
        page.reduced_motion(true).await?;
        open(page).await?;
        page.press("Home").await?;
        page.wait_text(CLOCK, "0.00 s").await?;
        page.script(WATCH, vec![]).await?;
        page.press("Space").await?;
        page.until("three jumps", async || {
            let jumps = page.script("return heights.size", vec![]).await?;
            Ok(jumps.as_u64() >= Some(3))
        })
        .await?;
        page.press("Space").await?;
        assert_eq!(page.script("return moved", vec![]).await?, json!([]));
        // A glide passes a height per frame: some sixty a second.
        let heights = page.script("return heights.size", vec![]).await?;
        assert!(heights.as_u64() <= Some(5), "{heights} heights");
        Ok(())
    });
}

/// Shapes without any paint.
const UNPAINTED: &str = "
    const clear = paint => paint === 'none' || paint === 'transparent' || /^rgba.*, 0\\)$/.test(paint);
    return Array.from(document.querySelectorAll(
        '.arrow, .head, .lifeline, .token circle, .token rect, .token text, .stretch.handler, .sign text'))
        .filter(shape => clear(getComputedStyle(shape).stroke) && clear(getComputedStyle(shape).fill))
        .map(shape => shape.outerHTML.slice(0, 160))";

/// Of each message of a lane, whether its sign has a count, and whether its words say that it came twice.
const OUTCOMES: &str = "
    return Array.from(document.querySelectorAll('#messages-2 .outcomes li'),
        row => [row.querySelector('.badge') !== null, row.innerText.includes('credited twice')])";

#[test]
fn forced_colours_leave_every_shape_and_every_difference() {
    test(async |page| {
        page.forced_colours(true).await?;
        open(page).await?;
        unfold_messages(page).await?;
        assert_eq!(page.script(UNPAINTED, vec![]).await?, json!([]));
        assert_eq!(
            page.script(OUTCOMES, vec![]).await?,
            json!([[false, false], [false, false], [true, true]]),
            "shape and words"
        );
        let drawn = page
            .script(
                "const stroke = css => getComputedStyle(document.querySelector(css)).strokeDasharray;
                 return [stroke('.arrow.message') !== stroke('.arrow.ack'), stroke('.arrow.message') !== stroke('.arrow.lost')]",
                vec![],
            )
            .await?;
        assert_eq!(drawn, json!([true, true]), "dashes differ");
        page.press("Tab").await?;
        let ring = "const ring = getComputedStyle(document.activeElement); return ring.outlineStyle !== 'none' && ring.outlineWidth";
        assert_eq!(page.script(ring, vec![]).await?, json!("3px"));
        let chosen =
            "const of = css => getComputedStyle(document.querySelector(css)).backgroundColor;
            return of('.view[aria-current]') !== of('.view:not([aria-current])')";
        assert_eq!(page.script(chosen, vec![]).await?, json!(true));
        Ok(())
    });
}

/// Texts that are cut off by what is around them.
const CUT: &str = "
    return Array.from(document.querySelectorAll('body *'))
        .filter(e => !e.closest('svg, .quiet, select, option, input, [hidden]') && e.checkVisibility())
        .filter(e => Array.from(e.childNodes).some(node => node.nodeType === 3 && node.data.trim()))
        .flatMap(e => {
            for (let box = e; box && box !== document.body; box = box.parentElement) {
                const style = getComputedStyle(box);
                if (/auto|scroll/.test(style.overflowY + style.overflowX)) return [];
                if (!/hidden|clip/.test(style.overflowY + style.overflowX)) continue;
                const text = document.createRange();
                text.selectNodeContents(e);
                const [inner, outer] = [text.getBoundingClientRect(), box.getBoundingClientRect()];
                if (inner.bottom > outer.bottom + 2 || inner.right > outer.right + 2)
                    return [`${box.className}: ${e.innerText.slice(0, 60)}`];
            }
            return [];
        })";

/// The spacing that WCAG 2.2 asks a page to bear, in 1.4.12.
const SPACED: &str = "
    const style = new CSSStyleSheet();
    style.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
    document.adoptedStyleSheets.push(style);";

#[test]
fn more_space_between_letters_cuts_nothing_off() {
    test(async |page| {
        for width in [1440, 360] {
            page.viewport(width, 900).await?;
            start(page).await?;
            let before = page.script(CUT, vec![]).await?;
            page.script(SPACED, vec![]).await?;
            let cut = page.script(CUT, vec![]).await?;
            let known = before.as_array().cloned().unwrap_or_default();
            let new = cut.as_array().cloned().unwrap_or_default();
            let new: Vec<_> = new.iter().filter(|one| !known.contains(one)).collect();
            assert!(new.is_empty(), "at {width} px: {new:#?}");
            assert!(!page.scrolls_sideways().await?, "at {width} px");
        }
        Ok(())
    });
}
