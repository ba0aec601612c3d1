//! The desktop program's own arguments.

use std::path::PathBuf;

/// What was asked for on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The data folder; the user's own when absent.
    pub data_dir: Option<PathBuf>,
}

impl Options {
    /// Reads the arguments after the program's name.
    ///
    /// # Errors
    /// The first argument that is not known, or an option without its value.
    pub fn from_args(args: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        let mut args = args;
        while let Some(argument) = args.next() {
            match argument.split_once('=') {
                Some(("--data-dir", dir)) => options.data_dir = Some(PathBuf::from(dir)),
                _ if argument == "--data-dir" => match args.next() {
                    Some(dir) => options.data_dir = Some(PathBuf::from(dir)),
                    None => return Err(argument),
                },
                _ => return Err(argument),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Result<Options, String> {
        Options::from_args(args.iter().map(ToString::to_string))
    }

    #[test]
    fn the_data_folder_is_read_in_both_spellings() {
        let want = Options { data_dir: Some(PathBuf::from("/x")) };
        assert_eq!(read(&["--data-dir", "/x"]), Ok(want.clone()));
        assert_eq!(read(&["--data-dir=/x"]), Ok(want));
        assert_eq!(read(&[]), Ok(Options::default()));
        assert_eq!(read(&["--data-dir"]), Err("--data-dir".to_owned()));
        assert_eq!(read(&["--help-me"]), Err("--help-me".to_owned()));
    }
}
