//! Honduras' authority is accredited, files its request from the whole school register, and is answered.

use super::calendar::{day, go_to};
use super::cast::{self, Cast, country};
use super::letter;
use base::{Actor, Error, Id, Names, Result};
use files::Upload;
use needs::ImportOptions;
use people::NewOrganisation;
use web::{Entered, Site, hand};

const ACCREDITED: &str = "2026-10-05";
const FILED: &str = "2026-11-23";
const RECONFIRMED: &str = "2027-02-12";
const RECONFIRMED_UNTIL: &str = "2027-08-01";
const REQUIRED_BY: &str = "2027-09-30";

/// The authority's own words, as its letter has them.
const OWN_WORDS: &str = "Solicitamos el apoyo de la Coalición para que ninguna escuela pública quede sin \
aprender cuando se interrumpan las clases. Muchas de nuestras escuelas no tienen electricidad ni conexión. \
Pedimos dar prioridad a las escuelas rurales y a las comunidades más pobres.\n\n\
(Texto de ejemplo para la demostración.)";

/// What the authority vouches for at every school, for the story.
const VOUCHED: [&str; 5] = [
    "has_customs_clearance",
    "has_data_agreement",
    "has_maintenance_contact",
    "has_safe_building",
    "has_trained_focal_teacher",
];

/// The authority is accredited, drafts its request, uploads the register and submits.
///
/// # Errors
/// A refusal the story should not have met.
pub fn file(site: &Site, cast: &Cast) -> Result<()> {
    accredit(site, cast)?;
    if site
        .db
        .read_now(|tx| needs::requests_of_country(tx, country()))?
        .is_empty()
    {
        go_to(site, FILED)?;
        request(site, cast)?;
    }
    Ok(())
}

/// Before the needs lapse, the authority says that they are still true.
///
/// # Errors
/// A refusal the story should not have met.
pub fn reconfirm(site: &Site, cast: &Cast) -> Result<()> {
    let today = site.clock.now().day();
    let heads = site.db.read_now(move |tx| {
        let mut heads = Vec::new();
        for (request, _) in needs::requests_of_country(tx, country())? {
            for (need, _, _) in needs::needs_of_request(tx, request)? {
                heads.push(needs::head(tx, need, today)?);
            }
        }
        Ok(heads)
    })?;
    let until = day(RECONFIRMED_UNTIL)?;
    go_to(site, RECONFIRMED)?;
    let focal_point = cast::actor(site, cast.focal_point)?;
    for head in heads
        .iter()
        .filter(|head| head.valid_until.is_some_and(|day| day < until))
    {
        let entered = web::room::entered(&[("valid_until", RECONFIRMED_UNTIL)]);
        let id = head.id.to_string();
        act(
            site,
            &focal_point,
            "need-reconfirmation",
            &[("id", &id)],
            entered,
        )?;
    }
    Ok(())
}

/// The second country's register, which its owner published for everyone.
///
/// # Errors
/// A refusal the story should not have met.
pub fn read_kenya(site: &Site, _: &Cast) -> Result<()> {
    if !site.db.read_now(|tx| places::tallies(tx, "KE"))?.is_empty() {
        return Ok(());
    }
    let source = places::work::Source {
        country: "KE".to_owned(),
        file: "schools-kenya.csv".to_owned(),
        ..places::work::Source::default()
    };
    places::work::import_register(&site.bench(), &source, &places::shipped::kenya()?, false)?;
    Ok(())
}

fn accredit(site: &Site, cast: &Cast) -> Result<()> {
    let today = site.clock.now().day();
    if site
        .db
        .read_now(move |tx| authorities::active(tx, country(), today))?
        .is_some()
    {
        return Ok(());
    }
    go_to(site, ACCREDITED)?;
    let ministry = ministry(site)?;
    let bytes = letter::pdf(&[
        "To the Secretariat of the Coalition",
        "We name our focal point and our signatory.",
        "(Sample letter for the demonstration.)",
    ]);
    let kept = site
        .files
        .keep("accreditation.pdf", "application/pdf", &bytes)?;
    let entered = web::room::entered(&[
        ("country", country()),
        ("organisation", &ministry.to_string()),
        ("letter_on", "2026-10-01"),
        ("valid_from", ACCREDITED),
        ("valid_to", "2028-10-04"),
        ("focal_point_name", "Gabriela (sample focal point)"),
        ("focal_point_email", "focal.point@sample.example"),
        ("signatory_name", "Héctor (sample signatory)"),
        ("signatory_email", "signatory@sample.example"),
        ("language", "en"),
    ]);
    let officer = cast::actor(site, cast.officer)?;
    let done = act(
        site,
        &officer,
        "authority-new",
        &[],
        with(entered, "letter", kept),
    )?;
    let id = last(&done.see);
    site.clock.advance_seconds(3 * 3_600);
    let approver = cast::actor(site, cast.approver)?;
    let mut call = web::room::entered(&[
        ("channel", "switchboard"),
        ("channel_source", "The ministry's public directory (sample)"),
        ("called_on", ACCREDITED),
        ("spoke_to", "The minister's office"),
    ]);
    for fact in ["letter", "persons", "validity"] {
        call = call.with("confirmed", fact);
    }
    act(
        site,
        &approver,
        "authority-verification",
        &[("id", &id)],
        call,
    )?;
    Ok(())
}

fn ministry(site: &Site) -> Result<Id> {
    let now = site.clock.now();
    let new = NewOrganisation {
        names: Names::three(
            "Ministry of Education of Honduras (sample account)",
            "Ministère de l’éducation du Honduras (compte d’exemple)",
            "وزارة التعليم في هندوراس (حساب نموذجي)",
        ),
        kind: "government".to_owned(),
        country: Some(country().to_owned()),
        identifiers: vec![("XI-SAMPLE".to_owned(), "XI-SAMPLE-HN-MOE".to_owned())],
        website: None,
        sample: true,
    };
    site.db.write_now(move |tx| {
        match people::organisation_by_identifier(tx, "XI-SAMPLE", "XI-SAMPLE-HN-MOE")? {
            Some(id) => Ok(id),
            None => people::add_organisation(tx, &new, None, now),
        }
    })
}

fn request(site: &Site, cast: &Cast) -> Result<()> {
    let focal = cast::actor(site, cast.focal_point)?;
    let bytes = letter::pdf(&[
        "Tegucigalpa, 23 November 2026",
        "To the Secretariat of the Coalition: request for assistance.",
        "(Sample letter for the demonstration.)",
    ]);
    let kept = site.files.keep("request.pdf", "application/pdf", &bytes)?;
    let entered = web::room::entered(&[
        ("country", country()),
        (
            "subject",
            "Learning in every public school through any disruption",
        ),
        ("context", "plan"),
        (
            "context_name",
            "National plan for learning continuity (sample)",
        ),
        ("own_words", OWN_WORDS),
        ("own_lang", "es"),
        ("urgency", "urgent"),
        ("required_by", REQUIRED_BY),
    ]);
    let done = act(
        site,
        &focal,
        "request-new",
        &[],
        with(entered, "letter", kept),
    )?;
    let id = last(&done.see);
    import(site, &focal, &id)?;
    site.clock.advance_seconds(1_800);
    let reason = web::room::entered(&[("pairing_reason", "")]);
    act(site, &focal, "request-submission", &[("id", &id)], reason)?;
    Ok(())
}

fn import(site: &Site, focal: &Actor, request: &str) -> Result<()> {
    let request = Id::parse(request).ok_or(Error::Missing)?;
    let options = ImportOptions {
        rule_set: "school_basics".to_owned(),
        urgency: 1,
        conditions: VOUCHED.map(str::to_owned).to_vec(),
        required_by: day(REQUIRED_BY)?,
        window_from: day("2027-01-01")?,
        window_to: day("2027-12-31")?,
        first_only: false,
    };
    let register = places::shipped::honduras()?;
    let file = ("escuelas-honduras.csv", register.as_slice());
    needs::import_file(&site.bench(), focal, request, file, &options, false)?;
    Ok(())
}

/// An officer receives, assesses and puts the needs into clear words; another person validates.
///
/// # Errors
/// A refusal the story should not have met.
pub fn validate(site: &Site, cast: &Cast) -> Result<()> {
    let requests = site
        .db
        .read_now(|tx| needs::requests_of_country(tx, country()))?;
    for (id, state) in requests {
        if state != needs::State::Submitted {
            continue;
        }
        let id = id.to_string();
        let officer = cast::actor(site, cast.officer)?;
        for step in ["request-receipt", "request-assessment"] {
            site.clock.advance_seconds(5 * 3_600);
            act(site, &officer, step, &[("id", &id)], Entered::default())?;
        }
        clarify(site, &officer, &id)?;
        site.clock.advance_seconds(20 * 3_600);
        let approver = cast::actor(site, cast.approver)?;
        let entered = web::room::entered(&[("valid_days", "180")]);
        act(
            site,
            &approver,
            "request-validation",
            &[("id", &id)],
            entered,
        )?;
    }
    Ok(())
}

/// Each need in the secretariat's clear words, beside the authority's own.
const CLEAR: &[(&str, [&str; 3], &str)] = &[
    (
        "connectivity",
        [
            "School connections for Honduras",
            "Raccordement des écoles du Honduras",
            "ربط مدارس هندوراس بالإنترنت",
        ],
        "Public schools with electricity and without internet are to be connected, one connection for each 150 learners.",
    ),
    (
        "solar_kit",
        [
            "Solar power for schools of Honduras",
            "Énergie solaire pour les écoles du Honduras",
            "الطاقة الشمسية لمدارس هندوراس",
        ],
        "Public schools without electricity are to receive a solar kit each.",
    ),
    (
        "devices",
        [
            "Devices for learners in Honduras",
            "Appareils pour les élèves du Honduras",
            "أجهزة للمتعلّمين في هندوراس",
        ],
        "Schools with electricity and without computers are to receive one device for each ten learners.",
    ),
    (
        "teacher_training",
        [
            "Teacher training in Honduras",
            "Formation des enseignants au Honduras",
            "تدريب المعلّمين في هندوراس",
        ],
        "Teachers of schools with electricity are to be trained to teach through any disruption.",
    ),
    (
        "print_packs",
        [
            "Printed learning packs for Honduras",
            "Livrets imprimés pour le Honduras",
            "رزم تعليمية مطبوعة لهندوراس",
        ],
        "Learners of schools without electricity are to receive printed packs.",
    ),
    (
        "content",
        [
            "Digital content in Spanish for Honduras",
            "Contenus numériques en espagnol pour le Honduras",
            "محتوى رقمي بالإسبانية لهندوراس",
        ],
        "Courses and exercises in Spanish, aligned to the national curriculum, for every school.",
    ),
];

fn clarify(site: &Site, officer: &Actor, request: &str) -> Result<()> {
    let request = Id::parse(request).ok_or(Error::Missing)?;
    for (need, class, version) in site
        .db
        .read_now(move |tx| needs::needs_of_request(tx, request))?
    {
        let Some((_, [en, fr, ar], text)) = CLEAR.iter().find(|(known, ..)| *known == class) else {
            return Err(Error::fault(format!(
                "the story has no clear words for {class}"
            )));
        };
        let version = version.to_string();
        let entered = web::room::entered(&[
            ("title_en", en),
            ("title_fr", fr),
            ("title_ar", ar),
            ("clean_text", text),
            ("clean_lang", "en"),
            ("objective", "continuity"),
            ("flagship", "connectivity"),
            ("phase", "resilience"),
            ("version", &version),
        ]);
        act(
            site,
            officer,
            "need-edit",
            &[("id", &need.to_string())],
            entered,
        )?;
    }
    Ok(())
}

/// Does an act by hand; a refusal says which act and why.
///
/// # Errors
/// What the act refused.
pub fn act(
    site: &Site,
    actor: &Actor,
    name: &str,
    params: &[(&str, &str)],
    entered: Entered,
) -> Result<web::Done> {
    hand::act(site, Some(actor), name, params, entered)
        .map_err(|error| Error::fault(format!("{name}: {error}")))
}

fn with(mut entered: Entered, field: &str, upload: Upload) -> Entered {
    entered.files.insert(field.to_owned(), upload);
    entered
}

/// The id at the end of a path.
pub fn last(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}
