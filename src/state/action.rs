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
use crate::open::state::Given;
use crate::prove::choices::ProveChoices;
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
    /// Show this view.
    Show(View),
    /// Draw runs like this, in Watch.
    Draw(Picture),
    /// Draw runs in the other way.
    DrawOther,
    /// Choose this in Prove.
    ChooseProve(ProveChoices),
    /// Choose this in Measure.
    ChooseMeasure(MeasureChoices),
    /// Open this in Learn.
    Learn(LearnChoices),
    /// Open this in the view for teachers.
    ChooseClass(ClassChoices),
    /// Something that a teacher does.
    Class(ClassAct),
    /// Watch what a schedule of faults does: these faults and no others, in a run of so many messages,
    /// at the moment at which a lane breaks a property; at its end if none is named.
    WatchFaults {
        /// The faults.
        lines: Vec<Line>,
        /// Messages.
        messages: u16,
        /// The place of the lane, from 0.
        lane: usize,
        /// The property.
        property: Option<Property>,
    },
    /// Tell another story.
    Scenario(BuiltIn),
    /// Write a value as text: a rate, the seed, a lane's name or any of its settings.
    Edit {
        place: FieldPath,
        text: String,
        /// Whether it goes on.
        touch: Touch,
    },
    /// The slider is let go, the field is left.
    Release,
    /// Another seed.
    Reroll,
    /// One more line for the fault script.
    AddLine(String),
    /// The line at this place, from 0, goes.
    RemoveLine(usize),
    /// Another text for the line at this place.
    EditLine(usize, String),
    /// Switch the line at this place, from 0, on or off.
    SwitchLine(usize, bool),
    /// Move the line at this place, from 0, to another.
    MoveLine(usize, usize),
    /// No exact faults any more.
    ClearLines,
    /// Look closely at something in a lane's picture, at its moment; or no longer at anything.
    Inspect(Option<Inspected>),
    /// Change the script by hand, at the moment from which on the run is another one.
    ByHand(Patch, Time),
    /// Take the latest act back.
    Undo,
    /// Do again what was taken back last.
    Redo,
    /// A text that was refused here is being mended, or given up.
    Forget(FieldPath),
    /// One more lane.
    AddLane(PresetId),
    /// The lane at this place, from 0, goes.
    RemoveLane(usize),
    /// The lane at this place once more, to its right.
    DuplicateLane(usize),
    /// All settings of the lane from a preset.
    Preset(usize, PresetId),
    /// The address changed: show what this fragment names.
    Load(String),
    /// Show the first example.
    StartOver,
    /// The notice has been read.
    DismissNotice,
    /// Show or hide all settings, in every lane at once so that they can be compared.
    ToggleSettings,
    /// Open or close the settings with this title, in every lane at once.
    ToggleFold(&'static str),
    /// This setup in the lane at this place.
    PutSetup(usize, Box<Lane>),
    /// This setup as one more lane.
    AddSetup(Box<Lane>),
    /// A text was pasted where nothing takes text: offer what can be done with it.
    Paste(String),
    /// Open this in place of the experiment, if it is one.
    Open(Given),
    /// Lay this sheet over the page, in place of any other.
    OpenSheet(Sheet),
    /// Open the setup in which these answers end.
    OpenRecommended(Path, Recommended),
    /// Enough of the sheet.
    CloseSheet,
    /// Say how a message of a lane came to its result.
    AskWhy {
        /// The place of the lane, from 0.
        lane: usize,
        /// The message.
        message: MessageNo,
    },
    /// Enough of that.
    CloseWhy,
    /// See what these changes do, in a lane beside this one.
    TryRemedy {
        /// The place of the lane, from 0.
        lane: usize,
        /// What is different in the new one.
        changes: Vec<Change>,
        /// The same in a few words, for its name.
        short: String,
    },
    /// Play; from the start when at the end.
    Play,
    /// Stop playing.
    Pause,
    /// Play or stop.
    TogglePlay,
    /// Put the playhead there.
    Seek(Time),
    /// To the event before or after.
    Step(Direction),
    /// To the fault before or after.
    StepFault(Direction),
    /// To the start.
    Home,
    /// To the end.
    End,
    /// Play so fast.
    Speed(Speed),
    /// So many milliseconds have passed while playing.
    Tick(f64),
    /// While playing without motion: the next event's turn.
    Beat,
}
