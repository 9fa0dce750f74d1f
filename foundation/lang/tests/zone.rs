//! What a reader sees where the site is not on UTC. A zone is kept once for a process: a binary of its own.

use base::{Lang, Moment, Zone};
use lang::testing;

#[test]
fn a_moment_is_written_as_the_clocks_there_show_it() {
    Zone::named("Pacific/Auckland").unwrap().keep().unwrap();
    let words = |lang| testing::library(&[]).words(lang);
    // 2026-06-30T19:30:00Z and 2026-12-31T11:05:00Z: winter, and summer on the first day of a year.
    let winter = Moment::from_micros(1_782_847_800_000_000);
    let summer = Moment::from_micros(1_798_715_100_000_000);
    assert_eq!(winter.to_string(), "2026-06-30T19:30:00Z");
    assert_eq!(summer.to_string(), "2026-12-31T11:05:00Z");
    let en = words(Lang::En);
    assert_eq!(en.moment(winter), "1 July 2026, 07:30 UTC+12");
    assert_eq!(en.moment(summer), "1 January 2027, 00:05 UTC+13");
    assert_eq!(
        en.site_zone(winter),
        "Days and times here are those of Pacific/Auckland (now UTC+12)."
    );
    let fr = words(Lang::Fr);
    assert_eq!(fr.moment(winter), "1er juillet 2026 à 07:30 UTC+12");
    let ar = words(Lang::Ar).moment(winter);
    assert!(
        ar.contains("07:30") && ar.contains("\u{2068}UTC+12\u{2069}"),
        "{ar}"
    );
}
