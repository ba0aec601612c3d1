//! Only `host` knows Tauri and the generated bindings: that is what lets every page be opened in a browser over the fake
//! host. The rest of who may import whom in the UI is held by the UI's own tests, where it can be read beside it.

use std::sync::OnceLock;

use regex::Regex;

use crate::tree::{self, SourceFile, Violation};

const SOURCES: &str = "ui/src/";

/// What an `import`, `export … from` or `import()` names.
fn imports(file: &SourceFile) -> Vec<(usize, String)> {
    static IMPORT: OnceLock<Regex> = OnceLock::new();
    let import = IMPORT.get_or_init(|| {
        Regex::new(r#"(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']"#).expect("the pattern is valid")
    });
    let line_of = |offset| file.text.get(..offset).unwrap_or_default().lines().count().max(1);
    import
        .captures_iter(&file.text)
        .filter_map(|hit| hit.get(1))
        .map(|name| (line_of(name.start()), name.as_str().to_owned()))
        .collect()
}

/// The path below `ui/src` of an imported file; `None` for a package and for what lies outside, as the tests' support does.
fn ours(file: &SourceFile, name: &str) -> Option<String> {
    if !name.starts_with('.') {
        return None;
    }
    let mut parts: Vec<&str> = file.path.strip_prefix(SOURCES)?.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[test]
fn only_the_host_knows_tauri_and_the_bindings() {
    tree::enforce(reaches_past_the_host, "Import it through `ui/src/host`, which has a fake twin for tests.");
}

fn reaches_past_the_host(file: &SourceFile) -> Vec<Violation> {
    let outside = file.is_typescript() && file.path.starts_with(SOURCES) && !file.path.starts_with("ui/src/host/");
    if !outside || file.path == "ui/src/bindings.ts" {
        return Vec::new();
    }
    let forbidden = |name: &str| {
        name.starts_with("@tauri-apps/")
            || ours(file, name).is_some_and(|path| path == "bindings" || path == "bindings.ts")
    };
    imports(file)
        .into_iter()
        .filter(|(_, name)| forbidden(name))
        .map(|(line, name)| file.violation(line, name))
        .collect()
}

#[test]
fn planted_reaches_past_the_host_are_found() {
    let found = |path: &str, text: &str| reaches_past_the_host(&SourceFile::planted(path, text)).len();
    for text in [
        "import { invoke } from '@tauri-apps/api/core';",
        "import type { SiteView } from '../../bindings';",
        "export * from \"../../bindings.ts\";",
        "const core = await import('@tauri-apps/api/core');",
        "import {\n  a,\n  b,\n} from '../../bindings';",
    ] {
        assert_eq!(found("ui/src/areas/planner/page.tsx", text), 1, "{text}");
    }
    assert_eq!(found("ui/src/host/tauri.ts", "import { commands } from '../bindings';"), 0, "the host may");
    assert_eq!(
        found("ui/src/areas/planner/page.tsx", "import { Table } from '../../kit/table';"),
        0,
        "kit is free to use"
    );
}

/// Commands that start work which is paid for.
const PAID_STARTS: [&str; 6] =
    ["operationStart", "pipelineStart", "pipelineResume", "operationResume", "promptTry", "modelTry"];

/// Whoever starts paid work has its price at hand, to show it on the button: a start beside no price is found.
fn starts_without_a_price(file: &SourceFile) -> Vec<Violation> {
    let shown = ["ui/src/areas/", "ui/src/parts/", "ui/src/frame/"].iter().any(|place| file.path.starts_with(place));
    if !shown || !file.is_typescript() || file.path.contains(".test.") {
        return Vec::new();
    }
    let is_price = |line: &str| line.starts_with("import ") && (line.contains("Price") || line.contains("Estimate"));
    let has_price = file.lines().any(|(_, line)| is_price(line));
    let starts = |line: &str| PAID_STARTS.iter().any(|name| line.contains(&format!("Act('{name}'")));
    let found = file.lines().filter(|(_, line)| !has_price && starts(line));
    found.map(|(line, text)| file.violation(line, text.trim())).collect()
}

#[test]
fn work_that_costs_is_started_where_its_price_is_known() {
    tree::enforce(starts_without_a_price, "Show what it costs before the click: `PricedButton` or `PriceTable`.");
    let starters = tree::files().iter().filter(|file| {
        !starts_without_a_price(&SourceFile::planted(&file.path, &file.text.replace("import ", "//import "))).is_empty()
    });
    assert!(starters.count() >= 5, "the places that start paid work are known");
}

#[test]
fn a_planted_start_without_a_price_is_found() {
    let found = |text: &str| starts_without_a_price(&SourceFile::planted("ui/src/areas/a/A.tsx", text)).len();
    let start = "const start = useKeyedAct('operationStart');";
    assert_eq!(found(start), 1);
    assert_eq!(found(&format!("import {{ PricedButton }} from '../../kit/PricedButton';\n{start}")), 0);
}
