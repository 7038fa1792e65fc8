//! The lanes that most rules are shown with.

pub const AT_MOST_ONCE: &str = r#"{"preset": "at-most-once"}"#;
pub const AT_LEAST_ONCE: &str = r#"{"preset": "at-least-once"}"#;
pub const EFFECTIVELY_ONCE: &str = r#"{"preset": "effectively-once"}"#;
pub const QUEUE: &str = r#"{"broker": {"kind": "queue"}}"#;
pub const QUEUE_AUTO_ACK: &str =
    r#"{"broker": {"kind": "queue"}, "consumer": {"ack": "on_receive"}}"#;

/// All of them.
pub const ALL: [&str; 5] = [AT_MOST_ONCE, AT_LEAST_ONCE, EFFECTIVELY_ONCE, QUEUE, QUEUE_AUTO_ACK];
