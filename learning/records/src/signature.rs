//! Signed statements: the attachment that signs is a JSON web signature of the statement itself.
//!
//! The signed text must say what the statement says. Where the signature names its certificates, it
//! is checked against the key of the first and each certificate against the next; whom to trust is
//! for the reader to decide. Where it names none, there is nothing to check it against: it is kept,
//! and told as unverified.

use crate::parts::{Part, SIGNATURE, attachments};
use crate::said::{Told, Turned};
use crate::shapes::time;
use data_encoding::{BASE64, BASE64URL_NOPAD};
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, RsaPublicKey};
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};
use x509_cert::Certificate;
use x509_cert::der::referenced::OwnedToRef;
use x509_cert::der::{Decode, Encode};

/// Certificates a signature may bring.
const CHAIN: usize = 10;
/// Bits a key has at least, as RFC 7518 asks.
const KEY_BITS: usize = 2_048;

/// How a statement is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Rs256,
    Rs384,
    Rs512,
}

impl Algorithm {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "RS384" => Some(Self::Rs384),
            "RS512" => Some(Self::Rs512),
            _ => None,
        }
    }
    /// How a certificate is signed, by the number of its way.
    fn of_certificate(oid: &str) -> Option<Self> {
        match oid {
            "1.2.840.113549.1.1.11" => Some(Self::Rs256),
            "1.2.840.113549.1.1.12" => Some(Self::Rs384),
            "1.2.840.113549.1.1.13" => Some(Self::Rs512),
            _ => None,
        }
    }
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
        }
    }
    fn holds(self, key: &RsaPublicKey, text: &[u8], mark: &[u8]) -> bool {
        let told = match self {
            Self::Rs256 => key.verify(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(text), mark),
            Self::Rs384 => key.verify(Pkcs1v15Sign::new::<Sha384>(), &Sha384::digest(text), mark),
            Self::Rs512 => key.verify(Pkcs1v15Sign::new::<Sha512>(), &Sha512::digest(text), mark),
        };
        told.is_ok()
    }
}

/// A signature that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature {
    /// The digest of the attachment that signs.
    pub sha2: String,
    pub algorithm: Algorithm,
    /// The digest of the certificate whose key made the signature; none when there was none to check
    /// it against.
    pub certificate: Option<String>,
}

/// Looks at every signature among the attachments of a statement.
pub(crate) fn check(statement: &Value, parts: &[Part]) -> Told<Vec<Signature>> {
    let mut all = Vec::new();
    let signing = attachments(statement)
        .into_iter()
        .filter(|attachment| attachment["usageType"] == SIGNATURE);
    for attachment in signing {
        if attachment["contentType"] != "application/octet-stream" {
            return Err(Turned::bad(
                "a signature's contentType must be application/octet-stream",
            ));
        }
        let sha2 = attachment["sha2"].as_str().unwrap_or("").to_lowercase();
        let Some(part) = parts.iter().find(|part| part.sha2 == sha2) else {
            return Err(Turned::bad("the bytes of the signature are missing"));
        };
        let (algorithm, certificate) = one(statement, &part.bytes)?;
        all.push(Signature {
            sha2,
            algorithm,
            certificate,
        });
    }
    Ok(all)
}

fn broken() -> Turned {
    Turned::bad("the signature is no JWS in its compact form")
}

fn one(statement: &Value, bytes: &[u8]) -> Told<(Algorithm, Option<String>)> {
    let text = std::str::from_utf8(bytes).map_err(|_| broken())?.trim();
    let (covered, mark) = text.rsplit_once('.').ok_or_else(broken)?;
    let (head, payload) = covered.split_once('.').ok_or_else(broken)?;
    let decoded = |text: &str| {
        BASE64URL_NOPAD
            .decode(text.as_bytes())
            .map_err(|_| broken())
    };
    let object = |text: &str| -> Told<Value> {
        let value: Value = serde_json::from_slice(&decoded(text)?).map_err(|_| broken())?;
        value.is_object().then_some(value).ok_or_else(broken)
    };
    let head = object(head)?;
    let algorithm = Algorithm::parse(head["alg"].as_str().unwrap_or(""))
        .ok_or_else(|| Turned::bad("a statement is signed with RS256, RS384 or RS512"))?;
    if head.get("crit").is_some() {
        return Err(Turned::bad(
            "the signature's header asks for what is not known here (crit)",
        ));
    }
    let mark = decoded(mark)?;
    if mark.is_empty() {
        return Err(broken());
    }
    says_the_same(&object(payload)?, statement)?;
    let certificate = match head.get("x5c") {
        None => None,
        Some(chain) => {
            let (leaf, key) = certified(chain)?;
            if !algorithm.holds(&key, covered.as_bytes(), &mark) {
                return Err(Turned::bad(
                    "the signature was not made with the key of its certificate",
                ));
            }
            Some(leaf)
        }
    };
    Ok((algorithm, certificate))
}

/// Whether the signed statement is the statement that was sent, before the signature was added.
fn says_the_same(signed: &Value, sent: &Value) -> Told<()> {
    let both = |name: &str| signed.get(name).zip(sent.get(name));
    let moment = |value: &Value| value.as_str().and_then(time).map(|time| time.at.micros());
    let same = crate::rules::digest(signed) == crate::rules::digest(sent)
        && both("id").is_none_or(|(a, b)| text(a) == text(b))
        && both("timestamp").is_none_or(|(a, b)| a == b || moment(a) == moment(b))
        && both("version").is_none_or(|(a, b)| a == b)
        && both("authority").is_none_or(|(a, b)| a == b)
        && same_attachments(signed, sent);
    if same {
        Ok(())
    } else {
        Err(Turned::bad("the signature signs another statement"))
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("").to_lowercase()
}

/// Everything that was signed is there, and nothing but signatures came to it later.
fn same_attachments(signed: &Value, sent: &Value) -> bool {
    let list = |value: &Value| value["attachments"].as_array().cloned().unwrap_or_default();
    let (signed, sent) = (list(signed), list(sent));
    let known = |one: &Value| signed.contains(one) || one["usageType"] == SIGNATURE;
    signed.iter().all(|one| sent.contains(one)) && sent.iter().all(known)
}

/// The first certificate of a chain: its digest and its key. Each is signed by the next.
fn certified(chain: &Value) -> Told<(String, RsaPublicKey)> {
    let no_chain = || Turned::bad("x5c must be a list of certificates");
    let chain = chain.as_array().ok_or_else(no_chain)?;
    if chain.is_empty() || chain.len() > CHAIN {
        return Err(no_chain());
    }
    let mut read = Vec::with_capacity(chain.len());
    for one in chain {
        let bytes = one
            .as_str()
            .and_then(|text| BASE64.decode(text.as_bytes()).ok())
            .ok_or_else(no_chain)?;
        let certificate = Certificate::from_der(&bytes)
            .map_err(|_| Turned::bad("a certificate of x5c cannot be read"))?;
        read.push((bytes, certificate));
    }
    for pair in read.windows(2) {
        if let [(_, one), (_, next)] = pair {
            signed_by(one, next)?;
        }
    }
    let (bytes, leaf) = read.first().ok_or_else(no_chain)?;
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(bytes));
    Ok((digest, key(leaf)?))
}

fn key(certificate: &Certificate) -> Told<RsaPublicKey> {
    let info = certificate.tbs_certificate().subject_public_key_info();
    let key = RsaPublicKey::try_from(info.owned_to_ref())
        .map_err(|_| Turned::bad("the certificate's key is no RSA key"))?;
    if key.size() * 8 < KEY_BITS {
        return Err(Turned::bad("the certificate's key has less than 2048 bits"));
    }
    Ok(key)
}

/// A certificate's link to the next: the names meet, and the next one's key signed it. Ways of
/// signing other than RSA with SHA-2 are looked at by their names alone.
fn signed_by(one: &Certificate, next: &Certificate) -> Told<()> {
    let apart = || Turned::bad("the certificates of x5c do not follow from one another");
    let body = one.tbs_certificate();
    if body.issuer() != next.tbs_certificate().subject() {
        return Err(apart());
    }
    let oid = one.signature_algorithm().oid.to_string();
    let Some(algorithm) = Algorithm::of_certificate(&oid) else {
        return Ok(());
    };
    let text = body.to_der().map_err(|_| apart())?;
    let mark = one.signature().as_bytes().ok_or_else(apart)?;
    if algorithm.holds(&key(next)?, &text, mark) {
        Ok(())
    } else {
        Err(apart())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn statement() -> Value {
        json!({
            "id": "01935000-0000-7000-8000-0000000000AA",
            "timestamp": "2026-03-09T14:05:00Z",
            "actor": { "mbox": "mailto:a@b.example" },
            "verb": { "id": "v:v" },
            "object": { "id": "a:a" },
        })
    }

    #[test]
    fn what_is_signed_is_compared_by_what_it_says() {
        let sent = statement();
        assert!(says_the_same(&sent, &sent).is_ok());
        let mut other = statement();
        other["id"] = "01935000-0000-7000-8000-0000000000aa".into();
        other["timestamp"] = "2026-03-09T17:05:00.000+03:00".into();
        assert!(
            says_the_same(&other, &sent).is_ok(),
            "the same in other letters"
        );
        other["timestamp"] = "2026-03-09T14:05:01Z".into();
        assert!(says_the_same(&other, &sent).is_err());
        let mut later = statement();
        later["attachments"] = json!([{ "usageType": SIGNATURE, "sha2": "aa" }]);
        assert!(says_the_same(&statement(), &later).is_ok());
        later["attachments"] = json!([{ "usageType": "https://x.example/", "sha2": "aa" }]);
        assert!(says_the_same(&statement(), &later).is_err());
        assert!(says_the_same(&later, &statement()).is_err());
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_the_reader_panic(bytes in proptest::collection::vec(0_u8..=255, 0..300)) {
            proptest::prop_assert!(certified(&json!([BASE64.encode(&bytes)])).is_err());
            let _ = one(&statement(), &bytes);
        }
    }
}
