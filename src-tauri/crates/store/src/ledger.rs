//! The ledger.
pub struct Held;
pub struct OpenCall;
#[derive(Debug)]
pub enum LedgerError {
    X,
}
