//! A task as a component sees it.

use std::rc::Rc;

use yew::prelude::*;

use super::worker_pool::WorkerPool;
use ackground_worker::{Priority, TaskEvent, Underway, Work};

/// What is known of a task.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskState<R> {
    /// Nothing is asked.
    Idle,
    /// It has not got far enough to say anything.
    Waiting,
    /// It goes on.
    Underway(Underway),
    /// It is done: the answer to each part, in their order.
    Done(Rc<Vec<R>>),
    /// It cannot be done; why, as a sentence.
    Refused(AttrValue),
}

/// The pool of the page, which ends with the component. It is given to those below by a
/// `ContextProvider<WorkerPool<_>>`.
#[hook]
pub fn use_worker_pool<W: Work + 'static>() -> WorkerPool<W> {
    (*use_memo((), |()| WorkerPool::of_page())).clone()
}

/// Does what is asked for as long as it is asked. When something else is asked, or the component
/// goes, what is under way is given up. Without a pool above nothing begins.
#[hook]
pub fn use_task<W>(asked: Option<Rc<Vec<W::Ask>>>, priority: Priority) -> TaskState<W::Answer>
where
    W: Work + 'static,
    W::Ask: PartialEq,
    W::Answer: Clone + PartialEq + 'static,
{
    let pool = use_context::<WorkerPool<W>>();
    // With what was asked: an answer is never shown to another question.
    let known = use_state_eq(|| (asked.clone(), TaskState::Waiting));
    use_effect_with((pool, asked.clone(), priority), {
        let known = known.setter();
        move |(pool, asked, priority)| {
            let guard = pool.as_ref().zip(asked.as_ref()).map(|(pool, parts)| {
                known.set((Some(parts.clone()), TaskState::Waiting));
                let question = parts.clone();
                pool.begin(parts.to_vec(), *priority, move |event| {
                    let state = match event {
                        TaskEvent::Underway(underway) => TaskState::Underway(underway),
                        TaskEvent::Done(answers) => TaskState::Done(Rc::new(answers)),
                        TaskEvent::Refused(why) => TaskState::Refused(why.into()),
                    };
                    known.set((Some(question.clone()), state));
                })
            });
            move || drop(guard)
        }
    });
    match (&asked, &*known) {
        (None, _) => TaskState::Idle,
        (_, (question, state)) if *question == asked => state.clone(),
        _ => TaskState::Waiting,
    }
}
