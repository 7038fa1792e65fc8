//! The built site starts, under a sub-path, and writes no error to the console.

use ackground_e2e::test;

#[test]
fn the_page_starts_without_an_error_in_the_console() {
    test(async |page| {
        page.open("").await?;
        page.wait("main").await?;
        page.wait_text("header", "Ackground").await?;
        Ok(())
    });
}
