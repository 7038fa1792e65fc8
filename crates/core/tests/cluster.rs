//! The rules of a cluster, one test each: nodes that crash, copies that are lost or kept, groups
//! that share partitions, batches, transactions, cuts. The rules of one broker and one consumer are
//! in `delivery`.

#[path = "cluster/brokers.rs"]
mod brokers;
#[path = "cluster/groups.rs"]
mod groups;
#[path = "cluster/producers.rs"]
mod producers;
#[path = "cluster/scripts.rs"]
mod scripts;
use ackground_testkit::run;
