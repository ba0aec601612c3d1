//! The repository speaks of the product alone: it must build from any folder, on any machine, from any mirror.

use regex::Regex;

use crate::tree::{self, SourceFile, Violation};

/// Parents too common to say anything about the machine a file was written on.
const COMMON_PARENTS: [&str; 8] = ["/", "/home", "/tmp", "/opt", "/srv", "/usr", "/var", "/mnt"];

/// The home folder of nobody, for examples on the screen.
const EXAMPLE_HOME: &str = "/home/you/";

/// Paths of home folders anywhere, of this checkout and of the folder around it.
fn machine_path() -> Regex {
    let mut paths = vec![
        r"/home/\w+".to_owned(),
        ["/ro", "ot"].concat(),
        ["/Us", r"ers/\w+"].concat(),
        r"[A-Z]:\\Users\\".to_owned(),
    ];
    paths.push(regex::escape(&tree::root().to_string_lossy()));
    let parent = tree::root().parent().map(|parent| parent.to_string_lossy()).unwrap_or_default();
    if !parent.is_empty() && !COMMON_PARENTS.contains(&parent.as_ref()) {
        paths.push(regex::escape(&parent));
    }
    Regex::new(&format!(r"(^|[^A-Za-z0-9_./])({})(/|\b)", paths.join("|"))).expect("the pattern is valid")
}

/// Hosts that serve packages, and the line by which a lock file ties itself to one.
fn registry_host() -> Regex {
    Regex::new(r#"https?://(registry|index|static|files|deb|crates)\.[a-z]|"resolved":\s*"http"#)
        .expect("the pattern is valid")
}

#[test]
fn no_machine_path_and_no_registry_host() {
    let (machine, registry) = (machine_path(), registry_host());
    let rule = |file: &SourceFile| unportable(file, &machine, &registry);
    tree::enforce(rule, "Use a path relative to the file, and let each machine's own settings name its registry.");
}

fn unportable(file: &SourceFile, machine: &Regex, registry: &Regex) -> Vec<Violation> {
    let hits = |(line, text): (usize, &str)| {
        let path =
            machine.is_match(&text.replace(EXAMPLE_HOME, "")).then(|| file.violation(line, "a path of one machine"));
        let host = registry.is_match(text).then(|| file.violation(line, "a package registry's host"));
        path.into_iter().chain(host)
    };
    file.lines().flat_map(hits).collect()
}

#[test]
fn no_package_json_at_the_root() {
    tree::enforce(
        root_package,
        "Keep Node packages in `ui` and `tests`: the Tauri command line would take this one for the app's.",
    );
}

fn root_package(file: &SourceFile) -> Vec<Violation> {
    let at_root = matches!(file.path.as_str(), "package.json" | "package-lock.json");
    if at_root { vec![file.violation(1, "a Node package at the root")] } else { Vec::new() }
}

#[test]
fn planted_breaks_are_found() {
    let found =
        |text: &str| unportable(&SourceFile::planted("README.md", text), &machine_path(), &registry_host()).len();
    let here = format!("see {}/Cargo.toml", tree::root().display());
    let planted = [
        here.as_str(),
        concat!("cd /ho", "me/ada/igny8"),
        concat!("open('/ro", "ot/.cache')"),
        concat!("\"resolved\": \"https://regis", "try.example.org/a.tgz\""),
        concat!("http://de", "b.example.org/debian"),
    ];
    for text in planted {
        assert_eq!(found(text), 1, "{text}");
    }
    let allowed =
        ["import x from '../home/page'", "https://example.org/root/page", "<Route path=\"/home\">", "{root}/target"];
    for text in allowed {
        assert_eq!(found(text), 0, "{text}");
    }
    assert_eq!(root_package(&SourceFile::planted("package.json", "{}")).len(), 1, "at the root");
    assert!(root_package(&SourceFile::planted("ui/package.json", "{}")).is_empty(), "in its folder");
}
