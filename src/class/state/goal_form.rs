//! A goal put together from its parts, for those who do not know the language of claims.

use ackground_core::audit::Property;
use ackground_core::measure::Quantity;
use ackground_core::prove::Guarantee;

ackground_core::words! {
    /// What kind of thing is to be reached.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Kind {
        /// A guarantee is kept.
        #[default]
        Keeps = "keeps",
        /// A property holds.
        Holds = "holds",
        /// A measured figure is small enough.
        AtMost = "most",
        /// A measured figure is great enough.
        AtLeast = "least",
        /// A script breaks a property.
        Break = "break",
        /// The guarantee is named.
        Name = "name",
    }
}

impl Kind {
    /// Whether the prover decides it, within bounds.
    pub const fn is_proved(self) -> bool {
        !matches!(self, Kind::AtMost | Kind::AtLeast)
    }
}

/// The parts of a goal.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalForm {
    /// What kind of thing.
    pub kind: Kind,
    /// The lane, counted from 0.
    pub lane: usize,
    /// The property that holds or breaks.
    pub property: Property,
    /// The guarantee that is kept.
    pub guarantee: Guarantee,
    /// The figure that is measured.
    pub quantity: Quantity,
    /// What it is held against, as it was typed.
    pub amount: String,
    /// The bound of the proof in faults.
    pub faults: u8,
    /// The bound of the proof in messages.
    pub messages: u16,
}

impl Default for GoalForm {
    fn default() -> GoalForm {
        GoalForm {
            kind: Kind::default(),
            lane: 0,
            property: Property::NoLoss,
            guarantee: Guarantee::ExactlyOnce,
            quantity: Quantity::Count(ackground_core::measure::Count::Sends),
            amount: "1.5".to_owned(),
            faults: 2,
            messages: 2,
        }
    }
}

impl GoalForm {
    /// The goal as a line. Whether it is one is said by who reads it: a number can be mistyped.
    pub fn line(&self) -> String {
        let property = self.property.word();
        let what = match self.kind {
            Kind::Keeps => format!("keeps {}", self.guarantee.word()),
            Kind::Holds => format!("{property} holds"),
            Kind::AtMost => format!("{} at most {}", self.quantity.id(), self.amount.trim()),
            Kind::AtLeast => format!("{} at least {}", self.quantity.id(), self.amount.trim()),
            Kind::Break => format!("break {property}"),
            Kind::Name => "name guarantee".to_owned(),
        };
        let mut line = format!("lane {}: {what}", self.lane + 1);
        if self.kind.is_proved() {
            let ending = |number: u16| if number == 1 { "" } else { "s" };
            let (faults, messages) = (self.faults, self.messages);
            line.push_str(&format!(
                " within {faults} fault{}, {messages} message{}",
                ending(faults.into()),
                ending(messages)
            ));
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_learn::exercise::Goal;

    #[test]
    fn every_kind_is_a_goal_that_reads_as_it_was_written() {
        for kind in Kind::ALL {
            for (faults, messages) in [(0, 1), (1, 2), (4, 4)] {
                let form = GoalForm { kind, faults, messages, ..GoalForm::default() };
                let line = form.line();
                let goal = line.parse::<Goal>();
                assert_eq!(goal.map(|goal| goal.to_string()), Ok(line));
            }
        }
        let wrong = GoalForm { kind: Kind::AtMost, amount: "many".into(), ..GoalForm::default() };
        assert!(wrong.line().parse::<Goal>().is_err());
    }
}
