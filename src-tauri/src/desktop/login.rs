//! Start at login: an entry in the user's autostart folder, which every Linux desktop reads. What stands there is the
//! truth, so that the system's own settings and ours never disagree.

use super::words;
use igny8_app::Fault;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The entry's name, from the app's identifier.
const ENTRY: &str = "com.igny8.desktop.desktop";
/// What a start at login is told.
const IN_TRAY: &str = "--in-tray";

/// The entry of this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    file: PathBuf,
    command: String,
}

impl Login {
    /// The entry in a folder of settings for a program, which opens `data_dir` where it is not the user's own. Absent where
    /// the system has no such entries, and where a path cannot stand in one.
    #[must_use]
    pub fn new(settings: &Path, program: &Path, data_dir: Option<&Path>) -> Option<Self> {
        if !cfg!(target_os = "linux") {
            return None;
        }
        let mut command = format!("{} {IN_TRAY}", quoted(program)?);
        if let Some(dir) = data_dir {
            let dir = std::path::absolute(dir).ok()?;
            command = format!("{command} --data-dir {}", quoted(&dir)?);
        }
        Some(Self { file: settings.join("autostart").join(ENTRY), command })
    }

    /// Whether the entry is there and was not switched off by the system's own settings.
    #[must_use]
    pub fn is_on(&self) -> bool {
        let is_off = |line: &str| {
            let line = line.replace(' ', "").to_ascii_lowercase();
            line == "hidden=true" || line == "x-gnome-autostart-enabled=false"
        };
        std::fs::read_to_string(&self.file).is_ok_and(|entry| !entry.lines().any(is_off))
    }

    /// Writes the entry, or takes it away.
    ///
    /// # Errors
    /// [`Fault::Unusable`] with what the system said.
    pub fn set(&self, is_on: bool) -> Result<(), Fault> {
        let done = if is_on { self.write() } else { remove(&self.file) };
        done.map_err(|error| Fault::Unusable {
            path: self.file.display().to_string(),
            problem: match error.kind() {
                ErrorKind::PermissionDenied => "denied",
                ErrorKind::ReadOnlyFilesystem => "read_only",
                _ => "failed",
            }
            .to_owned(),
            note: error.to_string(),
        })
    }

    /// Whole or not at all: the desktop may read it at any time.
    fn write(&self) -> std::io::Result<()> {
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName={}\nComment={}\nExec={}\nIcon=igny8\nTerminal=false\n\
             StartupNotify=false\nX-GNOME-Autostart-enabled=true\n",
            words::NAME,
            words::LOGIN,
            self.command
        );
        let beside = self.file.with_extension("new");
        std::fs::write(&beside, entry)?;
        std::fs::rename(&beside, &self.file)
    }
}

fn remove(file: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// An argument as an entry wants it: in quotes, where four characters are escaped; the escape itself is escaped once more,
/// as in every text of such a file, and a percent sign would stand for a file.
fn quoted(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    if text.chars().any(char::is_control) {
        return None;
    }
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '\\' => quoted.push_str("\\\\\\\\"),
            '"' | '`' | '$' => quoted.extend(['\\', '\\', letter]),
            '%' => quoted.push_str("%%"),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    Some(quoted)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn the_entry_comes_and_goes_and_the_systems_own_switch_counts() {
        let folder = tempfile::tempdir().unwrap();
        let login = Login::new(folder.path(), Path::new("/opt/Igny 8/igny8"), None).unwrap();
        assert!(!login.is_on());
        login.set(true).unwrap();
        login.set(true).unwrap();
        assert!(login.is_on());
        let entry = std::fs::read_to_string(&login.file).unwrap();
        assert!(entry.contains("\nExec=\"/opt/Igny 8/igny8\" --in-tray\n"), "{entry}");
        let others = std::fs::read_dir(folder.path().join("autostart")).unwrap().count();
        assert_eq!(others, 1, "nothing is left beside it");

        std::fs::write(&login.file, entry.replace("enabled=true", "enabled=false")).unwrap();
        assert!(!login.is_on(), "it was switched off elsewhere");
        login.set(true).unwrap();
        assert!(login.is_on());
        login.set(false).unwrap();
        login.set(false).unwrap();
        assert!(!login.is_on());
    }

    #[test]
    fn a_folder_that_is_none_is_told() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("autostart"), "in the way").unwrap();
        let login = Login::new(folder.path(), Path::new("/igny8"), None).unwrap();
        assert!(matches!(login.set(true), Err(Fault::Unusable { .. })), "{:?}", login.set(true));
    }

    #[test]
    fn paths_are_quoted_as_the_desktop_reads_them() {
        let of = |text: &str| quoted(Path::new(text));
        assert_eq!(of("/a b/c"), Some("\"/a b/c\"".to_owned()));
        assert_eq!(of("/50%$\"`\\"), Some("\"/50%%\\\\$\\\\\"\\\\`\\\\\\\\\"".to_owned()));
        assert_eq!(of("/a\nb"), None, "it would be a line of its own");
        let login = Login::new(Path::new("/s"), Path::new("/p"), Some(Path::new("/d d"))).unwrap();
        assert_eq!(login.command, "\"/p\" --in-tray --data-dir \"/d d\"");
    }
}
