//! How certain a number is: 95 % intervals of rates and of means.
//!
//! **Rates** have Wilson's score interval (Wilson 1927, *Probable inference, the law of succession,
//! and statistical inference*), which stays within 0 and 1 and remains informative even with no
//! hits at all; Newcombe 1998 (*Two-sided confidence intervals for the single proportion*) compares
//! it with others. Messages of one run are not independent: a crash hits several at once. The
//! number of messages is therefore divided by the design effect (Kish 1965, *Survey Sampling*): the
//! factor by which the variance between runs exceeds what independent messages would show. It is
//! never taken to be below 1, and at 1 the interval is Wilson's own.
//!
//! **Means** have Student's t interval from the variance between runs.
//!
//! Nothing here knows what is being counted.

/// The 0.975 quantile of the normal distribution: it leaves half of 5 % above it.
const Z: f64 = 1.959_963_984_540_054;

/// A confidence interval: it contains the true number in 95 of 100 measurements.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Interval {
    /// Whether it contains the number, bounds included.
    pub fn contains(self, number: f64) -> bool {
        self.low <= number && number <= self.high
    }

    /// The distance between its bounds.
    pub fn width(self) -> f64 {
        self.high - self.low
    }
}

/// A measured number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Its 95 % interval, without width if the number is the same in every run; `None` where it
    /// cannot be estimated, as from a single run.
    pub interval: Option<Interval>,
}

impl Estimate {
    /// The interval, if the number varies.
    pub fn spread(self) -> Option<Interval> {
        self.interval.filter(|interval| interval.width() > 0.0)
    }

    /// The same where every run has as much: an interval without width.
    pub(super) fn fixed(self) -> Estimate {
        let interval = Interval { low: self.value, high: self.value };
        Estimate { interval: Some(interval), ..self }
    }
}

/// A measured share of messages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proportion {
    /// How many messages belong to the share.
    pub hits: u64,
    /// Out of how many.
    pub of: u64,
    /// The proportion, from 0 to 1; 0 if there are no messages.
    pub rate: f64,
    /// Wilson's 95 % interval for the effective number of messages, reduced by the design effect;
    /// without width if every run has as many.
    pub interval: Interval,
    /// The factor by which the variance exceeds that of independent messages; at least 1.
    pub design_effect: f64,
}

impl Proportion {
    /// This many hits out of so many messages, with this design effect.
    pub(super) fn new(hits: u64, of: u64, design_effect: f64) -> Proportion {
        let rate = if of == 0 { 0.0 } else { hits as f64 / of as f64 };
        Proportion {
            hits,
            of,
            rate,
            interval: wilson(rate, of as f64 / design_effect),
            design_effect,
        }
    }

    /// The same where every run has as many: an interval without width.
    pub(super) fn fixed(self) -> Proportion {
        let interval = Interval { low: self.rate, high: self.rate };
        Proportion { interval, design_effect: 1.0, ..self }
    }

    /// The rate with its interval.
    pub fn estimate(&self) -> Estimate {
        Estimate { value: self.rate, interval: Some(self.interval) }
    }
}

/// Wilson's score interval, 95 %, of a share observed in this many independent trials; from 0 to 1
/// if there were none.
pub fn wilson(share: f64, trials: f64) -> Interval {
    if trials <= 0.0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let z2 = Z * Z;
    let middle = share + z2 / (2.0 * trials);
    let reach = Z * (share * (1.0 - share) / trials + z2 / (4.0 * trials * trials)).sqrt();
    let scale = 1.0 + z2 / trials;
    // With no hits, or nothing but hits, one bound is exact; rounding must not move it.
    Interval {
        low: if share <= 0.0 { 0.0 } else { ((middle - reach) / scale).max(0.0) },
        high: if share >= 1.0 { 1.0 } else { ((middle + reach) / scale).min(1.0) },
    }
}

/// The design effect: the variance between runs of a run's total, over what it would be for `size`
/// independent messages with this variance each. At least 1; 1 if nothing varies or there are fewer
/// than two runs to compare.
pub(super) fn design_effect(between_runs: Option<f64>, size: u64, of_a_message: f64) -> f64 {
    let expected = size as f64 * of_a_message;
    match between_runs {
        Some(variance) if expected > 0.0 => (variance / expected).max(1.0),
        _ => 1.0,
    }
}

/// A mean over runs of equal weight; `unit` is what the value of a run is divided by.
pub(super) fn mean(value: f64, between_runs: Option<f64>, runs: u64, unit: f64) -> Estimate {
    let interval = between_runs.map(|variance| {
        let reach = student(runs - 1) * (variance.max(0.0) / runs as f64).sqrt() / unit;
        Interval { low: value - reach, high: value + reach }
    });
    Estimate { value, interval }
}

/// The 0.975 quantile of Student's t distribution with this many degrees of freedom, at least one:
/// the Cornish–Fisher expansion (Abramowitz and Stegun, 26.7.5), accurate to a thousandth from five
/// degrees on, and tabulated values below that.
fn student(freedom: u64) -> f64 {
    const FEW: [f64; 4] = [12.706_205, 4.302_653, 3.182_446, 2.776_445];
    if let Some(&tabled) = usize::try_from(freedom).ok().and_then(|n| FEW.get(n.max(1) - 1)) {
        return tabled;
    }
    let (n, z2) = (freedom as f64, Z * Z);
    let first = (z2 + 1.0) / 4.0;
    let second = ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
    let third = (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
    let fourth = ((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) / 92_160.0;
    Z * (1.0 + (first + (second + (third + fourth / n) / n) / n) / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(told: f64, published: f64, error: f64) -> bool {
        (told - published).abs() <= error
    }

    /// Newcombe 1998, table I, method 3.
    #[test]
    fn wilson_gives_the_published_intervals() {
        for (hits, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let told = wilson(f64::from(hits) / f64::from(of), f64::from(of));
            assert!(near(told.low, low, 5e-5), "{hits} of {of}: {told:?}");
            assert!(near(told.high, high, 5e-5), "{hits} of {of}: {told:?}");
        }
        assert_eq!(wilson(0.0, 20.0).low, 0.0, "exactly");
        assert_eq!(wilson(1.0, 20.0).high, 1.0, "exactly");
        assert_eq!(wilson(0.0, 0.0).width(), 1.0, "nothing is known");
    }

    #[test]
    fn student_gives_the_published_quantiles() {
        for (freedom, published) in [
            (1, 12.706),
            (2, 4.303),
            (4, 2.776),
            (5, 2.571),
            (10, 2.228),
            (30, 2.042),
            (120, 1.980),
            (u64::MAX, 1.960),
        ] {
            assert!(near(student(freedom), published, 1e-3), "{freedom}: {}", student(freedom));
        }
    }

    #[test]
    fn the_design_effect_is_at_least_one_and_widens_the_interval() {
        assert_eq!(design_effect(None, 3, 0.25), 1.0);
        assert_eq!(design_effect(Some(5.0), 3, 0.0), 1.0);
        assert_eq!(design_effect(Some(0.1), 3, 0.25), 1.0);
        assert_eq!(design_effect(Some(2.25), 3, 0.25), 3.0, "all or nothing in a run of three");
        let (plain, wide) = (Proportion::new(10, 100, 1.0), Proportion::new(10, 100, 4.0));
        assert_eq!(plain.interval, wilson(0.1, 100.0));
        assert_eq!(wide.interval, wilson(0.1, 25.0));
    }
}
