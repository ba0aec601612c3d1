//! Certificate authorities of a site's own. A company's intranet is signed by one that no system knows; a person names it
//! for that one site, and everything else about a certificate stays checked.

use reqwest::Certificate;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

/// Longest text of authorities, in bytes: room for a whole chain, and far from any database of them.
const PEM_BYTES_MAX: usize = 65_536;

/// Authorities that are trusted beside the system's.
#[derive(Clone, Debug, Default)]
pub struct Authorities {
    all: Vec<Certificate>,
}

impl Authorities {
    /// Reads one or more certificates in PEM. Empty text has none.
    ///
    /// # Errors
    /// [`BadAuthority`] when other text has no certificate in it, has a broken one, or is too long.
    pub fn from_pem(text: &str) -> Result<Self, BadAuthority> {
        if text.len() > PEM_BYTES_MAX {
            return Err(BadAuthority);
        }
        let read = CertificateDer::pem_slice_iter(text.as_bytes()).map(|one| {
            let one = one.map_err(|_| BadAuthority)?;
            rustls::RootCertStore::empty().add(one.clone()).map_err(|_| BadAuthority)?;
            Certificate::from_der(&one).map_err(|_| BadAuthority)
        });
        let all = read.collect::<Result<Vec<_>, _>>()?;
        if all.is_empty() && !text.is_empty() {
            return Err(BadAuthority);
        }
        Ok(Self { all })
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = Certificate> {
        self.all.iter().cloned()
    }
}

/// The text is no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadAuthority;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_certificates_are_authorities() {
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        for text in ["nonsense", broken, key, &" ".repeat(PEM_BYTES_MAX + 1)] {
            assert_eq!(Authorities::from_pem(text).err(), Some(BadAuthority), "{text:.40}");
        }
        assert_eq!(Authorities::from_pem("").map(|none| none.all.len()).ok(), Some(0));
    }
}
