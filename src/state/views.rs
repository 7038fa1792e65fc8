//! The views of the page and their choices: everything in the address but the experiment.
//!
//! Each view owns the keys of its choices and what they mean; this file only delegates. How keys are arranged
//! in an address is up to [`address`](super::address).

use super::taken::Taken;
use crate::class::choices::{ClassChoices, ClassPart};
use crate::learn::choices::LearnChoices;
use crate::measure::choices::MeasureChoices;
use crate::prove::choices::ProveChoices;
use crate::watch::choices::Picture;

ackground_core::words! {
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum View {
        /// Watch one run.
        #[default]
        Watch = ("watch", "Watch"),
        /// Search all fault schedules.
        Prove = ("prove", "Prove"),
        /// Gather statistics over many runs.
        Measure = ("measure", "Measure"),
        /// Read lessons and solve exercises.
        Learn = ("learn", "Learn"),
        /// Create, present and mark exercises.
        Class = ("class", "For teachers"),
    }
}

impl View {
    /// Whether it has a tab: teachers arrive by a link.
    pub fn has_tab(self) -> bool {
        self != View::Class
    }

    /// Whether it is about the current experiment.
    pub fn has_story(self) -> bool {
        !matches!(self, View::Learn | View::Class)
    }
}

/// The shown view, and the choices in each. Choices persist while another view is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Views {
    pub shown: View,
    /// How Watch draws runs.
    pub picture: Picture,
    pub prove: ProveChoices,
    pub measure: MeasureChoices,
    pub learn: LearnChoices,
    pub class: ClassChoices,
}

impl Views {
    pub fn showing(&self, shown: View) -> Views {
        Views { shown, ..self.clone() }
    }

    /// Whether dropped files are collected by the view instead of being opened.
    pub fn collects(&self) -> bool {
        self.shown == View::Class && self.class.part == ClassPart::Mark
    }

    /// The choices of the shown view that differ from the default, as key-value pairs.
    pub fn write(&self) -> Vec<(&'static str, String)> {
        match self.shown {
            View::Watch => self.picture.write(),
            View::Prove => self.prove.write(),
            View::Measure => self.measure.write(),
            View::Learn => self.learn.write(),
            View::Class => self.class.write(),
        }
    }

    /// Applies a choice to the shown view.
    pub fn take(&mut self, key: &str, value: &str) -> Taken {
        match self.shown {
            View::Watch => self.picture.take(key, value),
            View::Prove => self.prove.take(key, value),
            View::Measure => self.measure.take(key, value),
            View::Learn => self.learn.take(key, value),
            View::Class => self.class.take(key, value),
        }
    }

    /// Resets the choices of the shown view.
    pub fn forget(&mut self) {
        match self.shown {
            View::Watch => self.picture = Picture::default(),
            View::Prove => self.prove = ProveChoices::default(),
            View::Measure => self.measure = MeasureChoices::default(),
            View::Learn => self.learn = LearnChoices::default(),
            View::Class => self.class = ClassChoices::default(),
        }
    }
}
