//! The desktop program's own arguments.

use std::path::PathBuf;

/// What `--help` prints.
pub const HELP: &str = "\
Igny8 Desktop: keyword files in, illustrated and scheduled articles out, with every credit accounted for.

Usage: igny8 [--data-dir DIR] [--in-tray]

Options:
      --data-dir DIR  Data folder; the user's own by default
      --in-tray       Start without showing the window, where there is a tray
  -h, --help          Print help
  -V, --version       Print version

Without a display, 'igny8ctl' does what the window does.";

/// What `--version` prints.
pub const VERSION: &str = concat!("igny8 ", env!("CARGO_PKG_VERSION"));

/// What was asked for on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The window.
    Window(Options),
    /// A text, and no window.
    Text(&'static str),
}

/// How the window is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The data folder; the user's own when absent.
    pub data_dir: Option<PathBuf>,
    /// The window stays hidden at first, where there is a tray.
    pub in_tray: bool,
}

impl Asked {
    /// Reads the arguments after the program's name.
    ///
    /// # Errors
    /// The first argument that is not known, or an option without its value.
    pub fn from_args(args: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Options::default();
        let mut args = args;
        while let Some(argument) = args.next() {
            match (argument.as_str(), argument.split_once('=')) {
                ("--help" | "-h", _) => return Ok(Self::Text(HELP)),
                ("--version" | "-V", _) => return Ok(Self::Text(VERSION)),
                ("--in-tray", None) => options.in_tray = true,
                (_, Some(("--data-dir", dir))) => options.data_dir = Some(PathBuf::from(dir)),
                ("--data-dir", None) => match args.next() {
                    Some(dir) => options.data_dir = Some(PathBuf::from(dir)),
                    None => return Err(argument),
                },
                _ => return Err(argument),
            }
        }
        Ok(Self::Window(options))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Result<Asked, String> {
        Asked::from_args(args.iter().map(ToString::to_string))
    }

    #[test]
    fn the_data_folder_is_read_in_both_spellings() {
        let want = Asked::Window(Options { data_dir: Some(PathBuf::from("/x")), in_tray: false });
        assert_eq!(read(&["--data-dir", "/x"]), Ok(want.clone()));
        assert_eq!(read(&["--data-dir=/x"]), Ok(want));
        assert_eq!(read(&[]), Ok(Asked::Window(Options::default())));
        let hidden = Options { data_dir: Some(PathBuf::from("/x")), in_tray: true };
        assert_eq!(read(&["--in-tray", "--data-dir", "/x"]), Ok(Asked::Window(hidden)));
        assert_eq!(read(&["--data-dir"]), Err("--data-dir".to_owned()));
        assert_eq!(read(&["--help-me"]), Err("--help-me".to_owned()));
    }

    #[test]
    fn help_and_version_are_texts() {
        for (arguments, text) in [(["--help"], HELP), (["-h"], HELP), (["--version"], VERSION), (["-V"], VERSION)] {
            assert_eq!(read(&arguments), Ok(Asked::Text(text)), "{arguments:?}");
        }
    }
}
