//! What the simulator makes of an experiment, in the words of the model.

use ackground_core::audit::{self, Learnt, Outcome as Ended};
use ackground_core::experiment::Experiment;
use ackground_core::sim;
use ackground_oracle::{End, Outcome, Told};
use serde_json::Value;

pub fn outcomes(experiment: &Value) -> Result<Vec<Outcome>, String> {
    let read = Experiment::from_json(&experiment.to_string());
    let read = read.map_err(|mistakes| format!("{mistakes:?}"))?;
    let report = audit::judge(&read, &sim::simulate(&read, 0));
    let outcome = |record: &audit::MessageRecord| Outcome {
        end: match record.end {
            Ended::Once => End::Once,
            Ended::Lost => End::Lost,
            Ended::Duplicated => End::Duplicated,
            Ended::Parked => End::Parked,
            Ended::Pending => End::Pending,
        },
        told: match record.told {
            Learnt::Ok => Told::Ok,
            Learnt::Error => Told::Error,
            Learnt::Nothing => Told::Nothing,
        },
        applied: Some(record.applied.clone()),
    };
    Ok(report.messages.iter().map(outcome).collect())
}
