//! The gallery of setups: filtering by family and search, and whether a lane still matches its preset.

use ackground_core::experiment::{Family, Lane, Preset, PresetId};
use ackground_words::search::{Query, Text};
use ackground_words::systems::keys;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gallery {
    /// The index of the lane that a setup may replace; without one, a setup can only be added.
    pub lane: Option<usize>,
    /// The family that is shown first; all of them by default.
    pub family: Option<Family>,
}

/// The setups of a family, or of all families, that answer the search, by their texts or by a configuration key of
/// their product; grouped by family in menu order, without empty groups.
pub fn found(search: &str, family: Option<Family>) -> Vec<(Family, Vec<PresetId>)> {
    let query = Query::new(search);
    let families = Family::all().filter(|other| family.is_none_or(|family| family == *other));
    families
        .map(|family| {
            let keys = keys::all().iter().filter(|key| key.of == family.name());
            let mut names = keys.flat_map(|key| &key.names);
            let by_key = names.any(|name| query.is_in(&Text::new(name)));
            let presets = family.presets().filter(|id| by_key || matches(*id, &query));
            (family, presets.collect::<Vec<_>>())
        })
        .filter(|(_, presets)| !presets.is_empty())
        .collect()
}

fn matches(id: PresetId, query: &Query) -> bool {
    query.is_in(&texts(id))
}

/// Everything that is said about a setup.
pub fn texts(id: PresetId) -> Text {
    let preset = id.preset();
    let family = id.family().name();
    Text::of([
        preset.name,
        family,
        preset.tagline,
        preset.description,
        preset.not_covered,
        id.word(),
    ])
}

/// The preset that the lane is based on, and whether a setting differs by now.
pub fn origin(lane: &Lane) -> Option<(PresetId, Preset, bool)> {
    let id = lane.preset?;
    let preset = id.preset();
    let changed = lane.producer != preset.producer
        || lane.broker != preset.broker
        || lane.consumer != preset.consumer;
    Some((id, preset, changed))
}

/// The host of a source's URL, short enough for a button: `kafka.apache.org`.
pub fn host(source: &str) -> &str {
    let rest = source.split_once("://").map_or(source, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::Product;

    fn ids(search: &str, family: Option<Family>) -> Vec<PresetId> {
        found(search, family).into_iter().flat_map(|(_, presets)| presets).collect()
    }

    #[test]
    fn without_a_search_everything_is_there_once_and_in_order() {
        assert_eq!(ids("", None), PresetId::ALL);
        assert_eq!(found("  ", None).len(), Family::all().count());
    }

    #[test]
    fn every_word_counts_and_case_does_not() {
        let kafka = ids("kafka TRANSACTIONS", None);
        assert!(kafka.contains(&PresetId::KafkaTransactions), "{kafka:?}");
        assert!(!kafka.contains(&PresetId::RabbitmqQuorum), "{kafka:?}");
        for typed in ["no such words", "no such thing"] {
            assert_eq!(ids(typed, None), [], "{typed}");
        }
        assert_eq!(ids("rabbitmq recognises", None), [PresetId::RabbitmqEffectivelyOnce]);
    }

    #[test]
    fn a_key_finds_the_setups_of_its_product() {
        for (key, product) in [
            ("enable.auto.commit", Product::Kafka),
            ("auto commit interval", Product::Kafka),
            ("visibility_timeout", Product::Sqs),
            ("x-delivery-limit", Product::RabbitMq),
            ("XAUTOCLAIM", Product::Redis),
        ] {
            let family = Family::Product(product);
            let found: Vec<PresetId> = ids(key, Some(family));
            assert!(found.into_iter().eq(family.presets()), "{key}");
        }
    }

    #[test]
    fn a_family_narrows_the_search() {
        let family = Some(Family::Product(Product::RabbitMq));
        assert_eq!(ids("", family).len(), 4);
        assert_eq!(ids("quorum recognises", family), [PresetId::RabbitmqEffectivelyOnce]);
    }

    #[test]
    fn a_lane_knows_whether_it_still_is_its_preset() {
        let mut lane = Lane::of_preset(PresetId::SqsFifo);
        assert!(origin(&lane).is_some_and(|(id, _, changed)| id == PresetId::SqsFifo && !changed));
        lane.consumer.idempotency_key = !lane.consumer.idempotency_key;
        assert!(origin(&lane).is_some_and(|(_, _, changed)| changed));
        assert!(origin(&Lane::default()).is_none());
    }

    #[test]
    fn every_source_is_a_secure_page_with_a_host() {
        for id in PresetId::ALL {
            let source = id.preset().source;
            assert!(source.starts_with("https://"), "{id}: {source}");
            assert!(host(source).contains('.') && !host(source).contains('/'), "{id}: {source}");
        }
    }
}
