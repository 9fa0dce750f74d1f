//! Coming in: children by class code and pictures or short code, adults by password or card.
//!
//! Tries are counted before they are made and outside the act's transaction, so that a refusal
//! keeps the count. Unknown names and wrong passwords get the same answer after the same work.

use super::nothing;

use crate::person::Person;
use crate::{codes, pages, rules, sessions, store};
use base::{Error, Id, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use ui::html;
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill, Site, Who};

pub(crate) fn acts() -> Vec<Act> {
    let prepared = |mut act: Act, prepare: fn(&Site, &mut Call) -> Result<()>| {
        act.prepare = Some(prepare);
        act
    };
    vec![
        prepared(
            Act::new(
                "child-sign-in",
                "/learn/sign-in/{code}",
                Who::Anyone,
                child_form,
                enter_prepared,
            )
            .shown(child_shown),
            try_child,
        ),
        prepared(
            Act::new(
                "adult-sign-in",
                "/learn/adult",
                Who::Anyone,
                adult_form,
                enter_prepared,
            ),
            try_adult,
        ),
        prepared(
            Act::new(
                "first-sign-in",
                "/learn/first",
                Who::Anyone,
                first_form,
                choose_first,
            ),
            try_first,
        ),
        Act::new(
            "school-link",
            "/learn/link/{token}",
            Who::Anyone,
            nothing,
            use_link,
        )
        .shown(link_shown),
        Act::new(
            "school-sign-out",
            "/learn/sign-out",
            Who::SignedIn,
            nothing,
            sign_out,
        ),
        prepared(
            Act::new(
                "school-password",
                "/learn/account/password",
                Who::SignedIn,
                password_form,
                change_password,
            ),
            try_change,
        ),
    ]
}

// ---- children

/// The pictures of children's cards.
const PICTURES: Choices = Choices::Fixed("picture", &codes::PICTURE_CODES);

fn child_form() -> Form {
    vec![
        Field::choice("learner", Choices::Listed(on_the_list)),
        Field::choice("picture_1", PICTURES)
            .optional()
            .drawn(crate::pictures::drawn),
        Field::choice("picture_2", PICTURES)
            .optional()
            .drawn(crate::pictures::drawn),
        Field::choice("picture_3", PICTURES)
            .optional()
            .drawn(crate::pictures::drawn),
        Field::secret("short_code").optional(),
        Field::yes("own_phone").optional(),
    ]
}

/// The numbers of a class's list, with names where the class shows them.
fn on_the_list(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let code = codes::class_code_typed(ask.param("code"));
    let Some(class) = store::classes::by_code(tx, &code)? else {
        return Ok(Vec::new());
    };
    let mut all =
        store::classes::listed(tx, class.id, Role::Learner.code(), (ask.today, ask.today))?;
    if !class.shows_names {
        all.sort_by_key(|l| l.number);
    }
    let label = |l: &crate::person::Listed| match class.shows_names {
        true => l.person.short_name(),
        false => ask.words.number(l.number),
    };
    Ok(all
        .iter()
        .map(|l| Choice {
            code: l.number.to_string(),
            label: label(l),
        })
        .collect())
}

fn child_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let words = &ask.words;
    let code = codes::class_code_typed(ask.param("code"));
    let Some(class) = store::classes::by_code(tx, &code)? else {
        pages::entry::count_unknown(ask)?;
        return Err(Refusal::whole("class-code-unknown").into());
    };
    if class.days.1 < ask.today {
        return Err(Refusal::whole("class-over").into());
    }
    Ok(Prefill {
        beside: html!("<p>{}</p>", words.say("child-sign-in-how")),
        ..Prefill::default()
    })
}

/// Counts the try, then compares with what stands on the child's card.
fn try_child(site: &Site, call: &mut Call) -> Result<()> {
    let code = codes::class_code_typed(call.param("code"));
    let number: i64 = call.values.text("learner").parse().unwrap_or(0);
    let (now, today) = (call.now, call.today);
    let address = address(call);
    let whom = codes::hash(&format!("{code} {number}"));
    let kept = whom.clone();
    let person = site.db.write_now(move |tx| {
        if let Some(address) = &address {
            store::entry::count_try(tx, rules::ADDRESS, address, now)?;
        }
        store::entry::count_try(tx, rules::PERSON, &kept, now)?;
        let Some(class) = store::classes::by_code(tx, &code)? else {
            return Ok(None);
        };
        match store::classes::by_number(tx, class.id, number, today)? {
            Some(id) => store::people::person(tx, id).map(Some),
            None => Ok(None),
        }
    });
    let person = person.inspect_err(|_| site.meters.sign_in_refused())?;
    let picked = ["picture_1", "picture_2", "picture_3"].map(|f| call.values.text(f).to_owned());
    let typed: String = call
        .values
        .text("short_code")
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let open = person.filter(|p| p.closed_at.is_none());
    let right = open
        .as_ref()
        .is_some_and(|p| is_right(site, p, &picked, &typed));
    match open.filter(|_| right) {
        Some(person) => {
            forget(site, call, whom)?;
            call.prepared
                .insert("person".to_owned(), person.id.to_string());
            call.prepared.insert("by".to_owned(), "pictures".to_owned());
            Ok(())
        }
        None => {
            site.meters.sign_in_refused();
            Err(Refusal::whole("child-sign-in-wrong").into())
        }
    }
}

fn is_right(site: &Site, person: &Person, picked: &[String; 3], typed: &str) -> bool {
    let secret = codes::secret(&site.settings.secret, person.id, person.card_serial);
    if !typed.is_empty() {
        return codes::same(secret.digits.as_bytes(), typed.as_bytes());
    }
    let wanted = secret
        .pictures
        .map(|at| codes::PICTURE_CODES.get(at).copied().unwrap_or(""));
    codes::same(wanted.join(" ").as_bytes(), picked.join(" ").as_bytes())
}

/// Where the request comes from, as the database may keep it.
fn address(ask: &Ask) -> Option<Vec<u8>> {
    let address = ask.credentials.address.as_str();
    (!address.is_empty()).then(|| codes::hash(&format!("address {address}")))
}

/// A try that was right: the person's earlier ones are forgotten, and this one from the address.
fn forget(site: &Site, call: &Call, whom: Vec<u8>) -> Result<()> {
    let address = address(call);
    site.db.write_now(move |tx| {
        if let Some(address) = &address {
            store::entry::take_back(tx, rules::ADDRESS, address)?;
        }
        store::entry::forget_tries(tx, rules::PERSON, &whom)
    })
}

// ---- adults

fn adult_form() -> Form {
    vec![
        Field::text("user_name").max(60),
        Field::secret("password"),
        Field::yes("own_phone").optional(),
    ]
}

/// The person a user name or code belongs to.
fn by_name(tx: &mut Tx, typed: &str) -> Result<Option<Person>> {
    let name = typed.trim().to_lowercase();
    if let Some(person) = store::people::by_user_name(tx, &name)? {
        return Ok(Some(person));
    }
    match codes::person_code_typed(typed) {
        Some(code) => store::people::by_code(tx, &code),
        None => Ok(None),
    }
}

/// Somebody with the hash of their password.
type Found = Option<(Person, Option<String>)>;

/// Counts a try at an adult's name; answers the person and the hash of the password.
fn counted(site: &Site, call: &Call, name: &str) -> Result<(Found, Vec<u8>)> {
    let whom = codes::hash(&format!("adult {}", name.trim().to_lowercase()));
    let (now, address, kept, typed) = (call.now, address(call), whom.clone(), name.to_owned());
    let found = site.db.write_now(move |tx| {
        if let Some(address) = &address {
            store::entry::count_try(tx, rules::ADDRESS, address, now)?;
        }
        store::entry::count_try(tx, rules::PERSON, &kept, now)?;
        let Some(person) = by_name(tx, &typed)? else {
            return Ok(None);
        };
        let hash = store::people::password_hash(tx, person.id)?;
        Ok(Some((person, hash)))
    });
    let found = found.inspect_err(|_| site.meters.sign_in_refused())?;
    Ok((found.filter(|(p, _)| p.closed_at.is_none()), whom))
}

fn try_adult(site: &Site, call: &mut Call) -> Result<()> {
    let (found, whom) = counted(site, call, call.values.text("user_name"))?;
    let hash = found.as_ref().and_then(|(_, hash)| hash.as_deref());
    let right = people::is_password_right(call.values.text("password"), hash)?;
    match found.filter(|_| right) {
        Some((person, _)) => {
            forget(site, call, whom)?;
            call.prepared
                .insert("person".to_owned(), person.id.to_string());
            call.prepared.insert("by".to_owned(), "password".to_owned());
            Ok(())
        }
        None => {
            site.meters.sign_in_refused();
            Err(Refusal::whole("adult-sign-in-wrong").into())
        }
    }
}

fn first_form() -> Form {
    vec![
        Field::text("user_name").max(60),
        Field::text("start_code").max(40),
        Field::secret("new_password"),
        Field::secret("new_password_again"),
        Field::yes("own_phone").optional(),
    ]
}

/// Compares the code of the card, then hashes the password that was chosen.
fn try_first(site: &Site, call: &mut Call) -> Result<()> {
    let (found, whom) = counted(site, call, call.values.text("user_name"))?;
    let now = call.now;
    let good = found.map(|(p, _)| p).filter(|p| {
        let secret = codes::secret(&site.settings.secret, p.id, p.card_serial);
        let fresh = p
            .card_at
            .is_some_and(|at| now < at.plus_days(rules::CARD_DAYS));
        fresh && codes::is_start(&secret, call.values.text("start_code"))
    });
    let Some(person) = good else {
        site.meters.sign_in_refused();
        return Err(Refusal::whole("first-sign-in-wrong").into());
    };
    let chosen = call.values.text("new_password");
    rules::choose_password(
        chosen,
        call.values.text("new_password_again"),
        &[
            &person.given,
            &person.family,
            person.user_name.as_deref().unwrap_or(""),
        ],
    )?;
    let hash = people::hash_password(chosen)?;
    forget(site, call, whom)?;
    call.prepared
        .insert("person".to_owned(), person.id.to_string());
    call.prepared.insert("hash".to_owned(), hash);
    call.prepared.insert("by".to_owned(), "card".to_owned());
    Ok(())
}

fn prepared<'a>(call: &'a Call, name: &str) -> Result<&'a str> {
    call.prepared
        .get(name)
        .map(String::as_str)
        .ok_or_else(|| Error::fault("not prepared"))
}

fn choose_first(tx: &mut Tx, call: &Call) -> Result<Done> {
    let person = Id::parse(prepared(call, "person")?).ok_or(Error::Missing)?;
    store::people::set_password(tx, person, Some(prepared(call, "hash")?))?;
    // The card has done its work: another serial makes its code worthless.
    store::people::use_card(tx, person)?;
    store::entry::end_sessions(tx, person, call.now)?;
    ledger::tell(
        tx,
        (call.now, Some(person)),
        "person.password_chosen",
        ("person", person),
        json!({}),
    )?;
    enter(tx, call, person, "card")
}

fn enter_prepared(tx: &mut Tx, call: &Call) -> Result<Done> {
    let person = Id::parse(prepared(call, "person")?).ok_or(Error::Missing)?;
    enter(tx, call, person, prepared(call, "by")?)
}

/// Begins a session and sends the person on.
fn enter(tx: &mut Tx, call: &Call, person: Id, by: &str) -> Result<Done> {
    sessions::end_here(tx, &call.credentials, call.now)?;
    let token = sessions::begin(tx, person, by, call.values.yes("own_phone"), call.now)?;
    ledger::tell(
        tx,
        (call.now, Some(person)),
        "person.signed_in",
        ("person", person),
        json!({ "by": by }),
    )?;
    let next = call
        .query
        .get("next")
        .map(|next| web::local(next))
        .filter(|next| *next != "/");
    let roles = store::people::roles(tx, person)?;
    let works = roles
        .iter()
        .any(|h| h.is_on(call.today) && matches!(h.role, Role::Teacher | Role::SchoolHead));
    let home = if works { "/teach" } else { "/learn" };
    Ok(Done {
        session: Some(token),
        ..Done::see(next.unwrap_or(home))
    })
}

// ---- links, leaving, passwords

fn link_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let hash = codes::hash(ask.param("token"));
    let Some((_, person)) = store::entry::link(tx, &hash, ask.now)? else {
        return Err(Refusal::whole("school-link-used").into());
    };
    let name = store::people::person(tx, person)?.name();
    let says = ask
        .words
        .say_with("school-link-for", &[("name", name.into())]);
    Ok(Prefill {
        beside: html!("<p>{}</p>", says),
        entered: Entered::default(),
    })
}

fn use_link(tx: &mut Tx, call: &Call) -> Result<Done> {
    let hash = codes::hash(call.param("token"));
    let used = Refusal::whole("school-link-used");
    let Some((id, person)) = store::entry::link(tx, &hash, call.now)? else {
        return Err(used.into());
    };
    if store::people::person(tx, person)?.closed_at.is_some()
        || !store::entry::use_link(tx, id, call.now)?
    {
        return Err(used.into());
    }
    enter(tx, call, person, "link")
}

fn sign_out(tx: &mut Tx, call: &Call) -> Result<Done> {
    let person = call.actor()?.account;
    sessions::end_here(tx, &call.credentials, call.now)?;
    ledger::tell(
        tx,
        (call.now, Some(person)),
        "person.signed_out",
        ("person", person),
        json!({}),
    )?;
    Ok(Done {
        session: Some(String::new()),
        ..Done::see("/learn/sign-in")
    })
}

fn password_form() -> Form {
    vec![
        Field::secret("password"),
        Field::secret("new_password"),
        Field::secret("new_password_again"),
    ]
}

fn try_change(site: &Site, call: &mut Call) -> Result<()> {
    let me = call.actor()?.account;
    let code = site
        .db
        .read_now(move |tx| Ok(store::people::person(tx, me)?.code))?;
    let (found, whom) = counted(site, call, &code)?;
    let hash = found.as_ref().and_then(|(_, hash)| hash.as_deref());
    let right = people::is_password_right(call.values.text("password"), hash)?;
    let Some((person, _)) = found.filter(|_| right) else {
        return Err(Refusal::about("password", "school-password-wrong").into());
    };
    let chosen = call.values.text("new_password");
    rules::choose_password(
        chosen,
        call.values.text("new_password_again"),
        &[
            &person.given,
            &person.family,
            person.user_name.as_deref().unwrap_or(""),
        ],
    )?;
    forget(site, call, whom)?;
    call.prepared
        .insert("hash".to_owned(), people::hash_password(chosen)?);
    Ok(())
}

fn change_password(tx: &mut Tx, call: &Call) -> Result<Done> {
    let me = call.actor()?.account;
    store::people::set_password(tx, me, Some(prepared(call, "hash")?))?;
    store::entry::end_sessions(tx, me, call.now)?;
    ledger::tell(
        tx,
        (call.now, Some(me)),
        "person.password_chosen",
        ("person", me),
        json!({}),
    )?;
    let token = sessions::begin(tx, me, "password", false, call.now)?;
    Ok(Done {
        session: Some(token),
        ..Done::see(pages::ACCOUNT)
    }
    .notice("school-password-done"))
}
