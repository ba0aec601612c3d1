//! The usage page's numbers beside the same records as a stranger sums them: by operation, model, site, article and day,
//! over two sites, two vendors of models, and work that went wrong.

use igny8_app::commands::usage::{content_cost, usage_articles, usage_summary};
use igny8_app::dto::list::{ListFilter, ListQuery};
use igny8_app::dto::usage::{UsagePeriod, UsageQuery, UsageSlice};
use igny8_app::{Igny8, OpenOptions};
use igny8_testkit::vendor::{Reply, Vendor};
use igny8_tests::books::Books;
use igny8_tests::hledger::micro;
use igny8_tests::program::Home;
use igny8_tests::vendor::{add_models, connect, exact_vendor, furnish};
use std::collections::BTreeMap;

/// Credits in millionths and cost in nano-dollars.
type Sums = BTreeMap<String, (i64, i64)>;

/// Work at two sites: one done by the vendor, lost and failed answers among it, the other by the built-in engine.
fn worked(vendor: &Vendor) -> Home {
    let mut home = Home::default();
    // The days of the page are the user's own.
    home.set("TZ", "UTC");
    connect(&home, vendor, "").json();
    add_models(&home);
    furnish(&home);
    vendor.then(Reply::Declines);
    assert_eq!(home.run(&["cluster", "--site", "Tea"]).code, 1, "declined");
    home.json(&["cluster", "--site", "Tea"]);
    vendor.then(Reply::Cut(0));
    home.json(&["ideas", "--site", "Tea"]);
    home.json(&["write", "--site", "Tea", "--limit", "2"]);
    home.json(&["images", "--site", "Tea"]);
    home.json(&["models", "use", "igny8-text-1"]);
    home.json(&["models", "use", "igny8-image-1"]);
    home.json(&["site", "add", "--name", "Cups", "--kind", "folder", "--sector", "Ware"]);
    let file = home.file("cups.csv", "keyword\nporcelain cup\nporcelain cup care\nbest travel mug\n");
    home.json(&["keywords", "import", &file, "--site", "Cups"]);
    home.json(&["cluster", "--site", "Cups"]);
    home.json(&["ideas", "--site", "Cups"]);
    home.json(&["write", "--site", "Cups", "--limit", "1"]);
    home
}

fn sums(books: &Books, sql: &str) -> Sums {
    books.rows(sql, [], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).into_iter().collect()
}

fn shown(slices: &[UsageSlice], name: impl Fn(&UsageSlice) -> String) -> Sums {
    let slices = slices.iter().map(|slice| (name(slice), (micro(&slice.figures.credits), nano(&slice.figures.cost))));
    slices.collect()
}

/// A decimal number of dollars in nano-dollars.
fn nano(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    assert!(part.len() <= 9, "no finer than a nano-dollar: {text}");
    format!("{whole}{part:0<9}").parse().unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

const BY_ARTICLE: &str = "
    select c.title, sum(u.credits), sum(u.cost_nano) from usage_log u join content c on c.id = case u.related_type
      when 'content' then u.related_id
      when 'task' then (select id from content where task_id = u.related_id)
      when 'image' then (select content_id from image where id = u.related_id) end
    group by c.id";

#[tokio::test(flavor = "multi_thread")]
async fn every_number_of_the_usage_page_is_the_sum_of_its_records() {
    let vendor = exact_vendor(None);
    let home = tokio::task::block_in_place(|| worked(&vendor));
    let (app, books) = (Igny8::open(OpenOptions { data_dir: Some(home.data()) }).await.unwrap(), home.books());
    let page = usage_summary(&app, UsageQuery { site_id: None, period: UsagePeriod::All }).await.unwrap();

    let by_operation = sums(&books, "select operation_type, sum(credits), sum(cost_nano) from usage_log group by 1");
    assert_eq!(by_operation.len(), 5, "every function was used");
    assert_eq!(shown(&page.by_operation, |slice| slice.key.clone()), by_operation, "by operation");
    let by_model = "select m.provider || '/' || m.display_name, sum(u.credits), sum(u.cost_nano) from usage_log u
                    join model m on m.id = u.model_id group by 1";
    let model = |slice: &UsageSlice| format!("{}/{}", slice.provider, slice.label);
    assert_eq!(shown(&page.by_model, model), sums(&books, by_model), "by model");
    let by_site = "select s.name, sum(u.credits), sum(u.cost_nano) from usage_log u
                   join site s on s.id = u.site_id group by 1";
    assert_eq!(shown(&page.by_site, |slice| slice.label.clone()), sums(&books, by_site), "by site");
    let by_article = sums(&books, BY_ARTICLE);
    assert_eq!(i64::try_from(by_article.len()).unwrap(), books.plan()["contents"], "every article cost something");
    assert!(by_article.len() > 1, "and there are several");
    assert_eq!(shown(&page.by_article, |slice| slice.label.clone()), by_article, "by article");
    let by_day = "select date(at / 1000, 'unixepoch'), sum(credits), sum(cost_nano) from usage_log group by 1";
    let days = page.series.iter().map(|day| (day.day.clone(), (micro(&day.figures.credits), nano(&day.figures.cost))));
    let days: Sums = days.filter(|(_, sum)| *sum != (0, 0)).collect();
    assert_eq!((page.zone.as_str(), days), ("UTC", sums(&books, by_day)), "by day");
    let whole =
        (books.number("select sum(credits) from usage_log"), books.number("select sum(cost_nano) from usage_log"));
    assert_eq!((micro(&page.totals.credits), nano(&page.totals.cost)), whole, "in all");
    assert!(whole.0 > 0 && whole.1 > 0, "something was consumed");

    // The same articles on their own page, and each on its own card.
    let query = ListQuery { filter: ListFilter::default(), sort: None, cursor: None, limit: 10 };
    let articles = usage_articles(&app, query).await.unwrap().rows;
    let listed: Sums = articles.iter().map(|row| (row.title.clone(), (micro(&row.credits), nano(&row.cost)))).collect();
    assert_eq!(listed, by_article, "the list of articles");
    for row in &articles {
        let card = content_cost(&app, &row.id).await.unwrap();
        let of_card = (micro(&card.figures.credits), nano(&card.figures.cost));
        assert_eq!(of_card, by_article[&row.title], "the card of {}", row.title);
        let parts = card.parts.iter().fold((0, 0), |(credits, cost), part| {
            (credits + micro(&part.figures.credits), cost + nano(&part.figures.cost))
        });
        assert_eq!(parts, of_card, "and its parts");
    }
}
