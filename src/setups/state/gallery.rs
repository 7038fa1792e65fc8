//! The gallery of setups: filtering by family and search, and whether a lane still matches its preset.

use ackground_core::experiment::{Family, Lane, Preset, PresetId};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gallery {
    /// The index of the lane that a setup may replace; without one, a setup can only be added.
    pub lane: Option<usize>,
    /// The family that is shown first; all of them by default.
    pub family: Option<Family>,
}

/// The setups of a family, or of all families, that contain every word of the search; grouped by family in
/// menu order, without empty groups.
pub fn found(search: &str, family: Option<Family>) -> Vec<(Family, Vec<PresetId>)> {
    let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
    let families = Family::all().filter(|other| family.is_none_or(|family| family == *other));
    families
        .map(|family| {
            let matches = family.presets().filter(|id| matches(*id, &words));
            (family, matches.collect::<Vec<_>>())
        })
        .filter(|(_, presets)| !presets.is_empty())
        .collect()
}

fn matches(id: PresetId, words: &[String]) -> bool {
    let preset = id.preset();
    let text = [
        preset.name,
        id.family().name(),
        preset.tagline,
        preset.description,
        preset.not_covered,
        id.word(),
    ];
    let text = text.join(" ").to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
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
        assert_eq!(ids("no such words", None), []);
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
