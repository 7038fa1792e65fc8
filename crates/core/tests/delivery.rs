//! The rules of delivery, one test each: these settings, this schedule, that outcome. The rules of a
//! cluster are in `cluster`.

#[path = "delivery/acknowledge.rs"]
mod acknowledge;
#[path = "delivery/calm.rs"]
mod calm;
#[path = "delivery/dedup.rs"]
mod dedup;
#[path = "delivery/failures.rs"]
mod failures;
#[path = "delivery/lanes.rs"]
mod lanes;
#[path = "delivery/network.rs"]
mod network;
#[path = "delivery/producer.rs"]
mod producer;
use ackground_testkit::run;
