//! The broker: its nodes, a log or a queue, the dead letter queue and the ids that it knows again.

use std::rc::Rc;

use yew::prelude::*;

use super::event_attributes;
use super::node::Node;
use super::slip::{ids, line, more, row, slip};
use ackground_core::sim::held::{Down, Hold, Transaction};
use ackground_core::sim::{MessageNo, StepNo, Trace};
use ackground_timeline::flow::{BrokerPanel, Cell, Copy, LogRow, QueuePanel, Shelf};
use ackground_words::story;

/// Which broker.
#[derive(Properties, PartialEq)]
pub struct BrokerNodeProps {
    pub panel: Rc<BrokerPanel>,
    pub trace: Rc<Trace>,
}

/// The broker.
#[component]
pub fn BrokerNode(props: &BrokerNodeProps) -> Html {
    let BrokerNodeProps { panel, trace } = props;
    let shelf = match &panel.shelf {
        Shelf::Log(rows) => {
            let several = rows.len() > 1;
            let rows = rows.iter().zip(0..);
            html! { <div class="log">{ for rows.map(|(row, number)| partition(trace, row, several.then_some(number))) }</div> }
        }
        Shelf::Queue(queue) => shelf_of(trace, queue),
    };
    let dead =
        |(message, step): &(MessageNo, StepNo)| slip(trace, *message, "parked", "", Some(*step));
    let all_down = panel.nodes.iter().all(Option::is_some);
    let down = panel.nodes.first().copied().flatten().filter(|_| all_down);
    html! {
        <Node class="broker" name="Broker" aside={nodes(panel, trace)} {down}>
            { shelf }
            if let Some(parked) = &panel.parked { { line("dead letters", row("", parked, dead)) } }
            if panel.discarded > 0 {
                { line("discarded", html! { <span class="gone">{ panel.discarded }</span> }) }
            }
            if let Some(window) = &panel.window { { ids("IDs known", window) } }
        </Node>
    }
}

/// The nodes of the broker: who leads has a crown, who is down is hatched.
fn nodes(panel: &BrokerPanel, trace: &Trace) -> Html {
    let node = |((number, down), leads): ((usize, &Option<Down>), &bool)| {
        let class = classes!("copy", leads.then_some("leads"), down.map(|_| "down"));
        let (at, step) = event_attributes(trace, down.map(|down| down.step));
        let until = down.map(|down| format!("back {}", story::clock(down.until)));
        html! {
            <li {class} key={number} data-at={at} data-step={step}>
                if *leads { <svg width="12" height="10" viewBox="-6 -5 12 10"><path d="M-5 4 V-3 L-2.5 0 L0 -4 L2.5 0 L5 -3 V4 Z" /></svg> }
                { number + 1 }
                if let Some(until) = until { <small>{ until }</small> }
            </li>
        }
    };
    let nodes = panel.nodes.iter().enumerate().zip(&panel.leaders);
    html! { <ul class="copies">{ for nodes.map(node) }</ul> }
}

/// A partition of a log with its committed position.
fn partition(trace: &Trace, row: &LogRow, number: Option<usize>) -> Html {
    let mark = || {
        let late = row.committed >= row.cells.before + 3;
        html! { <li class={classes!("committed-mark", late.then_some("late"))} key="mark"><span>{ format!("committed {}", row.committed) }</span></li> }
    };
    let cells = row.cells.shown.iter();
    let mut parts: Vec<Html> = Vec::new();
    for cell in cells {
        if cell.offset == row.committed {
            parts.push(mark());
        }
        parts.push(log_cell(trace, cell));
    }
    if row.committed >= row.cells.before + row.cells.shown.len() {
        parts.push(mark());
    }
    let leaderless = row.leader.is_none().then_some("unavailable");
    html! {
        <div class={classes!("partition", leaderless)} key={number.unwrap_or(0)}>
            if let Some(number) = number { <span class="what">{ number + 1 }</span> }
            <ul class="cells">{ more(row.cells.before) }{ for parts }{ more(row.cells.after) }<li class="end" key="end" /></ul>
            if row.leader.is_none() { <span class="warning">{ "no leader" }</span> }
        </div>
    }
}

/// A record at its offset.
fn log_cell(trace: &Trace, cell: &Cell) -> Html {
    let (at, step) = event_attributes(trace, Some(cell.step));
    let class = classes!("record", state(cell), cell.again.then_some("again"));
    html! {
        <li {class} key={cell.offset} data-at={at} data-step={step}>
            <b>{ cell.record.message.to_string() }</b><small>{ cell.offset }</small>
        </li>
    }
}

fn state(cell: &Cell) -> &'static str {
    let record = &cell.record;
    match (record.transaction, record.hold) {
        (Transaction::Aborted, _) => "aborted",
        (_, Hold::Done) if cell.given_up => "given-up",
        (_, Hold::Done) => "done",
        (Transaction::Open, _) => "open",
        (_, Hold::Out { .. }) => "out",
        (_, Hold::Ready | Hold::Resting) if !record.copied => "uncopied",
        (_, Hold::Ready | Hold::Resting) => "ready",
    }
}

/// A queue: what waits, and what is with a consumer.
fn shelf_of(trace: &Trace, queue: &QueuePanel) -> Html {
    let waiting = |copy: &Copy| {
        let class = if copy.hidden { "hidden" } else { "waiting" };
        slip(trace, copy.record.message, class, "", Some(copy.step))
    };
    let out = |copy: &Copy| {
        let (at, step) = event_attributes(trace, Some(copy.step));
        let words = match copy.record.hold {
            Hold::Out { member, until } => {
                format!("with {} until {}", member + 1, story::clock(until))
            }
            _ => "returned, waiting to be redelivered".to_owned(),
        };
        html! {
            <li class="held" key={copy.record.copy} data-at={at} data-step={step}>
                <span class="slip sent">{ copy.record.message.to_string() }</span><small>{ words }</small>
            </li>
        }
    };
    html! {
        <div class={classes!("queue", queue.unavailable.then_some("unavailable"))}>
            { line("waiting", row("", &queue.waiting, waiting)) }
            { line("unacknowledged", row("helds", &queue.out, out)) }
            if queue.unavailable { <span class="warning">{ "no leader" }</span> }
        </div>
    }
}
