//! Who may depend on whom, read from `cargo metadata`: the headless core must build, test and ship without a window,
//! and the doors to the database and to the network must stay the only ones.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::tree;

/// A package of ours and the packages of ours it may build on, the whole list.
const ARROWS: [(&str, &[&str]); 11] = [
    ("igny8-core", &[]),
    ("igny8-store", &["igny8-core"]),
    ("igny8-providers", &["igny8-core"]),
    ("igny8-wordpress", &["igny8-core"]),
    ("igny8-engine", &["igny8-core", "igny8-store"]),
    ("igny8-app", &["igny8-core", "igny8-store", "igny8-engine", "igny8-providers", "igny8-wordpress"]),
    ("igny8", &["igny8-app"]),
    ("igny8-cli", &["igny8-app"]),
    ("igny8-testkit", &["igny8-core", "igny8-store"]),
    ("igny8-faultvfs", &[]),
    (
        "igny8-tests",
        &[
            "igny8-core",
            "igny8-store",
            "igny8-engine",
            "igny8-providers",
            "igny8-wordpress",
            "igny8-app",
            "igny8-testkit",
            "igny8-faultvfs",
        ],
    ),
];

/// Libraries that only some packages may use, and why. A trailing `*` stands for any ending. The tests package, which
/// looks at everything from outside, may use each of them.
const DOORS: [(&str, &[&str], &str); 13] = [
    ("rusqlite", &["igny8-store", "igny8-faultvfs"], "the database has one door"),
    ("refinery*", &["igny8-store"], "the database has one door"),
    ("reqwest", &["igny8-providers", "igny8-wordpress"], "the network has two doors"),
    ("genai", &["igny8-providers"], "a vendor's client hides behind our port"),
    ("tauri*", &["igny8"], "the shell alone knows the window"),
    ("specta", &["igny8-app", "igny8"], "types for the UI are made at its border"),
    ("specta-typescript", &["igny8"], "bindings are written by the shell"),
    ("keyring*", &["igny8-app"], "secrets are kept by the composition root"),
    ("secret-service", &["igny8-app"], "secrets are kept by the composition root"),
    ("clap", &["igny8-cli"], "arguments are the command line's business"),
    (
        "tokio*",
        &[
            "igny8-store",
            "igny8-providers",
            "igny8-wordpress",
            "igny8-engine",
            "igny8-app",
            "igny8",
            "igny8-cli",
            "igny8-testkit",
        ],
        "core computes; it does not wait",
    ),
    ("igny8-testkit", &[], "fakes never ship"),
    ("igny8-faultvfs", &[], "faults never ship, nor does the one unsafe crate"),
];

const TESTS: &str = "igny8-tests";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
pub struct Package {
    pub name: String,
    pub dependencies: Vec<Dependency>,
    features: serde_json::Map<String, serde_json::Value>,
}

#[derive(Deserialize)]
pub struct Dependency {
    pub name: String,
    /// The version asked for, as in `=1.2.3`; `*` for a path.
    pub req: String,
    /// `None` for what ships, else `dev` or `build`.
    kind: Option<String>,
    path: Option<PathBuf>,
}

/// The packages of this workspace.
pub fn workspace() -> &'static [Package] {
    static WORKSPACE: OnceLock<Vec<Package>> = OnceLock::new();
    WORKSPACE.get_or_init(|| {
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
            .current_dir(tree::root())
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice::<Metadata>(&output.stdout).expect("cargo metadata is JSON").packages
    })
}

fn refuse(breaks: Vec<String>, how_to_mend: &str) {
    assert!(breaks.is_empty(), "{how_to_mend}\n  {}\n", breaks.join("\n  "));
}

#[test]
fn every_package_has_its_place() {
    let mut ours: Vec<&str> = workspace().iter().map(|package| package.name.as_str()).collect();
    let mut placed: Vec<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    ours.sort_unstable();
    placed.sort_unstable();
    assert_eq!(ours, placed, "Say in ARROWS what a new package may know, and take out one that is gone.");
}

#[test]
fn packages_build_only_on_what_they_may_know() {
    let breaks = workspace().iter().flat_map(against_the_arrows).collect();
    refuse(
        breaks,
        "Turn the arrow round with a port in `igny8-core`, or move the code to a package that may know both.",
    );
}

/// The testing half may add the fakes, nothing else: a test that needs more belongs to the tests package.
fn against_the_arrows(package: &Package) -> Vec<String> {
    let allowed = ARROWS.iter().find(|(name, _)| *name == package.name).map_or(&[] as &[&str], |(_, allowed)| allowed);
    let ours = package.dependencies.iter().filter(|dependency| dependency.path.is_some());
    let wrong = ours.filter(|dependency| {
        let fakes_in_tests = dependency.name == "igny8-testkit" && dependency.kind.as_deref() == Some("dev");
        !fakes_in_tests && !allowed.contains(&dependency.name.as_str())
    });
    wrong.map(|dependency| format!("{} depends on {}", package.name, dependency.name)).collect()
}

#[test]
fn libraries_are_used_behind_their_door_only() {
    let breaks = workspace().iter().flat_map(past_a_door).collect();
    refuse(breaks, "Use the package that owns the library, through its functions or a port.");
}

/// What runs only in a package's own tests is its own business, except the window: a headless test must stay headless.
fn past_a_door(package: &Package) -> Vec<String> {
    if package.name == TESTS {
        return Vec::new();
    }
    let checked = package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind.as_deref() != Some("dev") || dependency.name.starts_with("tauri"));
    let wrong = checked.flat_map(|dependency| {
        let door = DOORS.iter().find(|(pattern, allowed, _)| {
            names(pattern, &dependency.name) && !allowed.contains(&package.name.as_str())
        });
        door.map(|(_, _, why)| format!("{} uses {}: {why}", package.name, dependency.name))
    });
    wrong.collect()
}

fn names(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
}

#[test]
fn versions_are_pinned() {
    let breaks = workspace().iter().flat_map(unpinned).collect();
    refuse(breaks, "Write the exact version, `=1.2.3`, in the root manifest's `[workspace.dependencies]`.");
}

fn unpinned(package: &Package) -> Vec<String> {
    let loose =
        package.dependencies.iter().filter(|dependency| dependency.path.is_none() && !dependency.req.starts_with('='));
    loose.map(|dependency| format!("{} asks for {} {}", package.name, dependency.name, dependency.req)).collect()
}

#[test]
fn packages_have_no_features() {
    let breaks =
        workspace().iter().filter(|package| !package.features.is_empty()).map(|package| package.name.clone()).collect();
    refuse(breaks, "Decide at run time: every feature doubles what must be tested.");
}

fn planted(name: &str, dependencies: &[(&str, Option<&str>, bool)]) -> Package {
    let dependency = |(name, kind, ours): &(&str, Option<&str>, bool)| Dependency {
        name: (*name).to_owned(),
        req: "^1".to_owned(),
        kind: kind.map(str::to_owned),
        path: ours.then(PathBuf::new),
    };
    Package {
        name: name.to_owned(),
        dependencies: dependencies.iter().map(dependency).collect(),
        features: serde_json::Map::new(),
    }
}

#[test]
fn planted_arrows_are_found() {
    let forbidden = [
        ("igny8-core", "igny8-store", None),
        ("igny8-engine", "igny8-providers", None),
        ("igny8-engine", "igny8-wordpress", Some("dev")),
        ("igny8-cli", "igny8-store", None),
        ("igny8", "igny8-core", None),
        ("igny8-engine", "igny8-testkit", None),
        ("igny8-new", "igny8-core", None),
    ];
    for (name, on, kind) in forbidden {
        assert_eq!(against_the_arrows(&planted(name, &[(on, kind, true)])).len(), 1, "{name} on {on}");
    }
    assert!(
        against_the_arrows(&planted("igny8-engine", &[("igny8-testkit", Some("dev"), true)])).is_empty(),
        "fakes in tests"
    );
    assert!(
        against_the_arrows(&planted("igny8-engine", &[("igny8-store", None, true)])).is_empty(),
        "an allowed arrow"
    );
}

#[test]
fn planted_libraries_past_their_door_are_found() {
    let forbidden = [
        ("igny8-core", "tokio", None),
        ("igny8-core", "rusqlite", None),
        ("igny8-core", "reqwest", None),
        ("igny8-engine", "rusqlite", None),
        ("igny8-engine", "specta", None),
        ("igny8-app", "reqwest", None),
        ("igny8-app", "tauri", None),
        ("igny8-app", "tauri-specta", Some("dev")),
        ("igny8-cli", "tauri-build", Some("build")),
        ("igny8-testkit", "refinery-core", None),
    ];
    for (name, on, kind) in forbidden {
        assert_eq!(past_a_door(&planted(name, &[(on, kind, false)])).len(), 1, "{name} uses {on}");
    }
    assert!(past_a_door(&planted("igny8-store", &[("rusqlite", None, false)])).is_empty(), "its own door");
    assert!(past_a_door(&planted(TESTS, &[("reqwest", None, false)])).is_empty(), "tests look from outside");
}

#[test]
fn planted_loose_versions_are_found() {
    assert_eq!(unpinned(&planted("igny8-core", &[("serde", None, false)])).len(), 1, "^1 is loose");
    assert!(unpinned(&planted("igny8-core", &[("igny8-store", None, true)])).is_empty(), "a path has no version");
}
