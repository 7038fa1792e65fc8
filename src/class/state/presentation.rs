//! A presentation: the current slide, whether its answer is revealed, and the show of hands.

use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presentation {
    /// The slide's index.
    pub at: usize,
    /// Slides with revealed answers.
    shown: Vec<usize>,
    /// Hand counts, by slide and option.
    hands: BTreeMap<(usize, usize), u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresentationAct {
    /// Go to the next slide, given the number of slides.
    Next(usize),
    Back,
    /// One more hand for the option at this index.
    Up(usize),
    /// One hand less.
    Down(usize),
    Reveal,
}

impl Presentation {
    /// The limit per option: a large lecture hall.
    pub const MOST_HANDS: u32 = 999;

    pub(crate) fn act(&mut self, act: PresentationAct) {
        match act {
            PresentationAct::Next(slides) => self.at = (self.at + 1).min(slides.saturating_sub(1)),
            PresentationAct::Back => self.at = self.at.saturating_sub(1),
            // Hands are frozen once the answer is known.
            PresentationAct::Up(_) | PresentationAct::Down(_) if self.is_revealed() => {}
            PresentationAct::Up(option) => {
                let hands = self.hands.entry((self.at, option)).or_default();
                *hands = (*hands + 1).min(Presentation::MOST_HANDS);
            }
            PresentationAct::Down(option) => {
                if let Some(hands) = self.hands.get_mut(&(self.at, option)) {
                    *hands = hands.saturating_sub(1);
                }
            }
            PresentationAct::Reveal if self.is_revealed() => {}
            PresentationAct::Reveal => self.shown.push(self.at),
        }
    }

    pub fn is_revealed(&self) -> bool {
        self.shown.contains(&self.at)
    }

    pub fn hands(&self, option: usize) -> u32 {
        self.hands.get(&(self.at, option)).copied().unwrap_or(0)
    }

    /// The hands for all options of this slide.
    pub fn all_hands(&self) -> u32 {
        let of_slide = self.hands.range((self.at, 0)..(self.at + 1, 0));
        of_slide.map(|(_, hands)| hands).sum()
    }
}

/// The kind of element that has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Nothing that uses keys.
    Slide,
    /// A button or a link, which handles its own keys.
    Button,
    /// A run, which is stepped with the arrow keys.
    Run,
}

/// The action for a key, given the numbers of options and slides; `None` if it is not ours. `shift_code` is
/// the option's index for a digit pressed with Shift.
pub fn key(
    key: &str,
    shift_code: Option<usize>,
    at: At,
    options: usize,
    slides: usize,
) -> Option<PresentationAct> {
    if let Some(option) = shift_code {
        return (option < options).then_some(PresentationAct::Down(option));
    }
    match key {
        // Presentation clickers send these two.
        "PageDown" | "n" => Some(PresentationAct::Next(slides)),
        "PageUp" | "b" => Some(PresentationAct::Back),
        "ArrowRight" if at != At::Run => Some(PresentationAct::Next(slides)),
        "ArrowLeft" if at != At::Run => Some(PresentationAct::Back),
        "r" => (options > 0).then_some(PresentationAct::Reveal),
        " " | "Enter" if at == At::Slide => {
            Some(if options > 0 { PresentationAct::Reveal } else { PresentationAct::Next(slides) })
        }
        digit => {
            let number: usize = digit.parse().ok()?;
            (1..=options).contains(&number).then(|| PresentationAct::Up(number - 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hands_are_counted_by_slide_until_the_answer_is_shown() {
        let mut presentation = Presentation::default();
        for act in [PresentationAct::Up(0), PresentationAct::Up(1), PresentationAct::Up(1)] {
            presentation.act(act);
        }
        presentation.act(PresentationAct::Down(0));
        presentation.act(PresentationAct::Down(0));
        presentation.act(PresentationAct::Down(5));
        assert_eq!(
            (presentation.hands(0), presentation.hands(1), presentation.all_hands()),
            (0, 2, 2)
        );
        presentation.act(PresentationAct::Reveal);
        presentation.act(PresentationAct::Up(0));
        assert_eq!(presentation.all_hands(), 2, "nobody changes sides afterwards");
        presentation.act(PresentationAct::Next(2));
        assert_eq!((presentation.at, presentation.all_hands()), (1, 0));
        assert!(!presentation.is_revealed());
        presentation.act(PresentationAct::Next(2));
        assert_eq!(presentation.at, 1, "there is no third slide");
        presentation.act(PresentationAct::Back);
        assert!(presentation.is_revealed() && presentation.hands(1) == 2);
    }

    #[test]
    fn keys_do_what_they_say() {
        let next = Some(PresentationAct::Next(9));
        let on = |word, at, options| key(word, None, at, options, 9);
        assert_eq!(on("1", At::Button, 2), Some(PresentationAct::Up(0)));
        assert_eq!(on("3", At::Slide, 2), None, "there are two options");
        assert_eq!(key("!", Some(0), At::Slide, 2, 9), Some(PresentationAct::Down(0)));
        assert_eq!(on(" ", At::Slide, 2), Some(PresentationAct::Reveal));
        assert_eq!(on(" ", At::Button, 2), None, "it presses the button");
        assert_eq!(on("Enter", At::Slide, 0), next);
        assert_eq!(on("r", At::Slide, 0), None, "there is nothing to show");
        assert_eq!(on("Escape", At::Slide, 2), None, "the dialog's own");
        assert_eq!(on("ArrowRight", At::Button, 0), next);
        assert_eq!(on("ArrowRight", At::Run, 0), None, "it steps the run");
        assert_eq!(on("PageDown", At::Run, 0), next, "a clicker goes on");
    }
}
