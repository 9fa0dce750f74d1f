//! A file being written: counted and hashed on the way, so that nothing is read twice.

use base::{Error, Result};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a file once.
pub struct Sink {
    file: BufWriter<File>,
    path: PathBuf,
    whole: Sha256,
    content: Option<Sha256>,
    bytes: u64,
}

/// A file that is written.
#[derive(Clone, Debug)]
pub struct Written {
    pub path: PathBuf,
    /// SHA-256 of all of it.
    pub hash: String,
    /// SHA-256 of what it says, without when it was said.
    pub content: String,
    pub bytes: i64,
}

impl Sink {
    /// A new file; until [`Sink::content_begins`] what is written counts as its stamp.
    ///
    /// # Errors
    /// A fault when it cannot be made.
    pub fn create(path: &Path) -> Result<Self> {
        let file =
            File::create(path).map_err(|e| Error::fault(format!("{}: {e}", path.display())))?;
        Ok(Self {
            file: BufWriter::with_capacity(1 << 16, file),
            path: path.to_owned(),
            whole: Sha256::new(),
            content: None,
            bytes: 0,
        })
    }
    /// From here on the file says something that does not change by being published again.
    pub fn content_begins(&mut self) {
        self.content.get_or_insert_with(Sha256::new);
    }
    /// Ends the file.
    ///
    /// # Errors
    /// A fault when the disk refuses.
    pub fn finish(mut self) -> Result<Written> {
        self.file.flush().map_err(Error::fault)?;
        Ok(Written {
            path: self.path,
            hash: hex(&self.whole.finalize()),
            content: hex(&self.content.unwrap_or_default().finalize()),
            bytes: i64::try_from(self.bytes).unwrap_or(i64::MAX),
        })
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        let (bytes, _) = bytes.split_at(written);
        self.whole.update(bytes);
        if let Some(content) = &mut self.content {
            content.update(bytes);
        }
        self.bytes += bytes.len() as u64;
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
            let _ = write!(out, "{b:02x}");
            out
        })
}
