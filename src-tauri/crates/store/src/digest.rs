//! What a row says, in sixteen bytes. The ledger and its auditor both use this, and each says for itself what goes in: it
//! is arithmetic that neither can get wrong for the other.

use sha2::{Digest as _, Sha256};

/// Length of a digest.
pub(crate) const DIGEST_BYTES: usize = 16;

/// A digest in the making. Every part goes in with its length, so that no two rows read the same.
pub(crate) struct Digest(Sha256);

impl Digest {
    /// A digest of nothing yet: its first part says of what kind the rows are.
    pub(crate) fn new() -> Self {
        Self(Sha256::new())
    }

    /// A digest of rows of this kind.
    pub(crate) fn of(kind: &str) -> Self {
        Self::new().text(kind)
    }

    pub(crate) fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    pub(crate) fn number(self, number: i64) -> Self {
        self.bytes(&number.to_be_bytes())
    }

    pub(crate) fn finish(self) -> [u8; DIGEST_BYTES] {
        let whole: [u8; 32] = self.0.finalize().into();
        let mut digest = [0; DIGEST_BYTES];
        digest.iter_mut().zip(whole).for_each(|(here, there)| *here = there);
        digest
    }

    fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.0.update(bytes);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn it_tells_apart_what_reads_alike_in_one_line() {
        let of = |first: &str, second: &str| Digest::of("row").text(first).text(second).finish();
        assert_eq!(of("ab", "c"), of("ab", "c"));
        assert_ne!(of("ab", "c"), of("a", "bc"));
        assert_ne!(Digest::of("row").number(1).finish(), Digest::of("other").number(1).finish());
    }
}
