//! What the simulator makes of an experiment, in the words of the model.

use ackground_core::audit::{self, Learnt, Outcome as Ended};
use ackground_core::experiment::Experiment;
use ackground_core::sim;
use ackground_oracle::{End, Outcome, Told};

pub fn outcomes(json: &str) -> Result<Vec<Outcome>, String> {
    let experiment = Experiment::from_json(json).map_err(|mistakes| format!("{mistakes:?}"))?;
    let report = audit::judge(&experiment, &sim::simulate(&experiment, 0));
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
