//! The first picture in `index.html` is what the page renders for the default experiment, and light.
//!
//! It is there before any program is. The page scales its pictures to the window, so the commonest heights are
//! there, and a script takes the one that fits. After a change of the first screen:
//! `UPDATE_GOLDEN=1 cargo test --test first`.

use std::fs;
use std::path::Path;

use ackground::app::{First, FirstProps};
use futures::executor::block_on;

/// The heights in pixels that windows of 641, 730, 789 and 969 pixels and a phone leave for a picture.
const ROOMS: [f64; 5] = [287.0, 376.0, 435.0, 523.0, 615.0];

fn rendered(room: f64, lanes_only: bool) -> String {
    let props = FirstProps { room, lanes_only };
    let page = yew::LocalServerRenderer::<First>::with_props(props).hydratable(false);
    block_on(page.render())
}

fn first() -> String {
    let mut html = format!("<div data-room=\"{}\">{}</div>\n", ROOMS[0], rendered(ROOMS[0], false));
    for room in &ROOMS[1..] {
        html += &format!("<template data-room=\"{room}\">{}</template>\n", rendered(*room, true));
    }
    html
}

#[test]
fn the_first_picture_is_the_one_that_the_page_draws() {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/first.html");
    let drawn = first();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&place, &drawn).expect("the file can be written");
    }
    let kept = fs::read_to_string(&place).expect("the file is there");
    assert!(
        kept == drawn,
        "static/first.html is not what is drawn now; renew it as this test's header says"
    );
}

#[test]
fn the_first_picture_tells_the_story() {
    let drawn = first();
    for told in ["Three people each send you 10,000", "20,000", "40,000", "30,000", "checking"] {
        assert!(drawn.contains(told), "{told}");
    }
    assert!(drawn.len() < 260_000, "{} bytes", drawn.len());
}
