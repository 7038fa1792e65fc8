//! Everything that can be done on the page.

use super::field_path::FieldPath;
use super::playback::{Direction, Speed};
use super::session::Touch;
use super::sheet::Sheet;
use super::views::View;
use crate::class::choices::ClassChoices;
use crate::class::state::ClassAct;
use crate::learn::choices::LearnChoices;
use crate::measure::choices::MeasureChoices;
use crate::measure::model::picks::ChartId;
use crate::open::state::Given;
use crate::prove::choices::ProveChoices;
use crate::scenario::model::StepsChange;
use crate::search::model::Opens;
use crate::setups::state::guide::Recommended;
use crate::watch::choices::Picture;
use crate::why::state::inspect::Inspected;
use ackground_core::audit::Property;
use ackground_core::experiment::scenario::BuiltIn;
use ackground_core::experiment::script::Line;
use ackground_core::experiment::{Lane, PresetId};
use ackground_core::sim::{MessageNo, Time};
use ackground_timeline::acts::Patch;
use ackground_words::story::Change;
use ackground_words::story::guide::Path;

/// One thing that a person, the address or the clock does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    Show(View),
    /// Draw runs this way, in Watch.
    Draw(Picture),
    /// Toggle between the two pictures.
    DrawOther,
    ChooseProve(ProveChoices),
    ChooseMeasure(MeasureChoices),
    /// Make the setup of a ready-made chart the experiment.
    UseChart(ChartId),
    Learn(LearnChoices),
    ChooseClass(ClassChoices),
    Class(ClassAct),
    /// Watch what a fault schedule does: exactly these faults, in a run of so many messages, stopped at the
    /// moment the lane breaks the property, or at the end if there is none.
    WatchFaults {
        lines: Vec<Line>,
        messages: u16,
        /// The lane's index.
        lane: usize,
        property: Option<Property>,
    },
    /// Switch to another scenario.
    Scenario(BuiltIn),
    /// Change the steps of the scenario.
    Steps(StepsChange),
    /// Set a value from text: a rate, the seed, a lane's name or any of its settings.
    Edit {
        place: FieldPath,
        text: String,
        touch: Touch,
    },
    /// A slider was released, or a field lost focus: the live edit ends.
    Release,
    /// Pick another seed.
    Reroll,
    /// Add a line to the fault script.
    AddLine(String),
    RemoveLine(usize),
    /// Replace the text of the script line at this index.
    EditLine(usize, String),
    /// Enable or disable the script line at this index.
    SwitchLine(usize, bool),
    /// Move the script line at the first index to the second.
    MoveLine(usize, usize),
    /// Clear the fault script.
    ClearLines,
    /// Open the inspector on something in a lane's picture, or close it.
    Inspect(Option<Inspected>),
    /// Apply an edit made in the picture, at the moment from which the run diverges.
    ByHand(Patch, Time),
    Undo,
    Redo,
    /// Drop the rejected text of this field: it is being corrected, or was abandoned.
    Forget(FieldPath),
    AddLane(PresetId),
    /// Make these setups the lanes, in place of those that are there.
    StartWith(Vec<PresetId>),
    RemoveLane(usize),
    /// Insert a copy of this lane to its right.
    DuplicateLane(usize),
    /// Replace all settings of this lane with a preset's.
    Preset(usize, PresetId),
    /// The address changed: show what this fragment describes.
    Load(String),
    /// Reset to the default experiment.
    StartOver,
    DismissNotice,
    /// Unfold or fold what goes wrong.
    ToggleFaults,
    /// Replace the lane at this index with this setup.
    PutSetup(usize, Box<Lane>),
    /// Add this setup as a new lane.
    AddSetup(Box<Lane>),
    /// Text was pasted outside of any text field: offer what can be done with it.
    Paste(String),
    /// Open this, replacing the experiment if it is one.
    Open(Given),
    /// Open this sheet over the page, replacing any other.
    OpenSheet(Sheet),
    /// Open the setup that these answers lead to.
    OpenRecommended(Path, Recommended),
    CloseSheet,
    /// Open what was found by the search.
    Found(Opens),
    /// Explain the outcome of a message in a lane.
    AskWhy {
        lane: usize,
        message: MessageNo,
    },
    CloseWhy,
    /// Try these changes in a new lane next to this one.
    TryRemedy {
        lane: usize,
        /// How the new lane differs.
        changes: Vec<Change>,
        /// The changes in a few words, for the new lane's name.
        short: String,
    },
    /// Play; from the start if at the end.
    Play,
    Pause,
    TogglePlay,
    /// Go on at once where playback stands to be read; play or pause anywhere else.
    GoOn,
    /// Send the next message by hand, and watch until the one after it is due; first of all, begin.
    SendNext,
    Seek(Time),
    /// To the previous or next event.
    Step(Direction),
    /// To the previous or next fault.
    StepFault(Direction),
    Home,
    End,
    Speed(Speed),
    /// The height that there is for a picture was measured, in pixels.
    Fit(f64),
    /// Milliseconds elapsed during playback.
    Tick(f64),
    /// Milliseconds elapsed during playback under reduced motion.
    Beat(f64),
}
