//! A presentation: which slide, whether its answer is shown, and how many hands went up for each option.

use std::collections::BTreeMap;

/// Where a presentation stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// The slide, counted from 0.
    pub at: usize,
    /// The slides whose answers were shown.
    shown: Vec<usize>,
    /// Hands, by slide and option.
    hands: BTreeMap<(usize, usize), u32>,
}

/// What the one who presents does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageAct {
    /// To the next of so many slides.
    Next(usize),
    /// To the slide before.
    Back,
    /// One more hand for an option, counted from 0.
    Up(usize),
    /// One less.
    Down(usize),
    /// Show the answer.
    Reveal,
}

impl Stage {
    /// The most hands for an option: a large hall.
    pub const MOST_HANDS: u32 = 999;

    pub(super) fn act(&mut self, act: StageAct) {
        match act {
            StageAct::Next(slides) => self.at = (self.at + 1).min(slides.saturating_sub(1)),
            StageAct::Back => self.at = self.at.saturating_sub(1),
            // What went up before the answer was known stays as it was.
            StageAct::Up(_) | StageAct::Down(_) if self.is_revealed() => {}
            StageAct::Up(option) => {
                let hands = self.hands.entry((self.at, option)).or_default();
                *hands = (*hands + 1).min(Stage::MOST_HANDS);
            }
            StageAct::Down(option) => {
                if let Some(hands) = self.hands.get_mut(&(self.at, option)) {
                    *hands = hands.saturating_sub(1);
                }
            }
            StageAct::Reveal if self.is_revealed() => {}
            StageAct::Reveal => self.shown.push(self.at),
        }
    }

    /// Whether the answer of this slide is shown.
    pub fn is_revealed(&self) -> bool {
        self.shown.contains(&self.at)
    }

    /// The hands for an option of this slide.
    pub fn hands(&self, option: usize) -> u32 {
        self.hands.get(&(self.at, option)).copied().unwrap_or(0)
    }

    /// All hands of this slide.
    pub fn all_hands(&self) -> u32 {
        let of_slide = self.hands.range((self.at, 0)..(self.at + 1, 0));
        of_slide.map(|(_, hands)| hands).sum()
    }
}

/// What a key asks for, on a slide with so many options among so many slides; `None` if it is not ours.
/// `button` tells whether a button has the focus, which presses itself.
pub fn key(
    key: &str,
    shift_code: Option<usize>,
    button: bool,
    options: usize,
    slides: usize,
) -> Option<StageAct> {
    if let Some(option) = shift_code {
        return (option < options).then_some(StageAct::Down(option));
    }
    match key {
        "ArrowRight" | "PageDown" | "n" => Some(StageAct::Next(slides)),
        "ArrowLeft" | "PageUp" | "b" => Some(StageAct::Back),
        "r" => (options > 0).then_some(StageAct::Reveal),
        " " | "Enter" if !button => Some(if options > 0 {
            StageAct::Reveal
        } else {
            StageAct::Next(slides)
        }),
        digit => {
            let number: usize = digit.parse().ok()?;
            (1..=options)
                .contains(&number)
                .then(|| StageAct::Up(number - 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hands_are_counted_by_slide_until_the_answer_is_shown() {
        let mut stage = Stage::default();
        for act in [StageAct::Up(0), StageAct::Up(1), StageAct::Up(1)] {
            stage.act(act);
        }
        stage.act(StageAct::Down(0));
        stage.act(StageAct::Down(0));
        stage.act(StageAct::Down(5));
        assert_eq!(
            (stage.hands(0), stage.hands(1), stage.all_hands()),
            (0, 2, 2)
        );
        stage.act(StageAct::Reveal);
        stage.act(StageAct::Up(0));
        assert_eq!(stage.all_hands(), 2, "nobody changes sides afterwards");
        stage.act(StageAct::Next(2));
        assert_eq!((stage.at, stage.all_hands()), (1, 0));
        assert!(!stage.is_revealed());
        stage.act(StageAct::Next(2));
        assert_eq!(stage.at, 1, "there is no third slide");
        stage.act(StageAct::Back);
        assert!(stage.is_revealed() && stage.hands(1) == 2);
    }

    #[test]
    fn keys_do_what_they_say() {
        assert_eq!(key("1", None, true, 2, 9), Some(StageAct::Up(0)));
        assert_eq!(key("3", None, false, 2, 9), None, "there are two options");
        assert_eq!(key("!", Some(0), false, 2, 9), Some(StageAct::Down(0)));
        assert_eq!(key(" ", None, false, 2, 9), Some(StageAct::Reveal));
        assert_eq!(key(" ", None, true, 2, 9), None, "it presses the button");
        assert_eq!(key("Enter", None, false, 0, 9), Some(StageAct::Next(9)));
        assert_eq!(
            key("r", None, false, 0, 9),
            None,
            "there is nothing to show"
        );
        assert_eq!(key("Escape", None, false, 2, 9), None, "the dialog's own");
    }
}
