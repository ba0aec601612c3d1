//! The demonstration on the command line: from nothing to published articles, nothing twice, and not a word to anybody.

use igny8_tests::program::Home;
use igny8_tests::tracer::Tracer;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// The reporting queries that the product answers, as its users know them.
const QUERIES: &str = include_str!("../../src-tauri/crates/store/src/report.sql");

/// Counts of which each must be above zero.
const MADE: [&str; 6] = ["keywords", "clusters", "ideas", "contents", "images", "receipts"];

/// One run serves all that is said of it: drawing every picture takes a while.
#[test]
fn the_demonstration_makes_everything_once_and_calls_nobody() {
    let home = Home::default();
    let first = demo_under_a_tracer(&home);
    for key in MADE {
        assert!(first[key].as_u64().is_some_and(|count| count > 0), "{key} were made: {first}");
    }
    let published = Path::new(first["published"].as_str().unwrap());
    assert!(published.starts_with(home.data().join("published")), "it is published in the data folder");
    assert_eq!(Some(articles_in(published)), first["receipts"].as_u64(), "each receipt is a page on the disk");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
    let credits: f64 = first["credits_used"].as_str().unwrap().parse().unwrap();
    let charged =
        home.books().number("select -sum(amount) from credit_transaction where transaction_type = 'deduction'");
    assert!((credits - charged as f64 / 1e6).abs() < 1e-9, "what is reported as used is what was charged");

    let (transfers, dump) = (home.books().number("select count(*) from transfer"), home.dump());
    let second = without_a_network(&home);
    assert_eq!(second, first, "a second run makes nothing");
    assert_eq!(home.books().number("select count(*) from transfer"), transfers, "and posts no transfer");
    assert_eq!(home.dump(), dump, "nothing at all has changed");
    assert_reports(&home);
    assert_every_model_has_a_price(&home);

    let of_others = home.data().join("published/kept.txt");
    std::fs::write(&of_others, "mine").unwrap();
    home.json(&["site", "remove", "Morning Cup"]);
    assert!(published.exists(), "the sample can be had back until the next start");
    home.json(&["site", "list"]);
    assert!(!published.exists() && of_others.exists(), "then what it published is gone, and nothing else");
}

/// Runs it while every attempt to reach somebody is written down; what reaches beyond its own sockets fails the test.
fn demo_under_a_tracer(home: &Home) -> serde_json::Value {
    let tracer = Tracer::at(home.path("calls.log"));
    let ran = home.run_under(&tracer.line(), &["--json", "demo"], "");
    let calls = tracer.calls();
    assert!(calls.outward.is_empty(), "somebody was called: {:?}", calls.outward);
    ran.json()
}

#[test]
fn the_tracer_sees_a_connection_when_there_is_one() {
    let home = Home::default();
    let tracer = Tracer::at(home.path("calls.log"));
    let line = [&tracer.line()[..], &["bash", "-c", "bash -c 'exec 3<>/dev/tcp/127.0.0.1/9'; true"]].concat();
    let line: Vec<&OsStr> = line.into_iter().map(OsStr::new).collect();
    home.output(&line, "");
    let calls = tracer.calls();
    assert!(calls.connects > 0 && calls.outward.len() == 1, "a child's connection to nowhere is seen: {calls:?}");
}

/// Runs it where there is no network at all, if this machine lets a process go there.
fn without_a_network(home: &Home) -> serde_json::Value {
    for outer in [&["unshare", "-n"][..], &["unshare", "-rn"]] {
        let trial: Vec<&OsStr> = outer.iter().chain(&["true"]).map(OsStr::new).collect();
        if home.output(&trial, "").code == 0 {
            return home.run_under(outer, &["--json", "demo"], "").json();
        }
    }
    eprintln!("This machine allows no network namespace: the second run had the network, the first was traced.");
    home.json(&["demo"])
}

/// Posts that are public, by the file each folder has of itself.
fn articles_in(folder: &Path) -> u64 {
    let mut found = 0;
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found += articles_in(&path);
        }
        if path.file_name().is_some_and(|name| name == "post.json") {
            let state = fs::read_to_string(&path).expect("it can be read");
            found += u64::from(state.contains("\"publish\""));
        }
    }
    found
}

/// The queries word for word through the program strangers use, and the same answers from the product.
fn assert_reports(home: &Home) {
    let queries: Vec<&str> = QUERIES.split("\n\n").map(str::trim).filter(|text| text.starts_with("SELECT")).collect();
    assert_eq!(queries.len(), 5, "five queries");
    let answers: Vec<String> = queries.iter().map(|query| home.sqlite(query).stdout).collect();
    for (query, answer) in queries.iter().zip(&answers) {
        assert!(!answer.trim().is_empty(), "rows come back: {query}");
    }
    assert!(answers[0].lines().count() >= 2, "both models are active: {}", answers[0]);
    assert!(answers[1].starts_with("generate_images|"), "{}", answers[1]);
    assert!(answers[2].starts_with("image_generation|"), "{}", answers[2]);
    assert!(answers[3].starts_with("ai_image_success|"), "{}", answers[3]);
    assert!(answers[4].contains("image_generation|"), "{}", answers[4]);

    let reports = home.json(&["report"]);
    for (place, answer) in answers.iter().enumerate() {
        let rows = reports["reports"][place]["rows"].as_array().expect("a list of rows");
        assert_eq!(rows.len(), answer.lines().count(), "the product answers the same: {}", queries[place]);
    }
}

/// Prices by the catalogue's own figures: what each function would cost with each model that can do it.
fn assert_every_model_has_a_price(home: &Home) {
    use igny8_core::function::AiFunction;
    use igny8_core::status::ModelType;
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = igny8_store::Store::open_read_only(&home.database()).unwrap();
    let models = runtime.block_on(store.read(|r| r.models())).unwrap();
    let mut priced = 0;
    for function in AiFunction::ALL {
        for model in models.iter().filter(|model| model.is_active && model.model_type == function.model_type()) {
            let charge = match model.model_type {
                ModelType::Text => model.worst_case_text(10_000, 20_000),
                ModelType::Image => model.one_image(),
            };
            let charge = charge.unwrap_or_else(|error| panic!("{function} by {}: {error}", model.model_name));
            assert!(charge.credits.0 > 0, "{function} by {} costs credits", model.model_name);
            priced += 1;
        }
    }
    assert!(priced >= AiFunction::ALL.len(), "every function has a model");
    let listed = home.json(&["models", "list"]);
    let listed = listed["models"].as_array().expect("a list");
    let active = |model: &&serde_json::Value| model["is_active"].as_bool() == Some(true);
    assert_eq!(listed.len(), models.len(), "the catalogue is listed");
    assert_eq!(listed.iter().filter(active).count(), models.iter().filter(|model| model.is_active).count());
    for name in ["dall-e-3", "dall-e-2", "gpt-image-1", "claude-3-opus"] {
        let old = listed.iter().find(|model| model["model_name"] == name).unwrap_or_else(|| panic!("no {name}"));
        let successor = listed.iter().find(|model| model["model_name"] == old["replaced_by"]).expect("a successor");
        assert_eq!((&old["is_active"], &successor["is_active"]), (&false.into(), &true.into()), "{name}");
    }
}
