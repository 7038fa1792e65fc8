//! The page in a real browser, without its style sheets: what a click, a key or an address does.
//!
//! The rules of the state are tested natively beside the reducer; here is what only a browser can
//! show. Tests find things by `data-test`, which is stable, and the end-to-end tests of the built
//! site may rely on it as well:
//!
//! | `data-test` | what |
//! |---|---|
//! | `headline`, `scenario-payment` … | the headline; the choice of a story, by its id |
//! | `faults.loss.publish` …, `faults.loss.publish-slider` | the field and the slider of a rate, by its path |
//! | `add-line`, `script-line` | the field for one more exact fault; each exact fault |
//! | `seed`, `reroll`, `more-faults`, `messages`, `interval_ms`, `faults.latency_ms`, `faults.restart_ms` | the rest of what goes wrong |
//! | `lane` | each lane, from left to right (`#lane-1` …) |
//! | `lanes[0].name`, `lanes[0].producer.acks`, `lanes[0].producer.retries`, `lanes[0].consumer.ack`, `lanes[0].consumer.dedup` | the name and the tiles of the first lane |
//! | `settings-1`, `all-settings`, `settings-search`, `settings-lane`, `settings-reset-1`, `about-producer.acks` … | the button and the sheet of all settings |
//! | `meant` | takes the fault that was probably meant |
//! | `all-lanes[0].broker.kind` …, `all-lanes[0].broker.max_deliveries-none` | a setting in that panel, by its path; its box for no limit |
//! | `changed-1`, `reset-1`, `head-balance` | in the head of a lane: it differs from its setup; the way back; the balance |
//! | `lane-menu-1`, `duplicate-1`, `remove-1`, `lane-menu-1-at-least-once` …, `lane-menu-1-more` | the menu of a lane |
//! | `add-lane`, `add-lane-at-least-once` …, `add-lane-more` | one more lane, and with which setup |
//! | `gallery`, `gallery-search`, `gallery-count`, `gallery-close`, `family-Kafka` … | the gallery of setups |
//! | `gallery-nothing` | no setup fits the search |
//! | `add-kafka-defaults` …, `use-kafka-defaults` …, `compare-with-kafka-defaults` …, `proven-kafka-defaults` … | a setup in the gallery: as a new lane, in this lane, beside it; what it is proven to be |
//! | `system-1`, `settings-system-1`, `system`, `system-Kafka` …, `system-lane`, `system-close` | a lane in its system; the products; the lane |
//! | `snippet-producer.properties` …, `copy-producer.properties` …, `cannot`, `own-way` | a snippet by its file, its button; what is not expressed |
//! | `paste`, `paste-text`, `paste-summary`, `paste-changes`, `paste-wrong`, `paste-unknown`, `paste-nothing`, `paste-use`, `paste-add`, `pasted` | a configuration of one's own |
//! | `compare-1`, `settings-compare-1`, `compare`, `only-differences`, `differences`, `First lane`, `Second lane` | two lanes compared |
//! | `row-producer.acks` …, `same-←-producer.acks` …, `same-→-producer.acks` … | a setting of both; make them the same |
//! | `summary-1` | a lane at a glance, on small screens |
//! | `measure-messages`, `measure-all`, `measure-cancel`, `measure-again`, `measure-done`, `measure-stopped`, `measure-against`, `measure-caution`, `measure-longer`, `all-at-five` | the measurement |
//! | `figures`, `figure-lost` … | its table, and a row by the quantity's name in files |
//! | `sweep-x`, `sweep-y`, `sweep-lane`, `sweep-cancel`, `sweep-done`, `chart`, `sweep-values`, `reasons`, `pick-1` …, `own-setup`, `use-chart`, `close-chart` | the sweep, and the ready-made charts |
//! | `save-measure-csv`, `save-sweep-csv`, `save-svg` | files |
//! | `open-share`, `theme`, `keys`, `keys-dialog`, `brand` | the header |
//! | `view-watch`, `view-prove`, `view-measure` | the tabs |
//! | `picture-timeline`, `picture-flow`, `flow`, `flow-says` | the switch between the pictures of a run; the flow picture of each lane, and the same in words |
//! | `proven-1`, `guarantee-1`, `proof-1-no_loss`, `proof-1-no_duplicates` | what is proven of a lane; in Watch the chips that open it |
//! | `watch-chip-1-no_loss`, `copy-chip-1-no_loss`, `watch-card-1-no_loss`, `copy-card-1-no_loss` | what can be done with a counterexample |
//! | `prove`, `bounds`, `faults`, `faults-more`, `faults-less`, `messages-more`, `messages-less`, `kind-drop` … | the view of proofs and its bounds |
//! | `prove-status`, `cancel`, `go-on` | how far the search is |
//! | `proof-card-1`, `claim-1-no_loss`, `claim-1-no_loss-button` …, `untried-1-no_duplicates`, `try-outages-1` | what was found about a lane, and longer outages to try |
//! | `truth`, `truth-differing`, `truth-1-drop publish 1` … | the truth table: a cell by its lane and its fault |
//! | `open-guide`, `foot-guide`, `guide`, `guide-answer-1` …, `guide-next`, `guide-back`, `guide-change-1` …, `guide-progress` | the guide: the ways in, the answers, the steps |
//! | `guide-ending`, `guide-proof`, `guide-so`, `guide-beside`, `guide-alone`, `guide-again` | where it ends |
//! | `foot-words`, `keys-words`, `words`, `words-search`, `words-count`, `see-outbox` …, `term-tip`, `term-more` | the glossary, and a term that explains itself |
//! | `open-search`, `search`, `search-field`, `search-count`, `search-hit`, `search-nothing`, `search-close` | the search for everything: its button, its field, the hits |
//! | `ask-1-2`, `found-1-lost` …, `why-1`, `cause-1` …, `why-close-1` | what asks why: a message's result, a finding; the answer, its causes, its end |
//! | `remedies-1`, `try-1-1` …, `more-remedies` | what would have prevented it |
//! | `transcript-1`, `told-message-1`, `told-words-1`, `told-faults-1`, `copy-transcript-1` | the transcript of a lane and what of it is wanted |
//! | `to-parting`, `heard` | the way to where the lanes diverge; what a screen reader hears |
//! | `notice`, `broken-link`, `start-over`, `dismiss` | the notice of a broken link |
//!
//! The play bar has its buttons' labels: `[aria-label="Play"]`, `[aria-label="Next event"]`.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

#[path = "browser/address.rs"]
mod address;
#[path = "browser/by_hand.rs"]
mod by_hand;
#[path = "browser/first_screen.rs"]
mod first_screen;
#[path = "browser/flow.rs"]
mod flow;
#[path = "browser/golden.rs"]
mod golden;
#[path = "browser/guide.rs"]
mod guide;
#[path = "browser/lanes.rs"]
mod lanes;
#[path = "browser/long_work.rs"]
mod long_work;
#[path = "browser/measure.rs"]
mod measure;
#[path = "browser/page.rs"]
mod page;
#[path = "browser/playing.rs"]
mod playing;
#[path = "browser/search.rs"]
mod search;
#[path = "browser/settings.rs"]
mod settings;
#[path = "browser/setups.rs"]
mod setups;
#[path = "browser/theme.rs"]
mod theme;
#[path = "browser/views.rs"]
mod views;
#[path = "browser/why.rs"]
mod why;
