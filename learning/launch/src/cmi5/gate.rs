//! What a unit may do at the record store while its session lives.

use super::acts::{PREFERENCES, PREFIX, hash, reached};
use super::course::{Course, Mark, Registration, Session};
use super::rules::{self, Said, Terms};
use super::store;
use base::{Error, Id, Moment, Result};
use db::Tx;
use records::{Asked, Denied};
use serde_json::Value;

type Told = std::result::Result<(), Denied>;

const DATA: &str = "LMS.LaunchData";

/// The guests of the record store.
pub(crate) const GUESTS: records::Guests = records::Guests {
    prefix: PREFIX,
    admit,
    ask,
    kept,
};

fn id_of(user: &str) -> Option<Id> {
    Id::parse(user.strip_prefix(PREFIX)?)
}

fn admit(tx: &mut Tx, user: &str, secret: &str, now: Moment) -> Result<bool> {
    let Some(id) = id_of(user) else {
        return Ok(false);
    };
    let Some(session) = store::session(tx, id)? else {
        return Ok(false);
    };
    let Some(kept) = &session.token else {
        return Ok(false);
    };
    let given = hash(secret);
    let differs = kept
        .iter()
        .zip(&given)
        .fold(u8::from(kept.len() != given.len()), |sum, (a, b)| {
            sum | (a ^ b)
        });
    Ok(differs == 0 && session.closed_at.is_none() && now <= session.ends_at)
}

fn no(words: &str) -> Told {
    Err(Denied {
        status: 403,
        words: words.to_owned(),
    })
}

/// A session with everything it stands in.
struct Scene {
    session: Session,
    registration: Registration,
    course: Course,
    mark: Mark,
}

fn scene(tx: &mut Tx, user: &str) -> Result<Scene> {
    let id = id_of(user).ok_or(Error::Missing)?;
    let found = store::session(tx, id)?.ok_or(Error::Missing)?;
    // The registration first, as everybody who changes a session does.
    let registration = store::registration_held(tx, found.registration)?;
    let session = store::session_held(tx, id)?.ok_or(Error::Missing)?;
    let course = store::course(tx, registration.resource)?.ok_or(Error::Missing)?;
    let mark = store::marks(tx, registration.id)?.of(session.position);
    Ok(Scene {
        session,
        registration,
        course,
        mark,
    })
}

impl Scene {
    /// What each statement says; the first that may not be said ends it.
    fn listen(&self, statements: &[Value]) -> Result<std::result::Result<Vec<Said>, &'static str>> {
        let node = self.course.node(self.session.position)?;
        let activity = node.activity(self.course.resource);
        let (registration, session) = (
            self.registration.id.to_string(),
            self.session.id.to_string(),
        );
        let terms = Terms {
            home: &self.registration.whose.home,
            name: &self.registration.whose.name,
            activity: &activity,
            publisher: &node.publisher,
            registration: &registration,
            session: &session,
            mastery: node.mastery,
        };
        let mut standing = self.session.standing(&self.mark);
        let mut all = Vec::with_capacity(statements.len());
        for statement in statements {
            let heard = rules::read(statement, &terms)
                .and_then(|said| standing.hear(said).map(|next| (said, next)));
            match heard {
                Ok((said, next)) => {
                    standing = next;
                    all.push(said);
                }
                Err(words) => return Ok(Err(words)),
            }
        }
        Ok(Ok(all))
    }

    fn is_own_agent(&self, text: &str) -> bool {
        let agent: Value = serde_json::from_str(text).unwrap_or(Value::Null);
        let (account, whose) = (&agent["account"], &self.registration.whose);
        let others = ["mbox", "mbox_sha1sum", "openid"];
        account["homePage"] == *whose.home
            && account["name"] == *whose.name
            && others.iter().all(|name| agent.get(name).is_none())
    }
}

fn ask(tx: &mut Tx, user: &str, asked: &Asked<'_>, now: Moment) -> Result<Told> {
    let mut scene = scene(tx, user)?;
    let param = |name: &str| asked.params.get(name).map(String::as_str);
    let reads = matches!(asked.method, "GET" | "HEAD");
    let strange = param("agent").is_some_and(|agent| !scene.is_own_agent(agent));
    if strange {
        return Ok(no("the agent must be the one of the launch"));
    }
    let own = scene.registration.id.to_string();
    let registered = param("registration").is_some_and(|one| one.eq_ignore_ascii_case(&own));
    Ok(match asked.resource {
        "statements" if reads && !registered => {
            no("name the registration of the launch to read its statements")
        }
        "statements" if !reads => match scene.listen(asked.statements)? {
            Ok(_) => Ok(()),
            Err(words) => no(words),
        },
        "activities/state" if param("agent").is_some() && !registered => {
            no("the registration must be the one of the launch")
        }
        "activities/state" if param("stateId") == Some(DATA) => {
            if !reads {
                return Ok(no("LMS.LaunchData is not a unit's to change"));
            }
            if scene.session.data_at.is_none() {
                scene.session.data_at = Some(now);
                store::put_session(tx, &scene.session)?;
            }
            Ok(())
        }
        "activities/state" if asked.method == "DELETE" && param("stateId").is_none() => {
            no("remove states one by one")
        }
        "agents/profile" if param("profileId") == Some(PREFERENCES) => {
            if reads && param("agent").is_some() && scene.session.preferences_at.is_none() {
                scene.session.preferences_at = Some(now);
                store::put_session(tx, &scene.session)?;
            }
            preferences(asked, reads, param("agent").is_some())
        }
        "activities/profile" if !reads => {
            let node = scene.course.node(scene.session.position)?;
            if param("activityId") == Some(&*node.activity(scene.course.resource)) {
                Ok(())
            } else {
                no("the profile is not of this unit")
            }
        }
        _ => Ok(()),
    })
}

fn preferences(asked: &Asked<'_>, reads: bool, named: bool) -> Told {
    if reads || !named {
        return Ok(());
    }
    if asked.method == "DELETE" {
        return no("preferences stay");
    }
    if asked.mime != "application/json" {
        return no("preferences are JSON");
    }
    let content = serde_json::from_slice(asked.body).unwrap_or(Value::Null);
    rules::preferences(&content).or_else(no)
}

fn kept(tx: &mut Tx, user: &str, statements: &[Value], now: Moment) -> Result<()> {
    let mut scene = scene(tx, user)?;
    let Ok(all) = scene.listen(statements)? else {
        return Err(Error::fault("a statement was kept that may not be"));
    };
    let mut moved = None;
    scene.session.heard_at = Some(now);
    for (said, statement) in all.into_iter().zip(statements) {
        let (session, mark) = (&mut scene.session, &mut scene.mark);
        match said {
            Said::Initialized => session.initialized_at = Some(now),
            Said::Completed => mark.completed_at = Some(now),
            Said::Passed(score) => {
                (mark.passed_at, session.judged) = (Some(now), true);
                mark.score = score.or(mark.score);
            }
            Said::Failed(score) => {
                (mark.failed_at, session.judged) = (Some(now), true);
                mark.score = score.or(mark.score);
            }
            Said::Terminated => {
                session.closed_at = Some(now);
                session.closing = Some("terminated".to_owned());
            }
            Said::Other => {}
        }
        if matches!(said, Said::Completed | Said::Passed(_) | Said::Failed(_)) {
            moved = Some(statement["id"].as_str().and_then(Id::parse));
        }
    }
    store::put_session(tx, &scene.session)?;
    if let Some(statement) = moved {
        let (position, id) = (scene.session.position, scene.session.id);
        let both = (&scene.course, &scene.registration);
        reached(tx, both, position, scene.mark.clone(), (id, statement), now)?;
    }
    Ok(())
}
