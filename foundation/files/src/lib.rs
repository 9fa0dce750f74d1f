//! Uploaded files, kept on disk under the hash of what they contain.
//!
//! The same bytes are kept once; a name, a media type and a right to read belong to whoever refers
//! to the file. Nothing is ever overwritten.

use base::{Error, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where files are kept.
#[derive(Clone, Debug)]
pub struct Files {
    dir: PathBuf,
    /// Keeps a folder that is only lent.
    _lent: Option<Arc<Lent>>,
}

/// A folder that goes with the last who uses it.
#[derive(Debug)]
struct Lent(PathBuf);

impl Drop for Lent {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// A kept file as its owner refers to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// SHA-256 of the bytes, hexadecimal.
    pub hash: String,
    /// The name it was sent under.
    pub name: String,
    pub mime: String,
    /// Bytes.
    pub size: u64,
}

impl Files {
    /// Keeps files below `dir`, which is made when missing.
    ///
    /// # Errors
    /// A fault when the folder cannot be made.
    pub fn open(dir: &Path) -> Result<Self> {
        fs::create_dir_all(dir).map_err(|e| Error::fault(format!("{}: {e}", dir.display())))?;
        Ok(Self {
            dir: dir.to_owned(),
            _lent: None,
        })
    }

    /// Keeps files in a folder of their own that goes with the last clone: for trials and stories.
    ///
    /// # Errors
    /// A fault when the folder cannot be made.
    pub fn passing() -> Result<Self> {
        let dir = std::env::temp_dir().join(format!("harambee-files-{}", base::Uuid::new_v4()));
        let files = Self::open(&dir)?;
        Ok(Self {
            _lent: Some(Arc::new(Lent(dir))),
            ..files
        })
    }

    /// Keeps the bytes and answers how to refer to them; on disk when it returns.
    ///
    /// # Errors
    /// A fault when the disk refuses.
    pub fn keep(&self, name: &str, mime: &str, bytes: &[u8]) -> Result<Upload> {
        let hash = hex(&Sha256::digest(bytes));
        let path = self.path(&hash)?;
        if !path.exists() {
            self.write(&path, bytes)
                .map_err(|e| Error::fault(format!("{}: {e}", path.display())))?;
        }
        Ok(Upload {
            hash,
            name: name.to_owned(),
            mime: mime.to_owned(),
            size: bytes.len() as u64,
        })
    }

    /// Keeps a file that was written elsewhere, of any size; it is moved or copied, never held in
    /// memory.
    ///
    /// # Errors
    /// A fault when the disk refuses.
    pub fn keep_file(&self, name: &str, mime: &str, from: &Path) -> Result<Upload> {
        let fault = |e: std::io::Error| Error::fault(format!("{}: {e}", from.display()));
        let mut hasher = Hashing(Sha256::new());
        let mut file = fs::File::open(from).map_err(fault)?;
        let size = std::io::copy(&mut file, &mut hasher).map_err(fault)?;
        let hash = hex(&hasher.0.finalize());
        let path = self.path(&hash)?;
        if !path.exists() {
            let folder = path.parent().unwrap_or(&self.dir);
            let half = path.with_extension("half");
            let moved = fs::create_dir_all(folder)
                .and_then(|()| {
                    fs::rename(from, &half).or_else(|_| fs::copy(from, &half).map(|_| ()))
                })
                .and_then(|()| fs::File::open(&half)?.sync_all())
                .and_then(|()| fs::rename(&half, &path))
                .and_then(|()| fs::File::open(folder)?.sync_all());
            moved.map_err(fault)?;
        }
        Ok(Upload {
            hash,
            name: name.to_owned(),
            mime: mime.to_owned(),
            size,
        })
    }

    /// A kept file to read from, and its size.
    ///
    /// # Errors
    /// Missing when nothing is kept under the hash.
    pub fn open_kept(&self, hash: &str) -> Result<(fs::File, u64)> {
        let file = fs::File::open(self.path(hash)?).map_err(|_| Error::Missing)?;
        let size = file.metadata().map_err(Error::fault)?.len();
        Ok((file, size))
    }

    /// The bytes kept under a hash.
    ///
    /// # Errors
    /// Missing when nothing is kept under it.
    pub fn read(&self, hash: &str) -> Result<Vec<u8>> {
        fs::read(self.path(hash)?).map_err(|_| Error::Missing)
    }

    /// Whether something is kept under the hash.
    pub fn has(&self, hash: &str) -> bool {
        self.path(hash).is_ok_and(|path| path.exists())
    }

    fn path(&self, hash: &str) -> Result<PathBuf> {
        let good = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        let (head, tail) = hash.split_at_checked(2).ok_or(Error::Missing)?;
        if good {
            Ok(self.dir.join(head).join(tail))
        } else {
            Err(Error::Missing)
        }
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let folder = path.parent().unwrap_or(&self.dir);
        fs::create_dir_all(folder)?;
        let half = path.with_extension("half");
        let mut file = fs::File::create(&half)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&half, path)?;
        fs::File::open(folder)?.sync_all()
    }
}

/// A hash that is written to.
struct Hashing(Sha256);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
            let _ = write!(out, "{b:02x}");
            out
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passing_folder_goes_with_the_last_who_uses_it() {
        let files = Files::passing().unwrap();
        let other = files.clone();
        let kept = files.keep("a", "text/plain", b"a").unwrap();
        let dir = files.dir.clone();
        drop(files);
        assert_eq!(other.read(&kept.hash).unwrap(), b"a");
        drop(other);
        assert!(!dir.exists());
    }

    #[test]
    fn the_same_bytes_are_kept_once_and_come_back() {
        let files = Files::passing().unwrap();
        let dir = files.dir.clone();
        let a = files
            .keep("letter.pdf", "application/pdf", b"Dear Secretariat")
            .unwrap();
        let b = files
            .keep("copy.pdf", "application/pdf", b"Dear Secretariat")
            .unwrap();
        assert_eq!((a.hash.as_str(), a.size), (b.hash.as_str(), 16));
        assert_eq!(files.read(&a.hash).unwrap(), b"Dear Secretariat");
        assert!(matches!(
            files.read("../../etc/passwd"),
            Err(Error::Missing)
        ));
        assert!(matches!(files.read(&"0".repeat(64)), Err(Error::Missing)));
        let (other, again) = (dir.join("other"), dir.join("again"));
        fs::write(&other, b"One line").unwrap();
        fs::write(&again, b"Dear Secretariat").unwrap();
        let c = files.keep_file("line.txt", "text/plain", &other).unwrap();
        assert_eq!(files.open_kept(&c.hash).unwrap().1, 8);
        let d = files.keep_file("again", "text/plain", &again).unwrap();
        assert_eq!(
            (&d.hash, files.read(&c.hash).unwrap()),
            (&a.hash, b"One line".to_vec())
        );
        fs::remove_dir_all(dir).unwrap();
    }
}
