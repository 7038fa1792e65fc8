//! What the examiner does not ask yet, and why.

use serde_json::Value;

/// Why an experiment is not asked.
pub fn reason(_experiment: &Value) -> Option<&'static str> {
    None
}
