//! Everything that touches the browser: the address, timers, keys, storage. Hooks clean up when their
//! component unmounts, and a browser that refuses something (storage, the clipboard, the history) never
//! breaks the page.

pub mod address;
pub mod clipboard;
pub mod dialog;
pub mod download;
pub mod failure;
pub mod follow;
pub mod history;
pub mod keys;
pub mod pool;
pub mod printing;
pub mod raster;
pub mod roving;
pub mod rules;
pub mod say;
pub mod scroll;
pub mod settled;
pub mod slices;
pub mod theme;
pub mod whole;
pub mod width;

pub use address::{current_fragment, link_to, page_link, use_address};
pub use clipboard::{Copied, use_clipboard};
pub use dialog::{closing, open_dialog, use_modal, use_still_page};
pub use download::save;
pub use failure::{first_room, remove_fallback, report_panics};
pub use follow::following;
pub use history::use_history;
pub use keys::{
    focus_if_nowhere, focus_is_nowhere, focus_is_within, focus_lane, focus_soon, reveal, use_keys,
};
pub use pool::{TaskGuard, TaskState, Tasks, WorkerPool, use_series, use_task, use_worker_pool};
pub use printing::{OnPaper, use_on_paper, use_printing};
pub use raster::save_png;
pub use roving::rove;
pub use rules::use_rules;
pub use say::{HEARD, say, show_cause, use_said};
pub use scroll::{keep_in_view, scroll_to_top};
pub use settled::use_settled;
pub use theme::{is_dark, use_figure_theme, use_theme};
pub use whole::{Whole, use_rest, use_rest_of_page, use_whole};
pub use width::use_width;
