//! Lanes side by side: each figure with its interval, compared with a reference lane.

use super::interval_words;
use ackground_core::experiment::Experiment;
use ackground_core::measure::{
    Chance, Count, Difference, Estimate, Figures, Quantile, Quantity, Share, Unit,
};
use ackground_words::story::{FigureReason, figure_reasons, money};

#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What was drawn anew in each run.
    pub chance: Chance,
    /// The index of the reference lane.
    pub reference: usize,
    pub lanes: Vec<String>,
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub title: &'static str,
    /// The upper end of the bars' common scale, if they have one.
    pub scale: Option<String>,
    pub rows: Vec<Row>,
}

/// One quantity, for every lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub quantity: Quantity,
    /// One per lane.
    pub cells: Vec<Cell>,
}

/// One quantity of one lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The value with its unit; a dash if there is none.
    pub value: String,
    /// The confidence interval; `1 of 3 in every run` where nothing is left to chance.
    pub interval: Option<String>,
    /// For counts of messages: `975 of 10,002`.
    pub hits: Option<String>,
    pub bar: Option<Bar>,
    pub against: Against,
    /// Why the figure is what it is, where it surprises.
    pub reason: Option<String>,
}

/// A value and its interval on the row's scale, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    pub low: f64,
    pub value: f64,
    pub high: f64,
}

/// How a value differs from the reference lane's.
#[derive(Clone, Debug, PartialEq)]
pub enum Against {
    /// This is the reference lane, or one of the two has no value.
    Nothing,
    /// Equal for every single message.
    Same,
    /// Not significant.
    Noise,
    /// Significant: by how much, and which way.
    Apart(String, Direction),
    /// By so much in every single run, and which way.
    Always(String, Direction),
    /// Different, but the significance is unknown.
    Unsure(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    More,
    Less,
}

impl Against {
    /// `None` if there is nothing to compare.
    pub fn words(&self) -> Option<String> {
        match self {
            Against::Nothing => None,
            Against::Same => Some("same in every message".to_owned()),
            Against::Noise => Some("no difference beyond noise".to_owned()),
            Against::Apart(difference, _) => Some(format!("{difference}, more than noise")),
            Against::Always(difference, _) => Some(format!("{difference} in every run")),
            Against::Unsure(difference) => Some(difference.clone()),
        }
    }

    /// A symbol to go with the words.
    pub const fn sign(&self) -> &'static str {
        match self {
            Against::Nothing => "",
            Against::Same => "=",
            Against::Noise => "≈",
            Against::Apart(_, Direction::More) | Against::Always(_, Direction::More) => "▲",
            Against::Apart(_, Direction::Less) | Against::Always(_, Direction::Less) => "▼",
            Against::Unsure(_) => "·",
        }
    }

    /// A class of the style sheet.
    pub const fn word(&self) -> &'static str {
        match self {
            Against::Nothing => "nothing",
            Against::Same => "same",
            Against::Noise => "noise",
            Against::Apart(..) | Against::Always(..) => "apart",
            Against::Unsure(_) => "unsure",
        }
    }
}

const SHARES: [Share; 4] = [Share::Lost, Share::Silent, Share::Duplicated, Share::Parked];
const PRICES: [Quantity; 4] = [
    Quantity::Count(Count::Sends),
    Quantity::Count(Count::Packets),
    Quantity::Count(Count::Deliveries),
    Quantity::Count(Count::Ids),
];
const TIMES: [Quantity; 4] = [
    Quantity::Latency(Quantile::P50),
    Quantity::Latency(Quantile::P95),
    Quantity::Latency(Quantile::P99),
    Quantity::Throughput,
];

impl Table {
    /// The figures, compared with the reference lane.
    pub fn of(experiment: &Experiment, figures: &Figures, reference: usize) -> Table {
        let reasons: Reasons =
            (0..figures.lanes.len()).map(|lane| figure_reasons(experiment, lane)).collect();
        let reference = reference.min(figures.lanes.len().saturating_sub(1));
        let shares = shares(figures);
        let widest = shares.iter().map(|&quantity| greatest(figures, quantity)).fold(0.0, f64::max);
        let section = |title, quantities: &[Quantity], widest: Option<f64>| Section {
            title,
            scale: widest.map(|widest| Unit::Share.words(widest)),
            rows: quantities
                .iter()
                .map(|&quantity| {
                    let widest = widest.unwrap_or_else(|| greatest(figures, quantity));
                    row(&reasons, figures, quantity, reference, widest)
                })
                .collect(),
        };
        Table {
            chance: figures.chance,
            reference,
            lanes: (0..figures.lanes.len()).map(|lane| experiment.lane_name(lane)).collect(),
            sections: vec![
                section("What happens to messages", &shares, Some(widest)),
                section("What it takes", &PRICES, None),
                section("How long it takes", &TIMES, None),
            ],
        }
    }
}

/// The shares to list; pending only if something is pending.
fn shares(figures: &Figures) -> Vec<Quantity> {
    let pending = figures.lanes.iter().any(|lane| lane.share(Share::Pending).hits > 0);
    let shares = SHARES.into_iter().chain(pending.then_some(Share::Pending));
    shares.map(Quantity::Share).collect()
}

/// The maximum a row has to show, intervals included.
fn greatest(figures: &Figures, quantity: Quantity) -> f64 {
    let ends = figures.lanes.iter().filter_map(|lane| {
        let estimate = quantity.of(lane)?;
        Some(estimate.interval.map_or(estimate.value, |interval| interval.high))
    });
    ends.fold(0.0, f64::max)
}

/// The reasons for the figures of each lane.
type Reasons = Vec<Vec<FigureReason>>;

fn row(
    reasons: &Reasons,
    figures: &Figures,
    quantity: Quantity,
    reference: usize,
    widest: f64,
) -> Row {
    let cells = figures.lanes.iter().enumerate().map(|(lane, of_lane)| {
        let Some(estimate) = quantity.of(of_lane) else {
            return Cell {
                value: "–".to_owned(),
                interval: None,
                hits: None,
                bar: None,
                against: Against::Nothing,
                reason: None,
            };
        };
        let share = match quantity {
            Quantity::Share(share) => Some(of_lane.share(share)),
            _ => None,
        };
        let hits = share.map(|share| format!("{} of {}", money(share.hits), money(share.of)));
        let in_every_run = || {
            let share = share.filter(|share| share.hits > 0 && share.interval.width() <= 0.0)?;
            let runs = figures.runs.max(1);
            let (hits, of) = (share.hits / runs, share.of / runs);
            Some(format!("{} of {} in every run", money(hits), money(of)))
        };
        let reason = reasons[lane].iter().find(|reason| reason.quantity == quantity);
        Cell {
            value: quantity.unit().words(estimate.value),
            interval: told_interval(quantity, estimate).or_else(in_every_run),
            hits,
            bar: bar(estimate, widest),
            against: against(figures, quantity, reference, lane),
            reason: reason.map(|reason| reason.text.clone()),
        }
    });
    Row { quantity, cells: cells.collect() }
}

/// Shares as a range, means as a margin: `± 0.01`. `None` if the interval has no width.
fn told_interval(quantity: Quantity, estimate: Estimate) -> Option<String> {
    let interval = estimate.spread()?;
    match quantity {
        Quantity::Share(_) => interval_words(quantity, estimate),
        _ => Some(format!("± {}", quantity.unit().words(two_digits(interval.width() / 2.0)))),
    }
}

/// Rounded to the precision such a number deserves.
fn two_digits(number: f64) -> f64 {
    format!("{number:.1e}").parse().unwrap_or(number)
}

fn bar(estimate: Estimate, widest: f64) -> Option<Bar> {
    if widest <= 0.0 {
        return None;
    }
    let along = |number: f64| (number / widest).clamp(0.0, 1.0);
    let (low, high) = estimate
        .interval
        .map_or((estimate.value, estimate.value), |interval| (interval.low, interval.high));
    Some(Bar { low: along(low), value: along(estimate.value), high: along(high) })
}

fn against(figures: &Figures, quantity: Quantity, reference: usize, lane: usize) -> Against {
    if lane == reference {
        return Against::Nothing;
    }
    let unit = quantity.unit();
    let paired = figures
        .pair(reference.min(lane), reference.max(lane))
        .and_then(|pair| quantity.difference(pair));
    match paired {
        Some(difference) => {
            // A pair holds the difference of its second lane from its first.
            let sign = if reference < lane { 1.0 } else { -1.0 };
            judged(difference, sign * difference.estimate.value, unit)
        }
        None => {
            let of = |lane: usize| Some(quantity.of(&figures.lanes[lane])?.value);
            match of(lane).zip(of(reference)) {
                Some((here, there)) if here == there => Against::Unsure("equal".to_owned()),
                Some((here, there)) => Against::Unsure(unit.signed(here - there)),
                None => Against::Nothing,
            }
        }
    }
}

fn judged(difference: Difference, value: f64, unit: Unit) -> Against {
    if difference.discordant == Some((0, 0)) {
        return Against::Same;
    }
    match difference.estimate.interval {
        None if value == 0.0 => Against::Unsure("equal".to_owned()),
        None => Against::Unsure(format!("{}, from a single run", unit.signed(value))),
        Some(interval) if interval.width() <= 0.0 && value == 0.0 => {
            Against::Unsure("equal".to_owned())
        }
        Some(interval) if difference.more_than_noise() => {
            let direction = if value > 0.0 { Direction::More } else { Direction::Less };
            match interval.width() > 0.0 {
                true => Against::Apart(unit.signed(value), direction),
                false => Against::Always(unit.signed(value), direction),
            }
        }
        Some(_) => Against::Noise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::experiment::value::Rate;
    use ackground_core::measure::count;

    fn measured(reference: usize, change: impl FnOnce(&mut Experiment)) -> Table {
        let mut experiment = Experiment::default();
        experiment.faults.script = Default::default();
        change(&mut experiment);
        let figures = count(&experiment, 0..300).figures();
        Table::of(&experiment, &figures, reference)
    }

    fn cell(table: &Table, quantity: Quantity, lane: usize) -> &Cell {
        let rows = table.sections.iter().flat_map(|section| &section.rows);
        let row = rows.into_iter().find(|row| row.quantity == quantity);
        &row.expect("it is in the table").cells[lane]
    }

    const LOST: Quantity = Quantity::Share(Share::Lost);
    const DUPLICATED: Quantity = Quantity::Share(Share::Duplicated);

    #[test]
    fn a_difference_is_told_from_the_side_of_the_reference() {
        let lossy = |experiment: &mut Experiment| {
            experiment.faults.loss.publish = Rate::percent(20);
        };
        let first = measured(0, lossy);
        let Against::Apart(words, Direction::Less) = &cell(&first, LOST, 1).against else {
            panic!("{:?}", cell(&first, LOST, 1));
        };
        assert!(words.starts_with('−') && words.ends_with("points"), "{words}");
        assert_eq!(cell(&first, LOST, 0).against, Against::Nothing);
        let second = measured(1, lossy);
        let told = cell(&second, LOST, 0).against.words().expect("words");
        assert_eq!(told, format!("+{}, more than noise", &words["−".len()..]));
        assert_eq!(cell(&second, LOST, 2).against, Against::Same);
    }

    #[test]
    fn bars_of_all_shares_have_one_scale() {
        let table = measured(0, |experiment| {
            experiment.faults.loss.publish = Rate::percent(20);
            experiment.faults.loss.ack = Rate::percent(1);
        });
        let bar = |quantity, lane| cell(&table, quantity, lane).bar.expect("a bar");
        assert_eq!(bar(LOST, 0).high, 1.0, "the widest fills it");
        assert!(bar(DUPLICATED, 1).high < 0.5);
        assert!(table.sections[0].scale.as_deref().is_some_and(|scale| scale.ends_with('%')));
        for row in table.sections.iter().flat_map(|section| &section.rows) {
            for bar in row.cells.iter().filter_map(|cell| cell.bar) {
                assert!(0.0 <= bar.low && bar.low <= bar.value, "{row:?}");
                assert!(bar.value <= bar.high && bar.high <= 1.0, "{row:?}");
            }
        }
    }

    #[test]
    fn the_numbers_are_those_of_the_figures() {
        let table = measured(0, |experiment| {
            experiment.faults.loss.publish = Rate::percent(20);
        });
        let lost = cell(&table, LOST, 0);
        let hits = lost.hits.as_deref().expect("a share");
        assert!(hits.ends_with(" of 900"), "{hits}");
        let (hits, _) = hits.split_once(" of ").expect("a count");
        let rate = hits.parse::<f64>().expect("a number") / 900.0;
        assert_eq!(lost.value, Unit::Share.words(rate));
    }

    #[test]
    fn what_is_uncertain_is_not_told_to_the_last_digit() {
        assert_eq!(two_digits(0.000_249_3), 0.000_25);
        assert_eq!(two_digits(1_234.0), 1_200.0);
        assert_eq!(two_digits(0.0), 0.0);
    }

    #[test]
    fn nothing_that_is_unknown_is_called_certain() {
        let experiment = Experiment::default();
        let figures = count(&experiment, 0..1).figures();
        let table = Table::of(&experiment, &figures, 0);
        for row in &table.sections[1].rows {
            for cell in &row.cells[1..] {
                assert!(matches!(cell.against, Against::Unsure(_)), "{row:?}");
            }
        }
    }

    #[test]
    fn what_does_not_vary_has_no_interval() {
        let experiment = Experiment::default();
        let figures = count(&experiment, 0..30).figures();
        let table = Table::of(&experiment, &figures, 0);
        let lost = cell(&table, LOST, 0);
        assert_eq!(lost.value, "33.3 %");
        assert_eq!(lost.interval.as_deref(), Some("1 of 3 in every run"));
        assert_eq!(cell(&table, LOST, 1).interval, None, "nothing is lost");
        let told = cell(&table, LOST, 1).against.words().expect("words");
        assert_eq!(told, "−33.3 points in every run");
        assert_eq!(cell(&table, LOST, 1).against.sign(), "▼");
        for row in &table.sections[0].rows {
            for cell in &row.cells {
                let interval = cell.interval.as_deref().unwrap_or_default();
                assert!(!interval.contains(" to ") && !interval.contains('±'), "{row:?}");
            }
        }
    }

    #[test]
    fn a_surprising_figure_has_its_reason() {
        let table = measured(0, |experiment| {
            experiment.faults.loss.ack = Rate::percent(1);
        });
        let reason = cell(&table, DUPLICATED, 1).reason.as_deref().unwrap_or_default();
        assert!(reason.contains("later commit covers a lost one"), "{reason}");
        assert_eq!(cell(&table, DUPLICATED, 2).reason, None);
    }

    #[test]
    fn what_is_pending_is_told_where_something_is() {
        let has = |table: &Table| {
            let rows = &table.sections[0].rows;
            rows.iter().any(|row| row.quantity == Quantity::Share(Share::Pending))
        };
        assert!(!has(&measured(0, |_| {})));
        assert!(has(&measured(0, |experiment| {
            experiment.faults.poison = Rate::percent(50);
        })));
    }
}
