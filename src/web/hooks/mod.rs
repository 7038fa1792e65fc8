//! Everything that touches the browser: the address, timers, keys, storage. A hook cleans up after
//! itself when its component goes, and a browser that refuses something (storage, the clipboard,
//! the history) never breaks the page.

mod address;
mod animation;
mod apart;
mod clipboard;
mod collecting;
mod dialog;
mod download;
mod dropping;
mod failure;
mod frame;
mod height;
mod host;
mod in_view;
mod inquiry;
mod keys;
mod ledgers;
mod marking;
mod paste;
mod pool;
mod printing;
mod progress;
mod proof;
mod raster;
mod reading;
mod remedies;
mod reports;
mod roving;
mod rules;
mod say;
mod scroll;
mod settled;
mod slices;
mod theme;
mod unroll;
mod whole;
mod width;

pub use address::{current_fragment, link_to, page_link, use_address};
pub use animation::{motion_is_reduced, use_animation};
pub use apart::use_apart;
pub use clipboard::{Copied, use_clipboard};
pub use collecting::{Collected, collect_files, use_collecting};
pub use dialog::{closing, open_dialog};
pub use download::save;
pub use dropping::{Dragged, use_dropping};
pub use failure::{remove_fallback, report_panics};
pub use frame::use_frame_height;
pub use height::use_height;
pub use host::{use_host, use_requests};
pub use in_view::use_in_view;
pub use inquiry::{Found, use_inquiry};
pub use keys::{
    focus_if_nowhere, focus_is_nowhere, focus_is_within, focus_lane, focus_soon, use_keys,
};
pub use ledgers::use_ledgers;
pub use marking::use_marking;
pub use paste::use_paste;
pub use pool::{Crew, TaskState, Tasks, Ticket, use_crew, use_series, use_task};
pub use printing::{OnPaper, use_on_paper, use_printing};
pub use progress::{Kept, use_progress};
pub use proof::{Memory, Pace, use_proof};
pub use raster::save_png;
pub use reading::open_file;
pub use remedies::{Sought, use_remedies};
pub use reports::{use_document_title, use_reports};
pub use roving::rove;
pub use rules::use_rules;
pub use say::{HEARD, say, show_cause, use_said};
pub use scroll::keep_in_view;
pub use settled::use_settled;
pub use theme::{is_dark, use_figure_theme, use_theme};
pub use unroll::{Loom, use_unrolled};
pub use whole::{Whole, use_rest, use_whole};
pub use width::use_width;
