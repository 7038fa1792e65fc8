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

    pub(crate) fn act(&mut self, act: StageAct) {
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

/// What has the focus in a presentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Nothing that needs keys.
    Slide,
    /// A button or a link, which presses itself.
    Button,
    /// A run, which is stepped with arrows.
    Run,
}

/// What a key asks for, on a slide with so many options among so many slides; `None` if it is not ours.
/// `shift_code` is the option of a digit that is pressed with Shift, counted from 0.
pub fn key(
    key: &str,
    shift_code: Option<usize>,
    at: At,
    options: usize,
    slides: usize,
) -> Option<StageAct> {
    if let Some(option) = shift_code {
        return (option < options).then_some(StageAct::Down(option));
    }
    match key {
        // A clicker for presentations sends these two.
        "PageDown" | "n" => Some(StageAct::Next(slides)),
        "PageUp" | "b" => Some(StageAct::Back),
        "ArrowRight" if at != At::Run => Some(StageAct::Next(slides)),
        "ArrowLeft" if at != At::Run => Some(StageAct::Back),
        "r" => (options > 0).then_some(StageAct::Reveal),
        " " | "Enter" if at == At::Slide => {
            Some(if options > 0 { StageAct::Reveal } else { StageAct::Next(slides) })
        }
        digit => {
            let number: usize = digit.parse().ok()?;
            (1..=options).contains(&number).then(|| StageAct::Up(number - 1))
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
        assert_eq!((stage.hands(0), stage.hands(1), stage.all_hands()), (0, 2, 2));
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
        let next = Some(StageAct::Next(9));
        let on = |word, at, options| key(word, None, at, options, 9);
        assert_eq!(on("1", At::Button, 2), Some(StageAct::Up(0)));
        assert_eq!(on("3", At::Slide, 2), None, "there are two options");
        assert_eq!(key("!", Some(0), At::Slide, 2, 9), Some(StageAct::Down(0)));
        assert_eq!(on(" ", At::Slide, 2), Some(StageAct::Reveal));
        assert_eq!(on(" ", At::Button, 2), None, "it presses the button");
        assert_eq!(on("Enter", At::Slide, 0), next);
        assert_eq!(on("r", At::Slide, 0), None, "there is nothing to show");
        assert_eq!(on("Escape", At::Slide, 2), None, "the dialog's own");
        assert_eq!(on("ArrowRight", At::Button, 0), next);
        assert_eq!(on("ArrowRight", At::Run, 0), None, "it steps the run");
        assert_eq!(on("PageDown", At::Run, 0), next, "a clicker goes on");
    }
}
