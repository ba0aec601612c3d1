//! What a call was charged, which several rows repeat: the transfer that resolved its hold, the line of the statement, the
//! usage record, and what the model asks for the tokens. Where they disagree, one of them was changed, and it is the one
//! that must be named: the seal of the record says whether that still is as it was written, and without a seal those that
//! agree outvote the one that does not. Where neither says, both rows are named, each with what the other one says.

use super::calls::CallRecord;
use super::finding::{Fact, FindingKind};
use super::rows::Checker;
use super::seals::Fits;

/// What the rows say that a call was charged, micro-credits, and which of them is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charged {
    /// Beyond doubt, or by most of the rows.
    Known(i64),
    /// The transfer says the one and the record the other, and nothing says which was changed.
    Disputed { transfer: i64, record: i64 },
}

/// What each of the rows says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    pub(super) transfer: i64,
    pub(super) line: Option<i64>,
    pub(super) record: Option<i64>,
    /// What the model's prices make of the tokens, and the hold allows.
    pub(super) reckoned: Option<i64>,
}

impl Said {
    /// Which amount is believed. The record's seal says whether it is as it was written, where there is one.
    pub(super) fn charged(self, is_record_sound: Option<bool>) -> Charged {
        if let (Some(record), Some(true)) = (self.record, is_record_sound) {
            return Charged::Known(record);
        }
        let said = [Some(self.transfer), self.line, self.record, self.reckoned];
        let votes = |amount: i64| said.iter().flatten().filter(|said| **said == amount).count();
        let rivals = said.into_iter().flatten().filter(|amount| *amount != self.transfer);
        let rival = rivals.max_by_key(|amount| votes(*amount));
        match (rival, self.record) {
            (None, _) => Charged::Known(self.transfer),
            (Some(rival), _) if votes(rival) > votes(self.transfer) => Charged::Known(rival),
            (Some(rival), Some(record)) if votes(rival) == votes(self.transfer) && record != self.transfer => {
                Charged::Disputed { transfer: self.transfer, record }
            }
            (Some(_), _) => Charged::Known(self.transfer),
        }
    }
}

impl Charged {
    /// What a row should say that says `found`; its own word where that is in dispute.
    pub(super) const fn due(self, found: i64) -> i64 {
        match self {
            Self::Known(amount) => amount,
            Self::Disputed { .. } => found,
        }
    }
}

impl Checker {
    /// What a call was charged by its rows. What was given back was charged nothing.
    pub(super) fn charged(&self, call: &CallRecord, fits: Fits) -> Charged {
        let (Some(hold), Some(resolution)) = (&call.hold, &call.resolution) else { return Charged::Known(0) };
        let usage = call.usage.as_ref();
        if resolution.kind == "release" && fits.record != Some(true) {
            return Charged::Known(0);
        }
        let asked = usage.and_then(|usage| self.credits_for(call.model, usage));
        let said = Said {
            transfer: resolution.amount,
            line: call.line.as_ref().map(|line| -line.amount),
            record: usage.map(|usage| usage.credits),
            reckoned: asked.filter(|_| fits.hold != Some(false)).map(|asked| asked.min(hold.amount)),
        };
        said.charged(fits.record)
    }

    /// Names both rows of a dispute.
    pub(super) fn dispute(&mut self, call: &CallRecord, charged: Charged) {
        let (Charged::Disputed { transfer, record }, Some(resolution), Some(usage)) =
            (charged, &call.resolution, &call.usage)
        else {
            return;
        };
        let (transfer, record) = (Fact::credits(transfer), Fact::credits(record));
        let mut row = self.of(FindingKind::EitherRow, "transfer", resolution.seq.to_string());
        row.same("amount", record.clone(), transfer.clone());
        self.of(FindingKind::EitherRow, "usage_log", usage.id.to_string()).same("credits", transfer, record);
    }
}

#[cfg(test)]
mod tests {
    use super::{Charged, Said};

    #[test]
    fn a_record_that_fits_its_seal_is_believed_against_all_others() {
        let said = Said { transfer: 1, line: Some(1), record: Some(7), reckoned: Some(1) };
        assert_eq!(said.charged(Some(true)), Charged::Known(7));
        assert_eq!(said.charged(Some(false)), Charged::Known(1));
    }

    #[test]
    fn without_a_seal_the_odd_one_is_outvoted_and_two_against_two_are_a_dispute() {
        let said = Said { transfer: 1, line: Some(7), record: Some(7), reckoned: Some(7) };
        assert_eq!(said.charged(None), Charged::Known(7));
        assert_eq!(Said { transfer: 7, record: Some(1), ..said }.charged(None), Charged::Known(7));
        assert_eq!(
            Said { line: Some(1), ..said }.charged(None),
            Charged::Disputed { transfer: 1, record: 7 },
            "transfer and line against record and prices"
        );
        assert_eq!(Said { line: Some(1), reckoned: None, ..said }.charged(None), Charged::Known(1));
        let two = Said { transfer: 1, line: None, record: Some(7), reckoned: None };
        assert_eq!(two.charged(None), Charged::Disputed { transfer: 1, record: 7 });
        assert_eq!(Said { record: Some(1), ..two }.charged(None), Charged::Known(1));
    }
}
