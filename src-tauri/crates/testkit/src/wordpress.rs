//! A real WordPress for tests, on loopback: its own files, its own database, its own server, and nothing of it left
//! when the value is dropped. It needs PHP and the WordPress package that `tests/wordpress` installs, and says which
//! of them is missing; everything it does fails the test at once, with the reason.

mod editor;
mod server;
mod tree;

pub use editor::{EDITORS, edited};

use server::Server;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A running site with pretty permalinks and one administrator.
pub struct RealWordPress {
    /// Where it answers, without a slash at the end.
    pub base_url: String,
    /// Login name of the administrator.
    pub user: String,
    /// Application password of the administrator.
    pub app_password: String,
    // The server goes before the files it serves.
    server: Server,
    site: PathBuf,
    _folder: TempDir,
}

impl RealWordPress {
    /// Copies a fresh site, starts it on a free port and waits until it answers.
    #[must_use]
    pub fn start() -> Self {
        Self::start_below("")
    }

    /// The same of another version, one of [`EDITORS`].
    #[must_use]
    pub fn start_version(version: &str) -> Self {
        Self::start_at(version, "", None)
    }

    /// The same in a folder below an address whose other pages are not found; a path such as `/blog`, empty for none.
    #[must_use]
    pub fn start_below(path: &str) -> Self {
        Self::start_at(tree::VERSION, path, None)
    }

    /// The same behind another address, which is the only one that the site knows of itself. It leads to
    /// [`RealWordPress::address`].
    #[must_use]
    pub fn start_behind(origin: &str) -> Self {
        Self::start_at(tree::VERSION, "", Some(origin))
    }

    fn start_at(version: &str, path: &str, origin: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no folder for the site: {error}"));
        let root = folder.path().join("site");
        let site = root.join(path.trim_start_matches('/'));
        tree::copy_to(&site, version);
        let log = folder.path().join("server.log");
        let known_as = |own: &str| format!("{}{path}", origin.unwrap_or(own));
        let server = Server::start(&root, path, &log, |own| configure(&site, &known_as(own)));
        let user = "admin".to_owned();
        let app_password = run(&site, "setup.php", &[&user, "administrator"], "");
        let base_url = known_as(&server.origin);
        Self { base_url, user, app_password, server, site, _folder: folder }
    }

    /// Where its server listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        let address = self.server.origin.trim_start_matches("http://");
        address.parse().unwrap_or_else(|error| panic!("{address}: {error}"))
    }

    /// The address of its REST interface.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("{}/wp-json/", self.base_url)
    }

    /// Makes a user with one of WordPress's roles (`editor`, `author`, `contributor`, `subscriber`) and returns an
    /// application password for it.
    #[must_use]
    pub fn create_user(&self, login: &str, role: &str) -> String {
        run(&self.site, "user.php", &[login, role], "")
    }

    /// Runs PHP inside the site, without an opening tag, and returns what it prints.
    #[must_use]
    pub fn eval_php(&self, code: &str) -> String {
        run(&self.site, "-", &[], code)
    }

    /// Adds PHP, without an opening tag, that the site loads with every request from now on.
    pub fn add_plugin(&self, name: &str, code: &str) {
        let file = self.site.join("wp-content/mu-plugins").join(format!("{name}.php"));
        write(&file, &format!("<?php\n{code}\n"));
    }

    /// Takes the pretty permalinks away, so that the REST interface is behind `index.php?rest_route=/` only.
    pub fn use_plain_permalinks(&self) {
        let code = "global $wp_rewrite; $wp_rewrite->set_permalink_structure(''); flush_rewrite_rules(false);";
        run(&self.site, "-", &[], code);
    }

    /// Puts the site under maintenance, as WordPress does to itself while it is updated.
    pub fn begin_maintenance(&self) {
        write(&self.site.join(".maintenance"), "<?php $upgrading = time();");
    }

    /// What the server wrote about errors so far.
    #[must_use]
    pub fn log(&self) -> String {
        self.server.log()
    }
}

/// Writes the configuration. Keys need to differ between sites, which the address already does.
fn configure(site: &Path, base_url: &str) {
    let template = tree::scripts().join("wp-config.php");
    let text = std::fs::read_to_string(&template).unwrap_or_else(|error| panic!("{}: {error}", template.display()));
    write(&site.join("wp-config.php"), &text.replace("{URL}", base_url).replace("{SALT}", base_url));
}

fn write(file: &Path, text: &str) {
    std::fs::write(file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}

/// Runs a script inside the site with arguments and standard input, and returns what it prints.
fn run(site: &Path, script: &str, arguments: &[&str], input: &str) -> String {
    let mut command = Command::new("php");
    command.arg(tree::scripts().join("run.php")).arg(site).arg(script).args(arguments);
    output_of(&mut command, input)
}

/// Runs a program to its end.
fn output_of(command: &mut Command, input: &str) -> String {
    let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.unwrap_or_else(|error| {
        let program = command.get_program().display();
        panic!("{program} does not start ({error}): install nodejs php-cli php-sqlite3 php-gd php-curl php-xml php-mbstring")
    });
    if let Some(mut pipe) = child.stdin.take() {
        // A script that reads nothing closes its end early, which is no failure.
        let _ = pipe.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().unwrap_or_else(|error| panic!("it did not end: {error}"));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "it failed: {complaint}\n{printed}");
    printed
}
