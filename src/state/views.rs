//! The views of the page, and what is chosen in each: everything of the address but the experiment.
//!
//! A view's choices are written as `key=value` and own their keys. Here is only who is asked; what a
//! key means belongs to the file of its view, and how keys stand in an address to
//! [`address`](super::address).

use super::taken::Taken;
use crate::class::choices::{ClassChoices, ClassPart};
use crate::learn::choices::LearnChoices;
use crate::measure::choices::MeasureChoices;
use crate::prove::choices::ProveChoices;
use crate::watch::choices::Picture;

ackground_core::words! {
    /// What can be done with an experiment.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum View {
        /// See one run.
        #[default]
        Watch = ("watch", "Watch"),
        /// Search every schedule of faults.
        Prove = ("prove", "Prove"),
        /// Count over many runs.
        Measure = ("measure", "Measure"),
        /// Read lessons and solve exercises.
        Learn = ("learn", "Learn"),
        /// Make, present and mark exercises.
        Class = ("class", "For teachers"),
    }
}

impl View {
    /// Whether it has a tab: teachers come by a link.
    pub fn has_tab(self) -> bool {
        self != View::Class
    }

    /// Whether it is about the experiment on the page.
    pub fn has_story(self) -> bool {
        !matches!(self, View::Learn | View::Class)
    }
}

/// Which view is shown, and what is chosen in each. Choices stay while another view is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Views {
    /// The view that is shown.
    pub shown: View,
    /// How runs are drawn in Watch.
    pub picture: Picture,
    /// What is chosen in Prove.
    pub prove: ProveChoices,
    /// What is chosen in Measure.
    pub measure: MeasureChoices,
    /// What is open in Learn.
    pub learn: LearnChoices,
    /// What is chosen in the view for teachers.
    pub class: ClassChoices,
}

impl Views {
    /// The same with another view shown.
    pub fn showing(&self, shown: View) -> Views {
        Views { shown, ..self.clone() }
    }

    /// Whether files that are dropped are collected by the view, and not opened.
    pub fn collects(&self) -> bool {
        self.shown == View::Class && self.class.part == ClassPart::Mark
    }

    /// What of the shown view differs from the default, as keys with their values.
    pub fn write(&self) -> Vec<(&'static str, String)> {
        match self.shown {
            View::Watch => self.picture.write(),
            View::Prove => self.prove.write(),
            View::Measure => self.measure.write(),
            View::Learn => self.learn.write(),
            View::Class => self.class.write(),
        }
    }

    /// Takes a choice of the shown view over.
    pub fn take(&mut self, key: &str, value: &str) -> Taken {
        match self.shown {
            View::Watch => self.picture.take(key, value),
            View::Prove => self.prove.take(key, value),
            View::Measure => self.measure.take(key, value),
            View::Learn => self.learn.take(key, value),
            View::Class => self.class.take(key, value),
        }
    }

    /// Sets what is chosen in the shown view back to the default.
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
