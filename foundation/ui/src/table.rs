//! Lists and records: tables that become cards on a narrow page, facts, pager, filters, downloads.

use crate::cell::{Cell, Column, Kind, cell_html};
use crate::fields::{Control, filter};
use crate::html::{Html, link, with_query};
use crate::parts::empty;
use lang::Words;

/// One line of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// What the next page is asked by.
    pub key: String,
    /// In the order of the columns.
    pub cells: Vec<Cell>,
    /// Where the first cell leads.
    pub href: Option<String>,
}

/// A table of lines; the first column names the line. Says so when there are none. A caption that
/// would repeat the heading above may be empty.
pub fn table(words: &Words, caption: &str, columns: &[Column], lines: &[Line]) -> Html {
    if lines.is_empty() {
        return empty(&words.say("ui-table-empty"), None);
    }
    let labels: Vec<String> = columns.iter().map(|column| column.label(words)).collect();
    let head: Html = columns
        .iter()
        .zip(&labels)
        .filter(|(column, _)| !column.is_for_programs())
        .map(|(column, label)| {
            html!(
                "<th scope=\"col\"{}>{}</th>",
                number_class(column.kind),
                label
            )
        })
        .collect();
    let body: Html = lines
        .iter()
        .map(|line| row(words, columns, &labels, line))
        .collect();
    let all = html!(
        "<table class=\"lines\">{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        (!caption.is_empty()).then(|| html!("<caption>{}</caption>", caption)),
        head,
        body
    );
    let shown = columns.iter().filter(|c| !c.is_for_programs()).count();
    if shown <= FEW {
        return all;
    }
    let label = if caption.is_empty() {
        words.say("ui-table")
    } else {
        caption.to_owned()
    };
    html!(
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">{}</div>",
        label,
        all
    )
}

/// Columns that fit any page beside one another; more are moved sideways in a frame of their own.
const FEW: usize = 8;

fn row(words: &Words, columns: &[Column], labels: &[String], line: &Line) -> Html {
    let mut cells = Html::new();
    let all = columns.iter().zip(labels).zip(&line.cells);
    let shown = all.filter(|((column, _), _)| !column.is_for_programs());
    for (place, ((column, label), cell)) in shown.enumerate() {
        let shown = cell_html(words, column.kind, cell);
        let shown = match &line.href {
            Some(href) if place == 0 && !matches!(cell, Cell::Link { .. }) => link(href, shown),
            _ => shown,
        };
        let class = class(column, cell);
        if place == 0 {
            cells.push(html!("<th scope=\"row\"{}>{}</th>", class, shown));
        } else {
            cells.push(html!(
                "<td{} data-label=\"{}\">{}</td>",
                class,
                label,
                shown
            ));
        }
    }
    html!("<tr>{}</tr>", cells)
}

fn class(column: &Column, cell: &Cell) -> Html {
    let name = match (cell, column.kind) {
        // A card leaves it out.
        (Cell::NotApplicable, _) => "none",
        (_, Kind::Words) => "long",
        _ if column.name == "code" => "code",
        _ => return number_class(column.kind),
    };
    Html::raw(format!(" class=\"{name}\""))
}

fn number_class(kind: Kind) -> Html {
    Html::raw(if kind.is_number() {
        " class=\"n\"".to_owned()
    } else {
        String::new()
    })
}

/// A table of ready pieces, for figures behind charts and for comparisons.
pub fn plain_table(caption: &str, head: &[String], rows: &[Vec<Html>]) -> Html {
    let head: Html = head
        .iter()
        .map(|label| html!("<th scope=\"col\">{}</th>", label))
        .collect();
    let body: Html = rows
        .iter()
        .map(|row| {
            let cells = row.iter().enumerate().map(|(place, cell)| {
                if place == 0 {
                    html!("<th scope=\"row\">{}</th>", cell)
                } else {
                    html!("<td>{}</td>", cell)
                }
            });
            html!("<tr>{}</tr>", cells.collect::<Html>())
        })
        .collect();
    html!(
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        caption,
        caption,
        head,
        body
    )
}

/// A record: each column's label and value. Long texts take the whole width.
pub fn facts(words: &Words, columns: &[Column], cells: &[Cell]) -> Html {
    let all = columns.iter().zip(cells);
    let shown = all.filter(|(column, _)| !column.is_for_programs());
    let pairs = shown.map(|(column, cell)| {
        let value = cell_html(words, column.kind, cell);
        let class = if column.kind == Kind::Words {
            " class=\"long\""
        } else {
            ""
        };
        html!(
            "<div{}><dt>{}</dt><dd>{}</dd></div>",
            Html::raw(class.to_owned()),
            column.label(words),
            value
        )
    });
    html!("<dl class=\"facts\">{}</dl>", pairs.collect::<Html>())
}

/// Onward by key. `path` is this page with its query; `next` the key the next page begins after.
pub fn pager(
    words: &Words,
    path: &str,
    shown: usize,
    next: Option<&str>,
    total: Option<i64>,
) -> Html {
    let later = path
        .split_once('?')
        .is_some_and(|(_, q)| q.split('&').any(|p| p.starts_with("after=")));
    if !later && next.is_none() && (shown == 0 || total.is_none()) {
        return Html::new();
    }
    let count = total.map(|total| {
        let args = [("shown", shown.into()), ("total", total.into())];
        html!("<span>{}</span>", words.say_with("ui-pager-count", &args))
    });
    let first = later.then(|| {
        link(
            &with_query(path, "after", None),
            words.say("ui-pager-first"),
        )
    });
    let next = next.map(|key| {
        html!(
            "<a rel=\"next\" href=\"{}\">{}</a>",
            with_query(path, "after", Some(key)),
            words.say("ui-pager-next")
        )
    });
    html!(
        "<nav class=\"pager\" aria-label=\"{}\">{}{}{}</nav>",
        words.say("ui-pager"),
        count,
        first,
        next
    )
}

/// Filters that stand open on a narrow page; more of them are folded there until one is used.
const FILTERS_OPEN: usize = 2;

/// Search and filters of a list: a form that asks the same page. Every field is optional.
pub fn filters(words: &Words, action: &str, q: Option<&str>, fields: &[Control]) -> Html {
    let search = q.map(|q| {
        html!(
            "<div class=\"field\"><label for=\"q\">{}</label><input type=\"search\" id=\"q\" name=\"q\" value=\"{}\" dir=\"auto\"></div>",
            words.say("ui-search"),
            q
        )
    });
    let chosen = fields
        .iter()
        .any(|field| field.values.iter().any(|value| !value.is_empty()));
    let used = chosen || q.is_some_and(|q| !q.is_empty());
    let clear = used.then(|| link(action, words.say("ui-clear")));
    let folded = fields.len() > FILTERS_OPEN;
    let mut fields: Html = fields.iter().map(|field| filter(words, field)).collect();
    if folded {
        let open = Html::raw(if chosen { " open" } else { "" }.to_owned());
        fields = html!(
            "<details{}><summary>{}</summary>{}</details>",
            open,
            words.say("ui-filters"),
            fields
        );
    }
    html!(
        "<form class=\"filters\" role=\"search\" method=\"get\" action=\"{}\">{}{}<p class=\"actions\"><button class=\"button quiet\">{}</button>{}</p></form>",
        action,
        search,
        fields,
        words.say("ui-filter"),
        clear
    )
}

/// The same list as files, filters kept: `path` is this page with its query.
pub fn downloads(words: &Words, path: &str) -> Html {
    let path = with_query(&with_query(path, "after", None), "lang", None);
    let (bare, query) = path.split_once('?').unwrap_or((&path, ""));
    let query = if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    };
    let links = [
        ("CSV", format!("{bare}.csv{query}")),
        ("XLSX", format!("{bare}.xlsx{query}")),
        ("JSON", format!("/api{bare}{query}")),
    ];
    let items =
        links.map(|(name, href)| html!("<li><a href=\"{}\" download>{}</a></li>", href, name));
    html!(
        "<nav class=\"downloads\" aria-label=\"{}\"><span>{}</span><ul>{}</ul></nav>",
        words.say("ui-downloads"),
        words.say("ui-downloads"),
        items.into_iter().collect::<Html>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::{Choice, Input};
    use base::Lang;

    #[test]
    fn a_line_keeps_its_labels_for_the_narrow_page() {
        let words = crate::testing::words(Lang::En);
        let columns = [
            Column::new("name", Kind::Text),
            Column::new("quantity", Kind::Whole),
        ];
        let lines = [Line {
            key: "1".to_owned(),
            cells: vec!["A & B".into(), 1_200.into()],
            href: Some("/needs/1".to_owned()),
        }];
        let html = table(&words, "Needs", &columns, &lines).into_string();
        assert!(
            html.contains("<th scope=\"row\"><a href=\"/needs/1\"><bdi>A &amp; B</bdi></a></th>"),
            "{html}"
        );
        assert!(
            html.contains("<td class=\"n\" data-label=\"Quantity\"><bdi>1,200</bdi></td>"),
            "{html}"
        );
    }

    #[test]
    fn codes_stay_in_one_piece_and_long_words_get_room() {
        let words = crate::testing::words(Lang::En);
        let columns = [
            Column::new("code", Kind::Text),
            Column::new("reason", Kind::Words),
        ];
        let lines = [Line {
            key: "1".to_owned(),
            cells: vec!["HN-2026-N-006".into(), "Text: A; Pictures: B".into()],
            href: None,
        }];
        let html = table(&words, "Needs", &columns, &lines).into_string();
        assert!(html.contains("<th scope=\"row\" class=\"code\">"), "{html}");
        assert!(html.contains("<td class=\"long\""), "{html}");
        let css = include_str!("../css/table.css");
        assert!(css.contains(".code {") && css.contains(".lines .long {"));
    }

    #[test]
    fn a_card_names_only_what_applies() {
        let words = crate::testing::words(Lang::En);
        let columns = [
            Column::new("name", Kind::Text),
            Column::new("reason", Kind::Text),
            Column::new("quantity", Kind::Whole),
        ];
        let lines = [Line {
            key: "1".to_owned(),
            cells: vec!["A".into(), Cell::NotApplicable, Cell::Unknown],
            href: None,
        }];
        let html = table(&words, "Needs", &columns, &lines).into_string();
        assert_eq!(html.matches("<td class=\"none\"").count(), 1, "{html}");
        let narrow = include_str!("../css/table.css").split("(max-width").nth(1);
        assert!(narrow.is_some_and(|css| css.contains(".lines td.none { display: none }")));
    }

    #[test]
    fn pages_leave_out_what_only_programs_want() {
        let words = crate::testing::words(Lang::En);
        let columns = [
            Column::new("id", Kind::Id),
            Column::new("name", Kind::Text),
            Column::new("version", Kind::Whole),
        ];
        let cells = vec![
            "0192e4a0-7b1c-7f00-8000-5e1d2c3b4a59".into(),
            "Books".into(),
            7.into(),
        ];
        let lines = [Line {
            key: "1".to_owned(),
            cells: cells.clone(),
            href: Some("/needs/1".to_owned()),
        }];
        let list = table(&words, "Needs", &columns, &lines).into_string();
        let record = facts(&words, &columns, &cells).into_string();
        for html in [&list, &record] {
            assert!(html.contains("Books"), "{html}");
            assert!(!html.contains("0192e4a0") && !html.contains('7'), "{html}");
        }
        assert!(
            list.contains("<th scope=\"row\"><a href=\"/needs/1\"><bdi>Books"),
            "{list}"
        );
    }

    #[test]
    fn the_pager_goes_on_and_back_to_the_start() {
        let words = crate::testing::words(Lang::En);
        assert!(pager(&words, "/needs", 3, None, None).is_empty());
        let html = pager(&words, "/needs?q=a&after=k", 3, Some("z"), Some(70)).into_string();
        assert!(html.contains("href=\"/needs?q=a\""), "{html}");
        assert!(html.contains("href=\"/needs?q=a&amp;after=z\""), "{html}");
        assert!(html.contains("3 of 70"), "{html}");
    }

    #[test]
    fn many_filters_fold_until_one_is_used() {
        let words = crate::testing::words(Lang::En);
        let field = |name| Control::new(name, name, Input::Text { max: 9 });
        let few = [field("a"), field("b")];
        let many = [field("a"), field("b"), field("c")];
        let used = [field("a"), field("b"), field("c").value("x")];
        let html = |fields: &[Control]| filters(&words, "/", None, fields).into_string();
        assert!(!html(&few).contains("<details"));
        assert!(html(&many).contains("<details><summary>Filters</summary>"));
        assert!(html(&used).contains("<details open>"));
    }

    #[test]
    fn a_filter_without_a_value_asks_for_all() {
        let words = crate::testing::words(Lang::En);
        let few = Input::Choice(Choice::yes_or_no(&words));
        let fields = [Control::new("open", "Open", few).value("no")];
        let html = filters(&words, "/needs", Some("a\"b"), &fields).into_string();
        assert!(html.contains("<option value=\"\">All</option>"), "{html}");
        assert!(
            html.contains("<option value=\"no\" selected>No</option>"),
            "{html}"
        );
        assert!(html.contains("value=\"a&quot;b\""), "{html}");
        assert!(
            !html.contains(" required") && !html.contains("optional"),
            "{html}"
        );
        assert!(
            html.contains("<a href=\"/needs\">Clear the filters</a>"),
            "{html}"
        );
    }

    #[test]
    fn downloads_keep_the_filters_and_give_everything() {
        let words = crate::testing::words(Lang::En);
        let html = downloads(&words, "/needs?country=HN&after=x&lang=fr").into_string();
        for href in [
            "/needs.csv?country=HN",
            "/needs.xlsx?country=HN",
            "/api/needs?country=HN",
        ] {
            assert!(html.contains(&format!("href=\"{href}\"")), "{html}");
        }
    }
}
