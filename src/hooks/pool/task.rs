//! A single task as a hook.

use std::rc::Rc;

use yew::prelude::*;

use super::worker_pool::WorkerPool;
use ackground_worker::{Priority, TaskEvent, Underway, Work};

#[derive(Clone, Debug, PartialEq)]
pub enum TaskState<R> {
    /// Nothing was asked.
    Idle,
    /// No progress yet.
    Waiting,
    Underway(Underway),
    /// The answer to each part, in order.
    Done(Rc<Vec<R>>),
    /// Why it cannot be done, as a sentence.
    Refused(AttrValue),
}

/// The page's pool, which lives as long as the component. Provided to components below by a
/// `ContextProvider<WorkerPool<_>>`.
#[hook]
pub fn use_worker_pool<W: Work + 'static>() -> WorkerPool<W> {
    (*use_memo((), |()| WorkerPool::of_page())).clone()
}

/// Runs a task. Cancels it when the question changes or the component unmounts. Without a pool in the context
/// nothing happens.
#[hook]
pub fn use_task<W>(asked: Option<Rc<Vec<W::Ask>>>, priority: Priority) -> TaskState<W::Answer>
where
    W: Work + 'static,
    W::Ask: PartialEq,
    W::Answer: Clone + PartialEq + 'static,
{
    let pool = use_context::<WorkerPool<W>>();
    // Stored with its question, so that an answer is never shown for another one.
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
