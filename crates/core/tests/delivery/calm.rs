//! Without faults nothing happens, whatever the settings are.

use crate::lanes::ALL;
use crate::run::run_with;

#[test]
fn without_faults_every_setup_applies_every_message_once_and_in_order() {
    for lane in ALL {
        let run = run_with(lane, &[], r#""messages": 20, "interval_ms": 10"#, "");
        assert_eq!(run.report.totals.once, 20, "{lane}");
        assert!(run.report.properties.in_order, "packets of one link keep their order: {lane}");
        assert!(run.report.properties.settles, "{lane}");
        assert_eq!(run.report.ledger.actual, 200_000, "{lane}");
    }
}
