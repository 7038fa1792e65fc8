//! By how much a store is off, in the currency of the scenario: euros where a message carries an amount, and
//! otherwise the messages themselves, `2 emails sent twice`.
//!
//! The audit counts; this module finds the words. Until the run is over, what is on its way is neither lost nor
//! missing, and a doubled message does not make up for a missing one.

use ackground_core::audit::{MessageRecord, Outcome, Report};
use ackground_core::experiment::Experiment;
use ackground_core::number::{difference, money};

use super::noun::Noun;
use super::verb::StepVerb;

/// How a store stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The difference in words: `−10,000 EUR`, `1 order never entered`, `10,000 EUR on its way`, `exact`.
    pub words: String,
    /// Whether nothing is wrong so far, in any step of any message.
    pub right: bool,
}

/// How the store of a lane stands, according to the report on its run or on a part of it.
///
/// ```
/// use ackground_core::{audit::judge, experiment::Experiment, sim::simulate};
///
/// let experiment = Experiment::default();
/// let report = judge(&experiment, &simulate(&experiment, 1));
/// assert_eq!(ackground_words::story::balance(&experiment, &report).words, "+10,000 EUR");
/// ```
pub fn balance(experiment: &Experiment, report: &Report) -> Balance {
    let tally = Tally::of(experiment, report);
    let words = match experiment.scenario.amount.get() {
        0 | 1 => tally.in_messages(),
        amount => tally.in_money(amount),
    };
    let right = !tally.harm() && tally.aside.is_empty();
    Balance { words, right }
}

/// The messages of a run by what became of them.
struct Tally<'a> {
    experiment: &'a Experiment,
    report: &'a Report,
    noun: Noun,
    begun: u64,
    lost: u64,
    parked: u64,
    /// Neither done nor given up: on its way, or at the end of the run not settled.
    open: u64,
    /// Messages that took effect more than once.
    repeated: u64,
    /// The most often that one of them did.
    most: u32,
    /// Effects beyond the first of each message.
    surplus: u64,
    /// What is wrong with the other steps.
    aside: Vec<String>,
}

impl<'a> Tally<'a> {
    fn of(experiment: &'a Experiment, report: &'a Report) -> Tally<'a> {
        let primary = experiment.scenario.primary();
        let mut tally = Tally {
            experiment,
            report,
            noun: Noun::of(&experiment.scenario),
            begun: 0,
            lost: 0,
            parked: 0,
            open: 0,
            repeated: 0,
            most: 0,
            surplus: 0,
            aside: Vec::new(),
        };
        for record in report.messages.iter().filter(|record| record.created) {
            tally.begun += 1;
            match record.end {
                Outcome::Lost => tally.lost += 1,
                Outcome::Parked => tally.parked += 1,
                Outcome::Pending => tally.open += 1,
                Outcome::Once => {}
                Outcome::Duplicated => {
                    let times = record.applied[primary];
                    tally.repeated += 1;
                    tally.most = tally.most.max(times);
                    tally.surplus += u64::from(times) - 1;
                }
            }
        }
        tally.aside = tally.aside(primary);
        tally
    }

    /// Whether the primary step went wrong for a message; what is still on its way does not count.
    fn harm(&self) -> bool {
        self.missing() + self.repeated > 0
    }

    /// Messages without an effect that are not on their way either.
    fn missing(&self) -> u64 {
        self.lost + self.parked + if self.report.over { self.open } else { 0 }
    }

    fn on_its_way(&self) -> u64 {
        if self.report.over { 0 } else { self.open }
    }

    fn in_money(&self, amount: u64) -> String {
        let unit = self.experiment.scenario.unit.trim();
        let with_unit = |sum: String| format!("{sum} {unit}").trim_end().to_owned();
        let (expected, actual) = (self.report.ledger.expected, self.report.ledger.actual);
        if self.report.over {
            return match actual == expected {
                true if self.harm() => "correct by accident".to_owned(),
                true => self.calm("exact"),
                false => with_unit(difference(expected, actual)),
            };
        }
        let mut off = Vec::new();
        if self.surplus > 0 {
            off.push(difference(0, self.surplus * amount));
        }
        if self.missing() > 0 {
            off.push(difference(self.missing() * amount, 0));
        }
        let way = money(self.on_its_way() * amount);
        match (off.is_empty(), self.on_its_way()) {
            (true, 0) => self.calm("correct so far"),
            (true, _) => with_unit(way) + " on its way",
            (false, 0) => with_unit(off.join(", ")) + " so far",
            (false, _) => format!("{} so far, {way} on its way", with_unit(off.join(", "))),
        }
    }

    fn in_messages(&self) -> String {
        let verb = StepVerb::of(self.experiment, self.experiment.scenario.primary() as u8);
        let repeated = match (self.repeated, self.surplus) {
            (n, surplus) if n == surplus => verb.so_often(2),
            (1, _) => verb.so_often(self.most),
            _ => verb.more_than_once(),
        };
        let (unsettled, way) = if self.report.over { (self.open, 0) } else { (0, self.open) };
        let parts = [
            (self.lost, verb.never_done()),
            (self.parked, "parked".to_owned()),
            (unsettled, "not settled".to_owned()),
            (self.repeated, repeated),
        ];
        let mut said: Vec<String> = Vec::new();
        let mut say = |n: u64, what: &str| {
            if n > 0 {
                let noun = self.noun.for_number(n);
                let number = money(n);
                said.push(match said.is_empty() {
                    true => format!("{number} {noun} {what}"),
                    false => format!("{number} {what}"),
                });
            }
        };
        for (n, what) in &parts {
            say(*n, what);
        }
        say(way, if way == 1 { "on its way" } else { "on their way" });
        match said.is_empty() {
            true if self.report.over => self.calm("exact"),
            true => self.calm("correct so far"),
            false => said.join(", "),
        }
    }

    /// What there is to say of a store without a difference.
    fn calm(&self, otherwise: &str) -> String {
        match self.begun {
            _ if !self.aside.is_empty() => self.aside.join(", "),
            0 if !self.report.over => "nothing sent yet".to_owned(),
            _ => otherwise.to_owned(),
        }
    }

    /// What is wrong with steps that the store does not show: `notified twice for 1 payment`.
    fn aside(&self, primary: usize) -> Vec<String> {
        let done = |record: &MessageRecord| record.created && record.applied[primary] > 0;
        let mut said = Vec::new();
        for step in (0..self.experiment.scenario.steps.len()).filter(|step| *step != primary) {
            let verb = StepVerb::of(self.experiment, step as u8);
            let with = |is: &dyn Fn(&MessageRecord) -> bool| {
                self.report.messages.iter().filter(|record| is(record)).count() as u64
            };
            let often = self.report.messages.iter().map(|record| record.applied[step]).max();
            let again = match often.unwrap_or(0) {
                0..=2 => verb.so_often(2),
                _ => verb.more_than_once(),
            };
            let for_some = |what: String, n: u64| {
                format!("{what} for {} {}", money(n), self.noun.for_number(n))
            };
            let repeated = with(&|record| record.applied[step] > 1);
            if repeated > 0 {
                said.push(for_some(again, repeated));
            }
            let left_out = with(&|record| done(record) && record.applied[step] == 0);
            if left_out > 0 && self.report.settled.is_some() {
                said.push(for_some(verb.not_done(), left_out));
            }
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::audit::judge_until;
    use ackground_core::sim::{Time, simulate};

    fn words(json: &str, at: u64) -> String {
        let json = format!(r#"{{"version":1,{json}}}"#);
        let experiment = Experiment::from_json(&json).expect("it is an experiment");
        let trace = simulate(&experiment, 0);
        let report = judge_until(&experiment, &trace, Time::from_millis(at));
        balance(&experiment, &report).words
    }

    const END: u64 = u64::MAX / 1000;

    #[test]
    fn harm_is_told_in_the_currency_of_the_scenario() {
        let cases = [
            (
                "email",
                r#"["crash consumer before ack 1","crash consumer before ack 2"]"#,
                "2 emails sent twice",
            ),
            ("order", r#"["drop publish 2"]"#, "exact"),
            ("clicks", r#"["poison 2"]"#, "1 click parked"),
            ("transfer", r#"["poison 2"]"#, "−250 EUR"),
            (
                "email",
                r#"["crash consumer before ack 1","crash consumer before ack 2#*"]"#,
                "2 emails sent more than once",
            ),
            ("payment", r#"["poison 1","crash consumer before ack 2"]"#, "correct by accident"),
            (
                "email",
                r#"["poison 1","crash consumer before ack 2"]"#,
                "1 email parked, 1 sent twice",
            ),
        ];
        for (scenario, script, said) in cases {
            let json = format!(
                r#""scenario":"{scenario}","faults":{{"script":{script}}},"lanes":[{{"preset":"at-least-once","broker":{{"kind":"queue","max_deliveries":4}}}}]"#
            );
            assert_eq!(words(&json, END), said, "{scenario}: {script}");
        }
        let lossy = r#""scenario":"order","faults":{"script":["drop publish 2"]},"lanes":[{"preset":"at-most-once"}]"#;
        assert_eq!(words(lossy, END), "1 order never entered");
    }

    #[test]
    fn what_is_on_its_way_is_not_missing() {
        let calm = r#""lanes":[{"preset":"at-least-once"}]"#;
        assert_eq!(words(calm, 1), "10,000 EUR on its way");
        assert_eq!(words(calm, 950), "correct so far");
        let orders = r#""scenario":"order","interval_ms":0,"lanes":[{"preset":"at-least-once"}]"#;
        assert_eq!(words(orders, 1), "3 orders on their way");
    }

    #[test]
    fn a_doubled_message_does_not_make_up_for_one_on_its_way() {
        let json = r#""messages":2,"interval_ms":5000,"faults":{"script":["crash consumer before ack 1"]},
            "lanes":[{"preset":"at-least-once"}]"#;
        assert_eq!(words(json, 4999), "+10,000 EUR so far");
        assert_eq!(words(json, 5001), "+10,000 EUR so far, 10,000 on its way");
    }

    #[test]
    fn a_right_balance_still_says_what_another_step_did_twice() {
        let json = r#""scenario":"transfer","faults":{"script":["crash consumer before credit 2"]},
            "lanes":[{"preset":"at-least-once"}]"#;
        assert_eq!(words(json, END), "debited twice for 1 transfer");
    }
}
