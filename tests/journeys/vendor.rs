//! A priced vendor over a real socket, through the app as it is put together for people: every function is done by it,
//! leaves its four records, and costs what the vendor bills.

use igny8_app::commands::headless::{self, Of};
use igny8_app::commands::{models, planner, sites, spending, workspace};
use igny8_app::dto::models::{KeyKept, ModelDraft, ProviderDraft};
use igny8_app::dto::site::{BodyFormView, PictureFormat, SiteDraft, SiteKind};
use igny8_app::dto::work::AiFunctionView;
use igny8_app::{Fault, Igny8, OpenOptions};
use igny8_core::function::AiFunction;
use igny8_engine::operation::Items;
use igny8_testkit::vendor::{IMAGE_MODEL, Reply, TEXT_MODEL, Vendor};
use igny8_tests::books::Books;
use igny8_tests::vendor::{CREDITS_PER_IMAGE, PRICES, PROVIDER, assert_books_have_the_bill, due, exact_vendor};
use tempfile::TempDir;

/// Micro-credits in a credit.
const CREDIT: i64 = 1_000_000;

/// An app over a folder of its own, with the vendor connected and its models chosen, and a site with keywords.
struct Desk {
    app: Igny8,
    site: String,
    folder: TempDir,
}

impl Desk {
    async fn with(vendor: &Vendor) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = open(&folder).await;
        let kept = models::provider_connect(&app, connected(vendor)).await.unwrap();
        assert_eq!(kept, KeyKept::None, "a vendor that takes everybody");
        for draft in drafts() {
            models::catalogue::model_add(&app, draft).await.unwrap();
        }
        let draft = SiteDraft {
            name: "Tea".to_owned(),
            kind: SiteKind::Folder,
            url: String::new(),
            user_name: String::new(),
            password: None,
            language: "en".to_owned(),
            zone: "UTC".to_owned(),
            brand_color: "#2a6f4b".to_owned(),
            in_article_images: 2,
            image_format: PictureFormat::Webp,
            body_form: BodyFormView::Blocks,
            has_contents: false,
            goes_on_by_itself: false,
            sectors: vec!["Leaves".to_owned()],
        };
        let site = sites::site_add(&app, draft).await.unwrap();
        let sector = sites::sites(&app).await.unwrap().remove(0).sectors.remove(0).id;
        let words =
            "green tea benefits\ngreen tea for sleep\nhow to brew green tea\nbest teapot\nbest cast iron teapot\n";
        planner::keywords_add(&app, &site, &sector, words).await.unwrap();
        app.start().await.expect("it starts");
        Self { app, site, folder }
    }

    /// Runs a function on all that waits, two articles at most.
    async fn run(&self, function: AiFunction) -> Result<igny8_core::id::OperationId, Fault> {
        let (of, limit) = match function {
            AiFunction::GenerateContent => (Of::WithIdeas, Some(2)),
            _ => (Of::Waiting, None),
        };
        let ended = headless::run_function(&self.app, function, &self.site, of, limit, std::future::pending()).await?;
        ended.unmade.map_or_else(|| Ok(ended.row.id.parse().unwrap()), Err)
    }

    fn books(&self) -> Books {
        Books::of(&self.folder.path().join("igny8.db"))
    }
}

async fn open(folder: &TempDir) -> Igny8 {
    Igny8::open(OpenOptions { data_dir: Some(folder.path().to_owned()) }).await.unwrap()
}

/// The vendor as it is connected, without a key.
fn connected(vendor: &Vendor) -> ProviderDraft {
    of(PROVIDER, &vendor.base_url(), None)
}

fn of(name: &str, url: &str, key: Option<&str>) -> ProviderDraft {
    let key = key.map(str::to_owned);
    ProviderDraft { name: name.to_owned(), url: url.to_owned(), key, ..ProviderDraft::default() }
}

/// The vendor's models at its ordinary tariff.
fn drafts() -> [ModelDraft; 2] {
    let [input, output, cached, cache_write, image] = PRICES.map(|price| Some(price.to_owned()));
    let text = ModelDraft {
        provider: PROVIDER.to_owned(),
        model_name: TEXT_MODEL.to_owned(),
        model_type: "text".to_owned(),
        cost_per_1k_input: input,
        cost_per_1k_output: output,
        cost_per_1k_cached_input: cached,
        cost_per_1k_cache_write: cache_write,
        is_default: true,
        ..ModelDraft::default()
    };
    let image = ModelDraft {
        provider: PROVIDER.to_owned(),
        model_name: IMAGE_MODEL.to_owned(),
        model_type: "image".to_owned(),
        cost_per_image: image,
        credits_per_image: Some(CREDITS_PER_IMAGE.to_string()),
        is_default: true,
        ..ModelDraft::default()
    };
    [text, image]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_function_leaves_its_four_records_and_costs_what_the_vendor_bills() {
    let vendor = exact_vendor(None);
    let desk = Desk::with(&vendor).await;
    for function in AiFunction::ALL {
        let before = due(&vendor).get(function).copied().unwrap_or_default();
        assert_eq!(before.calls, 0, "{function}: nobody was asked yet");
        let operation = desk.run(*function).await.unwrap();
        let (records, due) = (desk.books().records(operation), due(&vendor)[function]);
        let (credits, nano) = (i64::try_from(due.credits).unwrap() * CREDIT, i64::try_from(due.nano).unwrap());
        assert!(due.calls > 0 && due.nano > 0, "{function}: the vendor did it and bills it");

        let charged: Vec<&str> = records.transactions.iter().map(|line| line.transaction_type.as_str()).collect();
        assert_eq!(charged, vec!["deduction"; usize::try_from(due.calls).unwrap()], "{function}: the statement");
        let amount: i64 = records.transactions.iter().map(|line| line.amount).sum();
        assert_eq!(amount, -credits, "{function}: charged by what was consumed");
        let usage = (
            records.usage.iter().map(|row| row.credits).sum::<i64>(),
            records.usage.iter().map(|row| row.cost).sum::<i64>(),
        );
        assert_eq!(usage, (credits, nano), "{function}: the usage rows");
        assert!(records.usage.iter().all(|row| row.outcome == "settled" && row.has_call), "{function}: {records:?}");
        let task = (records.task.status.as_str(), records.task.phase.as_str(), records.task.credits, records.task.cost);
        assert_eq!(task, ("success", "DONE", credits, nano), "{function}: the task log");
        let notice = format!("{}_success", function.notification_stem());
        assert_eq!(records.notices, [(notice, "success".to_owned())], "{function}: one notice");
    }
    assert_books_have_the_bill(&desk.books(), &vendor);
    assert!(desk.app.audit().await.unwrap().is_ok(), "the books balance");
    assert_eq!(desk.books().open_holds(), 0, "and no hold is open");
    let estimated = desk.books().number("select count(*) from usage_log where is_estimated = 1");
    assert_eq!(estimated, 0, "nothing is estimated that the vendor says");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_none_costs_the_vendors_money_and_no_credits() {
    let vendor = exact_vendor(None);
    let desk = Desk::with(&vendor).await;
    let wallet = desk.books().wallet();
    for (calls, reply) in
        [Reply::Ends(Some("length")), Reply::Ends(Some("content_filter")), Reply::Declines].into_iter().enumerate()
    {
        vendor.then(reply.clone());
        desk.run(AiFunction::AutoCluster).await.unwrap_err();
        assert_eq!(vendor.bill().lines.len(), calls + 1, "{reply:?}: the vendor bills what it wrote");
        assert_books_have_the_bill(&desk.books(), &vendor);
        assert_eq!(desk.books().wallet(), wallet, "{reply:?}: nothing is charged for it, and nothing is held");
    }

    desk.run(AiFunction::AutoCluster).await.unwrap();
    assert_books_have_the_bill(&desk.books(), &vendor);
    assert!(desk.app.audit().await.unwrap().is_ok(), "the books balance");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_is_disconnected_is_not_asked_and_the_built_in_engine_goes_on() {
    let vendor = exact_vendor(None);
    let desk = Desk::with(&vendor).await;
    models::provider_remove(&desk.app, PROVIDER).await.unwrap();
    assert!(models::providers(&desk.app).await.unwrap().is_empty());
    desk.run(AiFunction::AutoCluster).await.unwrap();
    assert!(vendor.seen().is_empty(), "nobody was asked");
    let active = desk.books().number("select count(*) from model where provider = 'loopback' and is_active = 1");
    assert_eq!(active, 0, "its models cannot be chosen any more");
    for draft in drafts() {
        let refused = models::catalogue::model_add(&desk.app, draft.clone()).await.unwrap_err();
        assert_eq!(refused, Fault::NotFound { what: "vendor".to_owned() });
        let priced = ModelDraft { is_default: false, ..draft };
        models::catalogue::model_add(&desk.app, priced.clone()).await.expect("a price is not a call");
        let unknown = ModelDraft { model_name: "nobody-knows-it".to_owned(), ..priced };
        let refused = models::catalogue::model_add(&desk.app, unknown).await.unwrap_err();
        assert_eq!(refused, Fault::NotFound { what: "vendor".to_owned() });
    }
    assert!(vendor.seen().is_empty(), "nor for another price");

    models::provider_connect(&desk.app, connected(&vendor)).await.unwrap();
    for draft in drafts() {
        models::catalogue::model_add(&desk.app, draft).await.unwrap();
    }
    desk.run(AiFunction::GenerateIdeas).await.unwrap();
    assert_eq!(vendor.seen().len(), 1, "connected again, it is asked without a new start");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connected_vendor_is_asked_after_the_next_start_too() {
    let vendor = exact_vendor(None);
    let desk = Desk::with(&vendor).await;
    desk.app.stop().await;
    let Desk { app, site, folder } = desk;
    drop(app);
    let desk = Desk { app: open(&folder).await, site, folder };
    desk.app.start().await.expect("it starts");
    desk.run(AiFunction::AutoCluster).await.unwrap();
    assert_eq!(vendor.seen().len(), 1);
    assert_books_have_the_bill(&desk.books(), &vendor);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_vendor_or_a_price_is_refused() {
    let vendor = exact_vendor(None);
    let desk = Desk::with(&vendor).await;
    let connected = models::providers(&desk.app).await.unwrap();
    let vendors: [(&str, &str, Option<&str>, &str, &str); 7] = [
        ("", "https://a.example", None, "name", "required"),
        ("two words", "https://a.example", None, "name", "format"),
        ("builtin", "https://a.example", None, "name", "taken"),
        ("a", "nonsense://", None, "url", "format"),
        ("a", "http://a.example/v1", None, "url", "unencrypted"),
        ("a", "https://a.example", Some("two\nlines"), "vendorKey", "format"),
        ("a", "https://a.example", Some("naïve"), "vendorKey", "format"),
    ];
    for (name, url, key, field, rule) in vendors {
        let refused = models::provider_connect(&desk.app, of(name, url, key)).await.unwrap_err();
        assert_eq!(refused, Fault::InvalidField { field: field.to_owned(), rule: rule.to_owned() }, "{name} {url}");
    }
    assert_eq!(models::providers(&desk.app).await.unwrap(), connected, "nothing is connected");

    let [text, image] = drafts();
    let price = |text: &str| Some(text.to_owned());
    let wrong = [
        (ModelDraft { model_type: "sound".to_owned(), ..text.clone() }, "modelType"),
        (ModelDraft { model_name: " ".to_owned(), ..text.clone() }, "modelName"),
        (ModelDraft { cost_per_1k_input: None, ..text.clone() }, "costPer1kInput"),
        (ModelDraft { cost_per_1k_output: None, ..text.clone() }, "costPer1kOutput"),
        (ModelDraft { cost_per_1k_output: price("cheap"), ..text.clone() }, "costPer1kOutput"),
        (ModelDraft { cost_per_1k_reasoning: price("-1"), ..text.clone() }, "costPer1kReasoning"),
        (ModelDraft { tokens_per_credit: Some(0), ..text.clone() }, "tokensPerCredit"),
        (ModelDraft { min_credits: price("-1"), ..text.clone() }, "minCredits"),
        (ModelDraft { max_output_tokens: Some(0), ..text }, "maxOutputTokens"),
        (ModelDraft { cost_per_image: None, ..image.clone() }, "costPerImage"),
        (ModelDraft { credits_per_image: None, ..image }, "creditsPerImage"),
    ];
    let before = desk.books().number("select count(*) from model");
    for (draft, wrong) in wrong {
        let refused = models::catalogue::model_add(&desk.app, draft.clone()).await.unwrap_err();
        let Fault::InvalidField { field, .. } = &refused else { panic!("{draft:?}: {refused:?}") };
        assert_eq!(field, wrong, "{draft:?}");
    }
    assert_eq!(desk.books().number("select count(*) from model"), before, "nothing is added");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_function_costs_more_than_its_estimate_says_at_most() {
    let vendor = exact_vendor(None);
    let desk = Desk::with(&vendor).await;
    let site: igny8_core::id::SiteId = desk.site.parse().unwrap();
    for function in AiFunction::ALL {
        if *function == AiFunction::GenerateContent {
            let now = desk.app.engine().clock().now();
            let queued = desk.app.engine().store().write(move |w| {
                let ideas: Vec<_> = w.new_ideas(site, 3)?.into_iter().map(|idea| idea.id).collect();
                w.idea_queue(&ideas, now)
            });
            queued.await.unwrap();
        }
        let told = desk.app.engine().estimate(*function, site, Items::Waiting).await.unwrap();
        let ended = headless::run_function(&desk.app, *function, &desk.site, Of::Waiting, None, std::future::pending())
            .await
            .unwrap();
        let records = desk.books().records(ended.row.id.parse().unwrap());
        let credits = records.task.credits;
        assert!(credits > 0 && credits <= told.credits_max.0, "{function}: {credits} of {told:?}");
        assert!(records.task.cost <= told.cost_max.0, "{function}: {} of {told:?}", records.task.cost);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_vendor_will_bill_for_ideas_is_about_what_was_forecast() {
    let vendor = exact_vendor(None);
    let desk = Desk::with(&vendor).await;
    let sample = workspace::sample_create(&desk.app).await.unwrap();
    let forecast = spending::pipeline_estimate(&desk.app, &sample).await.unwrap();
    let stage =
        forecast.stages.iter().find(|stage| stage.function == AiFunctionView::GenerateIdeas).expect("the stage");
    let desk = Desk { site: sample, ..desk };
    desk.run(AiFunction::AutoCluster).await.unwrap();
    let ideas = desk.run(AiFunction::GenerateIdeas).await.unwrap();
    let records = desk.books().records(ideas);
    let dollars = |text: &str| text.parse::<f64>().expect("an amount");
    let (least, most, billed) = (dollars(&stage.cost_min), dollars(&stage.cost_max), records.task.cost as f64 / 1e9);
    assert!(least <= billed && billed <= most, "{stage:?}: {billed} were billed");
    let charged = records.task.credits as f64 / CREDIT as f64;
    assert!(dollars(&stage.credits_min) <= charged && charged <= dollars(&stage.credits_max), "{stage:?}: {charged}");
}
