//! Running programs, and saying so.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// What every part of this program returns: a sentence for a person where it went wrong.
pub type Result<T = ()> = std::result::Result<T, String>;

/// Tells the person at the terminal what happens next.
pub fn say(text: &str) {
    println!("==> {text}");
}

/// The folder of the project.
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let here = PathBuf::from(here);
    here.parent().map_or_else(|| here.clone(), Path::to_path_buf)
}

/// The folder for what builds leave behind, `CARGO_TARGET_DIR` included.
pub fn target() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// A program to be run in the project's folder, without standard input.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).stdin(Stdio::null());
    command
}

/// The cargo that runs this program, with arguments separated by blanks.
pub fn cargo(arguments: &str) -> Command {
    let mut command = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments.split_whitespace());
    command
}

/// The command as a person would type it.
fn as_typed(command: &Command) -> String {
    let program =
        Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let arguments = command.get_args().map(OsStr::to_string_lossy);
    std::iter::once(program.into()).chain(arguments).collect::<Vec<_>>().join(" ")
}

/// Runs a command and shows its output. Fails when it can't be started or ends with anything but success.
pub fn run(command: &mut Command) -> Result {
    println!("    $ {}", as_typed(command));
    let status = command.status().map_err(|error| format!("`{}`: {error}", as_typed(command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", as_typed(command))) }
}

/// Runs a command and returns its standard output as text; its complaints are shown.
pub fn capture(command: &mut Command) -> Result<String> {
    println!("    $ {}", as_typed(command));
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("`{}`: {error}", as_typed(command)))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("`{}` failed ({})", as_typed(command), output.status))
    }
}

/// Asks a program something: its standard output as text, or `None` when it can't be started or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Seconds to a tenth below a minute, else minutes and seconds.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// True where no person watches and nothing may be left out: `CI=true`.
pub fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

/// Reads a text file of the project.
pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file.
pub fn write(path: &Path, contents: impl AsRef<[u8]>) -> Result {
    std::fs::write(path, contents).map_err(|error| format!("{}: {error}", path.display()))
}
