//! A data folder with an engine over it, whose surroundings the test owns: time, ids, models, and the site articles go
//! to. The store is the real one on a real file.

use crate::books::Books;
use igny8_core::function::AiFunction;
use igny8_core::id::{ModelId, OperationId, SectorId, SiteId};
use igny8_core::model::thinking::Thinking;
use igny8_core::model::{Model, Price};
use igny8_core::money::Credits;
use igny8_core::on_site::BodyForm;
use igny8_core::picture::Abilities;
use igny8_core::port::{Clock, Destination, SiteError};
use igny8_core::status::{DestinationKind, ImageFormat, ModelType, Trigger};
use igny8_core::time::UtcMs;
use igny8_engine::door::Door;
use igny8_engine::media::Media;
use igny8_engine::operation::Items;
use igny8_engine::{Destinations, Engine, EngineError, Ports};
use igny8_providers::builtin::{BuiltinImage, BuiltinText, IMAGE_MODEL, TEXT_MODEL};
use igny8_store::table::site::{NewSite, SiteFields, SiteRow};
use igny8_store::{Store, StoreError};
use igny8_testkit::clock::SteppedClock;
use igny8_testkit::destination::RememberedSite;
use igny8_testkit::ids::CountingIds;
use igny8_testkit::scripted::{Script, ScriptedImage, ScriptedText};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

/// Provider of the scripted models.
pub const PROVIDER: &str = "scripted";
/// Tokens one credit buys of the scripted text model.
pub const TOKENS_PER_CREDIT: i64 = 1_000;
/// What a token costs, in nano-dollars: 0.00015 dollars a thousand in, 0.0006 a thousand out.
pub const NANO_PER_TOKEN: (i64, i64) = (150, 600);
/// What a picture costs: micro-credits, and nano-dollars.
pub const PICTURE: (i64, i64) = (5_000_000, 40_000_000);

/// What the test owns of the outside. It outlives the engine, as the world does.
#[derive(Clone)]
pub struct Surroundings {
    pub clock: Arc<SteppedClock>,
    pub ids: Arc<CountingIds>,
    pub script: Arc<Script>,
    pub remote: Arc<RememberedSite>,
    folder: Arc<TempDir>,
}

/// An engine in its surroundings.
pub struct World {
    pub engine: Arc<Engine>,
    pub around: Surroundings,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self {
            clock: Arc::default(),
            ids: Arc::default(),
            script: Arc::default(),
            remote: Arc::default(),
            folder: Arc::new(tempfile::tempdir().expect("a temporary folder can be made")),
        }
    }
}

impl Surroundings {
    /// The data folder.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("igny8.db")
    }

    /// How many files stand in the media folder.
    pub fn media_files(&self) -> usize {
        std::fs::read_dir(self.media()).expect("the media folder can be read").count()
    }

    /// Where a picture's file stands.
    pub fn media_file(&self, hash: &str) -> PathBuf {
        self.media().join(hash)
    }

    fn media(&self) -> PathBuf {
        self.folder.path().join("media")
    }

    /// An engine over an open store, with the scripted models at its door.
    pub fn engine(&self, store: Store) -> Engine {
        let text = ScriptedText::new(Arc::clone(&self.script), Arc::new(BuiltinText::new()));
        let image = ScriptedImage::new(Arc::clone(&self.script), Arc::new(BuiltinImage::new()));
        let door = Door::new().with_text(PROVIDER, Arc::new(text)).with_image(PROVIDER, Arc::new(image));
        self.engine_at(store, door)
    }

    /// An engine over an open store, with what stands at this door.
    pub fn engine_at(&self, store: Store, door: Door) -> Engine {
        let media = Media::open(&self.media()).expect("a media folder can be made");
        let ports = Ports {
            clock: self.clock.clone(),
            ids: self.ids.clone(),
            offload: Arc::new(igny8_testkit::offload::InPlace),
            destinations: Arc::new(OneSite(Arc::clone(&self.remote))),
            door,
        };
        Engine::new(store, media, ports)
    }
}

impl World {
    /// A new folder with the scripted models in its catalogue, recovered and audited.
    pub async fn new() -> Self {
        Self::new_in(Surroundings::default()).await
    }

    /// As [`World::new`], in surroundings of the caller's.
    pub async fn new_in(around: Surroundings) -> Self {
        let world = Self::open(around);
        add_models(world.engine.store(), world.around.clock.now()).await;
        world.recover().await;
        world
    }

    /// An engine over the folder as it is, not yet recovered.
    pub fn open(around: Surroundings) -> Self {
        let store = Store::open(&around.database(), None).expect("the store opens");
        Self { engine: Arc::new(around.engine(store)), around }
    }

    /// Ends this process and starts the next one in the same folder.
    pub async fn restart(self) -> Self {
        let around = self.around.clone();
        drop(self);
        let world = Self::open(around);
        world.recover().await;
        world
    }

    /// The surroundings of a second world, with a copy of everything this one has made, and models that were asked
    /// nothing yet. It saves making the same plan again for each of many endings.
    pub fn fork(&self) -> Surroundings {
        let ids = Arc::new(self.around.ids.fork());
        let forked = Surroundings { ids, ..Surroundings::default() };
        forked.clock.set(self.around.clock.now());
        self.engine.store().backup_to(&forked.database()).expect("an open database can be copied");
        std::fs::create_dir(forked.media()).expect("a folder can be made");
        for file in std::fs::read_dir(self.around.media()).expect("the media folder can be read").flatten() {
            std::fs::copy(file.path(), forked.media().join(file.file_name())).expect("a file can be copied");
        }
        forked
    }

    /// What a start does first; the books must balance.
    pub async fn recover(&self) {
        let audit = self.engine.recover().await.expect("recovery goes through");
        assert!(audit.is_ok(), "the books balance after a start: {:?}", audit.findings);
        // Its sites are of those whose work goes on by itself.
        self.engine.go_on_by_itself().await.expect("work goes on");
    }

    /// The books as a stranger reads them.
    pub fn books(&self) -> Books {
        Books::of(&self.around.database())
    }

    /// The auditor must have nothing to say, and no hold may be open.
    pub async fn assert_books_closed(&self) {
        let audit = self.engine.audit_in_full().await.expect("the books can be read");
        assert!(audit.is_ok(), "the books balance: {:?}", audit.findings);
        assert_eq!(self.books().open_holds(), 0, "no hold is open once there is nothing left to do");
    }

    /// Takes every credit away: no budget, and the turn of the month.
    pub async fn empty_the_wallet(&self) {
        const MONTH_MS: i64 = 31 * 24 * 3_600_000;
        self.engine.set_budget(Credits::ZERO).await.expect("a budget of nothing is a budget");
        self.around.clock.advance_ms(MONTH_MS);
        self.engine.turn_month().await.expect("the month turns");
        assert_eq!(self.books().wallet(), (0, 0), "the wallet is empty");
    }

    /// A site with sectors.
    pub async fn add_site(&self, name: &str, sectors: &[&str]) -> (SiteId, Vec<SectorId>) {
        let now = self.around.clock.now();
        let site = NewSite { kind: DestinationKind::WordPress, is_sample: false, fields: fields(name) };
        let sectors: Vec<String> = sectors.iter().map(|&name| name.to_owned()).collect();
        let added = self.engine.store().write(move |w| {
            let site = w.site_add(&site, now)?;
            let sectors = sectors.iter().map(|name| w.sector_add(site, name, now)).collect::<Result<_, _>>()?;
            Ok::<_, StoreError>((site, sectors))
        });
        added.await.expect("a site can be added")
    }

    /// A site with one sector and a few keywords in it.
    pub async fn add_tea_site(&self) -> SiteId {
        let (site, sectors) = self.add_site("Tea garden", &["Tea"]).await;
        self.engine.add_keywords(TEA, site, sectors[0]).await.expect("keywords can be typed");
        site
    }

    /// Runs a function to its end.
    pub async fn run(&self, function: AiFunction, site: SiteId, items: Items) -> OperationId {
        let id = self.start(function, site, items).await.expect("the operation starts");
        self.engine.drain().await.expect("the queue drains");
        id
    }

    /// Takes a site all the way, with a runner for as long as that takes; under a cap, or under the run's own.
    pub async fn run_site(&self, site: SiteId, cap: Option<Credits>) -> Result<(), EngineError> {
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let ended = tokio::join!(self.engine.run(stopped), async {
            let ended = self.engine.run_pipeline(self.engine.new_client_key(), site, cap).await;
            stop.send_replace(true);
            ended
        });
        ended.1
    }

    /// Starts a function and leaves its units in the queue.
    pub async fn start(&self, function: AiFunction, site: SiteId, items: Items) -> Result<OperationId, EngineError> {
        self.engine.start_operation(self.engine.new_client_key(), function, site, items, Trigger::Manual).await
    }

    /// Adds credits by a command that was not sent before.
    pub async fn grant(&self, amount: Credits, memo: &str) -> Result<(), EngineError> {
        self.engine.grant_credits(self.engine.new_client_key(), amount, memo).await
    }

    /// Does all that comes before `function`, up to two articles, so that something waits for it.
    pub async fn prepare_for(&self, function: AiFunction, site: SiteId) {
        for before in AiFunction::ALL.iter().take_while(|before| **before != function) {
            self.run(*before, site, Items::Waiting).await;
            if *before == AiFunction::GenerateIdeas {
                self.queue_ideas(site, 2).await;
            }
        }
        self.around.script.forget();
    }

    /// Queues ideas for writing.
    pub async fn queue_ideas(&self, site: SiteId, limit: u32) {
        let now = self.around.clock.now();
        let queued = self.engine.store().write(move |w| {
            let ideas: Vec<_> = w.new_ideas(site, limit)?.into_iter().map(|idea| idea.id).collect();
            w.idea_queue(&ideas, now)
        });
        assert!(!queued.await.expect("ideas can be queued").is_empty(), "there are ideas");
    }
}

/// Keywords of two groups, one of them of informational and one of commercial intent.
const TEA: &str = "green tea benefits\ngreen tea for sleep\nhow to brew green tea\nbest teapot\nbest cast iron teapot\n\
                   teapot with infuser\n";

/// Adds the scripted models.
pub async fn add_models(store: &Store, now: UtcMs) {
    let added = store.write(move |w| {
        for model in models(now) {
            w.add_model(&model, now)?;
        }
        Ok::<_, StoreError>(())
    });
    added.await.expect("models can be added");
}

/// The scripted models. They bear the names that the real ones behind them answer to.
pub fn models(now: UtcMs) -> [Model; 2] {
    let price = |text| Price::parse(text).expect("a price");
    let text = Model {
        id: ModelId(0),
        provider: PROVIDER.to_owned(),
        model_name: TEXT_MODEL.to_owned(),
        display_name: "Scripted text".to_owned(),
        model_type: ModelType::Text,
        is_active: true,
        is_default: true,
        cost_per_1k_input: Some(price("0.00015")),
        cost_per_1k_output: Some(price("0.0006")),
        cost_per_1k_cached_input: None,
        cost_per_1k_cache_write: None,
        cost_per_1k_reasoning: None,
        cost_per_1k_image_input: None,
        cost_per_1k_image_output: None,
        cost_per_image: None,
        credits_per_image: None,
        tokens_per_credit: Some(TOKENS_PER_CREDIT),
        min_credits: Credits::whole(1),
        context_tokens: 1_000_000,
        max_output_tokens: 200_000,
        items_per_call: 2_000,
        retires_on: None,
        replaced_by: None,
        priced_at: now,
        picture: Abilities::default(),
        thinking: Thinking::default(),
        hours: Vec::new(),
        tiers: Vec::new(),
    };
    let image = Model {
        model_name: IMAGE_MODEL.to_owned(),
        display_name: "Scripted pictures".to_owned(),
        model_type: ModelType::Image,
        cost_per_1k_input: None,
        cost_per_1k_output: None,
        cost_per_image: Some(price("0.04")),
        credits_per_image: Some(Credits(PICTURE.0)),
        tokens_per_credit: None,
        min_credits: Credits::ZERO,
        ..text.clone()
    };
    [text, image]
}

fn fields(name: &str) -> SiteFields {
    fields_in(name, "UTC")
}

/// What a person says of a site in a zone.
pub fn fields_in(name: &str, zone: &str) -> SiteFields {
    SiteFields {
        name: name.to_owned(),
        url: "https://remembered.example".to_owned(),
        user_name: "editor".to_owned(),
        language: "en".to_owned(),
        zone: zone.to_owned(),
        brand_color: "#2a6f4b".to_owned(),
        in_article_images: 2,
        image_format: ImageFormat::WebP,
        body_form: BodyForm::Blocks,
        has_contents: false,
        goes_on_by_itself: true,
    }
}

/// Every site is the remembered one.
struct OneSite(Arc<RememberedSite>);

#[async_trait::async_trait]
impl Destinations for OneSite {
    fn address(&self, site: &SiteRow) -> String {
        site.url.clone()
    }

    async fn open(&self, _: &SiteRow) -> Result<Arc<dyn Destination>, SiteError> {
        Ok(Arc::clone(&self.0) as Arc<dyn Destination>)
    }
}
