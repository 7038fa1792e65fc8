//! A form for goals, for teachers who do not know the language of claims.

use ackground_core::audit::Property;
use ackground_core::measure::Quantity;
use ackground_core::prove::Guarantee;

ackground_core::words! {
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Kind {
        #[default]
        Keeps = "keeps",
        Holds = "holds",
        /// A measured quantity stays below a limit.
        AtMost = "most",
        /// A measured quantity reaches a minimum.
        AtLeast = "least",
        /// A fault script breaks a property.
        Break = "break",
        /// The student names the guarantee.
        Name = "name",
    }
}

impl Kind {
    /// Whether it takes a proof, within bounds.
    pub const fn is_proved(self) -> bool {
        !matches!(self, Kind::AtMost | Kind::AtLeast)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct GoalForm {
    pub kind: Kind,
    /// The lane's index.
    pub lane: usize,
    pub property: Property,
    pub guarantee: Guarantee,
    pub quantity: Quantity,
    /// The limit for the quantity, as typed.
    pub amount: String,
    /// The proof's bound in faults.
    pub faults: u8,
    /// The proof's bound in messages.
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
    /// The goal as a line. It is validated by whoever parses it: the number may be mistyped.
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
