//! Every SQL statement of courses.

use super::course::{Course, Mark, Marks, Node, Registration, Session, Whose};
use super::rules::Mode;
use base::{Error, Id, Moment, Result};
use db::{Row, Tx, args};
use formats::cmi5::MoveOn;
use formats::item::Text;

// ---- courses

/// The course of a resource, when it was opened here.
pub(crate) fn course(tx: &mut Tx, resource: Id) -> Result<Option<Course>> {
    let row = tx.row(
        "SELECT content, hash, packaged FROM launch_course WHERE resource_id = $1",
        &args![resource],
    )?;
    let Some(row) = row else { return Ok(None) };
    let mut read = row.read();
    let mut course = Course {
        resource,
        content: read.text()?,
        hash: read.text()?,
        packaged: read.bool()?,
        nodes: Vec::new(),
    };
    let rows = tx.rows(
        "SELECT position, parent, kind, number, publisher, titles, url, parameters, entitlement, \
         move_on, mastery, own_window FROM launch_node WHERE resource_id = $1 ORDER BY position",
        &args![resource],
    )?;
    course.nodes = rows.iter().map(node).collect::<Result<_>>()?;
    Ok(Some(course))
}

fn node(row: &Row) -> Result<Node> {
    let mut read = row.read();
    Ok(Node {
        position: read.int()?,
        parent: read.opt_int()?,
        kind: match read.str()? {
            "course" => "course",
            "block" => "block",
            _ => "unit",
        },
        number: read.opt_int()?,
        publisher: read.text()?,
        titles: Text(serde_json::from_str(read.str()?).map_err(Error::fault)?),
        url: read.text()?,
        parameters: read.opt_text()?,
        entitlement: read.opt_text()?,
        move_on: MoveOn::parse(read.str()?).unwrap_or_default(),
        mastery: read.opt_real()?,
        own_window: read.bool()?,
    })
}

/// Keeps a course.
pub(crate) fn add_course(tx: &mut Tx, course: &Course, now: Moment) -> Result<()> {
    tx.exec(
        "INSERT INTO launch_course (resource_id, content, hash, packaged, made_at) \
         VALUES ($1, $2, $3, $4, $5)",
        &args![
            course.resource,
            &course.content,
            &course.hash,
            course.packaged,
            now
        ],
    )?;
    let mut rows = Vec::with_capacity(course.nodes.len());
    for node in &course.nodes {
        rows.push(
            args![
                course.resource,
                node.position,
                node.parent,
                node.kind,
                node.number,
                &node.publisher,
                serde_json::to_string(&node.titles.0).map_err(Error::fault)?,
                &node.url,
                node.parameters.as_deref(),
                node.entitlement.as_deref(),
                node.move_on.code(),
                node.mastery,
                node.own_window
            ]
            .to_vec(),
        );
    }
    tx.exec_many(
        "INSERT INTO launch_node (resource_id, position, parent, kind, number, publisher, titles, \
         url, parameters, entitlement, move_on, mastery, own_window) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        &rows,
    )?;
    Ok(())
}

/// A course with its figures.
pub(crate) struct Figures {
    pub resource: Id,
    pub units: i64,
    pub begun: i64,
    pub finished: i64,
}

/// The courses opened here, after one.
pub(crate) fn courses(tx: &mut Tx, after: Option<Id>, limit: i64) -> Result<Vec<Figures>> {
    let rows = tx.rows(
        "SELECT c.resource_id, \
         (SELECT COUNT(number) FROM launch_node n WHERE n.resource_id = c.resource_id), \
         (SELECT COUNT(*) FROM launch_registration r WHERE r.resource_id = c.resource_id), \
         (SELECT COUNT(satisfied_at) FROM launch_registration r WHERE r.resource_id = c.resource_id) \
         FROM launch_course c WHERE CAST($1 AS UUID) IS NULL OR c.resource_id > CAST($1 AS UUID) \
         ORDER BY c.resource_id LIMIT $2",
        &args![after, limit],
    )?;
    let figures = |row: &Row| {
        let mut read = row.read();
        Ok(Figures {
            resource: read.id()?,
            units: read.int()?,
            begun: read.int()?,
            finished: read.int()?,
        })
    };
    rows.iter().map(figures).collect()
}

/// Which package lies behind an address of files.
pub(crate) fn of_content(tx: &mut Tx, content: &str) -> Result<Option<(Id, String)>> {
    let row = tx.row(
        "SELECT resource_id, hash FROM launch_course WHERE content = $1 AND packaged",
        &args![content],
    )?;
    row.map(|row| {
        let mut read = row.read();
        Ok((read.id()?, read.text()?))
    })
    .transpose()
}

// ---- registrations

fn registered(row: &Row) -> Result<Registration> {
    let mut read = row.read();
    Ok(Registration {
        id: read.id()?,
        resource: read.id()?,
        whose: Whose {
            learner: read.opt_id()?,
            home: read.text()?,
            name: read.text()?,
        },
        made_at: read.moment()?,
        satisfied_at: read.opt_moment()?,
    })
}

/// A registration.
pub(crate) fn registration(tx: &mut Tx, id: Id) -> Result<Option<Registration>> {
    let row = tx.row(
        "SELECT id, resource_id, learner_id, home, name, made_at, satisfied_at \
         FROM launch_registration WHERE id = $1",
        &args![id],
    )?;
    row.as_ref().map(registered).transpose()
}

/// A registration nobody else changes until the transaction ends.
pub(crate) fn registration_held(tx: &mut Tx, id: Id) -> Result<Registration> {
    let row = tx.row(
        "SELECT id, resource_id, learner_id, home, name, made_at, satisfied_at \
         FROM launch_registration WHERE id = $1 FOR UPDATE",
        &args![id],
    )?;
    registered(&row.ok_or(Error::Missing)?)
}

/// The newest registration of an agent for a course.
pub(crate) fn newest(tx: &mut Tx, resource: Id, whose: &Whose) -> Result<Option<Registration>> {
    let row = tx.row(
        "SELECT id, resource_id, learner_id, home, name, made_at, satisfied_at \
         FROM launch_registration WHERE resource_id = $1 AND home = $2 AND name = $3 \
         ORDER BY made_at DESC, id DESC LIMIT 1",
        &args![resource, &whose.home, &whose.name],
    )?;
    row.as_ref().map(registered).transpose()
}

/// The registrations of a course, after one.
pub(crate) fn of_course(
    tx: &mut Tx,
    resource: Id,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<Registration>> {
    let rows = tx.rows(
        "SELECT id, resource_id, learner_id, home, name, made_at, satisfied_at \
         FROM launch_registration WHERE resource_id = $1 \
         AND (CAST($2 AS UUID) IS NULL OR id > CAST($2 AS UUID)) ORDER BY id LIMIT $3",
        &args![resource, after, limit],
    )?;
    rows.iter().map(registered).collect()
}

/// The newest registration of a person of ours for a course.
pub(crate) fn of_person(tx: &mut Tx, resource: Id, learner: Id) -> Result<Option<Registration>> {
    let row = tx.row(
        "SELECT id, resource_id, learner_id, home, name, made_at, satisfied_at \
         FROM launch_registration WHERE learner_id = $1 AND resource_id = $2 \
         ORDER BY made_at DESC, id DESC LIMIT 1",
        &args![learner, resource],
    )?;
    row.as_ref().map(registered).transpose()
}

/// Since when somebody has satisfied a course, in whatever registration.
pub(crate) fn satisfied(tx: &mut Tx, learner: Id, resource: Id) -> Result<Option<Moment>> {
    let row = tx.one(
        "SELECT MIN(satisfied_at) FROM launch_registration WHERE learner_id = $1 AND resource_id = $2",
        &args![learner, resource],
    )?;
    row.read().opt_moment()
}

/// Keeps a registration.
pub(crate) fn add_registration(tx: &mut Tx, one: &Registration) -> Result<()> {
    tx.exec(
        "INSERT INTO launch_registration (id, resource_id, learner_id, home, name, made_at, \
         satisfied_at) VALUES ($1, $2, $3, $4, $5, $6, NULL)",
        &args![
            one.id,
            one.resource,
            one.whose.learner,
            &one.whose.home,
            &one.whose.name,
            one.made_at
        ],
    )?;
    Ok(())
}

/// The course of a registration is satisfied.
pub(crate) fn satisfy_registration(tx: &mut Tx, id: Id, now: Moment) -> Result<()> {
    tx.exec(
        "UPDATE launch_registration SET satisfied_at = $2 WHERE id = $1 AND satisfied_at IS NULL",
        &args![id, now],
    )?;
    Ok(())
}

/// The language a learner last opened a unit in.
pub(crate) fn opened_in(tx: &mut Tx, one: &Registration) -> Result<Option<String>> {
    let row = match one.whose.learner {
        Some(learner) => tx.row(
            "SELECT lang FROM launch_registration WHERE learner_id = $1 AND lang IS NOT NULL \
             ORDER BY id LIMIT 1",
            &args![learner],
        )?,
        None => tx.row(
            "SELECT lang FROM launch_registration WHERE id = $1 AND lang IS NOT NULL",
            &args![one.id],
        )?,
    };
    row.map(|row| row.read().text()).transpose()
}

/// Keeps the language a learner opens a unit in.
pub(crate) fn opens_in(tx: &mut Tx, one: &Registration, lang: &str) -> Result<()> {
    tx.exec(
        "UPDATE launch_registration SET lang = $3 WHERE (id = $1 OR learner_id = CAST($2 AS UUID)) \
         AND (lang IS NULL OR lang <> $3)",
        &args![one.id, one.whose.learner, lang],
    )?;
    Ok(())
}

/// What is known of the parts of a course in a registration.
pub(crate) fn marks(tx: &mut Tx, registration: Id) -> Result<Marks> {
    let rows = tx.rows(
        "SELECT position, completed_at, passed_at, failed_at, score, waived_at, waived_by, reason, \
         satisfied_at FROM launch_progress WHERE registration_id = $1 ORDER BY position",
        &args![registration],
    )?;
    let mut marks = Marks::default();
    for row in &rows {
        let mut read = row.read();
        marks.0.insert(
            read.int()?,
            Mark {
                completed_at: read.opt_moment()?,
                passed_at: read.opt_moment()?,
                failed_at: read.opt_moment()?,
                score: read.opt_real()?,
                waived_at: read.opt_moment()?,
                waived_by: read.opt_id()?,
                reason: read.opt_text()?,
                satisfied_at: read.opt_moment()?,
            },
        );
    }
    Ok(marks)
}

/// Keeps what is known of a part.
pub(crate) fn put_mark(tx: &mut Tx, registration: Id, position: i64, mark: &Mark) -> Result<()> {
    tx.exec(
        "INSERT INTO launch_progress (registration_id, position, completed_at, passed_at, failed_at, \
         score, waived_at, waived_by, reason, satisfied_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (registration_id, position) DO UPDATE SET \
         completed_at = excluded.completed_at, passed_at = excluded.passed_at, \
         failed_at = excluded.failed_at, score = excluded.score, waived_at = excluded.waived_at, \
         waived_by = excluded.waived_by, reason = excluded.reason, \
         satisfied_at = excluded.satisfied_at",
        &args![
            registration,
            position,
            mark.completed_at,
            mark.passed_at,
            mark.failed_at,
            mark.score,
            mark.waived_at,
            mark.waived_by,
            mark.reason.as_deref(),
            mark.satisfied_at
        ],
    )?;
    Ok(())
}

// ---- sessions

fn session_of(row: &Row) -> Result<Session> {
    let mut read = row.read();
    Ok(Session {
        id: read.id()?,
        registration: read.id()?,
        position: read.int()?,
        mode: Mode::parse(read.str()?).unwrap_or(Mode::Browse),
        token: read.opt_bytes()?,
        launched_at: read.moment()?,
        ends_at: read.moment()?,
        data_at: read.opt_moment()?,
        preferences_at: read.opt_moment()?,
        initialized_at: read.opt_moment()?,
        judged: read.bool()?,
        heard_at: read.opt_moment()?,
        closed_at: read.opt_moment()?,
        closing: read.opt_text()?,
    })
}

/// A session.
pub(crate) fn session(tx: &mut Tx, id: Id) -> Result<Option<Session>> {
    let row = tx.row(
        "SELECT id, registration_id, position, mode, token, launched_at, ends_at, data_at, \
         preferences_at, initialized_at, judged, heard_at, closed_at, closing \
         FROM launch_session WHERE id = $1",
        &args![id],
    )?;
    row.as_ref().map(session_of).transpose()
}

/// A session nobody else changes until the transaction ends.
pub(crate) fn session_held(tx: &mut Tx, id: Id) -> Result<Option<Session>> {
    let row = tx.row(
        "SELECT id, registration_id, position, mode, token, launched_at, ends_at, data_at, \
         preferences_at, initialized_at, judged, heard_at, closed_at, closing \
         FROM launch_session WHERE id = $1 FOR UPDATE",
        &args![id],
    )?;
    row.as_ref().map(session_of).transpose()
}

/// The sessions of a registration, newest first.
pub(crate) fn sessions(tx: &mut Tx, registration: Id, limit: i64) -> Result<Vec<Session>> {
    let rows = tx.rows(
        "SELECT id, registration_id, position, mode, token, launched_at, ends_at, data_at, \
         preferences_at, initialized_at, judged, heard_at, closed_at, closing \
         FROM launch_session WHERE registration_id = $1 ORDER BY id DESC LIMIT $2",
        &args![registration, limit],
    )?;
    rows.iter().map(session_of).collect()
}

/// The sessions of a registration that have not ended.
pub(crate) fn live(tx: &mut Tx, registration: Id) -> Result<Vec<Session>> {
    let rows = tx.rows(
        "SELECT id, registration_id, position, mode, token, launched_at, ends_at, data_at, \
         preferences_at, initialized_at, judged, heard_at, closed_at, closing \
         FROM launch_session WHERE registration_id = $1 AND closed_at IS NULL ORDER BY id FOR UPDATE",
        &args![registration],
    )?;
    rows.iter().map(session_of).collect()
}

/// Keeps a session as it now is.
pub(crate) fn put_session(tx: &mut Tx, one: &Session) -> Result<()> {
    tx.exec(
        "INSERT INTO launch_session (id, registration_id, position, mode, token, launched_at, \
         ends_at, data_at, preferences_at, initialized_at, judged, heard_at, closed_at, closing) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
         ON CONFLICT (id) DO UPDATE SET token = excluded.token, data_at = excluded.data_at, \
         preferences_at = excluded.preferences_at, initialized_at = excluded.initialized_at, \
         judged = excluded.judged, heard_at = excluded.heard_at, closed_at = excluded.closed_at, \
         closing = excluded.closing",
        &args![
            one.id,
            one.registration,
            one.position,
            one.mode.code(),
            one.token.clone(),
            one.launched_at,
            one.ends_at,
            one.data_at,
            one.preferences_at,
            one.initialized_at,
            one.judged,
            one.heard_at,
            one.closed_at,
            one.closing.as_deref()
        ],
    )?;
    Ok(())
}

/// Takes a person out: what stays are figures of nobody.
pub(crate) fn forget(tx: &mut Tx, learner: Id, nobody: Id) -> Result<u64> {
    tx.exec(
        "UPDATE launch_progress SET reason = NULL WHERE registration_id IN \
         (SELECT id FROM launch_registration WHERE learner_id = $1)",
        &args![learner],
    )?;
    tx.exec(
        "UPDATE launch_session SET token = NULL WHERE registration_id IN \
         (SELECT id FROM launch_registration WHERE learner_id = $1)",
        &args![learner],
    )?;
    tx.exec(
        "UPDATE launch_registration SET learner_id = NULL, name = $2 WHERE learner_id = $1",
        &args![learner, nobody.to_string()],
    )
}

// ---- keys of programs

/// A key of a program that runs courses.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub id: Id,
    pub label: String,
    pub country: String,
    pub made_by: Option<Id>,
    pub made_at: Moment,
    pub ended_at: Option<Moment>,
}

fn key_of(row: &Row) -> Result<Key> {
    let mut read = row.read();
    Ok(Key {
        id: read.id()?,
        label: read.text()?,
        country: read.text()?,
        made_by: read.opt_id()?,
        made_at: read.moment()?,
        ended_at: read.opt_moment()?,
    })
}

/// Keeps a key; the secret only as its hash.
pub(crate) fn add_key(tx: &mut Tx, key: &Key, secret: &[u8]) -> Result<()> {
    tx.exec(
        "INSERT INTO launch_key (id, secret, label, country, made_by, made_at, ended_at) \
         VALUES ($1, $2, $3, $4, $5, $6, NULL)",
        &args![
            key.id,
            secret,
            &key.label,
            &key.country,
            key.made_by,
            key.made_at
        ],
    )?;
    Ok(())
}

/// The key of a secret's hash, while it is good.
pub(crate) fn key_with(tx: &mut Tx, secret: &[u8]) -> Result<Option<Key>> {
    let row = tx.row(
        "SELECT id, label, country, made_by, made_at, ended_at FROM launch_key \
         WHERE secret = $1 AND ended_at IS NULL",
        &args![secret],
    )?;
    row.as_ref().map(key_of).transpose()
}

/// A key.
pub(crate) fn key(tx: &mut Tx, id: Id) -> Result<Key> {
    let row = tx.row(
        "SELECT id, label, country, made_by, made_at, ended_at FROM launch_key WHERE id = $1",
        &args![id],
    )?;
    key_of(&row.ok_or(Error::Missing)?)
}

/// The keys of a country, newest first.
pub(crate) fn keys(tx: &mut Tx, country: &str, before: Option<Id>, limit: i64) -> Result<Vec<Key>> {
    let rows = tx.rows(
        "SELECT id, label, country, made_by, made_at, ended_at FROM launch_key WHERE country = $1 \
         AND (CAST($2 AS UUID) IS NULL OR id < CAST($2 AS UUID)) ORDER BY id DESC LIMIT $3",
        &args![country, before, limit],
    )?;
    rows.iter().map(key_of).collect()
}

/// Ends a key; whether it was good until now.
pub(crate) fn end_key(tx: &mut Tx, id: Id, now: Moment) -> Result<bool> {
    let ended = tx.exec(
        "UPDATE launch_key SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL",
        &args![id, now],
    )?;
    Ok(ended == 1)
}
