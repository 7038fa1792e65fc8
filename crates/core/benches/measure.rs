//! How long a round takes, measured in the same way natively and in a browser: the same warm-up, the
//! same number of samples, the same arithmetic. Only the clock differs.

use super::cases::Case;

/// A compiler that works at run time has seen everything by then.
const WARM_UP_MS: f64 = 300.0;
/// Long against the tick of a browser's clock, which is a tenth of a millisecond, and short enough
/// that on a busy machine some samples are left alone.
const SAMPLE_MS: f64 = 10.0;
const SAMPLES: usize = 75;
/// What takes long is sampled less often, but not less than this.
const FEWEST_SAMPLES: usize = 3;
const LONGEST_MS: f64 = 2000.0;

/// Messages per second, or schedules.
pub struct Speed {
    pub median: f64,
    pub fastest: f64,
}

/// Measures one case with a clock that counts milliseconds.
pub fn speed(case: &Case, now: impl Fn() -> f64) -> Speed {
    let rounds_for = |ms: f64| {
        let start = now();
        let mut rounds = 0;
        while now() - start < ms {
            std::hint::black_box(case.round());
            rounds += 1;
        }
        rounds
    };
    rounds_for(WARM_UP_MS);
    let rounds = rounds_for(SAMPLE_MS);
    let begin = now();
    let mut samples = Vec::new();
    while samples.len() < FEWEST_SAMPLES || samples.len() < SAMPLES && now() - begin < LONGEST_MS {
        let start = now();
        for _ in 0..rounds {
            std::hint::black_box(case.round());
        }
        samples.push(now() - start);
    }
    samples.sort_by(f64::total_cmp);
    let count = case.count as f64 * f64::from(rounds);
    let per_second = |ms: f64| count / ms * 1000.0;
    Speed { median: per_second(samples[samples.len() / 2]), fastest: per_second(samples[0]) }
}

/// A line that people and `cargo xtask bench` can read.
impl Speed {
    pub fn line(&self, case: &Case) -> String {
        let Speed { median, fastest } = self;
        format!("{case}: {median:.0} a second, at best {fastest:.0}")
    }
}
