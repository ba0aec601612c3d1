//! One real language model through the whole pipeline. It is small enough to run anywhere and far too small for its work:
//! it breaks the form it is told to answer in, stops in mid-sentence, and says things no double would say. Nothing it
//! says may be taken for what it is not: each operation ends with a status that fits what was made, each token the model
//! counted is in the books once, and the books balance.
//!
//! What the model fails at is made by the built-in engine before the next function is asked of it, so that it does all.

use igny8_core::function::AiFunction;
use igny8_tests::books::Books;
use igny8_tests::program::Home;
use igny8_tests::vendor::furnish;
use serde::Deserialize;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// What the model is called in the catalogue.
const MODEL: &str = "smollm2-135m";
/// Most tokens of an answer: enough for a short one, and a long one is cut, which is one more thing to bear.
const OUTPUT_MAX: &str = "160";

/// The model behind an address. It ends with the test.
struct Model {
    server: Child,
    lines: Lines<BufReader<ChildStdout>>,
    port: u16,
}

/// What the model counted for one answer.
#[derive(Debug, Deserialize)]
struct Counted {
    status: u16,
    #[serde(default)]
    prompt_tokens: i64,
    #[serde(default)]
    completion_tokens: i64,
}

impl Model {
    /// `None` where it could not be installed, which is said.
    fn start() -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("llm");
        if let Ok(reason) = std::fs::read_to_string(folder.join("missing.txt")) {
            println!("skipped: the small language model cannot be had on this machine: {reason}");
            return None;
        }
        let weights = weights_in(&folder.join(".model"));
        let mut server = Command::new("node")
            .arg(folder.join("server.mjs"))
            .arg(weights)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts");
        let mut lines = BufReader::new(server.stdout.take().expect("it is piped")).lines();
        let port = lines.next().expect("it says its port").expect("in words").parse().expect("a port");
        Some(Self { server, lines, port })
    }

    /// Ends it; what it counted.
    fn end(mut self) -> Vec<Counted> {
        self.server.kill().expect("a program of ours can be ended");
        let lines = std::iter::from_fn(|| self.lines.next());
        lines.map(|line| serde_json::from_str(&line.expect("words")).expect("what it counted")).collect()
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        // It may have been ended.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn weights_in(folder: &Path) -> PathBuf {
    let entries = std::fs::read_dir(folder).expect("the model is not installed: make tests/llm/.model/.tried");
    let mut files = entries.map(|entry| entry.expect("an entry").path());
    files.find(|path| path.extension().is_some_and(|ext| ext == "gguf")).expect("weights")
}

#[test]
fn a_model_that_writes_nonsense_ends_with_honest_statuses_and_balanced_books() {
    let Some(model) = Model::start() else { return };
    let home = home_of(&model);
    for command in ["cluster", "ideas", "write", "images"] {
        ask_for(&home, command);
    }
    let counted = model.end();
    let books = home.books();
    report(&books, &counted);
    assert_tokens_are_booked(&books, &counted);
    assert_statuses_are_honest(&books);
    assert_eq!(books.open_holds(), 0, "nothing is held any more");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}

/// A home in which the model writes, pictures are the built-in engine's, and keywords wait.
fn home_of(model: &Model) -> Home {
    let home = Home::default();
    let url = format!("http://127.0.0.1:{}/v1", model.port);
    home.json(&["models", "connect", "--name", "local", "--url", &url, "--dialect", "openai"]);
    let prices = ["--input", "0.0001", "--output", "0.0004", "--context", "4096", "--max-output", OUTPUT_MAX];
    home.json(&[&["models", "add", "--provider", "local", "--model", MODEL, "--type", "text"], &prices[..]].concat());
    furnish(&home);
    home
}

/// Asks the model, and then the built-in engine for what it left and for what it failed at.
fn ask_for(home: &Home, command: &str) {
    home.json(&["models", "use", MODEL]);
    let asked = home.run(&[command, "--site", "Tea", "--limit", "1"]);
    assert!(matches!(asked.code, 0 | 1), "{command} ends in order: {asked:?}");
    assert!(!asked.stderr.contains("panic"), "{command}: {}", asked.stderr);
    home.json(&["models", "use", "igny8-text-1"]);
    for command in [command, "retry"] {
        let built_in = home.run(&[command, "--site", "Tea"]);
        assert_eq!(built_in.code, 0, "{command}: {built_in:?}");
    }
}

/// Every answer's tokens stand in one usage row, as measured.
fn assert_tokens_are_booked(books: &Books, counted: &[Counted]) {
    let answers: Vec<&Counted> = counted.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(answers.len(), counted.len(), "no question was too long for it: {counted:?}");
    let mut expected: Vec<(i64, i64)> =
        answers.iter().map(|answer| (answer.prompt_tokens, answer.completion_tokens)).collect();
    let mut booked = books.rows(
        "select u.tokens_input + u.tokens_cached, u.tokens_output from usage_log u join model m on m.id = u.model_id
         where m.provider = 'local' and u.is_estimated = 0",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    );
    expected.sort_unstable();
    booked.sort_unstable();
    assert_eq!(booked, expected, "each answer once, in its own figures");
    let asked = books.rows(
        "select distinct o.function_name from operation o join model m on m.id = o.model_id where m.provider = 'local'
         order by 1",
        [],
        |row| row.get::<_, String>(0),
    );
    let mut texts: Vec<&str> =
        AiFunction::ALL.iter().map(|function| function.name()).filter(|name| *name != "generate_images").collect();
    texts.sort_unstable();
    assert_eq!(asked, texts, "every function of a text was asked of it");
}

/// No operation is open; what made nothing failed with a reason, and what it was charged for is there.
fn assert_statuses_are_honest(books: &Books) {
    let none = |sql: &str, what: &str| assert_eq!(books.number(sql), 0, "{what}");
    none("select count(*) from operation where status = 'pending'", "no operation is left open");
    none("select count(*) from operation where status = 'success' and results = 0", "success without a result");
    none("select count(*) from operation where status = 'error' and error_code = ''", "failure without a reason");
    none("select count(*) from operation where status = 'error' and credits > 0", "a charge for nothing");
    none(
        "select count(*) from usage_log u join operation o on o.id = u.operation_id
         where u.outcome <> 'settled' and u.credits > 0",
        "credits for what was not kept",
    );
    none("select count(*) from job where state in ('ready', 'leased')", "work that nobody does");
    none("select count(*) from task where status = 'queued'", "an article that is written or failed");
    none(
        "select count(*) from task t where t.status = 'completed'
         and not exists (select 1 from content c where c.task_id = t.id)",
        "a task without its article",
    );
    none("select count(*) from image where status = 'pending'", "a picture that nobody makes");
}

/// What happened, for whoever reads the log: the counts are not the same on every processor.
fn report(books: &Books, counted: &[Counted]) {
    let ended = books.rows(
        "select o.function_name, o.status, o.error_code from operation o join model m on m.id = o.model_id
         where m.provider = 'local' order by o.created_at, o.id",
        [],
        |row| Ok(format!("{} {} {}", row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)),
    );
    let tokens: i64 = counted.iter().map(|answer| answer.prompt_tokens + answer.completion_tokens).sum();
    println!("small model: {} answers, {tokens} tokens; {}", counted.len(), ended.join("; "));
}
