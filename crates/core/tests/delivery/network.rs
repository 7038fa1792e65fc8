//! The network and the script: packets that come twice or late, lines that cannot apply.

use ackground_core::audit::Outcome;
use ackground_core::sim::Leg;

use crate::lanes::{AT_LEAST_ONCE, QUEUE};
use crate::run::run;

#[test]
fn a_packet_that_the_network_repeats_is_a_second_copy_in_a_queue_and_old_news_to_a_log_reader() {
    assert_eq!(run(AT_LEAST_ONCE, &["duplicate publish 1"]).end(), Outcome::Duplicated);
    assert_eq!(run(QUEUE, &["duplicate deliver 1"]).end(), Outcome::Duplicated);
    assert_eq!(run(AT_LEAST_ONCE, &["duplicate deliver 1"]).end(), Outcome::Once);
}

#[test]
fn a_delayed_answer_makes_the_producer_send_again() {
    let run = run(AT_LEAST_ONCE, &["delay publish-ack 1 by 5s"]);
    assert_eq!(run.end(), Outcome::Duplicated);
    assert_eq!(run.packets(Leg::Publish), 2);
}

#[test]
fn lines_that_cannot_apply_are_reported_and_harmless() {
    let run =
        run(AT_LEAST_ONCE, &["crash consumer after reserve 1", "drop ack 7", "drop publish 1#9"]);
    assert_eq!(run.end(), Outcome::Once);
    assert_eq!(run.trace.unfired, [0, 1, 2]);
}
