//! Files that earlier versions left, with data: this one opens them, keeps every row, and works on.

use igny8_tests::program::Home;
use rusqlite::Connection;
use rusqlite::types::Value;
use std::fs;
use std::path::Path;

/// Each kept file: the number of its schema, and what `sqlite3` dumps of it.
const KEPT: [(i64, &str); 1] = [(9, include_str!("v9.sql"))];
/// Tables whose rows move at every start: the balance at the month's turn, and the marks of the file itself.
const MOVING: [&str; 4] = ["account", "cap", "commit_mark", "setting"];

/// A table with its columns and all of its rows.
struct Table {
    name: String,
    columns: String,
    rows: Vec<Vec<Value>>,
}

fn tables(database: &Path) -> Vec<Table> {
    let conn = Connection::open(database).unwrap();
    let tables = "select t.name, group_concat(c.name) from sqlite_schema t, pragma_table_info(t.name) c
                  where t.type = 'table' and t.name not like 'sqlite_%' group by t.name";
    let mut statement = conn.prepare(tables).unwrap();
    let named = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    let found = statement.query_map([], named).unwrap().map(Result::unwrap);
    let found: Vec<_> = found.filter(|(name, _)| !MOVING.contains(&name.as_str())).collect();
    found.into_iter().map(|(name, columns)| Table { rows: rows(&conn, &name, &columns), name, columns }).collect()
}

fn rows(conn: &Connection, table: &str, columns: &str) -> Vec<Vec<Value>> {
    // Names of tables and columns cannot be bound; these are the file's own.
    let all = ["select ", columns, " from ", table].concat();
    let mut statement = conn.prepare(&all).unwrap();
    let width = statement.column_count();
    let rows = statement.query_map([], |row| (0..width).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>());
    rows.unwrap().map(Result::unwrap).collect()
}

fn schema(database: &Path) -> i64 {
    let newest = "select max(version) from refinery_schema_history";
    Connection::open(database).unwrap().query_row(newest, [], |row| row.get(0)).unwrap()
}

/// The newest number in `migrations/`.
fn newest() -> i64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let names = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let numbers = names.filter_map(|name| name.strip_prefix('V')?.split_once("__")?.0.parse().ok());
    numbers.max().expect("there are migrations")
}

#[test]
fn a_file_of_an_earlier_version_keeps_every_row_and_is_worked_on() {
    for (found, dump) in KEPT {
        let home = Home::default();
        fs::create_dir(home.data()).unwrap();
        Connection::open(home.database()).unwrap().execute_batch(dump).unwrap();
        let before = tables(&home.database());
        assert_eq!(schema(&home.database()), found, "what was kept");

        assert_eq!(home.json(&["site", "list"])["sites"][0]["name"], "Tea", "schema {found} opens");
        assert_eq!(schema(&home.database()), newest(), "schema {found} is brought up");
        let conn = Connection::open(home.database()).unwrap();
        for Table { name, columns, rows: old } in before.iter().filter(|table| table.name != "model") {
            let new = rows(&conn, name, columns);
            for row in old {
                assert!(new.contains(row), "schema {found}: {name} lost {row:?}");
            }
        }
        drop(conn);
        let copy = home.data().join(format!("backups/before-schema-{}.db", newest()));
        assert_eq!(schema(&copy), found, "the file as it was is kept beside it");
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "schema {found}: the books balance");
        let (kept, settled) = (
            home.books().number("select sum(used) from budget_month"),
            home.books().number("select sum(amount) from transfer where kind = 'settle'"),
        );
        assert!(settled > 0 && kept == settled, "schema {found}: months know what was used before them: {kept}");

        let proven = home.json(&["receipts", "export", "--format", "json"])["receipts"].clone();
        let fields = proven[0]["fields"].as_array().map_or(0, Vec::len);
        assert!(
            fields > 0 && proven[0]["fields"][0]["verdict"] == "as_sent",
            "schema {found}: what was proven: {proven}"
        );

        let file =
            home.file("more.csv", "keyword\nbest hiking boots\nhiking boots for women\nwaterproof hiking boots\n");
        home.json(&["keywords", "import", &file, "--site", "Tea"]);
        for command in ["cluster", "ideas"] {
            home.json(&[command, "--site", "Tea"]);
        }
        home.json(&["write", "--site", "Tea", "--limit", "1"]);
        home.json(&["images", "--site", "Tea"]);
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "schema {found}: and still do after more work");
        let of_before = before.iter().find(|table| table.name == "content").expect("articles were in it").rows.len();
        let articles = home.books().number("select count(*) from content");
        assert_eq!(articles, i64::try_from(of_before).unwrap() + 1, "schema {found}: an article more");
    }
}
