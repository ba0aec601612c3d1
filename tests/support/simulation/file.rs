//! The data folder of one world and a stranger's connection to its database.
//!
//! Making the same plan again for every seed would take longer than playing it: it is made once, and each world starts
//! with a copy of the bytes. The folder is in memory where the system offers that (`/dev/shm`): the product syncs every
//! commit, and a seed is about the order of things, not about a disk. What a disk does is tested apart.
//!
//! The file has witnesses in it: triggers of ours that write down, in the very commit that stores a result, which answer
//! it came from, and which times articles and runs were ever given. They share nothing with the code under test, and a result that is stored and replaced again between two
//! looks is not missed.

use crate::world::models;
use igny8_core::automation::Automation;
use igny8_core::id::SiteId;
use igny8_core::model::Model;
use igny8_core::money::Credits;
use igny8_core::on_site::BodyForm;
use igny8_core::status::{ContentStructure, ContentType, DestinationKind, ImageFormat, Origin};
use igny8_core::time::UtcMs;
use igny8_store::table::content::{ContentText, NewContent};
use igny8_store::table::idea::NewIdea;
use igny8_store::table::keyword::NewKeyword;
use igny8_store::table::site::{NewSite, SiteFields};
use igny8_store::{Store, StoreError, Write};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::OnceLock;
use std::task::{Context, Poll, Waker};
use tempfile::TempDir;

/// Where a folder costs no disk.
const IN_MEMORY: &str = "/dev/shm";
/// When the plan was made; worlds start later.
const MADE: UtcMs = UtcMs(1_795_000_000_000);
/// Sites of a world.
const SITES: i64 = 2;

/// The triggers that see which answer a stored result came from.
const WITNESSES: &str = "
    create table witness (n integer primary key, mark text not null) strict;
    create trigger witness_cluster after insert on cluster begin insert into witness (mark) values (new.name); end;
    create trigger witness_idea after insert on idea begin insert into witness (mark) values (new.title); end;
    create trigger witness_article after insert on content_version
      begin insert into witness (mark) values (new.html); end;
    create trigger witness_slot after insert on image begin insert into witness (mark) values (new.prompt); end;
    create trigger witness_picture after update of media_hash on image when new.media_hash <> ''
      begin insert into witness (mark) values (new.width || 'x' || new.height); end;";

/// The triggers that see which times there ever were, whatever becomes of them: of articles, of articles that go out, and
/// on the wall.
const WITNESSES_OF_TIMES: &str = "
    create table witness_planned (content_id integer not null, at integer not null) strict;
    create trigger witness_planned after update of scheduled_publish_at on content when new.scheduled_publish_at > 0
      begin insert into witness_planned values (new.id, new.scheduled_publish_at); end;
    create table witness_begun (content_id integer not null, due integer not null, at integer not null) strict;
    create trigger witness_begun after update of delivery on content
      when old.delivery = 'scheduled' and new.delivery = 'publishing'
      begin insert into witness_begun values (new.id, old.scheduled_publish_at, new.updated_at); end;
    create table witness_removed (site_id integer not null) strict;
    create trigger witness_removed after update of removed_at on site when new.removed_at > 0
      begin insert into witness_removed values (new.id); end;
    create table witness_due (site_id integer not null, wall text not null, due_at integer not null, key blob not null) strict;
    create index witness_due_by_key on witness_due(key);
    create trigger witness_due after insert on occurrence
      begin insert into witness_due values (new.site_id, new.wall, new.due_at, new.key); end;";

/// The data folder of one world.
pub struct Folder {
    folder: TempDir,
}

impl Folder {
    /// A folder with a copy of the plan.
    pub fn new() -> Self {
        let folder = if Path::new(IN_MEMORY).is_dir() { tempfile::tempdir_in(IN_MEMORY) } else { tempfile::tempdir() };
        let folder = Self { folder: folder.expect("a temporary folder can be made") };
        std::fs::write(folder.database(), plan()).expect("a file can be written");
        std::fs::create_dir(folder.media()).expect("a folder can be made");
        folder
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("igny8.db")
    }

    /// The media folder.
    pub fn media(&self) -> PathBuf {
        self.folder.path().join("media")
    }

    /// Sets what the first month grants, as the product does: a setting without its seal is one that somebody slipped in.
    pub fn set_budget(&self, budget: Credits) {
        write(&self.database(), move |w| w.set_setting("monthly_budget", &budget.0.to_string()));
    }

    /// Chooses for the runs of a site.
    pub fn choose(&self, site: SiteId, chosen: &Automation) {
        let chosen = chosen.clone();
        write(&self.database(), move |w| w.set_automation(site, &chosen, MADE));
    }

    /// A stranger's connection: no authorizer, nothing is refused but by the schema.
    pub fn connection(&self) -> Connection {
        let connection = Connection::open(self.database()).expect("the file opens");
        connection.set_prepared_statement_cache_capacity(128);
        connection
    }
}

/// The bytes of a database with two sites and something waiting for every function.
fn plan() -> &'static [u8] {
    static PLAN: OnceLock<Vec<u8>> = OnceLock::new();
    PLAN.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("plan.db");
        fill(&path);
        let connection = Connection::open(&path).expect("the file opens");
        for witnesses in [WITNESSES, WITNESSES_OF_TIMES] {
            connection.execute_batch(witnesses).expect("witnesses can be planted");
        }
        // The last connection takes the log into the file, so that the file alone is the database.
        drop(connection);
        std::fs::read(&path).expect("the file can be read")
    })
}

fn fill(path: &Path) {
    write(path, |w| {
        for model in models(MADE) {
            // One item a call, so that a small plan is many calls.
            w.add_model(&Model { items_per_call: 1, ..model }, MADE)?;
        }
        w.set_setting("zone", "\"Europe/Berlin\"")?;
        (1..=SITES).try_for_each(|site| add_site(w, site))
    });
}

/// Opens a database, changes it, and closes it again.
fn write(path: &Path, change: impl FnMut(&mut Write<'_>) -> Result<(), StoreError> + Send + 'static) {
    let (store, mut writer, readers) = Store::open_stepped(path, None, 0).expect("the store opens");
    assert!(readers.is_empty(), "nobody reads yet");
    let mut written = pin!(store.write(change));
    let mut context = Context::from_waker(Waker::noop());
    loop {
        match written.as_mut().poll(&mut context) {
            Poll::Ready(done) => return done.expect("a plan can be stored"),
            Poll::Pending => drop(writer.step()),
        }
    }
}

/// A site with new keywords, clusters without ideas, tasks to write, and articles in every editorial state.
fn add_site(w: &mut Write<'_>, n: i64) -> Result<(), StoreError> {
    let site = w.site_add(
        &NewSite {
            kind: DestinationKind::WordPress,
            is_sample: false,
            fields: SiteFields {
                name: format!("Site {n}"),
                url: "https://press.example".to_owned(),
                user_name: "editor".to_owned(),
                language: "en".to_owned(),
                zone: "UTC".to_owned(),
                brand_color: "#2a6f4b".to_owned(),
                in_article_images: 1,
                image_format: ImageFormat::Png,
                body_form: BodyForm::Blocks,
                has_contents: false,
                goes_on_by_itself: true,
            },
        },
        MADE,
    )?;
    let sector = w.sector_add(site, "Tea", MADE)?;
    let keyword = |n| NewKeyword { text: format!("tea {n}"), key: format!("tea {n}"), ..NewKeyword::default() };
    w.keyword_add_batch(site, sector, &(0..4).map(keyword).collect::<Vec<_>>(), "", MADE)?;
    let mut clusters = Vec::new();
    for name in ["Teapots", "Brewing", "Water"] {
        clusters.push(w.cluster_add_or_join(site, sector, name, "", MADE)?.0);
    }
    let idea = |n| NewIdea {
        sector,
        cluster: clusters.last().copied(),
        title: format!("Planned {n}"),
        description: String::new(),
        keywords: Vec::new(),
        content_type: ContentType::Post,
        content_structure: ContentStructure::Article,
        word_count_target: 100,
    };
    let ideas = w.idea_add_batch(site, &(0..3).map(idea).collect::<Vec<_>>(), MADE)?;
    w.cluster_mark_mapped(&clusters[2..], MADE)?;
    w.idea_queue(&ideas, MADE)?;
    let mut articles = Vec::new();
    for place in 0..4 {
        let text = ContentText { title: format!("Draft {n} {place}"), ..blank() };
        let content_type = if place == 3 { ContentType::Page } else { ContentType::Post };
        let new = NewContent {
            site,
            sector,
            cluster: None,
            task: None,
            content_type,
            content_structure: ContentStructure::Article,
            text,
            origin: Origin::Person,
        };
        articles.push(w.content_add(&new, MADE)?);
    }
    w.content_send_to_review(&articles[1..], MADE)?;
    w.content_approve(&articles[2..], MADE)?;
    Ok(())
}

fn blank() -> ContentText {
    ContentText {
        title: String::new(),
        excerpt: String::new(),
        meta_title: String::new(),
        meta_description: String::new(),
        primary_keyword: String::new(),
        secondary_keywords: Vec::new(),
        tags: vec!["Tea".to_owned()],
        categories: Vec::new(),
        internal_links: Vec::new(),
        is_outline: false,
        html: "<h2>Part</h2><p>Text.</p>".to_owned(),
        word_count: 1,
    }
}
