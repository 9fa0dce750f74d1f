//! Reading learning material as it comes: packages, books, sheets of items. Pure: bytes in, a document or refusals out.
