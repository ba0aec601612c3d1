//! The clock of a site and what it does by it. WordPress publishes posts of the future when somebody visits, by tasks that a
//! visit starts; on a site that nobody visits, or that starts them otherwise, a post can be late. Asking for the page that
//! runs the tasks is what a visit would do.

use crate::answer::typed;
use crate::connection::Connection;
use igny8_core::port::SiteError;
use igny8_core::time::UtcMs;
use serde::Deserialize;
use url::Url;

/// The page that runs what is due. The bare parameter asks WordPress to see by itself whether another run is under way.
const CRON_PAGE: &str = "wp-cron.php?doing_wp_cron";

/// What is read of the index.
#[derive(Deserialize)]
struct Index {
    #[serde(default)]
    url: String,
}

/// What time it is there, by the date that its server puts on an answer; nothing where it puts none.
pub(crate) async fn clock(connection: &Connection) -> Result<Option<UtcMs>, SiteError> {
    Ok(look(connection).await?.1)
}

/// Has the site do what is due. How that went is seen at the posts, not at the answer, which a site may give before it is
/// done.
pub(crate) async fn nudge(connection: &Connection) -> Result<(), SiteError> {
    let (index, _) = look(connection).await?;
    let page = format!("{}/{CRON_PAGE}", connection.base().site_url(&index.url));
    let page = Url::parse(&page).map_err(|_| SiteError::BadReply)?;
    if connection.base().same_origin(&page) {
        connection.get_public(page).await?;
    }
    Ok(())
}

async fn look(connection: &Connection) -> Result<(Index, Option<UtcMs>), SiteError> {
    let (index, date) = connection.get_dated("", &[("_fields", "url".to_owned())]).await?;
    Ok((typed(index).ok_or(SiteError::NotWordPress)?, date))
}
