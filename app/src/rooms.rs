//! The rooms of the house, upstream first: the one list that a new room joins.

use web::{Door, Room};

/// Every room, in river order.
pub fn rooms() -> Vec<Room> {
    vec![
        web::own::room(),
        ledger::room(),
        people::room(),
        places::room(),
        catalogue::room(),
        authorities::room(),
        members::room(),
        needs::room(),
        offers::room(),
        allocation::room(),
        agreements::room(),
        deployments::room(),
        deliveries::room(),
        evidence::room(),
        curricula::room(),
        resources::room(),
        lessons::room(),
        classes::room(),
        records::room(),
        launch::room(),
        progress::room(),
        reports::room(),
        publications::room(),
        portal::room(),
    ]
}

/// How the site learns who asks.
pub const DOOR: Door = classes::DOOR;
