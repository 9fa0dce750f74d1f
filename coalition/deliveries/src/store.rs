//! Every SQL statement of this room.

pub(crate) mod consignments;
pub(crate) mod discrepancies;
pub(crate) mod lines;
pub(crate) mod links;
pub(crate) mod receipts;
pub(crate) mod tallies;

use base::Result;
use db::{Reader, Val};
use files::Upload;

/// The ledgered tables of this room; links and tried files stand in no fact.
pub(crate) static TABLES: [&db::Table; 6] = [
    &consignments::CONSIGNMENT,
    &lines::CONSIGNMENT_LINE,
    &lines::ARRIVAL,
    &receipts::RECEIPT,
    &discrepancies::DISCREPANCY,
    &discrepancies::DISCREPANCY_STEP,
];

/// The four columns of a file that may be missing.
fn upload_args(upload: Option<&Upload>) -> [Val; 4] {
    let size = upload.map(|upload| i64::try_from(upload.size).unwrap_or(i64::MAX));
    db::args![
        upload.map(|upload| upload.hash.as_str()),
        upload.map(|upload| upload.name.as_str()),
        upload.map(|upload| upload.mime.as_str()),
        size
    ]
}

fn read_upload(r: &mut Reader<'_>) -> Result<Option<Upload>> {
    let (hash, name, mime, size) = (r.opt_text()?, r.opt_text()?, r.opt_text()?, r.opt_int()?);
    Ok(hash.map(|hash| Upload {
        hash,
        name: name.unwrap_or_default(),
        mime: mime.unwrap_or_default(),
        size: u64::try_from(size.unwrap_or(0)).unwrap_or(0),
    }))
}
