//! Round tick values along an axis: multiples of 1, 2 and 5 times a power of ten, few enough to read.

use super::scale::Scale;

/// The upper end of an axis from zero that fits the greatest value, rounded up to a tick.
pub fn ceiling(greatest: f64, most: usize) -> f64 {
    if !greatest.is_finite() || greatest <= 0.0 {
        return 1.0;
    }
    let step = step(greatest, most);
    // Tolerates rounding noise just above a tick.
    clean((greatest / step - 1e-9).ceil().max(1.0) * step)
}

/// Round values on a scale, ascending, about `most` of them; integers only where nothing else is
/// meaningful.
pub fn ticks(scale: &Scale, most: usize, whole: bool) -> Vec<f64> {
    let (low, high) = scale.ends();
    let mut ticks = if scale.is_logarithmic() {
        let mut ticks = powers(low, high, &[1.0, 2.0, 5.0]);
        if ticks.len() > most {
            ticks = powers(low, high, &[1.0]);
        }
        let every = ticks.len().div_ceil(most.max(1)).max(1);
        ticks = ticks.into_iter().step_by(every).collect();
        if scale.is_broken() {
            ticks.insert(0, 0.0);
        }
        ticks
    } else if low < high {
        let step = step(high - low, most);
        let step = if whole { step.max(1.0).round() } else { step };
        let first = (low / step - 1e-9).ceil() as i64;
        let last = (high / step + 1e-9).floor() as i64;
        (first..=last).map(|n| clean(n as f64 * step)).collect()
    } else {
        Vec::new()
    };
    if ticks.is_empty() {
        ticks = vec![low];
    }
    ticks
}

/// The smallest round step that covers `span` in at most `most` ticks.
fn step(span: f64, most: usize) -> f64 {
    let rough = span / most.max(1) as f64;
    let power = 10f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
    let wide = |step: &f64| *step >= rough * (1.0 - 1e-9);
    clean(steps.into_iter().find(wide).unwrap_or(10.0 * power))
}

/// These multiples of every power of ten from `low` to `high`.
fn powers(low: f64, high: f64, of_each: &[f64]) -> Vec<f64> {
    let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    (first..=last)
        .flat_map(|power| of_each.iter().map(move |n| clean(n * 10f64.powi(power))))
        .filter(|tick| (low * (1.0 - 1e-9)..=high * (1.0 + 1e-9)).contains(tick))
        .collect()
}

/// Strips binary noise from a round decimal: 0.3, not 0.30000000000000004.
fn clean(number: f64) -> f64 {
    format!("{number:.12}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ticks_are_round() {
        assert_eq!(ticks(&Scale::linear(0.0, 0.5), 6, false), [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]);
        assert_eq!(ticks(&Scale::linear(1.0, 5.0), 9, true), [1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(
            ticks(&Scale::logarithmic(10.0, 1000.0, true), 9, false),
            [0.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0]
        );
        assert_eq!(
            ticks(&Scale::logarithmic(10.0, 60_000.0, false), 6, false),
            [10.0, 100.0, 1000.0, 10_000.0]
        );
    }

    #[test]
    fn an_axis_ends_at_a_round_number() {
        assert_eq!(ceiling(0.0, 5), 1.0);
        assert_eq!(ceiling(0.27, 5), 0.3);
        assert_eq!(ceiling(0.3, 5), 0.3);
        assert_eq!(ceiling(7.0, 5), 8.0);
    }

    proptest! {
        #[test]
        fn ticks_ascend_within_the_axis_and_are_few(
            low in 0.001..1000.0_f64, factor in 1.01..1e6_f64, most in 2..12_usize,
            log in any::<bool>(), whole in any::<bool>(),
        ) {
            let high = low * factor;
            let scale = if log { Scale::logarithmic(low, high, true) } else { Scale::linear(low, high) };
            let ticks = ticks(&scale, most, whole);
            prop_assert!(ticks.is_sorted_by(|a, b| a < b), "{ticks:?}");
            prop_assert!(!ticks.is_empty() && ticks.len() <= most + 2, "{} of {most}", ticks.len());
            let inside = |tick: &f64| *tick == 0.0 && log || (low * 0.999..=high * 1.001).contains(tick);
            prop_assert!(ticks.iter().all(inside), "{ticks:?}");
        }

        #[test]
        fn the_ceiling_is_above_and_not_far(greatest in 1e-6..1e9_f64, most in 2..10_usize) {
            let ceiling = ceiling(greatest, most);
            prop_assert!(ceiling >= greatest * (1.0 - 1e-6), "{ceiling} of {greatest}");
            prop_assert!(ceiling <= greatest * 2.01 , "{ceiling} of {greatest}");
        }
    }
}
