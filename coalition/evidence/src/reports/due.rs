//! What is owed: every period of every deployment that has begun, less what was handed in.

use super::{Due, Rule, Standing, rules, store};
use base::{Day, Id, Result};
use db::Tx;
use deployments::{Deployment, Scope};

/// The rule in force: the first of the catalogue that can be used.
pub(crate) fn rule(tx: &mut Tx) -> Result<Rule> {
    let usable = catalogue::terms(tx, "reporting_rules")?
        .into_iter()
        .find_map(|term| {
            let months = term.whole("months").filter(|n| [1, 3, 6, 12].contains(n))?;
            let days = term.whole("days").filter(|n| (0..=366).contains(n))?;
            Some(Rule {
                months: i8::try_from(months).ok()?,
                days,
            })
        });
    Ok(usable.unwrap_or(rules::QUARTERLY))
}

/// Whose reports are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    Everybody,
    Member(Id),
    Country(String),
}

/// Every period that is or was owed, with where it stands; the longest due first.
pub(crate) fn all(tx: &mut Tx, whose: &Whose, today: Day) -> Result<Vec<Due>> {
    let rule = rule(tx)?;
    let (scope, country, member) = match whose {
        Whose::Everybody => (Scope::Everything, None, None),
        Whose::Member(member) => (Scope::Member(*member), None, Some(*member)),
        Whose::Country(country) => (
            Scope::Country(country.clone()),
            Some(country.as_str()),
            None,
        ),
    };
    let begun = store::begun(tx, country, member)?;
    let mut out = Vec::new();
    deployments::each(tx, &scope, today, &mut |deployment| {
        for period in owed(&deployment, today, rule) {
            let known = begun.get(&(deployment.id, period.from));
            out.push(Due {
                deployment: deployment.id,
                code: deployment.code.clone(),
                country: deployment.country.clone(),
                member: deployment.member,
                period,
                due_on: rules::due_on(period, rule),
                standing: rules::standing(known.map(|(_, state)| *state), period, rule, today),
                report: known.map(|(id, _)| *id),
            });
        }
        Ok(())
    })?;
    out.sort_by(|a, b| (a.due_on, &a.code).cmp(&(b.due_on, &b.code)));
    Ok(out)
}

/// The periods a deployment owes a report for.
pub(crate) fn owed(deployment: &Deployment, today: Day, rule: Rule) -> Vec<super::Period> {
    match deployment.actual_from {
        Some(began) if deployment.standing.has_begun() => {
            rules::periods(began, deployment.actual_to, today, rule)
        }
        _ => Vec::new(),
    }
}

/// Reports that should be there or must be written again, the longest due first.
///
/// # Errors
/// A fault of the database.
pub fn reports_due(tx: &mut Tx, today: Day) -> Result<Vec<Due>> {
    let mut found = all(tx, &Whose::Everybody, today)?;
    found.retain(|due| is_waited_for(due.standing));
    Ok(found)
}

/// Its writers have something to do.
pub(crate) const fn is_waited_for(standing: Standing) -> bool {
    matches!(
        standing,
        Standing::Due | Standing::Overdue | Standing::SentBack
    )
}
