//! Signed statements, with keys and certificates made here: what holds is kept and told as verified,
//! what was tampered with is turned away, what names no certificate is kept and told as unverified.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use house::{Heard, House, Program, migrations};
use records::Scope;
use rsa::pkcs1v15::SigningKey;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::str::FromStr;
use std::sync::LazyLock;
use std::time::Duration;
use x509_cert::builder::{Builder, CertificateBuilder, profile};
use x509_cert::der::Encode;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::SubjectPublicKeyInfo;
use x509_cert::time::Validity;

const SIGNATURE: &str = "http://adlnet.gov/expapi/attachments/signature";
const WAYS: [&str; 2] = ["/xapi/2.0", "/xapi/1.0.3"];

/// Somebody who signs: a key and what stands under it.
struct Signatory {
    key: RsaPrivateKey,
    name: Name,
}

impl Signatory {
    fn new(name: &str, bits: usize) -> Self {
        Self {
            key: RsaPrivateKey::new(&mut rand::rng(), bits).unwrap(),
            name: Name::from_str(&format!("CN={name},O=Ministry,C=KE")).unwrap(),
        }
    }
    fn public(&self) -> SubjectPublicKeyInfo<x509_cert::der::Any, x509_cert::der::asn1::BitString> {
        SubjectPublicKeyInfo::from_key(&RsaPublicKey::from(&self.key)).unwrap()
    }
    /// A certificate of oneself, as `x5c` holds it.
    fn own(&self) -> String {
        let profile = profile::cabf::Root::new(false, self.name.clone()).unwrap();
        self.certify(profile, self.public())
    }
    /// A certificate for another one.
    fn of(&self, other: &Self) -> String {
        let profile = profile::cabf::tls::Subordinate {
            subject: other.name.clone(),
            issuer: self.name.clone(),
            path_len_constraint: Some(0),
            client_auth: false,
            emits_ocsp_response: true,
        };
        self.certify(profile, other.public())
    }
    fn certify<P: profile::BuilderProfile>(
        &self,
        profile: P,
        key: SubjectPublicKeyInfo<x509_cert::der::Any, x509_cert::der::asn1::BitString>,
    ) -> String {
        let validity = Validity::from_now(Duration::from_secs(3_600)).unwrap();
        let number = SerialNumber::from(42_u32);
        let builder = CertificateBuilder::new(profile, number, validity, key).unwrap();
        let signer = SigningKey::<Sha256>::new(self.key.clone());
        let certificate = builder
            .build::<_, rsa::pkcs1v15::Signature>(&signer)
            .unwrap();
        BASE64.encode(&certificate.to_der().unwrap())
    }
    /// A JWS over a text.
    fn sign(&self, head: &Value, payload: &str) -> String {
        let text = format!(
            "{}.{}",
            BASE64URL_NOPAD.encode(head.to_string().as_bytes()),
            BASE64URL_NOPAD.encode(payload.as_bytes())
        );
        let key = self.key.clone();
        let bytes = text.as_bytes();
        let mark = match head["alg"].as_str() {
            Some("RS384") => SigningKey::<Sha384>::new(key).sign(bytes).to_bytes(),
            Some("RS512") => SigningKey::<Sha512>::new(key).sign(bytes).to_bytes(),
            _ => SigningKey::<Sha256>::new(key).sign(bytes).to_bytes(),
        };
        format!("{text}.{}", BASE64URL_NOPAD.encode(&mark))
    }
}

static MINISTRY: LazyLock<Signatory> = LazyLock::new(|| Signatory::new("Examinations", 2_048));
static OTHER: LazyLock<Signatory> = LazyLock::new(|| Signatory::new("Somebody", 2_048));

fn statement() -> Value {
    json!({
        "id": base::Uuid::new_v4().to_string(),
        "timestamp": "2026-11-30T08:00:00.000Z",
        "actor": { "account": { "homePage": "https://tool.example", "name": "p1" } },
        "verb": { "id": "https://tool.example/passed" },
        "object": { "id": "https://tool.example/examination" },
        "result": { "score": { "scaled": 0.5 }, "success": true },
    })
}

/// Sends a statement with a signature beside it.
async fn send(program: &Program, way: &str, mut statement: Value, jws: &str) -> Heard {
    let sha2 = HEXLOWER.encode(&Sha256::digest(jws.as_bytes()));
    statement["attachments"] = json!([{
        "usageType": SIGNATURE,
        "display": { "en": "Signature" },
        "contentType": "application/octet-stream",
        "length": jws.len(),
        "sha2": sha2,
    }]);
    let body = format!(
        "--edge\r\nContent-Type: application/json\r\n\r\n{statement}\r\n--edge\r\n\
         Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n\
         X-Experience-API-Hash: {sha2}\r\n\r\n{jws}\r\n--edge--\r\n"
    );
    let kind = [("content-type", "multipart/mixed; boundary=edge")];
    let path = format!("{way}/statements");
    program.say("POST", &path, &kind, &body).await
}

#[tokio::test]
async fn a_signature_is_checked_with_its_certificate() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let program = h.program("exams", &[Scope::All]).await;
        for way in WAYS {
            for algorithm in ["RS256", "RS384", "RS512"] {
                let one = statement();
                let head = json!({ "alg": algorithm, "x5c": [MINISTRY.own()] });
                let jws = MINISTRY.sign(&head, &one.to_string());
                send(&program, way, one.clone(), &jws).await.expect(200);
                let id = one["id"].as_str().unwrap();
                let kept = program
                    .get(&format!(
                        "{way}/statements?statementId={id}&attachments=true"
                    ))
                    .await
                    .expect(200);
                assert!(
                    kept.text.contains(&jws),
                    "the signature is handed out as it came"
                );
                let list = h.olga.get("/records/signatures").await.expect(200);
                assert!(list.says(id) && list.says("fits its certificate"));
            }
        }
        let list = h.olga.api("/records/signatures").await;
        let told = list.expect(200).json();
        let rows = told["items"].as_array().unwrap();
        assert_eq!(rows.len(), 6);
        let leaf = BASE64.decode(MINISTRY.own().as_bytes()).unwrap();
        let fits = rows
            .iter()
            .filter(|row| row["record_signature_state"] == "verified")
            .count();
        assert_eq!((fits, leaf.is_empty()), (6, false));
        h.nobody.get("/records/signatures").await.expect(303);
    })
    .await;
}

#[tokio::test]
async fn what_names_no_certificate_is_kept_and_told_as_unverified() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let program = h.program("exams", &[Scope::All]).await;
        let one = statement();
        let jws = MINISTRY.sign(&json!({ "alg": "RS256" }), &one.to_string());
        send(&program, WAYS[0], one, &jws).await.expect(200);
        let list = h.olga.get("/records/signatures").await.expect(200);
        assert!(list.says("names no certificate") && !list.says("fits its certificate"));
    })
    .await;
}

#[tokio::test]
async fn what_was_tampered_with_is_turned_away() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let program = h.program("exams", &[Scope::All]).await;
        let certified = json!({ "alg": "RS256", "x5c": [MINISTRY.own()] });
        for way in WAYS {
            let turned = async |statement: &Value, jws: &str, words: &str| {
                let heard = send(&program, way, statement.clone(), jws)
                    .await
                    .expect(400);
                assert!(heard.text.contains(words), "{}", heard.text);
            };
            // Another statement than the one that was signed: better marked, later, of another id.
            let one = statement();
            let jws = MINISTRY.sign(&certified, &one.to_string());
            for (place, value) in [
                ("/result/score/scaled", json!(1.0)),
                ("/timestamp", json!("2026-11-30T09:00:00.000Z")),
                ("/id", json!(base::Uuid::new_v4().to_string())),
                ("/actor/account/name", json!("p2")),
            ] {
                let mut other = one.clone();
                *other.pointer_mut(place).unwrap() = value;
                turned(&other, &jws, "signs another statement").await;
            }
            // The payload was changed after it was signed: it fits the statement, the mark does not.
            let mut better = one.clone();
            better["result"]["score"]["scaled"] = 1.0.into();
            let pieces: Vec<&str> = jws.split('.').collect();
            let payload = BASE64URL_NOPAD.encode(better.to_string().as_bytes());
            let forged = format!("{}.{payload}.{}", pieces[0], pieces[2]);
            turned(&better, &forged, "not made with the key of its certificate").await;
            // Somebody else's certificate; a mark of another length; the mark of another way.
            let foreign = json!({ "alg": "RS256", "x5c": [OTHER.own()] });
            let jws = MINISTRY.sign(&foreign, &one.to_string());
            turned(&one, &jws, "not made with the key of its certificate").await;
            let short = format!("{}.{}.AAAA", pieces[0], pieces[1]);
            turned(&one, &short, "not made with the key of its certificate").await;
            let head = BASE64URL_NOPAD.encode(
                json!({ "alg": "RS512", "x5c": [MINISTRY.own()] })
                    .to_string()
                    .as_bytes(),
            );
            let other_way = format!("{head}.{}.{}", pieces[1], pieces[2]);
            turned(&one, &other_way, "not made with the key of its certificate").await;
            // Ways of signing that are none here.
            for algorithm in ["none", "HS256", "ES256", "PS256", "rs256", ""] {
                let head = json!({ "alg": algorithm, "x5c": [MINISTRY.own()] });
                let jws = MINISTRY.sign(&head, &one.to_string());
                turned(&one, &jws, "RS256, RS384 or RS512").await;
            }
            let unsigned = format!("{}.{}.", pieces[0], pieces[1]);
            turned(&one, &unsigned, "no JWS").await;
            let crit = json!({ "alg": "RS256", "crit": ["b64"], "b64": false });
            turned(&one, &MINISTRY.sign(&crit, &one.to_string()), "crit").await;
            // No JWS at all.
            for broken in ["", "a", "a.b", "a.b.c", "a.b.c.d", "{}"] {
                turned(&one, broken, "no JWS").await;
            }
            turned(&one, &MINISTRY.sign(&certified, "{'a': 1}"), "no JWS").await;
        }
        assert!(
            program
                .get("/xapi/2.0/statements")
                .await
                .expect(200)
                .ids()
                .is_empty()
        );
        let list = h.olga.api("/records/signatures").await.expect(200).json();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(0));
    })
    .await;
}

#[tokio::test]
async fn certificates_must_follow_from_one_another() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("exams", &[Scope::All]).await;
        let one = statement();
        let tried = async |chain: Value| {
            let head = json!({ "alg": "RS256", "x5c": chain });
            let jws = MINISTRY.sign(&head, &one.to_string());
            send(&program, WAYS[0], one.clone(), &jws).await
        };
        let link = OTHER.of(&MINISTRY);
        let apart = tried(json!([MINISTRY.own(), OTHER.own()]))
            .await
            .expect(400);
        assert!(apart.text.contains("do not follow"));
        // The right name over the wrong key.
        let mimic = Signatory {
            key: MINISTRY.key.clone(),
            name: OTHER.name.clone(),
        };
        tried(json!([link, mimic.own()])).await.expect(400);
        let small = Signatory::new("Small", 1_024);
        let head = json!({ "alg": "RS256", "x5c": [small.own()] });
        let jws = small.sign(&head, &one.to_string());
        let weak = send(&program, WAYS[0], one.clone(), &jws).await.expect(400);
        assert!(weak.text.contains("2048"));
        for wrong in [
            json!([]),
            json!("a"),
            json!([1]),
            json!(["AAAA"]),
            json!(["*"]),
            Value::Null,
        ] {
            tried(wrong).await.expect(400);
        }
        tried(json!([link, OTHER.own()])).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn a_signature_goes_with_the_person_it_is_about() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let program = h.program("exams", &[Scope::All]).await;
        let mut one = statement();
        one["actor"] = json!({ "account": {
            "homePage": records::HOME, "name": h.learner.to_string() } });
        let jws = MINISTRY.sign(&json!({ "alg": "RS256" }), &one.to_string());
        send(&program, WAYS[0], one.clone(), &jws).await.expect(200);
        let erasure = [
            ("record_learner_code", h.code.as_str()),
            ("reason", "The guardian asked."),
            ("record_sure", "yes"),
        ];
        h.olga.act("/records/erasures/new", &erasure).await;
        let list = h.olga.api("/records/signatures").await.expect(200).json();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(0));
        let id = one["id"].as_str().unwrap();
        let path = format!("/xapi/2.0/statements?statementId={id}&attachments=true");
        let kept = program.get(&path).await.expect(200);
        assert!(!kept.text.contains(&jws) && !kept.text.contains(SIGNATURE));
    })
    .await;
}
