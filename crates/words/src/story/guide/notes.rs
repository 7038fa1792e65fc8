//! Notes beside a recommended setup: its costs, its caveats, its alternatives. Only texts, with the answers
//! that make them apply.

use super::question::{Answer, Path};

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// What the setup costs.
    Cost,
    /// A caveat.
    Care,
    /// An alternative.
    Instead,
}

/// A note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub about: About,
    /// What it says.
    pub text: &'static str,
    /// It applies with one of these answers,
    with: &'static [Answer],
    /// and with one of these, if there are any.
    and: &'static [Answer],
}

/// The notes that apply to these answers, in the order of the answers.
pub fn notes(path: &Path, about: About) -> impl Iterator<Item = &'static str> {
    let path = *path;
    let holds = move |note: &&Note| {
        let any = |answers: &[Answer]| answers.iter().any(|answer| path.has(*answer));
        note.about == about && any(note.with) && (note.and.is_empty() || any(note.and))
    };
    NOTES.iter().filter(holds).map(|note| note.text)
}

const fn note(about: About, with: &'static [Answer], text: &'static str) -> Note {
    Note { about, text, with, and: &[] }
}

use About::{Care, Cost, Instead};
use Answer::*;

const NOTES: &[Note] = &[
    // Loss
    note(Cost, &[Fine], "Next to nothing: one send, no state, no waiting."),
    note(
        Care,
        &[Fine],
        "A loss goes unnoticed. Count what is sent and what arrives, to be sure that few stays few.",
    ),
    note(
        Instead,
        &[Fine],
        "Move to at least once with repeats recognised as soon as a message is worth more than its resend.",
    ),
    note(Cost, &[Seldom], "A round trip per send, and a resend now and then."),
    note(
        Care,
        &[Seldom],
        "When a machine fails, everything that it alone had is gone, and no error is reported.",
    ),
    note(
        Instead,
        &[Seldom],
        "An outbox and a reply from all in-sync replicas close the gap, at the cost of a write and a longer wait per message.",
    ),
    note(
        Cost,
        &[Told],
        "A reply from several machines per send, and someone who deals with the failures.",
    ),
    note(
        Care,
        &[Told],
        "A reported failure is not always a failure: if only the reply was lost, the message is \
         stored and takes effect anyway.",
    ),
    note(
        Cost,
        &[Never],
        "A row in the outbox, a reply from several machines per send, and a repeat after every lost reply.",
    ),
    note(
        Care,
        &[Never],
        "While too few replicas are up, nothing is accepted and the outbox grows. Watch its length and its age.",
    ),
    note(
        Care,
        &[Never],
        "Replicas protect against the failure of one machine. If all of them can lose power at once, \
         write each message to disk before it is confirmed.",
    ),
    // Effect
    note(
        Care,
        &[DatabaseAndCall],
        "The database change happens once; the call is separate and can go out twice if the other side \
         does not ignore the repeated key.",
    ),
    note(
        Instead,
        &[DatabaseAndCall],
        "Write the call as a message into the consumer\u{2019}s own outbox, in the same transaction. A second \
         consumer then makes the call; run this guide for it as well.",
    ),
    // Repeats
    note(
        Care,
        &[Harmless],
        "Delivery is at least once, and so is the effect. As soon as anything adds up what \
         arrives, a repeat does harm.",
    ),
    note(
        Instead,
        &[ByRow, ByTable, ByKey],
        "A broker\u{2019}s exactly-once transactions would not help here: they end at the broker, and \
         the effect is outside it.",
    ),
    note(Cost, &[ByRow], "A unique key, and one ignored conflict per repeat."),
    note(
        Care,
        &[ByRow],
        "There must be one row per message, set and never added to. A separate running total counts repeats twice.",
    ),
    note(
        Instead,
        &[ByRow],
        "A dedup table in the same transaction, once an effect is more than one row.",
    ),
    note(
        Cost,
        &[ByTable],
        "One more row per message, in a transaction that you need anyway, and room for the IDs.",
    ),
    note(
        Care,
        &[ByTable],
        "Keep the IDs longer than a repeat can be delayed: the longest retry, the longest outage, the \
         longest stay in a dead letter queue.",
    ),
    note(
        Instead,
        &[ByTable],
        "If the effect is one row, use the message\u{2019}s ID as its key and do without the table.",
    ),
    note(Cost, &[ByKey], "Nothing on your side; the other side remembers."),
    note(
        Care,
        &[ByKey],
        "Providers forget keys, some after a day. A message that waits longer, in a dead letter \
         queue for example, is then treated as a new message.",
    ),
    note(
        Cost,
        &[ByTransaction],
        "A coordinator, markers in the log, and the wait for the commit: some tens of milliseconds, \
         depending on how much is committed together.",
    ),
    note(
        Care,
        &[ByTransaction],
        "It holds inside one cluster, for readers of committed messages only. The first step outside \
         it, a row or an email, needs an idempotent effect of its own, and so does the sender that feeds the first \
         log: after a restart it does not know what it had committed.",
    ),
    note(
        Instead,
        &[ByTransaction],
        "If there is only one hop: at least once, and the last consumer recognises repeats by the \
         message\u{2019}s ID.",
    ),
    note(
        Care,
        &[RatherTwice],
        "The effect is not exactly once: a crash between the effect and its record repeats it. Say so where \
         people see it: \u{201c}you may get this email twice\u{201d}.",
    ),
    note(
        Instead,
        &[RatherTwice, RatherNever],
        "Another provider, or another way to do the same, that takes an idempotency key. Nothing else cures it.",
    ),
    note(
        Care,
        &[RatherNever],
        "Delivery is at least once, the effect at most once. If an ID is recorded and the \
         effect is unknown, a person has to look.",
    ),
    // Order
    note(
        Cost,
        &[InOrder],
        "One send at a time is slow; several partitions, one per group of keys, make up for that.",
    ),
    note(
        Care,
        &[InOrder],
        "A message that can never be handled stops everything behind it. Watch the consumer\u{2019}s lag, \
         and decide in advance who may skip a message.",
    ),
    note(
        Care,
        &[SetAside, Shared],
        "A parked message is neither lost nor done. Someone has to watch the dead letter queue, and moving a message \
         back from there is one more repeat.",
    ),
    note(
        Care,
        &[Shared],
        "When a consumer joins or leaves, partitions change hands, and unacknowledged messages are handled \
         once more by the next consumer.",
    ),
    // Systems
    Note {
        and: &[SetAside, Shared],
        ..note(
            Care,
            &[Kafka],
            "A Kafka consumer group neither counts deliveries nor parks messages: the application does, \
             with one topic for retries and one for dead letters.",
        )
    },
    Note {
        and: &[Seldom, Told, Never],
        ..note(
            Care,
            &[Kafka],
            "You have to ask for three replicas, two of them in sync, and no automatic commit: none of these is the default.",
        )
    },
    Note {
        and: &[SetAside, Shared],
        ..note(
            Care,
            &[RabbitMq],
            "A limit without a dead letter exchange discards messages. Both are set on the queue, and \
             the exchange needs a queue bound to it.",
        )
    },
    note(
        Care,
        &[Sqs],
        "The visibility timeout has to be longer than the longest work, or be extended while it goes on.",
    ),
    note(
        Care,
        &[PubSub],
        "Its exactly-once delivery recognises redeliveries by the service, not resends by the publisher.",
    ),
    note(
        Care,
        &[ServiceBus],
        "Renew the lock while the work goes on: a late completion is refused, and the message is redelivered.",
    ),
    note(
        Care,
        &[Pulsar],
        "Without an acknowledgment timeout a message is redelivered only if the connection ends or the message is refused.",
    ),
    note(
        Care,
        &[JetStream],
        "There is no dead letter queue: after the last delivery the message stays in the stream, and \
         only an advisory says so.",
    ),
    note(
        Care,
        &[Redis],
        "Nothing is redelivered by itself: some consumer has to claim what another left pending.",
    ),
    note(
        Care,
        &[Mqtt],
        "A subscriber without a persistent session misses what is sent while it is away.",
    ),
    note(
        Instead,
        &[Open],
        "Any of the products: the setups have their recipes for this guarantee, and every lane can be read in their terms.",
    ),
];
