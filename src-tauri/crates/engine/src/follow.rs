//! Following what happens on a site without us. Posts are looked at when the app starts, from time to time and when
//! somebody asks; what is public there, or not any more, has another date, title or address is the same here a moment
//! later, and the user is told. What the app cannot decide, which of two wordings is kept, waits for a person. Posts that
//! a site had before are taken in, so that new articles know them.

mod decide;
mod reflect;
mod sync;
mod taking_in;

pub use decide::{Compared, Decision, FieldCompared};
pub(crate) use reflect::Look;
pub(crate) use sync::LookError;
pub use sync::{Happened, Synced};
pub use taking_in::{Taking, TakingIn};
