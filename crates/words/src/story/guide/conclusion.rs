//! Answers and recommendation in one sentence: what was asked for, and the guarantee that follows from it.

use super::advice::Ending;
use super::question::Answer;
use ackground_core::prove::Guarantee;

use crate::story::{capital, guarantee};

impl Ending {
    /// Why the recommended setup gives this guarantee, which the prover found; without the guarantee while that is
    /// not known.
    ///
    /// ```
    /// use ackground_core::prove::Guarantee;
    /// use ackground_words::story::guide::Path;
    ///
    /// let path: Path = "daaca".parse()?;
    /// let ending = path.ending().expect("five answers lead to one");
    /// assert_eq!(
    ///     ending.conclusion(Some(Guarantee::AtLeastOnce)),
    ///     "You said none may be lost and an occasional duplicate is fine, so: At least once."
    /// );
    /// # Ok::<(), ackground_words::story::guide::NoSuchPath>(())
    /// ```
    pub fn conclusion(&self, found: Option<Guarantee>) -> String {
        let said = [Some(self.loss()), self.duplicates()];
        let said: Vec<String> = said.into_iter().flatten().collect();
        // What was asked of losses gives way to what was said last.
        let joined = if self.path.has(Answer::RatherNever) && !self.path.has(Answer::Fine) {
            said.join(", but ")
        } else {
            said.join(" and ")
        };
        match found {
            Some(found) => format!("You said {joined}, so: {}.", self.named(found)),
            None => format!("You said {joined}."),
        }
    }

    fn loss(&self) -> String {
        let has = |answer| self.path.has(answer);
        let said = match () {
            () if has(Answer::Fine) => "some may be missing",
            () if has(Answer::Seldom) => "some may be lost when a machine fails",
            () if has(Answer::Told) => "none may be lost without the sender knowing",
            () => "none may be lost",
        };
        said.to_owned()
    }

    /// What was said of duplicates; `None` if that was not asked.
    fn duplicates(&self) -> Option<String> {
        let has = |answer| self.path.has(answer);
        let recognised = self.path.answers().find(|answer| {
            matches!(
                answer,
                Answer::ByRow | Answer::ByTable | Answer::ByKey | Answer::ByTransaction
            )
        });
        match recognised {
            Some(Answer::ByTransaction) => Some(
                "a duplicate does harm, and a transaction prevents it from the input log on, although a sender that \
                 restarts may write a message to that log twice"
                    .to_owned(),
            ),
            Some(by) => Some(format!("a duplicate does harm, which {} prevents", by.words().short)),
            None if has(Answer::RatherTwice) => Some(
                "nothing recognises a duplicate, and you would rather repeat a message than lose it"
                    .to_owned(),
            ),
            None if has(Answer::RatherNever) => Some(
                "nothing recognises a duplicate, and you would rather lose a message than repeat it"
                    .to_owned(),
            ),
            None if has(Answer::Harmless) => Some("an occasional duplicate is fine".to_owned()),
            None => None,
        }
    }

    fn named(&self, found: Guarantee) -> String {
        match found {
            Guarantee::None if self.path.has(Answer::Seldom) => {
                format!(
                    "{}, as long as no machine fails",
                    capital(guarantee(Guarantee::AtLeastOnce))
                )
            }
            found => capital(guarantee(found)),
        }
    }
}
