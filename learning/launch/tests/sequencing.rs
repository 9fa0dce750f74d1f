//! Packages with an order of their own: the server holds to it, whatever the page asks for.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use base::Id;
use house::{House, migrations, report, source};
use serde_json::{Value, json};
use web::testing::{Browser, Got};

const OWN: &str =
    "<imsss:deliveryControls completionSetByContent=\"true\" objectiveSetByContent=\"true\"/>";
const BOTH: &str =
    "<imsss:sequencing><imsss:controlMode choice=\"true\" flow=\"true\"/></imsss:sequencing>";
const FLOW: &str =
    "<imsss:sequencing><imsss:controlMode choice=\"false\" flow=\"true\"/></imsss:sequencing>";

fn item(id: &str, inner: &str) -> String {
    format!(
        "<item identifier=\"{id}\" identifierref=\"r{id}\"><title>Part {id}</title>{inner}</item>"
    )
}
fn ordered(id: &str, sequencing: &str) -> String {
    item(
        id,
        &format!("<imsss:sequencing>{sequencing}{OWN}</imsss:sequencing>"),
    )
}
/// The primary objective, tied to a shared one.
fn tied(target: &str, writes: bool, more: &str) -> String {
    format!(
        "<imsss:objectives><imsss:primaryObjective objectiveID=\"own\"><imsss:mapInfo targetObjectiveID=\"{target}\" \
         writeSatisfiedStatus=\"{writes}\" writeNormalizedMeasure=\"{writes}\"/></imsss:primaryObjective>{more}</imsss:objectives>"
    )
}
fn before(action: &str, test: &str, objective: &str, not: bool) -> String {
    let about = if objective.is_empty() {
        String::new()
    } else {
        format!("referencedObjective=\"{objective}\"")
    };
    let operator = if not { "not" } else { "noOp" };
    format!(
        "<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition=\"{test}\" {about} \
         operator=\"{operator}\"/></imsss:ruleConditions><imsss:ruleAction action=\"{action}\"/></imsss:preConditionRule></imsss:sequencingRules>"
    )
}

fn package(inner: &str, parts: &[&str]) -> Vec<u8> {
    shared(inner, parts, false)
}

/// A package whose objectives are its own, or shared with every package of the site.
fn shared(inner: &str, parts: &[&str], everywhere: bool) -> Vec<u8> {
    let resource = |id: &&str| {
        format!(
            "<resource identifier=\"r{id}\" type=\"webcontent\" adlcp:scormType=\"sco\" href=\"{id}.html\"/>"
        )
    };
    let resources: String = parts.iter().map(resource).collect();
    let manifest = format!(
        "<manifest identifier=\"m\" xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" \
         xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_v1p3\" xmlns:adlseq=\"http://www.adlnet.org/xsd/adlseq_v1p3\" \
         xmlns:adlnav=\"http://www.adlnet.org/xsd/adlnav_v1p3\" xmlns:imsss=\"http://www.imsglobal.org/xsd/imsss\">\
         <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>\
         <organizations default=\"o\"><organization identifier=\"o\" adlseq:objectivesGlobalToSystem=\"{everywhere}\" \
         adlcp:sharedDataGlobalToSystem=\"false\"><title>A way</title>{inner}</organization></organizations>\
         <resources>{resources}</resources></manifest>"
    );
    let mut files = vec![("imsmanifest.xml".to_owned(), manifest.into_bytes())];
    for id in parts {
        let page = format!("<!doctype html><title>{id}</title><p>Part {id}</p>");
        files.push((format!("{id}.html"), page.into_bytes()));
    }
    formats::pack(&files).unwrap()
}

/// A part that is closed until an objective is known to be satisfied.
fn waits(target: &str, previous: &str) -> String {
    let more = format!(
        "<imsss:objective objectiveID=\"previous\"><imsss:mapInfo targetObjectiveID=\"{previous}\"/></imsss:objective>"
    );
    let rule = "<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions conditionCombination=\"any\">\
        <imsss:ruleCondition condition=\"satisfied\" referencedObjective=\"previous\" operator=\"not\"/>\
        <imsss:ruleCondition condition=\"objectiveStatusKnown\" referencedObjective=\"previous\" operator=\"not\"/>\
        </imsss:ruleConditions><imsss:ruleAction action=\"disabled\"/></imsss:preConditionRule></imsss:sequencingRules>";
    format!("{rule}{}", tied(target, true, &more))
}

/// Each part opens once the one before it is passed.
fn one_after_the_other() -> Vec<u8> {
    let inner = ordered("A", &tied("a", true, ""))
        + &ordered("B", &waits("b", "a"))
        + &ordered("C", &waits("c", "b"))
        + BOTH;
    package(&inner, &["A", "B", "C"])
}

/// What is not passed comes again; what is passed is passed over.
fn again_until_passed() -> Vec<u8> {
    let skip = before("skip", "satisfied", "", false);
    let store = "<adlcp:data><adlcp:map targetID=\"notes\"/></adlcp:data>";
    let part = |id: &str| {
        item(
            id,
            &format!(
                "<imsss:sequencing>{skip}{}{OWN}</imsss:sequencing>{store}",
                tied(&id.to_lowercase(), true, "")
            ),
        )
    };
    let end = "<imsss:sequencing><imsss:sequencingRules><imsss:postConditionRule><imsss:ruleConditions>\
        <imsss:ruleCondition condition=\"always\"/></imsss:ruleConditions><imsss:ruleAction action=\"exitParent\"/>\
        </imsss:postConditionRule></imsss:sequencingRules><imsss:rollupRules rollupObjectiveSatisfied=\"false\" \
        rollupProgressCompletion=\"false\" objectiveMeasureWeight=\"0\"/></imsss:sequencing>\
        <adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>previous</adlnav:hideLMSUI>\
        <adlnav:hideLMSUI>suspendAll</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation>";
    let group = format!(
        "<item identifier=\"G\"><title>Round</title>{}{}{}<imsss:sequencing><imsss:controlMode choice=\"false\" flow=\"true\"/>\
         <imsss:sequencingRules><imsss:postConditionRule><imsss:ruleConditions><imsss:ruleCondition condition=\"satisfied\" \
         operator=\"not\"/></imsss:ruleConditions><imsss:ruleAction action=\"retry\"/></imsss:postConditionRule>\
         </imsss:sequencingRules></imsss:sequencing></item>",
        part("A"),
        part("B"),
        item("End", end)
    );
    package(&format!("{group}{FLOW}"), &["A", "B", "End"])
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let start = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap()
        .1;
    start.split_once('"').unwrap().0.to_owned()
}

struct Learner<'a> {
    house: &'a House,
    browser: Browser,
    form: Id,
}

impl Learner<'_> {
    async fn contents(&mut self) -> Got {
        self.browser
            .get(&format!("/packages/{}", self.form))
            .await
            .expect(200)
    }
    /// Presses a button of the contents; answers where it leads.
    async fn ask(&mut self, what: &str) -> String {
        let page = self.contents().await.text;
        let body = format!(
            "page_token={}&turn={}&ask={what}",
            hidden(&page, "page_token"),
            hidden(&page, "turn")
        );
        let got = self
            .browser
            .post(&format!("/packages/{}/way", self.form), &body)
            .await
            .expect(303);
        got.location
            .replace(&format!("/packages/{}", self.form), "")
    }
    /// The page of the unit that is open, as its package is told.
    async fn given(&mut self, unit: usize) -> Value {
        let open = self
            .browser
            .get(&format!("/packages/{}/units/{unit}", self.form))
            .await
            .expect(200);
        self.house
            .ask("GET", &source(&open.text), "", &[])
            .await
            .expect(200)
            .given()
    }
    async fn say(&self, given: &Value, number: i64, set: &Value, end: bool, status: u16) -> String {
        let to = given["to"].as_str().unwrap();
        self.house
            .ask("POST", to, &report(given, number, set, end), &[])
            .await
            .expect(status)
            .text
    }
    async fn now(&mut self) -> String {
        let got = self
            .browser
            .get(&format!("/packages/{}/way", self.form))
            .await
            .expect(303);
        got.location
            .replace(&format!("/packages/{}", self.form), "")
    }
}

async fn learner(house: &House, bytes: Vec<u8>) -> (Learner<'_>, Id) {
    let (_, form) = house.bring("way.zip", bytes).await;
    let amina = house.school.learners[0][0];
    let browser = house.signed_in(amina).await;
    (
        Learner {
            house,
            browser,
            form,
        },
        amina,
    )
}

fn passed() -> Value {
    json!({ "cmi.begun": "true", "cmi.completion_status": "completed", "cmi.success_status": "passed", "cmi.score.scaled": "0.9" })
}

#[tokio::test]
async fn a_part_opens_once_the_one_before_it_is_passed() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let house = House::open(db).await;
        let (mut amina, person) = learner(&house, one_after_the_other()).await;
        let page = amina.contents().await;
        assert!(page.says("Part A") && page.says("The package says itself in which order"));
        assert!(page.says("Closed now by the package") && page.text.contains("value=\"choice-1\""));
        assert!(!page.text.contains("value=\"choice-2\"") && !page.text.contains("value=\"continue\""));
        // Nothing opens by its address alone, and what is closed by no button.
        let shut = amina.browser.get(&format!("/packages/{}/units/1", amina.form)).await.expect(303);
        assert_eq!(shut.location, format!("/packages/{}", amina.form));
        assert_eq!(amina.ask("choice-3").await, "?no=package-no-disabled");
        let why = amina.browser.get(&format!("/packages/{}?no=package-no-disabled", amina.form)).await.expect(200);
        assert!(why.says("Closed now by the package"));
        assert_eq!(amina.ask("start").await, "/units/1");
        let open = amina.browser.get(&format!("/packages/{}/units/1", amina.form)).await.expect(200);
        assert!(!open.text.contains("value=\"continue\"") && open.text.contains("value=\"suspend-all\""));
        let given = amina.given(1).await;
        assert_eq!((&given["facts"]["entry"], &given["facts"]["next"]), (&json!("ab-initio"), &json!("false")));
        assert_eq!(given["facts"]["valid"]["choice"]["B"], "false");
        assert_eq!(given["data"]["cmi.objectives.0.id"], "own");
        let valid: Value = serde_json::from_str(&amina.say(&given, 1, &passed(), false, 200).await).unwrap();
        assert_eq!((&valid["next"], &valid["choice"]["B"], &valid["choice"]["C"]), (&json!("true"), &json!("true"), &json!("false")));
        // Heard twice, kept once; the wish to go on is followed once.
        let wish = json!({ "adl.nav.request": "continue", "cmi.session_time": "PT1M" });
        amina.say(&given, 2, &wish, true, 204).await;
        amina.say(&given, 2, &wish, true, 204).await;
        assert_eq!(amina.now().await, "/units/2");
        // The page before it is over: its later opening is not heard.
        let late = json!({ "session": given["session"].as_i64().unwrap() + 1, "number": 1, "set": {}, "end": false });
        house.ask("POST", given["to"].as_str().unwrap(), &late.to_string(), &[]).await.expect(409);
        let second = amina.given(2).await;
        let choose = json!({ "adl.nav.request": "{target=C}choice" });
        amina.say(&second, 1, &choose, true, 204).await;
        assert_eq!(amina.now().await, "");
        assert_eq!(amina.ask("choice-2").await, "/units/2");
        let second = amina.given(2).await;
        amina.say(&second, 1, &passed(), false, 200).await;
        assert_eq!(amina.ask("continue").await, "/units/3");
        // What the second part says last comes late, and is kept.
        amina.say(&second, 2, &json!({ "cmi.location": "9" }), true, 204).await;
        assert_eq!(amina.now().await, "/units/3");
        let third = amina.given(3).await;
        amina.say(&third, 1, &passed(), true, 204).await;
        assert_eq!(amina.ask("exit-all").await, "");
        let page = amina.contents().await;
        assert!(page.says("The whole package:") && page.says("Passed"), "{}", page.text);
        let verbs: Vec<String> = house.told(person).await.into_iter().map(|(verb, _)| verb).collect();
        assert_eq!(verbs.iter().filter(|verb| *verb == "passed").count(), 3);
        house.is_well().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_passed_in_one_package_opens_another_and_a_part_may_jump() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let house = House::open(db).await;
        let inner =
            ordered("A", &tied("halves", true, "")) + &item("B", "") + &item("C", "") + FLOW;
        let (mut amina, person) = learner(&house, shared(&inner, &["A", "B", "C"], true)).await;
        let next = ordered("X", &waits("thirds", "halves")) + BOTH;
        let (_, form) = house.bring("next.zip", shared(&next, &["X"], true)).await;
        let browser = house.signed_in(person).await;
        let mut open = Learner {
            house: &house,
            browser,
            form,
        };
        let (_, form) = house.bring("own.zip", shared(&next, &["X"], false)).await;
        let browser = house.signed_in(person).await;
        let mut own = Learner {
            house: &house,
            browser,
            form,
        };
        assert_eq!(open.ask("choice-1").await, "?no=package-no-disabled");
        assert_eq!(amina.ask("start").await, "/units/1");
        let given = amina.given(1).await;
        let valid = &given["facts"]["valid"];
        assert_eq!(
            (&valid["jump"]["C"], &valid["choice"]["C"]),
            (&json!("true"), &json!("false"))
        );
        let mut set = passed();
        set["adl.nav.request"] = json!("{target=C}jump");
        amina.say(&given, 1, &set, true, 204).await;
        assert_eq!(amina.now().await, "/units/3");
        // The other package hears of it; one that keeps its objectives to itself does not.
        assert_eq!(open.ask("choice-1").await, "/units/1");
        assert_eq!(own.ask("choice-1").await, "?no=package-no-disabled");
        house.is_well().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_not_passed_comes_again_and_what_is_passed_does_not() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let house = House::open(db).await;
        let (mut amina, _) = learner(&house, again_until_passed()).await;
        let page = amina.contents().await;
        assert!(!page.text.contains("value=\"choice-"));
        assert_eq!(amina.ask("choice-3").await, "?no=package-no-choice");
        assert_eq!(amina.ask("start").await, "/units/1");
        let mut given = amina.given(1).await;
        let mut set = passed();
        set["adl.data.0.store"] = json!("half of it");
        set["adl.nav.request"] = json!("continue");
        amina.say(&given, 1, &set, true, 204).await;
        assert_eq!(amina.now().await, "/units/2");
        given = amina.given(2).await;
        assert_eq!((&given["facts"]["stores"][0]["id"], &given["facts"]["stores"][0]["held"]), (&json!("notes"), &json!("half of it")));
        let lost = json!({ "cmi.completion_status": "completed", "cmi.success_status": "failed", "cmi.score.scaled": "0.1", "adl.nav.request": "continue" });
        amina.say(&given, 1, &lost, true, 204).await;
        assert_eq!(amina.now().await, "/units/3");
        let open = amina.browser.get(&format!("/packages/{}/units/3", amina.form)).await.expect(200);
        assert!(open.text.contains("value=\"continue\""));
        assert!(!open.text.contains("value=\"suspend-all\"") && !open.text.contains("value=\"previous\""));
        assert_eq!(amina.ask("continue").await, "/units/2");
        given = amina.given(2).await;
        assert_eq!(given["facts"]["entry"], "ab-initio");
        assert_eq!(given["data"]["cmi.objectives.0.success_status"], "failed");
        let page = amina.contents().await;
        assert!(page.says("passed over on the way"));
        set["adl.nav.request"] = json!("continue");
        amina.say(&given, 1, &set, true, 204).await;
        assert_eq!(amina.now().await, "/units/3");
        assert_eq!(amina.ask("continue").await, "");
        assert!(amina.contents().await.says("The whole package: Passed"));
        house.is_well().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_left_for_later_goes_on_where_it_was() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let house = House::open(db).await;
        let (mut amina, person) = learner(&house, one_after_the_other()).await;
        amina.ask("start").await;
        let given = amina.given(1).await;
        amina
            .say(
                &given,
                1,
                &json!({ "cmi.begun": "true", "cmi.location": "7" }),
                false,
                204,
            )
            .await;
        let wish = json!({ "adl.nav.request": "suspendAll", "cmi.exit": "suspend" });
        amina.say(&given, 2, &wish, true, 204).await;
        assert_eq!(amina.now().await, "");
        house.clock.advance_seconds(600);
        let page = amina.contents().await;
        assert!(page.says("Go on where you were") && !page.text.contains("value=\"suspend-all\""));
        let stale = hidden(&page.text, "turn");
        assert_eq!(amina.ask("resume").await, "/units/1");
        let given = amina.given(1).await;
        assert_eq!(
            (&given["facts"]["entry"], &given["data"]["cmi.location"]),
            (&json!("resume"), &json!("7"))
        );
        // Pressed twice, asked once.
        let page = amina.contents().await.text;
        let body = format!(
            "page_token={}&turn={stale}&ask=exit-all",
            hidden(&page, "page_token")
        );
        let got = amina
            .browser
            .post(&format!("/packages/{}/way", amina.form), &body)
            .await
            .expect(303);
        assert!(got.location.ends_with("/units/1"));
        let forged = format!("page_token=x&turn={stale}&ask=exit-all");
        amina
            .browser
            .post(&format!("/packages/{}/way", amina.form), &forged)
            .await
            .expect(422);
        // A teacher looks at any part, in no order, and nothing is kept.
        let mut tina = house.signed_in(house.school.teachers[0]).await;
        tina.get(&format!("/packages/{}/units/3", amina.form))
            .await
            .expect(200);
        let gone = house.site.clone();
        let at = house.clock.now();
        house
            .site
            .db
            .write(move |tx| gone.forget(tx, person, at))
            .await
            .unwrap();
        let left = house
            .site
            .db
            .read(|tx| tx.rows("SELECT turn FROM package_way", &[]))
            .await
            .unwrap();
        assert!(left.is_empty());
        assert!(amina.contents().await.text.contains("value=\"start\""));
    })
    .await;
}

#[tokio::test]
async fn an_order_nobody_can_follow_is_not_taken() {
    let rule = before("skip", "asleep", "", false);
    let inner = ordered("A", &rule)
        + "<item identifier=\"B\" identifierref=\"rA\"><title>B</title>\
        <imsss:sequencing IDRef=\"nowhere\"/></item>";
    let bytes = package(&inner, &["A"]);
    let Err(base::Error::Refused(why)) = formats::read("way.zip", &bytes) else {
        panic!("it was taken");
    };
    let keys: Vec<&str> = why.0.iter().map(|one| one.key.as_str()).collect();
    assert!(
        keys.contains(&"format-sequencing-word") && keys.contains(&"format-sequencing-idref"),
        "{keys:?}"
    );
}
