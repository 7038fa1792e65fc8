//! Labels beside the ends of curves: each as near to its own as the others let it.

/// Moves texts so that no two are closer than `apart` and all are between `low` and `high`, with the
/// least sum of squares of what they are moved by, in the order of where they want to be. Where there
/// is not enough room for all, they share what there is evenly.
///
/// Texts that collide become a group that stands around the mean of what its members want; groups that
/// collide become one (pool adjacent violators).
pub fn spread(wanted: &[f64], apart: f64, low: f64, high: f64) -> Vec<f64> {
    let last = wanted.len().saturating_sub(1) as f64;
    let apart = apart.min((high - low).max(0.0) / last.max(1.0));
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));

    // What each wants, less the room that those before it need: equal ones are side by side.
    let mut groups: Vec<Group> = Vec::new();
    for (rank, &index) in order.iter().enumerate() {
        let mut group = Group { sum: wanted[index] - rank as f64 * apart, members: 1 };
        while let Some(before) = groups.pop_if(|before| before.mean() >= group.mean()) {
            group.sum += before.sum;
            group.members += before.members;
        }
        groups.push(group);
    }
    let highest = (high - last * apart).max(low);
    let means = groups.iter().flat_map(|group| {
        let mean = group.mean().clamp(low, highest);
        std::iter::repeat_n(mean, group.members)
    });
    let mut placed = vec![0.0; wanted.len()];
    for (rank, (&index, mean)) in order.iter().zip(means).enumerate() {
        placed[index] = mean + rank as f64 * apart;
    }
    placed
}

struct Group {
    sum: f64,
    members: usize,
}

impl Group {
    fn mean(&self) -> f64 {
        self.sum / self.members as f64
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_does_not_collide_stays() {
        assert_eq!(spread(&[80.0, 10.0, 40.0], 15.0, 0.0, 100.0), [80.0, 10.0, 40.0]);
    }

    #[test]
    fn what_collides_moves_evenly_apart() {
        assert_eq!(spread(&[50.0, 50.0], 20.0, 0.0, 100.0), [40.0, 60.0]);
        assert_eq!(spread(&[100.0, 100.0, 100.0], 10.0, 0.0, 100.0), [80.0, 90.0, 100.0]);
        assert_eq!(spread(&[], 10.0, 0.0, 100.0), [0.0; 0]);
    }

    proptest! {
        #[test]
        fn no_two_overlap_and_none_leaves_the_picture(
            wanted in prop::collection::vec(0.0..300.0_f64, 1..5), apart in 1.0..40.0_f64,
        ) {
            let placed = spread(&wanted, apart, 0.0, 300.0);
            let mut sorted: Vec<(f64, f64)> = wanted.iter().copied().zip(placed.iter().copied()).collect();
            sorted.sort_by(|a, b| a.1.total_cmp(&b.1));
            prop_assert!(sorted.windows(2).all(|pair| pair[1].1 - pair[0].1 >= apart - 1e-6), "{sorted:?}");
            prop_assert!(sorted.windows(2).all(|pair| pair[0].0 <= pair[1].0), "their order stays: {sorted:?}");
            prop_assert!(placed.iter().all(|place| (-1e-6..=300.0 + 1e-6).contains(place)), "{placed:?}");
        }
    }
}
