//! The receiver's page: one form, small enough for a bad line, whose answer may be sent again.

use super::line::all_good;
use super::{found, service, units};
use crate::acts::by_token;
use crate::consignment::Checked;
use crate::store::{consignments, lines, receipts};
use base::{Refusal, Result};
use db::Tx;
use ui::{Html, Tone, html};
use web::{Answer, Ask, Page, Prefill};

/// What the receiver is asked about; everything outstanding stands there as good.
pub(crate) fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let link = by_token(tx, ask.param("token"))?;
    if !link.is_good(ask.today) {
        return Err(Refusal::whole("deliveries-link-over").into());
    }
    let consignment = consignments::find(tx, link.consignment)?;
    crate::rules::may_receive(consignment.stage)?;
    let told = lines::told(tx, link.consignment_line)?;
    let words = &ask.words;
    let (class, _) = service(tx, words, &consignment.service_class)?;
    let unit = units(tx, words, &consignment.service_class, told.line.units)?;
    let member = people::organisation_name(tx, words, Some(consignment.member))?;
    let args = [
        ("n", told.line.units.into()),
        ("unit", apart(&unit)),
        ("service", apart(&class)),
        ("member", apart(&member)),
    ];
    let key = format!("receive-what-{}", consignment.kind.code());
    let mut beside = html!(
        "<p><strong>{}</strong> {}<br>{}</p>",
        told.line.label,
        told.line.school,
        words.say_with(&key, &args)
    );
    let checked = told.known.checked;
    if checked != Checked::default() {
        beside.push(so_far(ask, &checked, told.known.pending()));
    }
    Ok(Prefill {
        entered: all_good(told.known.pending()),
        beside,
    })
}

/// A name whose letters keep their own direction inside a sentence.
fn apart(name: &str) -> base::Arg {
    format!("\u{2068}{name}\u{2069}").into()
}

/// What was said before, and what is still to come.
fn so_far(ask: &Ask, checked: &Checked, pending: i64) -> Html {
    let words = &ask.words;
    let said = words.say_with("receive-so-far", &[("found", found(words, checked).into())]);
    let rest = words.say_with("receive-outstanding", &[("n", pending.into())]);
    let tone = if pending == 0 {
        Tone::Good
    } else {
        Tone::Plain
    };
    ui::notice(words, tone, html!("{} {}", said, rest))
}

/// Thanks, and what was understood.
pub(super) fn thanks(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let link = by_token(tx, ask.param("token"))?;
    let told = lines::told(tx, link.consignment_line)?;
    let said = receipts::by_link(tx, link.consignment_line, link.id)?;
    let mut body = html!("<p><strong>{}</strong></p>", told.line.label);
    body.push(so_far(ask, &told.known.checked, told.known.pending()));
    if said.iter().any(|one| one.proof.is_some()) {
        body.push(html!("<p>{}</p>", words.say("receive-photo-kept")));
    }
    if told.known.settled.open() > 0 {
        body.push(html!("<p>{}</p>", words.say("receive-disputed")));
    }
    let again = format!("/receive/{}", ask.param("token"));
    body.push(html!(
        "<p>{}</p>",
        ui::link(&again, words.say("receive-again"))
    ));
    Ok(Answer::Page(Page {
        title: words.say("receive-thanks"),
        body,
        ..Page::default()
    }))
}
