//! The registers as a list, on the page and as a file.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn registers_are_read_filtered_and_taken_away() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let class = h.seeded.classes[0];
        let list = format!("/teach/classes/{class}/marks");
        let school = format!("/teach/schools/{}/marks", h.school);
        let day = format!("?from={TODAY}&to={TODAY}");
        let rows = |text: &str| text.lines().count() - 1;
        let csv = |query: &str| format!("{list}.csv{day}{query}");
        let none = h.teacher.get(&csv("")).await.expect(200);
        assert_eq!(rows(&none.text), 0, "{}", none.text);

        let register = format!("/teach/classes/{class}/register");
        let entered = [
            ("on_day", TODAY),
            ("absent", "3"),
            ("late", "7"),
            ("version", "0"),
        ];
        h.teacher.act(&register, &entered).await;
        let right = [
            ("on_day", TODAY),
            ("late", "7"),
            ("version", "1"),
            ("reason", "=Came, \"late\""),
        ];
        h.clock.advance_seconds(60);
        h.teacher.act(&register, &right).await;
        let all = h.teacher.get(&csv("")).await.expect(200);
        assert_eq!(
            rows(&all.text),
            36,
            "one line a learner: what was corrected is not counted twice"
        );
        assert!(
            all.text.contains("\"'=Came, \"\"late\"\"\"") || all.text.contains("'=Came"),
            "{}",
            all.text
        );
        let late = h.teacher.get(&csv("&mark=late")).await.expect(200);
        assert_eq!(rows(&late.text), 1);
        assert_eq!(
            rows(&h.teacher.get(&csv("&mark=absent")).await.expect(200).text),
            0
        );
        // By the beginning of a family name, as the list of people is searched.
        let name = h.seeded.learners[0][2];
        let name = h.read(move |tx| classes::person(tx, name)).await.family;
        let named = h.teacher.get(&csv(&format!("&q={name}"))).await.expect(200);
        assert!(
            (1..36).contains(&rows(&named.text))
                && named.text.lines().skip(1).all(|line| line.contains(&name))
        );
        let page = h.teacher.get(&format!("{list}{day}")).await.expect(200);
        assert!(page.text.contains("type=\"date\""));
        let before = format!("{list}.csv?to=2026-01-01");
        assert_eq!(rows(&h.teacher.get(&before).await.expect(200).text), 0);

        // Page after page is the whole, without a line twice.
        let mut seen = std::collections::BTreeSet::new();
        let mut next = format!("{list}{day}&limit=7");
        for _ in 0..6 {
            let page = h.teacher.api(&next).await.expect(200).json();
            for row in page["items"].as_array().unwrap() {
                assert!(seen.insert(row["id"].as_str().unwrap().to_owned()));
            }
            let Some(after) = page["next"].as_str() else {
                break;
            };
            next = after.trim_start_matches("/api").to_owned();
        }
        assert_eq!(seen.len(), 36);

        // By lesson too; the day that follows stays one line a learner.
        h.head
            .act(
                &format!("/teach/schools/{}/registers", h.school),
                &[("way", "lesson")],
            )
            .await;
        let slots = lessons::hours(&h, class).await;
        for (slot, absent) in slots.iter().zip([&["3"][..], &["3", "5"]]) {
            let mut entered = vec![("on_day", TODAY), ("version", "0")];
            entered.extend(absent.iter().map(|number| ("absent", *number)));
            h.teacher
                .act(&format!("/teach/hours/{slot}/register"), &entered)
                .await;
        }
        let lessons = h.teacher.get(&csv("&register=lesson")).await.expect(200);
        assert_eq!(rows(&lessons.text), 72);
        let away = h
            .teacher
            .get(&csv("&register=lesson&mark=absent"))
            .await
            .expect(200);
        assert_eq!(rows(&away.text), 3, "{}", away.text);
        assert_eq!(rows(&h.teacher.get(&csv("")).await.expect(200).text), 36);

        // Of a child: each lesson that was missed, not the day that follows from them.
        let (third, seventh) = (h.seeded.learners[0][2], h.seeded.learners[0][6]);
        let days = (today(), today());
        let missed = h.read(move |tx| classes::missed(tx, third, days)).await;
        let told: Vec<(&str, bool)> = missed
            .iter()
            .map(|one| (one.code.as_str(), one.lesson.is_some()))
            .collect();
        assert_eq!(told, [("absent", true), ("absent", true)]);
        assert_eq!(
            h.read(move |tx| classes::missed(tx, seventh, days)).await,
            []
        );

        // A head has the whole school, nobody else's class is open, and every language reads it.
        let whole = h
            .head
            .get(&format!("{school}.csv{day}&register=lesson"))
            .await
            .expect(200);
        assert_eq!(rows(&whole.text), 72);
        h.teacher.get(&school).await.expect(403);
        h.teacher
            .get(&format!("/teach/classes/{}/marks", h.seeded.classes[1]))
            .await
            .expect(403);
        let mut parent = classes::testing::signed_in(&h.site, h.seeded.guardians[0]).await;
        parent.get(&list).await.expect(403);
        for lang in ["fr", "ar", "en"] {
            h.head
                .get(&format!("{school}{day}&lang={lang}"))
                .await
                .expect(200);
            h.teacher
                .get(&format!("{list}{day}&register=lesson&lang={lang}"))
                .await
                .expect(200);
        }
        let link = h
            .teacher
            .get(&format!("/teach/classes/{class}/registers"))
            .await
            .expect(200);
        assert!(link.text.contains(&list));
    })
    .await;
}
