//! What this room asks of earlier rooms.

use crate::consignment::Kind;
use crate::rules::Shift;
use base::{Actor, Day, Error, Id, Moment, Refusal, Result, Role};
use catalogue::ServiceKind;
use db::Tx;
use ledger::Movement;

/// How a service is delivered.
pub(crate) fn kind(tx: &mut Tx, service_class: &str) -> Result<Kind> {
    Ok(match catalogue::service_class(tx, service_class)?.kind {
        ServiceKind::Stock => Kind::Goods,
        ServiceKind::Rate => Kind::Service,
        ServiceKind::Digital => Kind::Access,
    })
}

/// Speaks for the member, as its focal point or authorised officer.
pub(crate) fn is_of(actor: &Actor, member: Id) -> bool {
    let roles = [Role::MemberFocalPoint, Role::MemberOfficer];
    roles.iter().any(|role| actor.is_for(*role, member))
}

/// The actor speaks for the member.
///
/// # Errors
/// Forbidden otherwise.
pub(crate) fn require_member(actor: &Actor, member: Id) -> Result<()> {
    if is_of(actor, member) {
        Ok(())
    } else {
        Err(Error::Forbidden(Role::MemberFocalPoint.code()))
    }
}

/// The actor speaks for the country's authority in all these places.
///
/// # Errors
/// Forbidden, or refused outside of the actor's places or when the accreditation has lapsed.
pub(crate) fn require_authority(
    tx: &mut Tx,
    actor: &Actor,
    country: &str,
    places: &[String],
    today: Day,
) -> Result<()> {
    authorities::require_places(tx, actor, country, places, today).map(|_| ())
}

/// Shifts of a line's units, as the ledger books them.
pub(crate) fn movements(
    (line, offer): (Id, Id),
    shifts: &[Shift],
    at: Moment,
) -> impl Iterator<Item = Movement> {
    shifts.iter().map(move |shift| Movement {
        line,
        offer: Some(offer),
        quantity: shift.units,
        from: shift.from,
        to: shift.to,
        at,
    })
}

/// Books shifts, and tells the deployment of the units that are no longer with the member.
pub(crate) fn book(tx: &mut Tx, deployment: Id, movements: &[Movement]) -> Result<()> {
    let left = movements
        .iter()
        .filter(|movement| movement.from == ledger::Bucket::Committed);
    let left: Vec<(Id, i64)> = left
        .map(|movement| (movement.line, movement.quantity))
        .collect();
    if !left.is_empty() {
        deployments::send(tx, deployment, &left)?;
    }
    if movements.is_empty() {
        return Ok(());
    }
    ledger::shift_many(tx, movements)
}

/// The open line of the same service in the same country that takes surplus.
///
/// # Errors
/// Refused when it is none, or has not so much uncovered.
pub(crate) fn taking(
    tx: &mut Tx,
    line: Id,
    (country, service_class): (&str, &str),
    units: i64,
    today: Day,
) -> Result<needs::OpenLine> {
    let no = |key| Error::from(Refusal::about("to_line", key));
    let found = match needs::line(tx, line) {
        Ok(found) => found,
        Err(Error::Missing) => return Err(no("deliveries-line-unknown")),
        Err(error) => return Err(error),
    };
    if found.country != country || found.service_class != service_class {
        return Err(no("deliveries-line-of-another-kind"));
    }
    needs::require_open(tx, found.need, today)?;
    if found.uncovered < units {
        let refusal = Refusal::about("to_line", "deliveries-line-takes-less");
        return Err(refusal.with("left", found.uncovered).into());
    }
    Ok(found)
}
