//! Any experiment: each lane ends, each message in one class, and the record of the run is judged as
//! the run itself.
#![no_main]

use ackground_core::audit::{Audit, judge};
use ackground_core::sim::{observe, simulate};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some(experiment) = ackground_fuzz::experiment(bytes) else {
        return;
    };
    let messages = experiment.messages.get();
    for lane in 0..experiment.lanes.len() {
        let trace = simulate(&experiment, lane);
        let report = judge(&experiment, &trace);
        let totals = report.totals;
        let sum = totals.once + totals.lost + totals.duplicated + totals.parked + totals.pending;
        assert_eq!(u64::from(sum), messages);
        assert!(totals.pending == 0 || !trace.end.settled());
        assert!(trace.steps.iter().all(|step| step.cause.is_none_or(|cause| cause < step.no)));
        assert!(trace.steps.is_sorted_by_key(|step| step.at));

        let mut audit = Audit::new(&experiment.scenario, messages as usize);
        let end = observe(&experiment, lane, &mut audit);
        assert_eq!(end, trace.end);
        assert_eq!(audit.report(Some(end)), report);
    }
});
