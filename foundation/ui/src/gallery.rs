//! Every part in every state, for the eye and for tests: the page `/style`.

use crate::charts::{As, Bar, Range, Row, bars, buckets, line, paired, ranges};
use crate::maps::{Outline, choropleth, points};
use crate::*;
use base::{Day, Moment, Names};
use lang::Words;
use std::collections::BTreeMap;

/// A made-up country of six areas.
const OUTLINE: &str = include_str!("../templates/sample-outline.json");

/// The columns of the sample list and record.
const COLUMNS: [Column; 7] = [
    Column::new("title", Kind::Text),
    Column::new("state", Kind::Code("gallery-state")),
    Column::new("quantity", Kind::Whole),
    Column::new("share", Kind::Share),
    Column::new("due_on", Kind::Day),
    Column::new("organisation", Kind::Names),
    Column::new("source", Kind::Link),
];

/// The body of the gallery; its texts are in the words' language.
pub fn gallery(words: &Words) -> Html {
    let say = |key: &str| words.say(&format!("gallery-{key}"));
    let mut out = html!("<p>{}</p>", say("intro"));
    for (title, body) in [
        ("text", prose(words)),
        ("notices", notices(words)),
        ("buttons", buttons(words)),
        ("fields", fields(words)),
        ("lists", lists(words)),
        ("records", records(words)),
        ("steps", ways(words)),
        ("charts", drawn(words)),
        ("maps", mapped(words)),
    ] {
        out.push(section(&say(title), body));
    }
    out
}

fn prose(words: &Words) -> Html {
    let reason = words.say("gallery-reason");
    html!(
        "<h3>{}</h3>{}",
        words.say("column-reason"),
        paragraphs(&reason)
    )
}

fn notices(words: &Words) -> Html {
    let saved = words.say("gallery-saved");
    let mut out: Html = Tone::ALL
        .into_iter()
        .map(|tone| notice(words, tone, &saved))
        .collect();
    let errors = [
        ("quantity".to_owned(), words.say("gallery-error")),
        (String::new(), words.say("four-eyes")),
    ];
    out.push(error_summary(words, &errors));
    let act = Action {
        href: "#".to_owned(),
        label: words.say("gallery-open"),
        main: true,
    };
    out.push(empty(&words.say("ui-table-empty"), Some(&act)));
    out
}

fn buttons(words: &Words) -> Html {
    let list = [("gallery-open", true), ("gallery-close", false)].map(|(key, main)| Action {
        href: "#".to_owned(),
        label: words.say(key),
        main,
    });
    let grave = Form {
        action: "#".to_owned(),
        button: words.say("gallery-close"),
        grave: true,
        cancel: Some("#".to_owned()),
        ..Form::default()
    };
    let pages = ["lists", "records", "maps"];
    let pages = pages
        .map(|key| Link::new("#", words.say(&format!("gallery-{key}"))).current(key == "records"));
    html!(
        "{}{}{}{}",
        actions(&list),
        post_button("#", &words.say("ui-filter"), &[], true),
        form(words, &grave),
        tabs(&words.say("gallery-title"), &pages)
    )
}

fn fields(words: &Words) -> Html {
    let say = |key: &str| words.say(key);
    let goods = [
        "gallery-desks",
        "gallery-books",
        "gallery-radios",
        "gallery-teachers",
    ];
    let few: Vec<Choice> = goods
        .into_iter()
        .map(|key| Choice::new(key, say(key)))
        .collect();
    let many: Vec<Choice> = (1..=12)
        .map(|n| Choice::new(n.to_string(), words.month(n)))
        .collect();
    let mut hinted = few.clone();
    if let Some(first) = hinted.first_mut() {
        first.hint = Some(say("gallery-hint"));
    }
    let controls = vec![
        Control::hidden("version", "3"),
        Control::new("title", say("column-title"), Input::Text { max: 200 })
            .value(say("gallery-desks")),
        Control::new(
            "own_words",
            say("gallery-words-own"),
            Input::Words { max: 20_000 },
        )
        .hint(say("gallery-hint"))
        .value(say("gallery-reason")),
        Control::new(
            "quantity",
            say("column-quantity"),
            Input::Whole { min: 1, max: 500 },
        )
        .error(say("gallery-error"))
        .value("900"),
        Control::new(
            "share",
            say("column-share"),
            Input::Decimal {
                min: None,
                max: None,
            },
        )
        .optional(),
        Control::new("due_on", say("column-due-on"), Input::Day).value("2026-11-21"),
        Control::new("kind", say("column-kind"), Input::Choice(hinted)).value("gallery-books"),
        Control::new("month", say("column-on"), Input::Choice(many)).value("3"),
        Control::new("group", say("column-group"), Input::Many(few))
            .value("gallery-desks")
            .optional(),
        Control::new("name", say("column-name"), Input::Names { max: 200 })
            .value("Desks")
            .value("Pupitres")
            .value("مقاعد"),
        Control::new("email", say("column-email"), Input::Email),
        Control::new("phone", say("gallery-phone"), Input::Telephone)
            .optional()
            .folded(),
        Control::new("secret", say("gallery-secret"), Input::Secret),
        Control::new("new_secret", say("gallery-secret"), Input::NewSecret)
            .error(say("gallery-error")),
        Control::new("code", say("gallery-one-time"), Input::OneTimeCode),
        Control::new(
            "letter",
            say("gallery-letter"),
            Input::File {
                max_bytes: 5_000_000,
                accept: ".pdf".to_owned(),
            },
        ),
        Control::new("agree", say("gallery-agree"), Input::Yes).error(say("four-eyes")),
    ];
    let button = say("gallery-open");
    form(
        words,
        &Form {
            action: "#".to_owned(),
            controls,
            button,
            ..Form::default()
        },
    )
}

fn sample(words: &Words, place: usize) -> Option<Line> {
    let day = Day::parse("2026-11-21")?;
    let names = Names::three(
        "Ministry of Education",
        "Ministère de l’Éducation",
        "وزارة التربية والتعليم",
    );
    let link = Cell::link("https://example.org/letter", "example.org");
    let (title, state, quantity, share, due, by) = match place {
        0 => (
            "desks",
            "validated",
            12_400.into(),
            Cell::Share(0.625),
            day.into(),
            names.into(),
        ),
        1 => (
            "books",
            "overdue",
            0.into(),
            Cell::Share(0.0),
            day.plus(-40).into(),
            names.into(),
        ),
        2 => (
            "radios",
            "submitted",
            Cell::Unknown,
            Cell::NotApplicable,
            Cell::Unknown,
            names.into(),
        ),
        3 => (
            "teachers",
            "declined",
            85.into(),
            Cell::Share(1.0),
            day.plus(9).into(),
            Cell::Unknown,
        ),
        _ => return None,
    };
    let title = words.say(&format!("gallery-{title}"));
    let cells = vec![
        title.into(),
        Cell::code(state),
        quantity,
        share,
        due,
        by,
        link,
    ];
    Some(Line {
        key: place.to_string(),
        cells,
        href: Some("#".to_owned()),
    })
}

fn lists(words: &Words) -> Html {
    let lines: Vec<Line> = (0..).map_while(|place| sample(words, place)).collect();
    let codes = ["open", "submitted", "validated", "overdue", "declined"];
    let options = codes.map(|code| Choice::new(code, words.code("gallery-state", code)));
    let mut more = options.to_vec();
    more.extend(options);
    let filter = Control::new("state", words.say("column-state"), Input::Choice(more))
        .optional()
        .value("open");
    html!(
        "{}{}{}{}{}",
        filters(words, "#", Some(&words.say("gallery-desks")), &[filter]),
        table(words, &words.say("gallery-lists"), &COLUMNS, &lines),
        pager(words, "/style?after=1", 4, Some("5"), Some(1_240)),
        downloads(words, "/style"),
        table(words, "", &COLUMNS, &[])
    )
}

fn records(words: &Words) -> Html {
    let mut cells = sample(words, 0).unwrap_or_default().cells;
    let mut columns = COLUMNS.to_vec();
    columns.push(Column::new("updated_at", Kind::Moment));
    cells.push(Day::parse("2026-11-21").map_or(Cell::Unknown, |day| {
        Moment::start_of(day).plus_seconds(50_700).into()
    }));
    columns.push(Column::new("id", Kind::Id));
    cells.push("0192e4a0-7b1c-7f00-8000-5e1d2c3b4a59".into());
    columns.push(Column::new("reason", Kind::Words));
    cells.push(words.say("gallery-reason").into());
    let (own, edit) = (
        words.say("gallery-words-own"),
        words.say("gallery-words-edit"),
    );
    let sides = side_by_side(
        (&own, &words.say("gallery-reason")),
        (&edit, &words.say("gallery-edit")),
    );
    let difference = Difference {
        label: words.say("column-quantity"),
        yours: words.number(1_200),
        saved: words.number(900),
    };
    let sure = tag_as(Tone::Good, &words.say("bucket-confirmed"));
    let cards = cards(&[
        figure(
            &words.number(12_400),
            &words.say("gallery-desks"),
            Some(&sure),
        ),
        figure(&words.share(0.625), &words.say("bucket-delivered"), None),
        card(
            "#",
            &words.say("gallery-books"),
            html!("<p>{}</p>", words.say("gallery-edit")),
        ),
    ]);
    html!(
        "{}{}{}{}",
        cards,
        facts(words, &columns, &cells),
        sides,
        conflict(words, &[difference])
    )
}

fn ways(words: &Words) -> Html {
    let day = Day::parse("2026-11-21").map_or_else(String::new, |day| words.day(day));
    let list = [
        ("submitted", StepState::Done),
        ("validated", StepState::Now),
        ("open", StepState::Ahead),
    ]
    .map(|(code, state)| Step {
        title: words.code("gallery-state", code),
        when: if state == StepState::Done {
            day.clone()
        } else {
            String::new()
        },
        detail: Html::new(),
        state,
    });
    let label = words.say("gallery-import");
    html!(
        "{}{}",
        steps(words, &list),
        progress(words, &label, 6_200, Some(16_004))
    )
}

fn drawn(words: &Words) -> Html {
    let say = |key: &str| words.say(&format!("gallery-{key}"));
    let goods = ["desks", "books", "radios", "teachers"].map(say);
    let [desks, books, radios, teachers] = goods.clone();
    let list = [
        Bar::new(&desks, 12_400.0),
        Bar::new(&books, 7_300.0),
        Bar {
            label: radios.clone(),
            value: None,
        },
        Bar::new(&teachers, 85.0),
    ];
    let ends = [(400.0, Some(620.0)), (250.0, None), (90.0, Some(90.0))];
    let ends: Vec<Range> = goods
        .iter()
        .zip(ends)
        .map(|(label, (low, high))| Range {
            label: text(label),
            low: Some(low),
            high,
        })
        .collect();
    let one = [(
        desks.clone(),
        [2_400, 1_000, 3_000, 1_200, 1_800, 2_600, 250, 150],
    )];
    let two = [
        (desks, [2_400, 1_000, 3_000, 1_200, 1_800, 2_600, 250, 150]),
        (books, [900, 0, 400, 0, 2_000, 4_000, 0, 0]),
        (radios, [600, 0, 0, 0, 0, 0, 0, 0]),
    ];
    let rows = (0..3).map(|n| Row {
        label: goods.get(n).cloned().unwrap_or_default(),
        values: vec![
            Some([0.82, 0.64, 0.4][n % 3]),
            Some([0.55, 0.6, 0.7][n % 3]),
        ],
    });
    let rows: Vec<Row> = rows.collect();
    let pair = (say("with"), say("without"));
    let months = [3.0, 4.0, 8.0, -1.0, 9.5, 14.0, 13.0];
    let time: Vec<Bar> = (1..)
        .zip(months)
        .map(|(n, v)| Bar {
            label: words.month(n),
            value: (v >= 0.0).then_some(v * 1000.0),
        })
        .collect();
    let title = words.say("gallery-desks");
    html!(
        "{}{}{}{}{}{}{}",
        bars(words, &say("charts"), &list, As::Whole),
        ranges(words, &say("lists"), Some(700.0), &ends, As::Whole),
        buckets(words, &title, &one),
        buckets(words, &say("lists"), &two),
        paired(
            words,
            &words.say("column-share"),
            [&pair.0, &pair.1],
            &rows,
            As::Share
        ),
        line(words, &title, &time, As::Whole),
        bars(words, &say("charts"), &[], As::Whole)
    )
}

fn mapped(words: &Words) -> Html {
    let Ok(outline) = Outline::parse(OUTLINE) else {
        return Html::new();
    };
    let values = [
        ("X1", 0.1),
        ("X2", 0.35),
        ("X3", 0.5),
        ("X4", 0.72),
        ("X5", 0.9),
    ];
    let values: BTreeMap<String, f64> = values.map(|(code, value)| (code.to_owned(), value)).into();
    // A spiral: near the middle places share a dot.
    let places: Vec<(f64, f64)> = (0..600)
        .map(f64::from)
        .map(|n| {
            (
                5.0 - 2.5 - (n * 0.21).sin() * n / 300.0,
                10.0 + 5.0 + (n * 0.21).cos() * n / 150.0,
            )
        })
        .collect();
    html!(
        "{}{}",
        choropleth(
            words,
            &outline,
            &values,
            &words.say("column-share"),
            As::Share
        ),
        points(words, &outline, &places, &words.say("ui-map-places"))
    )
}
