//! Work that is asked about: what was taken on, under which id, and the whole answer that is given once it is done. A vendor
//! that is asked for the same once more under an id of the client's has it already, and bills it once.

use serde_json::Value;
use std::collections::BTreeMap;

/// How often an order is asked about before it is done.
const ASKED: u32 = 1;

/// What was taken on, by id.
#[derive(Default)]
pub(super) struct Orders(BTreeMap<String, Order>);

struct Order {
    answer: Value,
    /// Questions until it is done.
    left: u32,
}

/// What is known of an order.
pub(super) enum Known {
    /// Nothing.
    Nothing,
    /// It is under way.
    UnderWay,
    /// It is done, with this answer.
    Done(Value),
}

impl Orders {
    /// Takes work on, whose answer is this.
    pub(super) fn take_on(&mut self, id: &str, answer: Value) {
        self.0.insert(id.to_owned(), Order { answer, left: ASKED });
    }

    /// Whether an order of this id was taken on.
    pub(super) fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// How far an order is.
    pub(super) fn ask(&mut self, id: &str) -> Known {
        match self.0.get_mut(id) {
            None => Known::Nothing,
            Some(order) if order.left > 0 => {
                order.left -= 1;
                Known::UnderWay
            }
            Some(order) => Known::Done(order.answer.clone()),
        }
    }
}
