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
const PAID_STARTS: [&str; 7] =
    ["operationStart", "pipelineStart", "pipelineResume", "operationResume", "resumeAll", "promptTry", "modelTry"];
/// Hooks that give a component such a start, and under which name.
const PAID_HOOKS: [(&str, &str); 3] = [("usePaidWork", "start"), ("useGoOn", "goOn"), ("useResumeAll", "resume")];
/// Components that say what something costs, each with what it says it from.
const PRICES: [&str; 3] = [r"<PricedButton\b", r"<PriceTable estimate=\{", r"<StageTable estimate=\{"];

/// A function of a module: its name, its first line and its text, down to the bracket that ends it.
struct Function<'f> {
    name: &'f str,
    line: usize,
    text: &'f str,
}

fn functions(file: &SourceFile) -> Vec<Function<'_>> {
    let head = Regex::new(r"(?m)^(?:export )?(?:default )?(?:async )?function (\w+)").expect("the pattern is valid");
    let found = head.captures_iter(&file.text).filter_map(|found| {
        let (whole, name) = (found.get(0)?, found.get(1)?);
        let rest = file.text.get(whole.start()..)?;
        let end = rest.find("\n}\n").map_or(rest.len(), |end| end + 2);
        let line = file.text.get(..whole.start())?.lines().count() + 1;
        Some(Function { name: name.as_str(), line, text: rest.get(..end)? })
    });
    found.collect()
}

fn names(text: &str, pattern: &str) -> bool {
    Regex::new(pattern).expect("the pattern is valid").is_match(text)
}

/// Whether a function starts paid work by itself.
fn starts(text: &str) -> bool {
    PAID_STARTS.iter().any(|name| names(text, &format!(r#"['"]{name}['"]|\.{name}\("#)))
}

/// Whether a function takes the start of a hook, and not only what else it knows.
fn takes_a_start(text: &str) -> bool {
    PAID_HOOKS.iter().any(|(hook, start)| text.contains(&format!("{hook}(")) && names(text, &format!(r"\b{start}\b")))
}

/// Functions that render a price, by themselves or through a component of the same module.
fn price_tags<'f>(functions: &[Function<'f>]) -> Vec<&'f str> {
    let says = |text: &str| PRICES.iter().any(|price| names(text, price));
    let mut tags: Vec<&str> = functions.iter().filter(|of| says(of.text)).map(|of| of.name).collect();
    loop {
        let renders = |of: &&Function<'f>| tags.iter().any(|tag| names(of.text, &format!(r"<{tag}\b")));
        let more: Vec<&str> =
            functions.iter().filter(|of| !tags.contains(&of.name)).filter(renders).map(|of| of.name).collect();
        if more.is_empty() {
            return tags;
        }
        tags.extend(more);
    }
}

/// Whoever starts paid work shows its price: the component that has the start renders it. A hook that hands the start on
/// is known by name, so that its users are asked in its place.
fn starts_without_a_price(file: &SourceFile) -> Vec<Violation> {
    let shown = ["ui/src/areas/", "ui/src/parts/", "ui/src/frame/"].iter().any(|place| file.path.starts_with(place));
    if !shown || !file.is_typescript() || file.path.contains(".test.") {
        return Vec::new();
    }
    let functions = functions(file);
    let tags = price_tags(&functions);
    let is_known = |of: &Function<'_>| tags.contains(&of.name) || PAID_HOOKS.iter().any(|(hook, _)| *hook == of.name);
    let starters = functions.iter().filter(|of| starts(of.text) || takes_a_start(of.text));
    let mut found: Vec<Violation> =
        starters.filter(|of| !is_known(of)).map(|of| file.violation(of.line, of.name)).collect();
    if starts(&file.text) && !functions.iter().any(|of| starts(of.text)) {
        found.push(file.violation(1, "starts paid work outside of any function"));
    }
    if names(&file.text, r"\bprice=\{null\}") {
        found.push(file.violation(1, "a price that is never told"));
    }
    found
}

#[test]
fn work_that_costs_is_started_where_its_price_is_known() {
    tree::enforce(starts_without_a_price, "Show what it costs before the click: `PricedButton` or `PriceTable`.");
    let bindings = tree::files().iter().find(|file| file.path == "ui/src/bindings.ts").expect("there are bindings");
    for name in PAID_STARTS {
        assert!(names(&bindings.text, &format!(r"\b{name}: ")), "there is a command {name}");
    }
    // The same tree without its prices: each place that starts paid work is found.
    let unpriced = |file: &SourceFile| {
        let text = ["PricedButton", "PriceTable", "StageTable"]
            .iter()
            .fold(file.text.clone(), |text, price| text.replace(&format!("<{price}"), "<Button"));
        starts_without_a_price(&SourceFile::planted(&file.path, &text)).len()
    };
    let places: usize = tree::files().iter().map(unpriced).sum();
    assert!(places >= 9, "dialogs, buttons and trials are known: {places}");
}

#[test]
fn a_planted_start_without_a_price_is_found() {
    let found = |text: &str| starts_without_a_price(&SourceFile::planted("ui/src/areas/a/A.tsx", text)).len();
    let start = "const start = useKeyedAct('operationStart');";
    let of = |inside: &str, rendered: &str| format!("export function A() {{\n  {inside}\n  return {rendered};\n}}\n");
    let import = "import { PricedButton } from '../../kit/PricedButton';\nimport type { PriceHistory } from './b';\n";
    assert_eq!(found(&format!("{import}{}", of(start, "<Button onClick={start} />"))), 1, "imported and not rendered");
    assert_eq!(found(&of(start, "<PricedButton price={price} />")), 0);
    assert_eq!(found(&of(start, "<PricedButton price={null} />")), 1, "rendered without a price");
    let other = of("", "<PriceTable estimate={estimate} />").replace("function A", "function B");
    assert_eq!(found(&format!("{}{other}", of(start, "<Button />"))), 1, "another component of the module has it");
    assert_eq!(found(&format!("{}{other}", of(start, "<B />"))), 0, "which is rendered here");
    assert_eq!(found(&of("const { goOn } = useGoOn(what);", "<Button onClick={goOn} />")), 1, "through a hook");
    assert_eq!(found(&of("const { fault } = useGoOn(what);", "<p>{fault}</p>")), 0, "which may be asked for less");
    assert_eq!(found(&of("host.commands.promptTry(request);", "<Button />")), 1, "past the hooks");
    assert_eq!(found(&of("const price = useCommand('operationResumeEstimate', [id]);", "<p />")), 0, "asking is free");
}
