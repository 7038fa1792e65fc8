//! Which points of the page's program are passed until its first picture stands and nothing more happens by
//! itself, on desks, tablets and phones. `cargo xtask profile` runs it, on a program that marks in its
//! memory what has run; the arguments say where the marks begin and how many there are.

use std::collections::BTreeSet;
use std::env;
use std::io::Write;
use std::process::ExitCode;

use ackground_e2e::{Done, Scheme, Value, json, visit};

/// Widths and heights of the window, the colours, and whether motion is unwanted.
const WINDOWS: [(u32, u32, Scheme, bool); 6] = [
    (1440, 900, Scheme::Light, false),
    (1920, 1080, Scheme::Dark, true),
    (1024, 768, Scheme::Light, false),
    (768, 1024, Scheme::Dark, false),
    (412, 915, Scheme::Light, false),
    (320, 568, Scheme::Light, true),
];
/// Keeps the program that the page starts.
const KEEP: &str = "for (const name of ['instantiate', 'instantiateStreaming']) {
    const instantiate = WebAssembly[name];
    WebAssembly[name] = async (...asked) => {
        const made = await instantiate.apply(WebAssembly, asked);
        window.program ??= made.instance ?? made;
        return made;
    };
}";
/// Waits until the page has been left alone for a while, and gives the numbers of the marks that are set.
const MARKS: &str = "const [address, points] = arguments;
    return new Promise((done) => setTimeout(done, 3000)).then(() => {
        const marks = new Uint8Array(window.program.exports.memory.buffer, address, points);
        return Array.from(marks.keys()).filter((number) => marks[number]);
    });";

fn main() -> ExitCode {
    match ran() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Not known: {error}");
            ExitCode::FAILURE
        }
    }
}

fn ran() -> Done {
    let mut numbers = env::args().skip(1).map(|number| number.parse::<u32>());
    let mut number = || numbers.next().ok_or("where are the marks, and how many?");
    let (address, points) = (number()??, number()??);
    visit(async |page| {
        page.before_load(KEEP).await?;
        let mut ran = BTreeSet::new();
        for (width, height, scheme, still) in WINDOWS {
            page.viewport(width, height).await?;
            page.colour_scheme(scheme).await?;
            page.reduced_motion(still).await?;
            page.open("").await?;
            let marks = page.script(MARKS, vec![json!(address), json!(points)]);
            let marks = marks.await?;
            ran.extend(marks.as_array().into_iter().flatten().filter_map(Value::as_u64));
        }
        let mut out = std::io::stdout();
        for point in ran {
            writeln!(out, "{point}")?;
        }
        Ok(())
    })
}
