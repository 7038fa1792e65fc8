//! Scales: from a value to a position along an axis.
//!
//! A logarithmic scale has no zero. Where zero is among the values it gets a position of its own before the
//! least other value, [`GAP`] away; whoever draws the axis marks the break.

/// The share of a logarithmic axis between zero and the least other value.
pub const GAP: f64 = 0.1;
/// From this ratio of greatest to least value on, small values would crowd together on a linear scale.
const CROWDED: f64 = 50.0;

/// How values are spread along an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    kind: Kind,
    low: f64,
    high: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Linear,
    /// Equal steps multiply; with or without a position for zero before the lowest.
    Logarithmic {
        zero: bool,
    },
}

impl Scale {
    /// Equal steps add. If both ends are equal, that value is at the start.
    pub fn linear(low: f64, high: f64) -> Scale {
        Scale { kind: Kind::Linear, low, high }
    }

    /// Equal steps multiply, from a value above zero; with a position for zero before it, if wanted.
    pub fn logarithmic(low: f64, high: f64, zero: bool) -> Scale {
        if low <= 0.0 {
            return Scale::linear(low, high);
        }
        Scale { kind: Kind::Logarithmic { zero }, low, high }
    }

    /// The scale on which these values (none negative) can be told apart, from the least to the
    /// greatest.
    pub fn fitting(numbers: impl IntoIterator<Item = f64>) -> Scale {
        let (mut zero, mut low, mut high) = (false, f64::INFINITY, 0.0);
        for number in numbers.into_iter().filter(|number| number.is_finite()) {
            zero |= number <= 0.0;
            if number > 0.0 {
                low = number.min(low);
                high = number.max(high);
            }
        }
        if low.is_infinite() {
            Scale::linear(0.0, 1.0)
        } else if high / low >= CROWDED {
            Scale::logarithmic(low, high, zero)
        } else {
            Scale::linear(if zero { 0.0 } else { low }, high)
        }
    }

    /// Whether the scale is logarithmic.
    pub fn is_logarithmic(&self) -> bool {
        matches!(self.kind, Kind::Logarithmic { .. })
    }

    /// Whether there is a break between zero and the other values.
    pub fn is_broken(&self) -> bool {
        self.kind == Kind::Logarithmic { zero: true }
    }

    /// The lowest value of its unbroken part, and the highest.
    pub fn ends(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// The position of a value: 0 at the start of the axis, 1 at its end, clamped.
    pub fn along(&self, number: f64) -> f64 {
        let (low, high) = (self.low, self.high);
        let along = match self.kind {
            _ if low >= high => 0.0,
            Kind::Linear => (number - low) / (high - low),
            Kind::Logarithmic { zero } => {
                let start = if zero { GAP } else { 0.0 };
                if number <= 0.0 {
                    0.0
                } else {
                    let share = (number / low).ln() / (high / low).ln();
                    start + share.max(0.0) * (1.0 - start)
                }
            }
        };
        along.clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rates_are_linear_and_times_are_not() {
        let rates = Scale::fitting([0.0, 0.05, 0.5]);
        assert!(!rates.is_logarithmic());
        assert_eq!(rates.along(0.25), 0.5);
        let times = Scale::fitting([0.0, 10.0, 100.0, 1000.0]);
        assert!(times.is_broken());
        assert_eq!((times.along(0.0), times.along(10.0)), (0.0, GAP));
        assert!((times.along(100.0) - (1.0 + GAP) / 2.0).abs() < 1e-12);
        assert_eq!(times.along(1000.0), 1.0);
    }

    #[test]
    fn an_axis_of_one_number_or_of_none_has_it_at_its_start() {
        assert_eq!(Scale::fitting([7.0]).along(7.0), 0.0);
        assert_eq!(Scale::fitting([0.0]).along(0.0), 0.0);
        assert_eq!(Scale::fitting([]).along(f64::NAN.max(0.0)), 0.0);
    }

    proptest! {
        #[test]
        fn greater_numbers_stand_further_along_and_all_of_them_on_the_axis(
            mut numbers in prop::collection::vec(prop_oneof![Just(0.0), 0.001..1e7_f64], 1..20),
        ) {
            let scale = Scale::fitting(numbers.iter().copied());
            numbers.sort_by(f64::total_cmp);
            let places: Vec<f64> = numbers.iter().map(|&number| scale.along(number)).collect();
            prop_assert!(places.is_sorted(), "{places:?}");
            prop_assert!(places.iter().all(|place| (0.0..=1.0).contains(place)), "{places:?}");
            let (least, greatest) = (numbers[0], numbers[numbers.len() - 1]);
            if least < greatest {
                prop_assert_eq!((scale.along(least), scale.along(greatest)), (0.0, 1.0));
            }
        }
    }
}
