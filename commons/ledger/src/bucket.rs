//! The buckets a need line's units are in, and which moves between them there are.

/// Where a unit of a need line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// Nobody has offered it.
    Uncovered,
    /// A proposal waits for both sides.
    Proposed,
    /// Both sides accepted.
    Committed,
    /// On its way.
    InTransit,
    /// The member says it arrived.
    Delivered,
    /// The authority says it arrived.
    Confirmed,
    /// Came back.
    Returned,
    /// Did not arrive and will not.
    Lost,
}

impl Bucket {
    /// Every bucket, in the order of a unit's way.
    pub const ALL: [Self; 8] = [
        Self::Uncovered,
        Self::Proposed,
        Self::Committed,
        Self::InTransit,
        Self::Delivered,
        Self::Confirmed,
        Self::Returned,
        Self::Lost,
    ];
    /// The stable code, as stored and sent.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Uncovered => "uncovered",
            Self::Proposed => "proposed",
            Self::Committed => "committed",
            Self::InTransit => "in_transit",
            Self::Delivered => "delivered",
            Self::Confirmed => "confirmed",
            Self::Returned => "returned",
            Self::Lost => "lost",
        }
    }
    /// The bucket of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bucket| bucket.code() == code)
    }
    /// Where the bucket stands in [`Self::ALL`].
    pub(crate) const fn index(self) -> usize {
        self as usize
    }

    /// A unit may go from here to there in one step.
    pub const fn may_move(self, to: Self) -> bool {
        match self {
            Self::Uncovered => matches!(to, Self::Proposed),
            Self::Proposed => matches!(to, Self::Committed | Self::Uncovered),
            // Services and licences do not travel.
            Self::Committed => matches!(to, Self::InTransit | Self::Delivered | Self::Uncovered),
            Self::InTransit => matches!(to, Self::Delivered | Self::Returned | Self::Lost),
            Self::Delivered => matches!(to, Self::Confirmed | Self::Returned | Self::Lost),
            Self::Confirmed => matches!(to, Self::Returned | Self::Lost),
            // What came back or was lost is needed again when somebody says so.
            Self::Returned | Self::Lost => matches!(to, Self::Uncovered),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bucket_has_a_code_of_its_own_and_stays_not_where_it_is() {
        for (index, bucket) in Bucket::ALL.into_iter().enumerate() {
            assert_eq!(Bucket::parse(bucket.code()), Some(bucket));
            assert_eq!(bucket.index(), index);
            assert!(!bucket.may_move(bucket));
        }
        assert_eq!(Bucket::parse("met"), None);
    }

    #[test]
    fn a_unit_goes_its_way_and_never_jumps() {
        let way = &Bucket::ALL[..6];
        assert!(way.windows(2).all(|step| step[0].may_move(step[1])));
        assert!(
            !Bucket::Uncovered.may_move(Bucket::Committed),
            "nothing is committed unproposed"
        );
        assert!(!Bucket::Proposed.may_move(Bucket::Delivered));
        assert!(!Bucket::Confirmed.may_move(Bucket::Uncovered));
        assert!(!Bucket::Lost.may_move(Bucket::Delivered));
    }
}
