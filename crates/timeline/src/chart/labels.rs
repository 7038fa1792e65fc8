//! Places labels beside the ends of curves, each as close to its own as the others allow.

/// Moves labels so that no two are closer than `apart` and all are between `low` and `high`, keeping their
/// order and minimising the sum of squared displacements. If there is not room for all, they are spaced
/// evenly.
///
/// Labels that collide form a group centred on the mean of where its members want to be; groups that
/// collide merge (pool adjacent violators).
pub fn spread(wanted: &[f64], apart: f64, low: f64, high: f64) -> Vec<f64> {
    let last = wanted.len().saturating_sub(1) as f64;
    let apart = apart.min((high - low).max(0.0) / last.max(1.0));
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));

    // What each wants, less the room for those before it: labels that touch become equal.
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
