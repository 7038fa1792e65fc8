//! The sheet with the settings of all lanes, as it is rendered.

use ackground::context::{Density, Dispatch, Session};
use ackground::lane::state::form;
use ackground::lane::view::settings::Settings;
use ackground::state::State;
use futures::executor::block_on;
use yew::prelude::*;

#[component]
fn Page() -> Html {
    html! {
        <Session state={State::open("")} dispatch={Dispatch::nowhere()} density={Density::Page}>
            <Settings lane=0 />
        </Session>
    }
}

fn rendered() -> String {
    block_on(yew::LocalServerRenderer::<Page>::new().hydratable(false).render())
}

#[test]
fn every_setting_has_one_control_in_each_lane() {
    let html = rendered();
    for setting in form::settings() {
        for lane in 0..3 {
            let test = format!("data-test=\"all-lanes[{lane}].{}", setting.path);
            let controls = html.matches(&format!("{test}\"")).count()
                + html.matches(&format!("{test}-none\"")).count();
            assert!((1..=2).contains(&controls), "{test}: {controls}");
        }
        assert_eq!(html.matches(&format!("data-test=\"setting-{}\"", setting.path)).count(), 1);
    }
    for shared in ["faults.latency_ms", "faults.restart_ms", "interval_ms"] {
        assert_eq!(html.matches(&format!("data-test=\"all-{shared}\"")).count(), 1, "{shared}");
    }
}

#[test]
fn what_differs_comes_first_and_each_lane_has_its_head() {
    let html = rendered();
    let at = |what: &str| html.find(what).unwrap_or_else(|| panic!("nothing is {what}"));
    assert!(at("Changed") < at("setting-producer.acks"));
    assert!(at("setting-producer.acks") < at("Timing"));
    assert!(at("Timing") < at("all-faults.latency_ms"));
    for lane in 1..=3 {
        at(&format!("settings-compare-{lane}"));
        at(&format!("settings-system-{lane}"));
    }
    assert!(!html.contains("settings-reset-"), "each lane is as its preset has it");
}
