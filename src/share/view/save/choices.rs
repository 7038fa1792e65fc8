//! What can be chosen of a picture that is saved: its colours, and whether it shows a moment.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use ackground_core::sim::Time;
use ackground_timeline::picture::{Theme, Wish};
use ackground_words::story;

#[derive(Properties, PartialEq)]
pub struct ChoicesProps {
    pub wish: Wish,
    /// The moment on the page, if it is not the end.
    pub at: Option<Time>,
    /// Something else is chosen.
    pub on_choose: Callback<Wish>,
}

/// The choices.
#[component]
pub fn Choices(props: &ChoicesProps) -> Html {
    let ChoicesProps { wish, at, on_choose } = props;
    let (wish, at) = (*wish, *at);
    let on_theme = picked(on_choose, move |place| Wish {
        theme: Theme::ALL.get(place).copied().unwrap_or_default(),
        ..wish
    });
    let on_moment = picked(on_choose, move |place| Wish { at: at.filter(|_| place == 1), ..wish });
    html! {
        <div class="files-choices">
            <label><span>{ "Colours" }</span>
                <select data-test="picture-theme" onchange={on_theme}>
                    { for Theme::ALL.map(|theme| html! {
                        <option key={theme.word()} value={theme.word()} selected={theme == wish.theme}>{ label(theme) }</option>
                    }) }
                </select></label>
            if let Some(at) = at {
                <label><span>{ "Shows" }</span>
                    <select data-test="picture-moment" onchange={on_moment}>
                        <option value="whole" selected={wish.at.is_none()}>{ "The whole run" }</option>
                        <option value="moment" selected={wish.at.is_some()}>{ format!("{}, the rest pale", story::clock(at)) }</option>
                    </select></label>
            }
        </div>
    }
}

fn label(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => "Light",
        Theme::Dark => "Dark",
        Theme::Auto => "As the reader's system",
    }
}

/// What is chosen by the place of an option.
fn picked(on_choose: &Callback<Wish>, wish: impl Fn(usize) -> Wish + 'static) -> Callback<Event> {
    let on_choose = on_choose.clone();
    Callback::from(move |event: Event| {
        if let Some(field) = event.target_dyn_into::<HtmlSelectElement>() {
            let place = usize::try_from(field.selected_index()).unwrap_or_default();
            on_choose.emit(wish(place));
        }
    })
}
