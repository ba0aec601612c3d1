//! One HTTP exchange with every bound kept: time to connect, to the first byte, between two pieces and in all, and how
//! many bytes an answer may have. It tells a request that never left from one whose answer was lost, which is the
//! difference between sending again and looking first.

use crate::permits::permit;
use igny8_core::port::SiteError;
use igny8_core::port::diagnosis::TlsFault;
use reqwest::header::HeaderMap;
use reqwest::{Client, Request, Response};
use rustls::CertificateError;
use std::error::Error;
use std::io;
use std::time::Duration;
use tokio::time::timeout;
use url::Url;

/// How long each phase of an exchange may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phases {
    pub(crate) first_byte: Duration,
    pub(crate) idle: Duration,
    pub(crate) total: Duration,
}

/// What happens to an answer longer than the cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overlong {
    /// The exchange fails.
    Refuse,
    /// The beginning is used.
    Cut,
}

/// Status, headers and a body that was read to its end.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// Sends once and reads the whole answer, which may have `body_bytes_max` bytes after decompression.
///
/// # Errors
/// `Unreachable` and `Tls` when nothing was sent, `Unknown` when it was and no complete answer came, `BadReply` when
/// the answer is longer than allowed.
pub(crate) async fn exchange(
    client: &Client,
    request: Request,
    phases: Phases,
    body_bytes_max: usize,
    overlong: Overlong,
) -> Result<Exchange, SiteError> {
    // Waiting for one's turn is no waiting for the site: no bound runs meanwhile.
    let _permit = permit(request.url()).await;
    let whole = async {
        let response = timeout(phases.first_byte, client.execute(request)).await;
        let response = response.map_err(|_| SiteError::Unknown)?.map_err(|error| not_answered(&error))?;
        read(response, phases.idle, body_bytes_max, overlong).await
    };
    timeout(phases.total, whole).await.unwrap_or(Err(SiteError::Unknown))
}

async fn read(
    mut response: Response,
    idle: Duration,
    body_bytes_max: usize,
    overlong: Overlong,
) -> Result<Exchange, SiteError> {
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let mut body = Vec::new();
    loop {
        let piece = timeout(idle, response.chunk()).await.map_err(|_| SiteError::Unknown)?;
        let Some(piece) = piece.map_err(|_| SiteError::Unknown)? else {
            return Ok(Exchange { status, headers, body });
        };
        let room = body_bytes_max.saturating_sub(body.len());
        if piece.len() > room {
            if overlong == Overlong::Refuse {
                return Err(SiteError::BadReply);
            }
            body.extend(piece.iter().take(room));
            return Ok(Exchange { status, headers, body });
        }
        body.extend_from_slice(&piece);
    }
}

/// What it means that no response came: a connection that was never made carried nothing; anything later may have.
fn not_answered(error: &reqwest::Error) -> SiteError {
    if chain(error).any(is_tls) {
        return SiteError::Tls;
    }
    if error.is_connect() || error.is_builder() { SiteError::Unreachable } else { SiteError::Unknown }
}

fn chain<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    let first: &'a (dyn Error + 'static) = error;
    std::iter::successors(Some(first), |error: &&'a (dyn Error + 'static)| {
        let error: &'a (dyn Error + 'static) = *error;
        // An I/O error made from another error hands out what that one was caused by, and not the error itself.
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
}

/// Why no secure connection was made, for who asks once more to know it; nothing where that is another reason than the
/// common ones.
pub(crate) async fn tls_fault(client: &Client, url: Url) -> Option<TlsFault> {
    let error = client.get(url).send().await.err()?;
    let reason = chain(&error).find_map(|error| error.downcast_ref::<rustls::Error>())?;
    match reason {
        rustls::Error::InvalidCertificate(certificate) => match certificate {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Some(TlsFault::Expired),
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Some(TlsFault::Name),
            CertificateError::UnknownIssuer => Some(TlsFault::Issuer),
            _ => None,
        },
        rustls::Error::InvalidMessage(_) => Some(TlsFault::Absent),
        _ => None,
    }
}

fn is_tls(error: &(dyn Error + 'static)) -> bool {
    error.is::<rustls::Error>()
}
