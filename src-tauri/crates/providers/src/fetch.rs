//! The file of a picture that was made and paid for, fetched from where its vendor says it is, without the key: from the vendor
//! itself, or from a public place. What is lost on the way is fetched again, because nothing is ordered by that; a few
//! redirects are followed, as file hosts send them, and each place they name is judged like the first.

use crate::connection::Connection;
use crate::http::{self, Bounds, Exchange, Failure};
use crate::public::allows;
use igny8_core::hangup::Hangup;
use std::time::Duration;
use tokio::time::sleep;
use url::Url;

/// How often a file is fetched: a host that fails three times in a row is not only restarting.
const TRIES_MAX: u32 = 3;
/// Redirects from one place to the next. Browsers follow twenty; a file that is signed and then served from nearby takes two.
const REDIRECTS_MAX: u32 = 5;
/// Longest wait between two tries, whatever a host asks for: somebody waits for the picture.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// Why a file is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoFile {
    /// Nobody may be sent there, or what lies there is none.
    Refused,
    /// It may be there another time.
    Lost,
}

/// What came of one try.
enum Tried {
    File(Vec<u8>),
    Refused,
    /// How long its host asks to wait, in milliseconds.
    Lost(Option<u64>),
}

impl Connection {
    /// Fetches a file.
    pub(crate) async fn fetch(&self, url: &str) -> Result<Vec<u8>, NoFile> {
        let url = Url::parse(url).map_err(|_| NoFile::Refused)?;
        let mut wait = self.bounds.poll;
        for tries in 1.. {
            let asked = match self.fetched_once(url.clone()).await {
                Tried::File(bytes) => return Ok(bytes),
                Tried::Refused => return Err(NoFile::Refused),
                Tried::Lost(asked) => asked,
            };
            if tries >= TRIES_MAX {
                break;
            }
            sleep(asked.map_or(wait, Duration::from_millis).max(wait).min(WAIT_MAX)).await;
            wait = wait.saturating_mul(2);
        }
        Err(NoFile::Lost)
    }

    async fn fetched_once(&self, mut url: Url) -> Tried {
        // What is there already is sent at once; a model's patience is not for files.
        let bounds = Bounds { first_byte: self.bounds.idle.min(self.bounds.first_byte), ..self.bounds };
        let mut is_at_home = true;
        for _ in 0..=REDIRECTS_MAX {
            // Who was led away from the vendor is not led back: that might be a server of the user's own.
            is_at_home &= self.address.same_origin(&url);
            let client = match is_at_home {
                true => &self.client,
                false if allows(&url) => match self.public() {
                    Some(client) => client,
                    None => return Tried::Lost(None),
                },
                false => return Tried::Refused,
            };
            let Ok(request) = client.get(url.clone()).build() else { return Tried::Refused };
            let answer = http::exchange(client, request, &bounds, bounds.image_bytes_max, &Hangup::default()).await;
            let exchange = match answer {
                Ok(exchange) => exchange,
                Err(Failure::NotSent | Failure::Lost { .. }) => return Tried::Lost(None),
            };
            match next(&exchange, &url) {
                Some(place) => url = place,
                None => return tried(exchange),
            }
        }
        Tried::Refused
    }
}

/// Where a redirect leads.
fn next(exchange: &Exchange, from: &Url) -> Option<Url> {
    let is_redirect = matches!(exchange.status, 301 | 302 | 303 | 307 | 308);
    from.join(exchange.location().filter(|_| is_redirect)?).ok()
}

fn tried(exchange: Exchange) -> Tried {
    match exchange.status {
        200..300 if !exchange.is_overlong && !exchange.is_page() => Tried::File(exchange.into_body()),
        408 | 425 | 429 | 500.. => Tried::Lost(exchange.retry_after_ms()),
        _ => Tried::Refused,
    }
}
