//! The options for a saved picture: theme, and whether it shows a moment.

use yew::prelude::*;

use crate::controls::{Among, Item, Select};
use ackground_core::sim::Time;
use ackground_timeline::picture::{PictureOptions, Theme};
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct ChoicesProps {
    pub options: PictureOptions,
    /// The page's moment; `None` at the end.
    pub at: Option<Time>,
    pub on_choose: Callback<PictureOptions>,
}

#[component]
pub fn Choices(props: &ChoicesProps) -> Html {
    let ChoicesProps { options, at, on_choose } = props;
    let (options, at) = (*options, *at);
    let themes = Theme::ALL.map(|theme| Item::new(theme, theme.word(), label(theme)));
    let moments = at.map(|at| {
        let moment = format!("{}, the rest pale", story::clock(at));
        vec![Item::new(None, "whole", "The whole run"), Item::new(Some(at), "moment", moment)]
    });
    html! {
        <div class="files-choices">
            <Select label="Colours" test="picture-theme"
                among={Among::new(themes, options.theme, on_choose.reform(move |theme| PictureOptions { theme, ..options }))} />
            if let Some(moments) = moments {
                <Select label="Shows" test="picture-moment"
                    among={Among::new(moments, options.at.and(at), on_choose.reform(move |at| PictureOptions { at, ..options }))} />
            }
        </div>
    }
}

fn label(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => "Light",
        Theme::Dark => "Dark",
        Theme::Auto => "Follow the reader's system",
    }
}
