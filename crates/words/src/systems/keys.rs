//! The configuration keys, commands and options by which people know products, each with what it decides and an
//! experiment that shows it.
//!
//! The table is `keys.txt`. A key that the model leaves out is in it as well and says so, with the nearest experiment.

use std::sync::OnceLock;

use ackground_core::experiment::scenario::BuiltIn;
use ackground_core::experiment::{Experiment, Product};

/// A key, under all of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The product or library: `Kafka`, `Celery`; `Pattern` for what belongs to none.
    pub of: &'static str,
    /// Its names; the first is the usual one.
    pub names: Vec<&'static str>,
    /// The setting it decides, by its path in the lane; `None` if the model leaves it out.
    pub setting: Option<&'static str>,
    /// What it decides, and what of that is not modelled.
    pub says: &'static str,
    /// Lanes of its product, as a link writes them.
    lanes: &'static str,
    /// An experiment of its own, as a link.
    own: Option<&'static str>,
}

/// What belongs to no product.
const PATTERN: &str = "Pattern";

/// Every key.
///
/// ```
/// let keys = ackground_words::systems::keys::all();
/// let hidden = keys.iter().find(|key| key.names.contains(&"VisibilityTimeout")).expect("it is known");
/// assert_eq!(hidden.setting, Some("broker.redelivery_timeout_ms"));
/// assert!(hidden.experiment().lanes.len() > 1);
/// ```
#[inline(never)]
pub fn all() -> &'static [Key] {
    static ALL: OnceLock<Vec<Key>> = OnceLock::new();
    ALL.get_or_init(|| read(include_str!("keys.txt")))
}

fn read(text: &'static str) -> Vec<Key> {
    let (mut of, mut lanes) = ("", "");
    let mut keys = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let columns: Vec<&'static str> = line.split('|').map(str::trim).collect();
        match columns[..] {
            [head, usual] if head.starts_with("== ") => (of, lanes) = (&head[3..], usual),
            [names, setting, says, ref own @ ..] => keys.push(Key {
                of,
                names: names.split(", ").collect(),
                setting: Some(setting).filter(|setting| *setting != "-"),
                says,
                lanes,
                own: own.first().copied(),
            }),
            _ => {}
        }
    }
    keys
}

impl Key {
    /// What one of its names is: `Kafka key`, `Redis Streams command`.
    pub fn is(&self, name: &str) -> String {
        let command = self.of == Product::Redis.name() && !name.contains(char::is_lowercase);
        match self.of {
            PATTERN => PATTERN.to_owned(),
            of if command => format!("{of} command"),
            of if name.contains(' ') => format!("{of} term"),
            of => format!("{of} key"),
        }
    }

    /// The experiment that shows what it decides: lanes of its product, and a fault that depends on it.
    pub fn experiment(&self) -> Experiment {
        // A test opens every one of them.
        self.opened().unwrap_or_default()
    }

    fn opened(&self) -> Option<Experiment> {
        let read = |link: &str| Experiment::from_link(link).ok().flatten();
        if let Some(own) = self.own {
            return read(own);
        }
        let mut lanes = format!("{}/{}", BuiltIn::Payment.word(), self.lanes);
        if let Some("broker.redelivery_timeout_ms" | "broker.late_ack") = self.setting {
            // Whoever is alone is asked again only after its late acknowledgment.
            lanes = format!("{}+instances=2", lanes.replace(',', "+instances=2,"));
        }
        let fault = match self.setting.unwrap_or_default() {
            "broker.redelivery_timeout_ms" | "broker.late_ack" => {
                let waits = read(&lanes)?.lanes.first()?.broker.redelivery_timeout_ms.at_most();
                format!("slow-2-by-{}s", (waits + 10_000).div_ceil(1000))
            }
            setting => fault(setting).to_owned(),
        };
        read(&format!("{lanes}/{fault}"))
    }
}

/// A fault whose outcome depends on the setting.
fn fault(setting: &str) -> &'static str {
    match setting {
        "producer.idempotent" | "broker.dedup_window_ms" => "drop-publish-ack-2",
        "producer.transactional" => "crash-producer-after-publish-2",
        "producer.source" => "crash-producer-before-publish-2",
        "broker.replicas" | "broker.min_in_sync" | "broker.unclean_election" => {
            "crash-broker-after-ack-2"
        }
        "broker.flush" | "broker.flush_interval_ms" => "crash-broker-after-ack-2",
        "broker.max_deliveries" | "broker.dead_letter" => "poison-2",
        "broker.redelivery_delay_ms" | "consumer.on_failure" => "fail-2",
        "broker.partitions" => "drop-publish-2",
        setting if setting.starts_with("producer.") => "drop-publish-2",
        _ => "crash-consumer-after-credit-2",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::audit::{Outcome, judge};
    use ackground_core::experiment::label::of_lane;
    use ackground_core::sim::simulate;
    use std::collections::BTreeSet;

    #[test]
    fn every_key_opens_an_experiment_and_names_a_setting() {
        let settings: BTreeSet<&str> = of_lane().map(|setting| setting.path.as_str()).collect();
        let mut wrong = Vec::new();
        for key in all() {
            let name = key.names[0];
            match key.setting {
                Some(setting) => assert!(settings.contains(setting), "{name}: {setting}"),
                None => assert!(key.says.contains("Not modelled: "), "{name}: what is left out"),
            }
            assert!(key.says.ends_with('.') && !key.of.is_empty(), "{name}");
            match (key.own.map(Experiment::from_link), key.opened()) {
                (Some(Err(why)), _) => wrong.push(format!("{name}: {why:?}")),
                (_, None) => wrong.push(format!("{name} opens nothing")),
                (_, Some(experiment)) => {
                    let checked = experiment.check();
                    if checked.is_err() || experiment.faults.script.is_empty() {
                        wrong.push(format!("{name}: {checked:?}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(all().len() > 100, "{}", all().len());
    }

    /// What these decide shows in times and in order, not in what is lost or repeated.
    const ABOUT_TIME: [&str; 9] = [
        "producer.request_timeout_ms",
        "producer.delivery_timeout_ms",
        "producer.backoff.first_ms",
        "producer.backoff.max_ms",
        "producer.max_in_flight",
        "broker.partitions",
        "broker.redelivery_delay_ms",
        "broker.unclean_election",
        "consumer.on_failure",
    ];

    #[test]
    fn in_each_experiment_a_message_is_harmed_and_every_line_happens() {
        let mut wrong = Vec::new();
        for key in all() {
            let experiment = key.experiment();
            let traces: Vec<_> =
                (0..experiment.lanes.len()).map(|lane| simulate(&experiment, lane)).collect();
            let lines = 0..experiment.faults.script.lines().len();
            let happens = |line: usize| traces.iter().any(|trace| !trace.unfired.contains(&line));
            let harmed = traces.iter().any(|trace| {
                let report = judge(&experiment, trace);
                report.messages.iter().any(|message| message.end != Outcome::Once)
            });
            let about_time = key.setting.is_some_and(|setting| ABOUT_TIME.contains(&setting));
            if !(harmed || about_time) || !lines.clone().all(happens) {
                wrong.push(format!("{}: {}", key.of, key.names[0]));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_product_names_a_key_once() {
        let mut names = BTreeSet::new();
        for key in all() {
            for name in &key.names {
                assert!(names.insert((key.of, *name)), "{}: {name} twice", key.of);
            }
        }
    }
}
