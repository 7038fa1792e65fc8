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
        "Nobody learns of a loss. Count what is sent and what arrives, so that few stays few.",
    ),
    note(
        Instead,
        &[Fine],
        "At least once with repeats recognised, as soon as a message is worth more than its resend.",
    ),
    note(Cost, &[Seldom], "A round trip per send, and a resend now and then."),
    note(
        Care,
        &[Seldom],
        "The gap comes when a machine fails, and then with everything that it alone had. Nobody is told.",
    ),
    note(
        Instead,
        &[Seldom],
        "An outbox and an answer from all copies close the gap, for a write and a longer wait per message.",
    ),
    note(
        Cost,
        &[Told],
        "An answer from several machines per send, and someone who deals with the failures.",
    ),
    note(
        Care,
        &[Told],
        "Told that it failed is not the same as failed: when only the answer was lost, the message is stored and \
         takes effect all the same.",
    ),
    note(
        Cost,
        &[Never],
        "A row in the outbox, an answer from several machines per send, and repeats after every lost answer.",
    ),
    note(
        Care,
        &[Never],
        "While too few copies are up nothing is accepted: the outbox grows. Watch its length and its age.",
    ),
    note(
        Care,
        &[Never],
        "Copies protect against the failure of one machine. When all of them can lose power at once, write each \
         message to disk before it is confirmed.",
    ),
    // Effect
    note(
        Care,
        &[DatabaseAndCall],
        "The database has its effect once; the call stands alone and can go out twice if the other side does not \
         ignore the repeated key.",
    ),
    note(
        Instead,
        &[DatabaseAndCall],
        "Write the call as a message into the consumer\u{2019}s own outbox, in the same transaction. A second \
         consumer then makes it, and is a question of its own.",
    ),
    // Repeats
    note(
        Care,
        &[Harmless],
        "The delivery is at least once, and so is the effect. As soon as somebody adds up what arrives, a \
         repeat does harm.",
    ),
    note(
        Instead,
        &[ByRow, ByTable, ByKey],
        "Exactly-once transactions of a broker would not help here: they end at the broker, and the effect is \
         outside of it.",
    ),
    note(Cost, &[ByRow], "A unique key, and a conflict to be ignored per repeat."),
    note(
        Care,
        &[ByRow],
        "It has to be one row per message, set and never added to. A sum that is kept beside it counts twice.",
    ),
    note(
        Instead,
        &[ByRow],
        "A table of ids in the same transaction, once an effect is more than one row.",
    ),
    note(
        Cost,
        &[ByTable],
        "One more row per message, in the transaction that there is anyway, and room for the ids.",
    ),
    note(
        Care,
        &[ByTable],
        "The ids have to be kept longer than anything can come again: longest retry, longest outage, longest \
         stay in a dead letter queue.",
    ),
    note(
        Instead,
        &[ByTable],
        "If the effect is one row, let its key be the message\u{2019}s id and do without the table.",
    ),
    note(Cost, &[ByKey], "Nothing on your side; the other side remembers."),
    note(
        Care,
        &[ByKey],
        "Providers forget keys, some after a day. A message that waits longer than that, in a dead letter queue \
         for example, is then treated as a new message.",
    ),
    note(
        Cost,
        &[ByTransaction],
        "A coordinator, markers in the log, and the wait for the commit: some tens of milliseconds, more or less \
         by how much is committed together.",
    ),
    note(
        Care,
        &[ByTransaction],
        "It holds inside of one cluster, for readers that read what is committed only. The first step that leaves \
         it, a row or a mail, needs an idempotent effect of its own, and so does what feeds the first log: a sender \
         that restarts does not know what it had committed.",
    ),
    note(
        Instead,
        &[ByTransaction],
        "At least once, and the last consumer recognises repeats by the message\u{2019}s id, if there is only one \
         hop.",
    ),
    note(
        Care,
        &[RatherTwice],
        "The effect is not once: a crash between effect and note repeats it. Say so where people see it: \
         \u{201c}you may get this mail twice\u{201d}.",
    ),
    note(
        Instead,
        &[RatherTwice, RatherNever],
        "Another provider, or another way to do the same, that takes an idempotency key. It is the only cure.",
    ),
    note(
        Care,
        &[RatherNever],
        "The delivery is at least once, the effect at most once. A message whose id is noted and whose effect is \
         not known needs a person who looks.",
    ),
    // Order
    note(
        Cost,
        &[InOrder],
        "One send at a time is slow; several partitions, one per group of keys, make up for it.",
    ),
    note(
        Care,
        &[InOrder],
        "A message that can never be handled stops everything behind it. Watch how far the consumer is behind, \
         and decide beforehand who may skip it.",
    ),
    note(
        Care,
        &[SetAside, Shared],
        "Parked is not lost and not done. Somebody has to look at the dead letter queue, and sending from there \
         again is one more repeat.",
    ),
    note(
        Care,
        &[Shared],
        "When a consumer joins or leaves, partitions change hands, and what was not acknowledged is handled once \
         more by the other one.",
    ),
    // Systems
    Note {
        and: &[SetAside, Shared],
        ..note(
            Care,
            &[Kafka],
            "A consumer group of Kafka neither counts deliveries nor parks anything: the application does, with a \
             topic for retries and one for dead letters.",
        )
    },
    Note {
        and: &[Seldom, Told, Never],
        ..note(
            Care,
            &[Kafka],
            "Three copies, two of them in sync and no automatic commit have to be asked for: none is the default.",
        )
    },
    Note {
        and: &[SetAside, Shared],
        ..note(
            Care,
            &[RabbitMq],
            "A limit without a dead letter exchange discards. Both are set on the queue, and the exchange needs \
             a queue that is bound to it.",
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
        "Its exactly-once delivery recognises what the service sends again, not what the publisher sends again.",
    ),
    note(
        Care,
        &[ServiceBus],
        "Renew the lock while the work goes on: a completion after its end is refused, and the message comes again.",
    ),
    note(
        Care,
        &[Pulsar],
        "Without an acknowledgment timeout a message only comes again when the connection ends or it is refused.",
    ),
    note(
        Care,
        &[JetStream],
        "There is no dead letter queue: after the last delivery the message stays in the stream, and an advisory is \
         all that says so.",
    ),
    note(
        Care,
        &[Redis],
        "Nothing comes again by itself: some consumer has to claim what another left pending.",
    ),
    note(
        Care,
        &[Mqtt],
        "A subscriber without a lasting session misses what is sent while it is away.",
    ),
    note(
        Instead,
        &[Open],
        "Any of the products: with their recipes for this guarantee in the setups, and every lane in their words.",
    ),
];
