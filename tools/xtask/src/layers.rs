//! Who may use whom: the river, as a table.

/// Every crate with those of ours it may use, upstream only.
pub const RIVER: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("db", &["base"]),
    ("lang", &["base"]),
    ("sheets", &["base", "lang"]),
    ("ui", &["base", "lang"]),
    ("files", &["base"]),
    ("gauge", &[]),
    ("press", &["base", "lang"]),
    ("jobs", &["base", "db", "lang", "files"]),
    (
        "web",
        &["base", "db", "lang", "sheets", "ui", "files", "jobs"],
    ),
    ("ledger", &[FOUNDATION_PLUS]),
    ("people", &[FOUNDATION_PLUS, "ledger"]),
    ("places", &[FOUNDATION_PLUS, "ledger", "people"]),
    (
        "catalogue",
        &[FOUNDATION_PLUS, "ledger", "people", "places"],
    ),
    ("solver", &["gauge"]),
    ("authorities", &[COMMONS_PLUS]),
    ("members", &[COMMONS_PLUS, "authorities"]),
    ("needs", &[COMMONS_PLUS, "authorities", "members"]),
    ("offers", &[COMMONS_PLUS, "authorities", "members", "needs"]),
    (
        "allocation",
        &[
            COMMONS_PLUS,
            "authorities",
            "members",
            "needs",
            "offers",
            "solver",
        ],
    ),
    (
        "agreements",
        &[
            COMMONS_PLUS,
            "press",
            "authorities",
            "members",
            "needs",
            "offers",
            "allocation",
        ],
    ),
    (
        "deployments",
        &[
            COMMONS_PLUS,
            "authorities",
            "members",
            "needs",
            "offers",
            "allocation",
            "agreements",
        ],
    ),
    (
        "deliveries",
        &[
            COMMONS_PLUS,
            "press",
            "authorities",
            "members",
            "needs",
            "offers",
            "allocation",
            "agreements",
            "deployments",
        ],
    ),
    (
        "evidence",
        &[
            COMMONS_PLUS,
            "authorities",
            "members",
            "needs",
            "offers",
            "allocation",
            "agreements",
            "deployments",
            "deliveries",
        ],
    ),
    ("formats", &["base"]),
    ("curricula", &[COMMONS_PLUS]),
    ("resources", &[COMMONS_PLUS, "curricula", "formats"]),
    (
        "lessons",
        &[COMMONS_PLUS, "curricula", "formats", "resources"],
    ),
    (
        "classes",
        &[COMMONS_PLUS, "press", "curricula", "resources", "lessons"],
    ),
    (
        "records",
        &[COMMONS_PLUS, "curricula", "resources", "lessons", "classes"],
    ),
    (
        "launch",
        &[
            COMMONS_PLUS,
            "curricula",
            "formats",
            "resources",
            "lessons",
            "classes",
            "records",
        ],
    ),
    (
        "progress",
        &[
            COMMONS_PLUS,
            "press",
            "curricula",
            "formats",
            "resources",
            "lessons",
            "classes",
            "records",
            "launch",
        ],
    ),
    (
        "reports",
        &[
            COMMONS_PLUS,
            "authorities",
            "members",
            "needs",
            "offers",
            "allocation",
            "agreements",
            "deployments",
            "deliveries",
            "evidence",
        ],
    ),
    (
        "publications",
        &[
            COMMONS_PLUS,
            "authorities",
            "members",
            "needs",
            "offers",
            "allocation",
            "agreements",
            "deployments",
            "deliveries",
            "evidence",
            "reports",
        ],
    ),
    (
        "portal",
        &[
            COMMONS_PLUS,
            "authorities",
            "members",
            "needs",
            "offers",
            "allocation",
            "agreements",
            "deployments",
            "deliveries",
            "evidence",
            "reports",
            "publications",
        ],
    ),
];

const FOUNDATION: &[&str] = &[
    "base", "db", "lang", "sheets", "ui", "files", "gauge", "jobs", "web",
];
/// Stands for the whole foundation.
const FOUNDATION_PLUS: &str = "foundation";
/// Stands for the whole foundation and the commons.
const COMMONS_PLUS: &str = "commons";

/// Whether `room` may use `other`; none when the table does not know the room.
pub fn may_use(room: &str, other: &str) -> Option<bool> {
    let (_, allowed) = RIVER.iter().find(|(name, _)| *name == room)?;
    let commons = ["ledger", "people", "places", "catalogue"];
    Some(allowed.iter().any(|name| {
        *name == other
            || (matches!(*name, FOUNDATION_PLUS | COMMONS_PLUS) && FOUNDATION.contains(&other))
            || (*name == COMMONS_PLUS && commons.contains(&other))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_river_flows_one_way() {
        assert_eq!(may_use("needs", "people"), Some(true));
        assert_eq!(may_use("needs", "offers"), Some(false));
        assert_eq!(may_use("people", "web"), Some(true));
        assert_eq!(may_use("people", "places"), Some(false));
        assert_eq!(may_use("solver", "base"), Some(false));
        assert_eq!(may_use("nobody", "base"), None);
    }
}
