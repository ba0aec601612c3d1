//! A vendor's own usage file beside our books: which column holds what, what a row says, and which of our requests it is
//! about. Pure rules over text and rows; opening and streaming the file is the engine's part, our requests come from the
//! store. Vendors rename and reorder their columns, so a column is found by its name alone, as in keyword files.
//!
//! Some vendors list every request, others only sums over a day or an hour. Both are compared: a sum with the sum of
//! ours in its span.

mod cell;
mod column;
mod date;
mod line;
mod matching;
mod model;
mod sums;
#[cfg(test)]
mod tests;
mod value;

pub use cell::{Said, Unreadable, UnreadableCell};
pub use column::{Column, Field, HEADER_ROWS_MAX, Header, Layout, recognise};
pub use date::DateOrder;
pub use line::{Marks, ReadRow, TheirLine, fold};
pub use matching::{CLOCK_SLACK_MS, Comparison, Match, MatchedBy, OurRequest, TOLERANCE, compare};
pub use model::{is_same_model, plain_model};
pub use sums::{Beside, Costs, Sums, costs, sums};
pub use value::DecimalMark;
