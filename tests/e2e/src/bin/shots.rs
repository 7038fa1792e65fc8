//! Pictures of the site for people to look at: the widths of a desk, a tablet and a phone, in light
//! and dark. `cargo xtask shots [DIR]` runs it. Fragments after the directory add pages.

use std::env;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use ackground_e2e::{Done, Scheme, visit};

/// Widths and heights of the window; the pictures are as high as the page.
const WINDOWS: [(u32, u32); 3] = [(1440, 900), (768, 1024), (360, 740)];

fn main() -> ExitCode {
    match take() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("No pictures: {error}");
            ExitCode::FAILURE
        }
    }
}

fn take() -> Done {
    let mut arguments = env::args().skip(1);
    let dir = PathBuf::from(arguments.next().ok_or("which directory?")?);
    let mut fragments: Vec<String> = arguments.collect();
    if fragments.is_empty() {
        fragments.push(String::new());
    }
    visit(async |page| {
        for (number, fragment) in fragments.iter().enumerate() {
            for scheme in [Scheme::Light, Scheme::Dark] {
                for (width, height) in WINDOWS {
                    page.viewport(width, height).await?;
                    page.colour_scheme(scheme).await?;
                    // Motion would make every picture different.
                    page.reduced_motion(true).await?;
                    page.open(fragment).await?;
                    // What is worked out in the background belongs to the picture, if it comes soon.
                    let done = async || Ok(page.count("[aria-busy=true]").await? == 0);
                    drop(page.until("the page is done", done).await);
                    let scheme = format!("{scheme:?}").to_lowercase();
                    let which =
                        if fragments.len() > 1 { format!("{number}-") } else { String::new() };
                    let file = dir.join(format!("{which}{width}-{scheme}.png"));
                    page.full_page(&file).await?;
                    let sideways =
                        if page.scrolls_sideways().await? { "  (scrolls sideways)" } else { "" };
                    writeln!(std::io::stdout(), "{}{sideways}", file.display())?;
                }
            }
        }
        for error in page.console_errors().await? {
            writeln!(std::io::stdout(), "console: {error}")?;
        }
        Ok(())
    })
}
