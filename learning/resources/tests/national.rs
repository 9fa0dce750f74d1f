//! A country's own licences: added with their terms, kept with what is under them, closed with a reason.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use house::{House, TEXT, migrations};
use people::testing::{all_is_well, but};
use resources::Use;
use web::testing::query;

const LICENCE: &[(&str, &str)] = &[
    ("licence_country", "KE"),
    ("licence_code", "ke-schools"),
    ("licence_names_en", "For Kenya's schools"),
    ("licence_permits", "show"),
    ("licence_permits", "change"),
    ("licence_duties", "credit"),
    ("licence_duties", "share_alike"),
];

#[tokio::test]
async fn a_licence_of_the_country_is_added_chosen_gated_and_closed() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let new = "/resources/licences/new";
        h.tina.post(new, &query(LICENCE)).await.expect(403);
        h.rita.post(new, &query(LICENCE)).await.expect(403);
        let bad = [
            ("licence_country", "KE"),
            ("licence_code", "OPEN"),
            ("licence_names_en", "Open"),
            ("licence_permits", "print"),
            ("licence_duties", "share_alike"),
        ];
        let refused = h.olga.post(new, &query(&bad)).await.expect(422);
        for why in [
            "begins with KE-",
            "of no use in a library",
            "only where changing",
        ] {
            assert!(refused.says(why), "{why}");
        }
        h.olga.act(new, LICENCE).await;
        let twice = h.olga.post(new, &query(LICENCE)).await.expect(422);
        assert!(twice.says("There is a licence KE-SCHOOLS already."));
        let public = h.nobody.get("/resources/licences").await.expect(200);
        assert!(public.says("For Kenya's schools") && !public.says("Close KE-SCHOOLS"));

        // What is kept under it is let do what it says, whatever was ticked beside it.
        let form = but(
            TEXT,
            &[("resource_licence", "KE-SCHOOLS"), ("permits", "print")],
        );
        let path = h.olga.act("/resources/new", &form).await.location;
        let id = base::Id::parse(path.rsplit('/').next().unwrap()).unwrap();
        let load = |h: &House| {
            h.site
                .db
                .read_now(move |tx| resources::resource(tx, id))
                .unwrap()
        };
        let one = load(&h);
        let may = |what| one.may(what).is_ok();
        assert!(may(Use::Show) && may(Use::Change) && !may(Use::Print) && !may(Use::PassOn));
        assert!(one.licensed().share_alike && one.licensed().credit);
        let page = h.olga.get(&path).await.expect(200);
        assert!(page.says("For Kenya's schools") && !page.says("KE-SCHOOLS"));
        let no = h.olga.get(&format!("{path}/print")).await.expect(200);
        assert!(no.says("The licence KE-SCHOOLS does not let it be printed."));
        // What is built upon it carries it too.
        let built = but(
            TEXT,
            &[
                ("based_on", &one.code),
                ("names_en", "Built"),
                ("resource_text", "Another text."),
            ],
        );
        let refused = h
            .olga
            .post("/resources/new", &query(&built))
            .await
            .expect(422);
        assert!(refused.says("it must have the same"));

        let listed = h.olga.get("/resources/licences").await.expect(200);
        assert!(listed.says("Close KE-SCHOOLS"));
        let at = listed
            .text
            .split("/resources/licences/")
            .find(|part| part.contains("/closing"));
        let at = at.unwrap().split('"').next().unwrap();
        let closing = format!("/resources/licences/{at}");
        h.rita.post(&closing, "reason=x").await.expect(403);
        h.olga.post(&closing, "").await.expect(422);
        h.olga
            .act(&closing, &[("reason", "Another one came.")])
            .await;
        let refused = h.olga.post(&closing, "reason=x").await.expect(422);
        assert!(refused.says("It is closed already."));
        let form = but(&form, &[("names_en", "Later"), ("resource_text", "Later.")]);
        let refused = h.olga.post("/resources/new", &query(&form)).await;
        refused.expect(422);
        // What has it keeps it, and can still be corrected.
        assert!(load(&h).may(Use::Show).is_ok() && load(&h).may(Use::Print).is_err());
        all_is_well(&h.site).await;
    })
    .await;
}
