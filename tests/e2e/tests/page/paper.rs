//! What is printed.

use ackground_e2e::{Scheme, json, test};

use super::{BALANCE, LANE, open, unfold_faults};

#[test]
fn paper_has_the_lanes_their_verdicts_and_every_word() {
    test(async |page| {
        page.colour_scheme(Scheme::Dark).await?;
        open(page).await?;
        page.wait("[data-known=true]").await?;
        page.script("dispatchEvent(new Event('beforeprint'))", vec![]).await?;
        page.on_paper(true).await?;
        page.wait(".paper").await?;

        let ground = "return getComputedStyle(document.body).color";
        assert_eq!(page.script(ground, vec![]).await?, json!("rgb(33, 31, 28)"));
        for gone in [".playbar", ".faults", ".summary", ".start", ".stories", ".caption"] {
            page.wait_gone(gone).await?;
        }
        for (css, words) in [
            ("h1", "Three people"),
            (".paper", "Message 2 is lost on its way to the broker"),
            (".paper", "Seed"),
            (".paper-link", page.site()),
            ("#lane-1 .proven", "can lose"),
            ("#messages-2 .ledger", "credited twice"),
            ("#messages-3 .written", "Sender's bank has message 1"),
        ] {
            page.wait_text(css, words).await?;
        }
        let balances = page.texts(BALANCE).await?;
        assert_eq!(balances, ["20,000", "40,000", "30,000"]);

        page.on_paper(false).await?;
        page.script("dispatchEvent(new Event('afterprint'))", vec![]).await?;
        page.wait_gone(".paper, .written").await
    });
}

#[test]
fn a_long_run_is_printed_whole() {
    test(async |page| {
        open(page).await?;
        unfold_faults(page).await?;
        page.click("[data-test=more-faults]").await?;
        page.fill("[data-test=messages]", "30").await?;
        page.press("Enter").await?;
        page.wait(".picture.partial").await?;
        page.script("dispatchEvent(new Event('beforeprint'))", vec![]).await?;
        page.wait(".picture:not(.partial)").await?;
        assert_eq!(page.count(LANE).await?, 3);
        Ok(())
    });
}

#[test]
fn printing_takes_a_sane_number_of_pages() {
    test(async |page| {
        for (fragment, most) in [("", 12), ("#view=prove", 12), ("#view=measure", 5)] {
            page.open(fragment).await?;
            page.wait("h1").await?;
            let paper = page.print().await?;
            let text = String::from_utf8_lossy(&paper).into_owned();
            let pages = text.matches("/Type /Page\n").count();
            assert!((1..=most).contains(&pages), "{fragment}: {pages} pages");
        }
        Ok(())
    });
}
