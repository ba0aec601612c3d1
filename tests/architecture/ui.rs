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
