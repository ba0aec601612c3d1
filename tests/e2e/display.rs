//! A screen of its own for one test: nothing on the developer's desktop moves, and a picture shows this window alone.

use std::fs::File;
use std::path::Path;
use std::process::Command;

use crate::Failure;
use crate::process::Process;

/// Width, height and colour depth; a laptop's screen, which the smallest layout must fit.
const SCREEN: &str = "1440x900x24";

/// An X server without a monitor, on a number of its own choice.
pub struct Display {
    name: String,
    _server: Process,
}

impl Display {
    /// # Errors
    /// When the server does not come up; its own words are in the log.
    pub fn start(log: File) -> Result<Self, Failure> {
        let arguments = ["Xvfb", "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"];
        let mut server = Process::start(&arguments, Vec::new(), log)?;
        let number = server.first_line()?;
        match number.parse::<u32>() {
            Ok(number) => Ok(Self { name: format!(":{number}"), _server: server }),
            Err(_) => Err(Failure::new(format!("Xvfb did not start ({number}); `make test` installs what it needs"))),
        }
    }

    /// As `DISPLAY` wants it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Writes a PNG of the whole screen. WebDriver's own screenshot is not used: it hangs on a server without a monitor.
    ///
    /// # Errors
    /// When ImageMagick is absent or cannot write the file.
    pub fn photograph(&self, file: &Path) -> Result<(), Failure> {
        let mut import = Command::new("import");
        let output = import.args(["-silent", "-window", "root"]).arg(file).env("DISPLAY", &self.name).output();
        let output = output.map_err(|error| Failure::new(format!("ImageMagick's import: {error}")))?;
        match output.status.success() {
            true => Ok(()),
            false => Err(Failure::new(format!("ImageMagick's import: {}", String::from_utf8_lossy(&output.stderr)))),
        }
    }
}
