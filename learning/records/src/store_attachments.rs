//! Every statement about attachments: which kept file holds the bytes of which digest.

use base::Result;
use db::{Tx, args};
use serde_json::Value;

/// A kept attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    pub sha2: String,
    /// What the files keep it under.
    pub file: String,
    pub mime: String,
    pub size: u64,
}

/// Notes where the bytes are.
pub(crate) fn note(tx: &mut Tx, files: &[File]) -> Result<()> {
    for file in files {
        let size = i64::try_from(file.size).unwrap_or(i64::MAX);
        tx.exec(
            "INSERT INTO record_attachment (sha2, file, mime, size) VALUES ($1, $2, $3, $4) \
             ON CONFLICT DO NOTHING",
            &args![&file.sha2, &file.file, &file.mime, size],
        )?;
    }
    Ok(())
}

/// The kept attachments of statements, each once.
pub(crate) fn of(tx: &mut Tx, statements: &[Value]) -> Result<Vec<File>> {
    let mut found: Vec<File> = Vec::new();
    for attachment in statements.iter().flat_map(crate::parts::attachments) {
        let sha2 = attachment["sha2"].as_str().unwrap_or("").to_lowercase();
        if found.iter().any(|file| file.sha2 == sha2) {
            continue;
        }
        let row = tx.row(
            "SELECT file, size FROM record_attachment WHERE sha2 = $1",
            &args![&sha2],
        )?;
        if let Some(row) = row {
            let mut read = row.read();
            found.push(File {
                sha2,
                file: read.text()?,
                mime: attachment["contentType"].as_str().unwrap_or("").to_owned(),
                size: u64::try_from(read.int()?).unwrap_or(0),
            });
        }
    }
    Ok(found)
}
