//! The sheet "Share": an address in words, and the code that puts a figure into another page.

use ackground_e2e::{Page, json, test};

use super::{BALANCE, open, wait_texts};

const ADDRESS: &str = "[data-test=share-address]";
const CODE: &str = "[data-test=snippet-iframe]";
const PREVIEW: &str = "[data-test=embed-preview]";

/// The first example, as it is passed on.
const FIRST: &str = "#payment/at-most-once,at-least-once,effectively-once/drop-publish-2/crash-consumer-before-ack-3";

async fn share(page: &Page, part: &str) -> ackground_e2e::Done {
    page.click("[data-test=open-share]").await?;
    page.click(&format!("[data-test=share-{part}]")).await
}

#[test]
fn the_address_can_be_read_and_says_how_long_it_is() {
    test(async |page| {
        open(page).await?;
        share(page, "link").await?;
        let address = page.value(ADDRESS).await?;
        assert!(address.ends_with(FIRST), "{address}");
        let length = page.text("[data-test=share-length]").await?;
        assert_eq!(length, format!("{} characters", address.len()));
        page.press("Escape").await?;
        page.wait_gone("dialog.share").await?;
        assert!(page.has_focus("[data-test=open-share]").await?);

        page.open(FIRST).await?;
        wait_texts(page, BALANCE, &["20,000", "40,000", "30,000"]).await?;
        assert_eq!(page.count("[data-test=notice]").await?, 0);
        Ok(())
    });
}

#[test]
fn a_link_that_is_partly_wrong_opens_in_part() {
    test(async |page| {
        let link = "#payment/at-least-once+atomc,effectively-once/drop-publish-akc-1";
        page.open(link).await?;
        page.wait_text("[data-test=notice]", "did you mean \"atomic\"").await?;
        page.wait_text("[data-test=notice]", "drop-publish-akc-1").await?;
        wait_texts(page, BALANCE, &["30,000", "30,000"]).await?;
        assert_eq!(page.fragment().await?, link, "the link is left as it came");
        Ok(())
    });
}

#[test]
fn the_code_of_a_figure_is_that_of_its_preview() {
    test(async |page| {
        page.viewport(1440, 1000).await?;
        open(page).await?;
        share(page, "embed").await?;
        page.select("[data-test=embed-controls]", "None: a still picture").await?;
        page.select("[data-test=embed-theme]", "Dark").await?;
        page.wait_text(CODE, "?embed&amp;controls=none&amp;theme=dark#payment/").await?;
        let src = page.attribute(PREVIEW, "src").await?.unwrap_or_default();
        assert!(src.ends_with(&format!("?embed&controls=none&theme=dark{FIRST}")), "{src}");
        // The height in the code is the one that the figure has told.
        page.click("[data-test=embed-at-720]").await?;
        page.until("the figure has told its height", async || {
            let height = page.attribute(PREVIEW, "height").await?.unwrap_or_default();
            let code = page.text(CODE).await?;
            Ok(height != "820" && code.contains(&format!("height=\"{height}\"")))
        })
        .await?;
        // It shows what the code would.
        let inside = "const page = document.querySelector(arguments[0]).contentDocument;
            return page.querySelector('h1, h2')?.innerText ?? '';";
        page.until("the figure is there", async || {
            let title = page.script(inside, vec![json!(PREVIEW)]).await?;
            Ok(title.as_str().is_some_and(|title| title.contains("Three people")))
        })
        .await?;
        page.click("[data-test=embed-as-markdown]").await?;
        page.wait_text("[data-test='snippet-picture and link']", "](ackground-payment.svg)](http")
            .await?;
        for width in [320, 768] {
            page.viewport(width, 900).await?;
            assert!(!page.scrolls_sideways().await?, "{width}");
        }
        Ok(())
    });
}
