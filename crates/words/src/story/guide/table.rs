//! The wording of the guide's questions and answers. Texts only, so that they can be translated in one place; the
//! graph is in `question`.

use super::question::{Answer, Question};

/// The wording of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuestionWords {
    /// The question.
    pub asks: &'static str,
    /// Why it is asked.
    pub why: &'static str,
    /// A word or two for the path so far: `Loss`.
    pub short: &'static str,
}

/// The wording of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerWords {
    /// The answer.
    pub says: &'static str,
    /// When it is the right one, with examples.
    pub such_as: &'static str,
    /// A few words for the path so far: `none may be lost`.
    pub short: &'static str,
}

impl Question {
    /// Its wording.
    pub const fn words(self) -> QuestionWords {
        let (asks, why, short) = match self {
            Question::Loss => (
                "May a message be lost?",
                "To lose none you need resends, several replicas and an acknowledgment \
                 after the work. All of that costs time, and all of it repeats messages now and then. If a gap does no harm, you need none of it.",
                "Loss",
            ),
            Question::Effect => (
                "What does the consumer do with a message?",
                "A broker can promise a delivery. Whether the effect happens once depends on where it \
                 happens: a database can commit it together with a record that it is done; a call to another system cannot.",
                "Effect",
            ),
            Question::Twice => (
                "What if it does that twice for one message?",
                "A producer that resends until it gets a reply delivers some messages more than \
                 once. That is delivery; what matters is whether the effect may repeat as well.",
                "Repeats",
            ),
            Question::Recognise => (
                "What can recognise a repeat?",
                "You cannot prevent redelivery, only recognise it, and only where the \
                 message is remembered in the same step as the effect.",
                "Recognised by",
            ),
            Question::Order => (
                "One message fails again and again. What about those behind it?",
                "You cannot have both order and progress here: the others wait for it, or they overtake it.",
                "Order",
            ),
            Question::Carrier => (
                "What carries your messages?",
                "The same guarantee needs different settings in every system, and not every system offers every guarantee.",
                "System",
            ),
            Question::Queue => {
                ("Which queue?", "The recommended setup starts from its recipe.", "Queue")
            }
            Question::Stream => {
                ("Which one?", "The recommended setup starts from its recipe.", "System")
            }
        };
        QuestionWords { asks, why, short }
    }
}

impl Answer {
    /// Its wording.
    pub const fn words(self) -> AnswerWords {
        let (says, such_as, short) = match self {
            Answer::Fine => (
                "Yes, some may be missing",
                "Metrics, telemetry, log lines, positions, a push that soon goes out of date.",
                "some may be missing",
            ),
            Answer::Seldom => (
                "Only when a machine fails",
                "Clicks, views, events for a report: speed matters, and a gap once a year is acceptable.",
                "only when a machine fails",
            ),
            Answer::Told => (
                "Only if the sender knows",
                "One-time codes, commands to a device: they are worthless later, and someone tries again.",
                "only if the sender knows",
            ),
            Answer::Never => (
                "No, not one",
                "Payments, orders, bookings, stock, invoices, emails that people wait for.",
                "none may be lost",
            ),
            Answer::Database => (
                "Write to its own database",
                "An order row, a counter, a stock level, an account entry.",
                "a database",
            ),
            Answer::DatabaseAndCall => (
                "Write to its database, then call another system",
                "Credit the account and notify the customer; enter the booking and send the ticket.",
                "a database, then a call",
            ),
            Answer::Call => (
                "Call another system",
                "Send an email, a push or a webhook; charge a card; open a valve.",
                "a call",
            ),
            Answer::Output => (
                "Write to another topic of the same log",
                "Read, transform, write: enrich, filter, join, aggregate.",
                "an output log",
            ),
            Answer::Harmless => (
                "No harm",
                "A marketing email, a webhook that expects repeats, a value that is only overwritten.",
                "do no harm",
            ),
            Answer::Harm => (
                "Harm",
                "Money twice, goods twice, a counter that stays wrong, an angry customer.",
                "do harm",
            ),
            Answer::ByRow => (
                "The row: its key is the message\u{2019}s ID",
                "Insert or ignore, set instead of add. The simplest way if the effect is one row.",
                "the row\u{2019}s key",
            ),
            Answer::ByTable => (
                "A dedup table, in the same transaction as the effect",
                "For anything a database can do in one transaction: several rows, sums, balances.",
                "a dedup table",
            ),
            Answer::ByKey => (
                "The other side: it ignores a key that it has seen",
                "Payment providers and email services take an idempotency key for this.",
                "the other side\u{2019}s key",
            ),
            Answer::ByTransaction => (
                "The log: output and position in one transaction",
                "Kafka Streams, or a consumer and a transactional producer, in one cluster.",
                "the log\u{2019}s transaction",
            ),
            Answer::RatherTwice => (
                "Nothing, but better twice than never",
                "An email that people wait for, through a provider without keys.",
                "nothing, better twice",
            ),
            Answer::RatherNever => (
                "Nothing, but better never than twice",
                "An order to a stock exchange, a door that opens, a letter that is printed.",
                "nothing, better never",
            ),
            Answer::InOrder => (
                "They wait: the order matters",
                "Entries of one account, changes of one record. Someone has to step in when it stops.",
                "kept",
            ),
            Answer::SetAside => (
                "They go on: it is parked after five tries",
                "Orders, emails, jobs: each stands alone, and someone deals with the parked ones.",
                "not needed",
            ),
            Answer::Shared => (
                "They go on, and several consumers share the work",
                "The same, but there is too much for one consumer.",
                "not needed, work is shared",
            ),
            Answer::Kafka => (
                "Kafka",
                "A log with positions: everything in order, and nothing is parked unless you do it.",
                "Kafka",
            ),
            Answer::AQueue => {
                ("A queue", "RabbitMQ, Amazon SQS, Google Pub/Sub, Azure Service Bus.", "a queue")
            }
            Answer::AStream => (
                "Another stream or broker",
                "Pulsar, NATS JetStream, Redis Streams, MQTT.",
                "another stream",
            ),
            Answer::Open => (
                "Not decided yet",
                "Settings in general terms; you can read every lane in a product\u{2019}s terms later.",
                "not decided",
            ),
            Answer::RabbitMq => ("RabbitMQ", "A quorum queue with publisher confirms.", "RabbitMQ"),
            Answer::Sqs => ("Amazon SQS", "A standard or a FIFO queue.", "Amazon SQS"),
            Answer::PubSub => ("Google Pub/Sub", "A pull subscription.", "Google Pub/Sub"),
            Answer::ServiceBus => {
                ("Azure Service Bus", "A queue with peek-lock.", "Azure Service Bus")
            }
            Answer::Pulsar => ("Pulsar", "A persistent topic.", "Pulsar"),
            Answer::JetStream => {
                ("NATS JetStream", "A stream with explicit acks.", "NATS JetStream")
            }
            Answer::Redis => {
                ("Redis Streams", "A group with its list of pending entries.", "Redis Streams")
            }
            Answer::Mqtt => ("MQTT", "A Mosquitto broker and devices.", "MQTT"),
        };
        AnswerWords { says, such_as, short }
    }
}

/// Why a carrier is not offered after an answer.
pub const fn why_not(carrier: Answer, because: Answer) -> &'static str {
    match (carrier, because) {
        (Answer::Mqtt, _) => {
            "MQTT is not offered: a broker that saves its state only now and then can lose what \
             it has confirmed, silently."
        }
        (_, Answer::ByTransaction) => {
            "Only Kafka is offered: a queue has no transaction for output and position. Pulsar has one, which the \
             simulated setups leave out."
        }
        _ => {
            "Only Kafka is offered: a queue delivers the next message while one waits for its next try. \
             Groups and sessions that hold back what follows (SQS FIFO, Service Bus, ordering keys of Pub/Sub) are not simulated, so nothing can be proven about them."
        }
    }
}
