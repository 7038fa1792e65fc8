//! Random experiments for property tests of the format and the simulator.

use ackground_core::experiment::faults::{CrashRates, Faults, Loss};
use ackground_core::experiment::scenario::{
    BuiltIn, Harm, KeyMode, Label, Prose, Scenario, Step, StepKind, Steps,
};
use ackground_core::experiment::script::{
    BrokerPoint, Carrier, ConsumerPoint, Crash, Cut, Entry, Kill, Line, Nth, Ordinal, Packet,
    Script, Side, Spot,
};
use ackground_core::experiment::settings::*;
use ackground_core::experiment::value::{
    Bounded, Factor, Id, Limit, PAST_TIMEOUT, Rate, Span, Text,
};
use ackground_core::experiment::{Experiment, Lane, Lanes, PresetId};
use proptest::prelude::*;
use proptest::sample::select;

/// How far-fetched the drawn experiments may be.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// Short runs of a few messages with realistic rates and times; otherwise anything goes, including a year
    /// of processing for each of a thousand messages.
    pub small: bool,
}

const SMALL: Scope = Scope { small: true };
const ANY: Scope = Scope { small: false };

/// Experiments that simulate quickly, for properties over many runs.
pub fn experiment() -> BoxedStrategy<Experiment> {
    experiment_of(SMALL)
}

/// A lane of such an experiment.
pub fn lane() -> BoxedStrategy<Lane> {
    lane_of(SMALL)
}

/// Everything that the format allows.
pub fn any_experiment() -> BoxedStrategy<Experiment> {
    experiment_of(ANY)
}

/// Every line that a script may have.
pub fn any_line() -> BoxedStrategy<Line> {
    line_of(ANY)
}

/// Experiments in a scope.
pub fn experiment_of(scope: Scope) -> BoxedStrategy<Experiment> {
    let messages = if scope.small { 6 } else { 1000 };
    let interval = if scope.small { 3000 } else { 600_000 };
    let lanes = prop::collection::vec(lane_of(scope), 1..=4);
    (
        text(),
        scenario_of(),
        bounded(1, messages),
        bounded(0, interval),
        bounded(0, (1 << 53) - 1),
        faults(scope),
        lanes,
    )
        .prop_map(|(title, scenario, messages, interval_ms, seed, faults, lanes)| Experiment {
            title,
            scenario,
            messages,
            interval_ms,
            seed,
            faults,
            lanes: Lanes::new(lanes).expect("one to four were drawn"),
        })
        .boxed()
}

/// A lane: anything at all, a preset with some settings overridden, or a plain preset.
pub fn lane_of(scope: Scope) -> BoxedStrategy<Lane> {
    let own = (
        text(),
        prop::option::of(select(PresetId::ALL)),
        producer(scope),
        broker(scope),
        consumer(scope),
    );
    let own = own.prop_map(|(name, preset, producer, broker, consumer)| Lane {
        name,
        preset,
        producer,
        broker,
        consumer,
    });
    let preset = select(PresetId::ALL).prop_map(Lane::of_preset);
    let changed = (preset.clone(), consumer(scope)).prop_map(|(mut lane, consumer)| {
        lane.consumer = consumer;
        lane
    });
    prop_oneof![2 => own, 1 => preset, 1 => changed].boxed()
}

fn producer(scope: Scope) -> impl Strategy<Value = Producer> {
    let backoff = (millis(scope), 1000_u32..=100_000, millis(scope), rate(scope)).prop_map(
        |(first_ms, factor, max_ms, jitter)| Backoff {
            first_ms,
            factor: Factor::from_thousandths(factor).expect("drawn in range"),
            max_ms,
            jitter,
        },
    );
    let retries = limit(0, if scope.small { 5 } else { 1000 });
    (
        (select(Acks::ALL), retries, some_millis(scope), backoff),
        (prop::option::of(some_millis(scope)), bounded(1, 100)),
        (any::<bool>(), any::<bool>(), select(Source::ALL)),
    )
        .prop_map(move |((acks, retries, timeout, backoff), (give_up, in_flight), flags)| {
            Producer {
                acks,
                retries,
                request_timeout_ms: timeout,
                backoff,
                delivery_timeout_ms: give_up,
                max_in_flight: in_flight,
                idempotent: flags.0 && acks != Acks::None,
                transactional: flags.0 && flags.1 && acks != Acks::None,
                source: flags.2,
            }
        })
}

fn broker(scope: Scope) -> impl Strategy<Value = Broker> {
    let copies = (1_u64..=5).prop_flat_map(|n| (Just(n), 1..=n));
    (
        (select(BrokerKind::ALL), bounded(1, 8), copies),
        (select(Flush::ALL), some_millis(scope), any::<bool>()),
        (millis(scope), limit(1, if scope.small { 5 } else { 1_000_000_000 }), any::<bool>()),
        (timeout(scope), millis(scope), select(LateAck::ALL)),
        (select(OnDisconnect::ALL), select(ConnectedTo::ALL), select(KeyOrder::ALL)),
    )
        .prop_map(move |(first, disk, given_up, again, link)| {
            let broker = Broker {
                kind: first.0,
                dedup_window_ms: given_up.0,
                max_deliveries: given_up.1,
                dead_letter: given_up.2,
                redelivery_timeout_ms: again.0,
                redelivery_delay_ms: again.1,
                late_ack: again.2,
                on_disconnect: link.0,
                connected_to: link.1,
                order: link.2,
                ..Broker::default()
            };
            Broker {
                partitions: first.1,
                replicas: Bounded::of(first.2.0),
                min_in_sync: Bounded::of(first.2.1),
                flush: disk.0,
                flush_interval_ms: disk.1,
                unclean_election: disk.2,
                ..broker
            }
        })
}

/// Mostly a time, sometimes never.
fn timeout(scope: Scope) -> impl Strategy<Value = Timeout> {
    prop_oneof![9 => some_millis(scope).prop_map(Limit::At), 1 => Just(Limit::Unlimited)]
}

fn consumer(scope: Scope) -> impl Strategy<Value = Consumer> {
    (
        (
            bounded(1, if scope.small { 3 } else { 8 }),
            select(AckMode::ALL),
            select(OnFailure::ALL),
            bounded(1, if scope.small { 4 } else { 500 }),
        ),
        (millis(scope), select(Dedup::ALL), limit(1, if scope.small { 4 } else { 1_000_000_000 })),
        (limit(1, if scope.small { 10_000 } else { YEAR_MS }), select(Write::ALL)),
        (any::<bool>(), select(Isolation::ALL)),
        (any::<bool>(), select(AckScope::ALL), select(Membership::ALL)),
    )
        .prop_map(move |(first, work, kept, last, answers)| {
            let consumer = Consumer {
                ack: first.1,
                on_failure: first.2,
                processing_ms: work.0,
                dedup: work.1,
                dedup_window: work.2,
                dedup_ttl_ms: kept.0,
                write: kept.1,
                idempotency_key: last.0,
                ack_confirmed: answers.0,
                ack_scope: answers.1,
                membership: answers.2,
                ..Consumer::default()
            };
            Consumer { instances: first.0, batch: first.3, isolation: last.1, ..consumer }
        })
}

fn faults(scope: Scope) -> impl Strategy<Value = Faults> {
    let loss = (rate(scope), rate(scope), rate(scope), rate(scope)).prop_map(
        |(publish, publish_ack, deliver, ack)| Loss { publish, publish_ack, deliver, ack },
    );
    let crash = (rate(scope), rate(scope), rate(scope))
        .prop_map(move |(producer, broker, consumer)| CrashRates { producer, broker, consumer });
    let longest = if scope.small { 500 } else { Span::MOST };
    let latency = (0..=longest, 0..=longest).prop_map(|(a, b)| Span::of(a.min(b), a.max(b)));
    (
        (loss, crash, rate(scope), rate(scope), rate(scope)),
        (latency, millis(scope), script_of(scope), stall(scope)),
    )
        .prop_map(|(rates, rest)| Faults {
            loss: rates.0,
            crash: rates.1,
            failure: rates.2,
            poison: rates.3,
            slow: rates.4,
            latency_ms: rest.0,
            restart_ms: rest.1,
            script: rest.2,
            slow_ms: rest.3,
        })
}

/// Mostly past the timeout, sometimes a length of its own.
fn stall(scope: Scope) -> impl Strategy<Value = Limit<1, YEAR_MS, PAST_TIMEOUT>> {
    prop_oneof![3 => Just(Limit::Unlimited), 1 => some_millis(scope).prop_map(Limit::At)]
}

/// A script of a few lines, some of them disabled.
pub fn script_of(scope: Scope) -> BoxedStrategy<Script> {
    let entry = (line_of(scope), prop::bool::weighted(0.9));
    prop::collection::vec(entry.prop_map(|(line, on)| Entry { line, on }), 0..6)
        .prop_map(|entries| Script::of(entries).expect("fewer than 200 were drawn"))
        .boxed()
}

/// A line of the script.
pub fn line_of(scope: Scope) -> BoxedStrategy<Line> {
    let message = ordinal(if scope.small { 7 } else { 1_000_000_000 });
    let nth = prop_oneof![
        3 => ordinal(if scope.small { 3 } else { 1_000_000_000 }).prop_map(Nth::At),
        1 => Just(Nth::Every),
    ];
    let spot = (message.clone(), nth).prop_map(|(message, nth)| Spot { message, nth });
    let steps: &[&str] = &["credit", "notify", "send", "insert", "reserve", "no-such-step"];
    let point = prop_oneof![
        Just(ConsumerPoint::Receive),
        Just(ConsumerPoint::Record),
        Just(ConsumerPoint::Ack),
        select(steps).prop_map(|step| ConsumerPoint::Step(Id::of(step))),
    ];
    let crash = (select(Side::ALL), point.boxed()).prop_map(|(side, at)| Crash::Consumer(side, at));
    let crash = prop_oneof![select(Side::ALL).prop_map(Crash::Producer), crash];
    let usual = prop_oneof![
        (select(Packet::ALL), spot.clone()).prop_map(|(packet, spot)| Line::Drop(packet, spot)),
        (select(Carrier::ALL), spot.clone()).prop_map(|(what, spot)| Line::Duplicate(what, spot)),
        (select(Packet::ALL), spot.clone(), millis(scope))
            .prop_map(|(packet, spot, by)| Line::Delay(packet, spot, by)),
        (crash, spot.clone()).prop_map(|(crash, spot)| Line::Crash(crash, spot)),
        spot.clone().prop_map(Line::Fail),
        message.prop_map(Line::Poison),
        (spot.clone(), millis(scope)).prop_map(|(spot, by)| Line::Slow(spot, by)),
    ];
    let point = (select(Side::ALL), select(BrokerPoint::ALL));
    let broker = point.clone().prop_map(|(side, point)| Crash::Broker(side, point));
    let kill = point.prop_map(|(side, point)| Kill::Broker(side, point));
    let crash = prop_oneof![broker, Just(Crash::Follower)];
    let longest = if scope.small { 10_000 } else { YEAR_MS };
    let cut = (select(Cut::ALL), 0..longest, 1..=longest).prop_map(|(cut, from, length)| {
        let to = (from + length).min(YEAR_MS);
        Line::Partition(cut, (Bounded::of(from), Bounded::of(to)))
    });
    prop_oneof![
        7 => usual,
        1 => (crash, spot.clone()).prop_map(|(crash, spot)| Line::Crash(crash, spot)),
        1 => (kill, spot).prop_map(|(kill, spot)| Line::Kill(kill, spot)),
        1 => cut,
    ]
    .boxed()
}

/// A built-in scenario or a custom one.
pub fn scenario_of() -> BoxedStrategy<Scenario> {
    let built_in = select(BuiltIn::ALL);
    let kinds = StepKind::ALL;
    let steps = prop::collection::vec((text(), select(kinds)), 1..=4);
    let own = (
        (text(), text(), text(), text(), text(), text()),
        (0..=1_000_000_000_u64, "\\PC{0,40}", select(KeyMode::ALL), ".{0,600}"),
        steps,
        any::<prop::sample::Index>(),
    );
    let own = own.prop_map(|(texts, (amount, unit, key, advice), steps, primary)| {
        let primary = primary.index(steps.len());
        let steps = steps.into_iter().enumerate().map(|(i, (label, kind))| Step {
            id: Id::of(["credit", "notify", "third", "f0-urth_"][i]),
            label,
            kind,
            primary: i == primary,
        });
        Scenario {
            id: Id::of("payment"),
            title: texts.0,
            producer: texts.1,
            consumer: texts.2,
            store: texts.3,
            amount: Bounded::of(amount),
            unit: Text::cut(&unit),
            key,
            steps: Steps::new(steps.collect()).expect("the steps were drawn by the rules"),
            harm: Harm { lost: texts.4, duplicated: texts.5 },
            advice: Prose::cut(&advice),
        }
    });
    prop_oneof![3 => built_in.prop_map(BuiltIn::scenario), 1 => own].boxed()
}

fn text() -> impl Strategy<Value = Label> + Clone {
    prop_oneof![Just(String::new()), Just("Credit \"it\"\n".to_owned()), ".{0,120}",]
        .prop_map(|text| Label::cut(&text))
}

/// A number in range, with its ends more likely than the rest.
fn bounded<const MIN: u64, const MAX: u64>(
    from: u64,
    to: u64,
) -> impl Strategy<Value = Bounded<MIN, MAX>> + Clone {
    prop_oneof![1 => Just(from), 1 => Just(to), 4 => from..=to].prop_map(Bounded::of)
}

fn limit<const MIN: u64, const MAX: u64>(
    from: u64,
    to: u64,
) -> impl Strategy<Value = Limit<MIN, MAX>> + Clone {
    prop_oneof![2 => bounded(from, to).prop_map(Limit::At), 1 => Just(Limit::Unlimited)]
}

fn ordinal(to: u64) -> impl Strategy<Value = Ordinal> + Clone {
    bounded(1, to)
}

fn millis(scope: Scope) -> impl Strategy<Value = Millis> + Clone {
    bounded(0, if scope.small { 6000 } else { YEAR_MS })
}

fn some_millis(scope: Scope) -> impl Strategy<Value = SomeMillis> + Clone {
    bounded(1, if scope.small { 6000 } else { YEAR_MS })
}

fn rate(scope: Scope) -> impl Strategy<Value = Rate> + Clone {
    let most = if scope.small { Rate::SCALE / 4 } else { Rate::SCALE };
    prop_oneof![3 => Just(0), 1 => Just(most), 3 => 0..=most]
        .prop_map(|parts| Rate::from_parts(parts).expect("drawn in range"))
}
