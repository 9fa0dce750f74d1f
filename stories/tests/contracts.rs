//! What others rely on: addresses, the API's description, words in every language, one schema on two
//! databases. A change is made on purpose: run with `HARAMBEE_UPDATE=1` and read the difference.

use base::Lang;
use harambee::rooms::rooms;
use std::collections::BTreeSet;
use std::path::Path;
use stories::House;

/// Compares with what is kept, or keeps it.
fn same_as_kept(name: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("contracts")
        .join(name);
    if std::env::var_os("HARAMBEE_UPDATE").is_some() {
        stories::done(std::fs::write(&path, now).map_err(base::Error::fault));
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    for (line, (old, new)) in kept.lines().zip(now.lines()).enumerate() {
        assert_eq!(
            old,
            new,
            "{name}:{}: run with HARAMBEE_UPDATE=1 when this is meant",
            line + 1
        );
    }
    assert_eq!(
        kept.lines().count(),
        now.lines().count(),
        "{name} grew or shrank"
    );
}

#[test]
fn addresses_only_go_on_purpose() {
    let mut lines: BTreeSet<String> = BTreeSet::new();
    for room in rooms() {
        lines.extend(
            room.views
                .iter()
                .map(|view| format!("GET {} ({})", view.path, room.name)),
        );
        lines.extend(
            room.acts
                .iter()
                .map(|act| format!("POST {} ({})", act.path, room.name)),
        );
    }
    same_as_kept(
        "routes.txt",
        &(lines.into_iter().collect::<Vec<_>>().join("\n") + "\n"),
    );
}

#[test]
fn the_api_is_described_and_the_description_stands_alone() {
    let house = House::on_sqlite();
    let document = web::openapi(&house.site);
    let text = serde_json::to_string_pretty(&document).unwrap();
    assert!(
        !text.contains("\"$ref\": \"http"),
        "a reference leads outside"
    );
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            assert!(ids.insert(id.clone()), "{method} {path}: {id} stands twice");
        }
    }
    same_as_kept("openapi.json", &(text + "\n"));
}

#[test]
fn every_act_field_and_column_has_words_in_every_language() {
    let house = House::on_sqlite();
    let mut missing = BTreeSet::new();
    for lang in Lang::ALL {
        let words = house.site.library.words(lang);
        let mut want = |key: String| {
            if !words.has(&key) {
                missing.insert(format!("{lang}: {key}"));
            }
        };
        for act in house.site.acts() {
            want(format!("{}-title", act.name));
            want(format!("{}-button", act.name));
            for field in (act.form)() {
                let own = format!("{}-{}", act.name, web::words::dashed(field.name));
                let common = format!("field-{}", web::words::dashed(field.name));
                if !matches!(field.kind, web::FieldKind::Version) && !words.has(&own) {
                    want(common);
                }
                if let web::FieldKind::Choice(web::Choices::Fixed(vocabulary, codes))
                | web::FieldKind::Many(web::Choices::Fixed(vocabulary, codes)) = field.kind
                {
                    codes
                        .iter()
                        .for_each(|code| want(web::words::code_key(vocabulary, code)));
                }
            }
        }
        for view in house.site.views() {
            let (columns, filters) = match view.shape {
                web::Shape::List(columns, filters) => (columns, filters),
                web::Shape::Record(columns) => (columns, &[][..]),
                web::Shape::Page | web::Shape::File => continue,
            };
            columns
                .iter()
                .for_each(|c| want(format!("column-{}", web::words::dashed(c.name))));
            for filter in filters {
                want(format!("field-{}", web::words::dashed(filter.name)));
                filter
                    .codes
                    .iter()
                    .for_each(|c| want(web::words::code_key(filter.vocabulary, c)));
            }
        }
        house
            .site
            .menu()
            .iter()
            .for_each(|item| want(item.key.to_owned()));
    }
    assert!(
        missing.is_empty(),
        "no words for:\n{}",
        missing.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn the_three_languages_hold_the_same_words() {
    for room in rooms() {
        lang::testing::same_keys(room.words);
    }
}

#[test]
fn migrations_stand_on_each_other_and_make_one_schema() {
    let mut schemas = Vec::new();
    db::testing::each_engine_with_samples(&harambee::open::migrations(), |db| {
        schemas.push(stories::done(db.tables()));
    });
    assert_eq!(schemas[0], schemas[1], "the two databases differ");
    let text: Vec<String> = schemas[0]
        .iter()
        .map(|(table, columns)| format!("{table}: {}", columns.join(", ")))
        .collect();
    same_as_kept("schema.txt", &(text.join("\n") + "\n"));
}

#[test]
fn every_ledgered_table_is_a_table_with_those_columns() {
    let house = House::on_sqlite();
    let tables = stories::done(house.site.db.tables());
    for table in house.site.tables() {
        let columns = tables
            .get(table.name)
            .unwrap_or_else(|| panic!("no table {}", table.name));
        for column in table.columns {
            assert!(
                columns.iter().any(|c| c == column.name),
                "{}.{}",
                table.name,
                column.name
            );
        }
    }
}
