//! What goes wrong in an experiment, in sentences.

use ackground_core::experiment::Experiment;
use ackground_core::experiment::value::Rate;
use ackground_words::story;

/// The most lines of the script that are told.
const MOST: usize = 12;

/// What goes wrong: the script line by line, then the rates.
pub(super) fn sentences(experiment: &Experiment) -> Vec<String> {
    let lines = experiment.faults.script.lines();
    let told = lines.iter().take(MOST);
    let mut sentences: Vec<String> =
        told.map(|line| format!("{}.", story::capital(&story::mishap(experiment, line)))).collect();
    if lines.len() > MOST {
        sentences.push(format!("And {} more faults.", lines.len() - MOST));
    }
    let rates: Vec<String> = rates(experiment)
        .into_iter()
        .filter(|(_, rate)| !rate.is_zero())
        .map(|(path, rate)| {
            let name = story::setting(path).map_or(path, |setting| setting.name);
            format!("{name} {}", story::percent(rate))
        })
        .collect();
    if !rates.is_empty() {
        sentences.push(format!("By chance: {}.", rates.join(", ")));
    }
    if sentences.is_empty() {
        sentences.push("Nothing goes wrong.".to_owned());
    }
    sentences
}

/// Every rate with its path.
fn rates(experiment: &Experiment) -> [(&'static str, Rate); 10] {
    let faults = &experiment.faults;
    [
        ("faults.loss.publish", faults.loss.publish),
        ("faults.loss.publish_ack", faults.loss.publish_ack),
        ("faults.loss.deliver", faults.loss.deliver),
        ("faults.loss.ack", faults.loss.ack),
        ("faults.crash.producer", faults.crash.producer),
        ("faults.crash.broker", faults.crash.broker),
        ("faults.crash.consumer", faults.crash.consumer),
        ("faults.failure", faults.failure),
        ("faults.poison", faults.poison),
        ("faults.slow", faults.slow),
    ]
}
