//! `site sync`, `site import-posts`, `site posts` and `site tidy`: what happens on a site without us, the posts it had before,
//! and what of ours is of no use there.

use super::sectors;
use super::sites::find;
use crate::conflict_text;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::{Output, counted, table};
use igny8_app::commands::{following, sites};
use igny8_app::dto::site::{SiteKind, SiteView};
use igny8_app::{Fault, Igny8};
use serde_json::json;

/// Looks at one site, or at all that are WordPress. One that does not answer keeps no other waiting.
pub async fn sync(app: &Igny8, site: Option<String>, out: Output) -> Result<(), Failure> {
    let chosen = match site {
        Some(site) => vec![find(app, &site).await?],
        None => sites::sites(app).await?.into_iter().filter(|site| site.kind == SiteKind::Wordpress).collect(),
    };
    let (mut synced, mut failure) = (Vec::new(), None);
    for SiteView { id, name, .. } in chosen {
        match following::site_sync(app, &id).await {
            Ok(one) => synced.push((id, name, one)),
            Err(fault) => failure = failure.or(Some(fault)),
        }
    }
    let objects: Vec<_> =
        synced.iter().map(|(id, _, one)| json!({ "site": id, "looked": one.looked, "events": one.events })).collect();
    out.object(&json!({ "synced": objects }), |_| {
        let told = |(_, name, one): &(String, String, igny8_app::dto::conflict::SiteSynced)| {
            let head =
                format!("{name}: {} looked at, {} news.", counted(one.looked, "post", "posts"), one.events.len());
            let lines = one.events.iter().map(|event| format!("  {}", conflict_text::event(event)));
            std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")
        };
        synced.iter().map(told).collect::<Vec<_>>().join("\n")
    })?;
    failure.map_or(Ok(()), |fault| Err(fault.into()))
}

/// The posts that were taken in of a site.
pub async fn posts(app: &Igny8, site: &str, out: Output) -> Result<(), Failure> {
    let site = find(app, site).await?;
    let posts = following::site_posts_list(app, &site.id).await?;
    let listed = posts.iter().map(|post| {
        json!({ "id": post.id, "title": post.title, "url": post.url, "word_count": post.word_count,
            "published_at": post.published_at })
    });
    out.object(&json!({ "site": site.id, "posts": listed.collect::<Vec<_>>() }), |_| {
        if posts.is_empty() {
            return format!("No posts were taken in. 'site import-posts {}' takes in what the site has.", site.id);
        }
        let mut rows = vec![["Published", "Words", "Title", "Address"].map(str::to_owned).to_vec()];
        rows.extend(posts.iter().map(|post| {
            let day = post.published_at.get(..10).unwrap_or_default().to_owned();
            vec![day, post.word_count.to_string(), post.title.clone(), post.url.clone()]
        }));
        table(&rows)
    })
}

/// Takes away what of ours is of no use on a site.
pub async fn tidy(app: &Igny8, site: &str, out: Output) -> Result<(), Failure> {
    let site = find(app, site).await?;
    let tidied = following::site_tidy(app, &site.id).await?;
    out.object(&json!({ "site": site.id, "posts": tidied.posts, "media": tidied.media }), |_| {
        let (posts, media) = (tidied.posts as usize, tidied.media as usize);
        match posts + media {
            0 => "Nothing of ours is there that is of no use.".to_owned(),
            _ => format!("Took away {} and {}.", counted(posts, "draft", "drafts"), counted(media, "file", "files")),
        }
    })
}

/// Takes in what a site has published. Once an end is asked for, it ends after the page at hand.
pub async fn import_posts(
    app: &Igny8,
    (site, sector): (String, Option<String>),
    interrupt: &Interrupt,
    out: Output,
) -> Result<(), Failure> {
    let site = find(app, &site).await?;
    let sector = match (&sector, site.sectors.as_slice()) {
        (Some(sector), _) => sectors::of(&site, sector)?.id.clone(),
        (None, [only]) => only.id.clone(),
        (None, _) => return Err(Fault::InvalidField { field: "sector".to_owned(), rule: "required".to_owned() }.into()),
    };
    let hears = |done: u32, total: u32| {
        if total > 0 {
            out.say(&format!("{done} of {total}"));
        }
    };
    let taken = following::take_in_and_wait(app, &site.id, &sector, hears, || interrupt.has_come()).await?;
    let object = json!({
        "site": site.id, "added": taken.added, "updated": taken.updated, "unchanged": taken.unchanged,
        "is_whole": !taken.is_stopped,
    });
    out.object(&object, |_| {
        format!(
            "{} added, {} brought up to date, {} as they were.",
            counted(taken.added, "post", "posts"),
            taken.updated,
            taken.unchanged
        )
    })?;
    if taken.is_stopped { Err(Fault::Cancelled.into()) } else { Ok(()) }
}
