//! What people see of partners' files: what was found, what is asked, what came of it. Parties only.

use super::{About, FileState, Mark, Question, ReportFile, store};
use crate::reports::Report;
use crate::reports::pages::readable_by;
use crate::tell::{Teller, act, section};
use base::{Arg, Moment, Refusal, Result};
use db::Tx;
use lang::Words;
use serde_json::Value;
use ui::{Cell, Column, Html, Kind, html};
use web::{ActLink, Answer, Ask, Download, Filter, Line, Listing, Show};

pub(crate) const FILE: &[Column] = &[
    Column::new("file_state", Kind::Code("file-state")),
    Column::new("of_report", Kind::Link),
    Column::new("file_name", Kind::Text),
    Column::new("received_at", Kind::Moment),
    Column::new("rows_found", Kind::Whole),
    Column::new("file_figures", Kind::Whole),
    Column::new("file_questions", Kind::Whole),
    Column::new("questions_open", Kind::Whole),
    Column::new("figures_imported", Kind::Whole),
    Column::new("id", Kind::Id),
];
pub(crate) const QUESTIONS: &[Column] = &[
    Column::new("question_number", Kind::Whole),
    Column::new("asked_of", Kind::Text),
    Column::new("asked_why", Kind::Text),
    Column::new("row_in_words", Kind::Text),
    Column::new("answered", Kind::Code("file-answer")),
];
pub(crate) const FILTERS: &[Filter] = &[Filter::codes(
    "answered",
    "file-answer",
    &["open", "yes", "no"],
)];

/// Rows of a group told in full.
const EXAMPLES: usize = 3;

/// A file the asker may read, with its report.
pub(super) fn seen(tx: &mut Tx, ask: &Ask) -> Result<(ReportFile, Report, bool)> {
    let file = store::find(tx, ask.id("id")?)?;
    let actor = ask.actor()?;
    let (report, deployment) = readable_by(tx, actor, file.report, ask.today)?;
    let mine = crate::is_writer(actor, &deployment) && report.state.is_open();
    Ok((file, report, mine))
}

/// One file: what was found and what is asked.
pub(crate) fn file(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (file, report, mine) = seen(tx, ask)?;
    let w = &ask.words;
    let asked = store::questions(tx, file.id)?;
    let open = asked.iter().filter(|q| q.answer.is_none()).count();
    let teller = Teller::new(tx, w)?;
    let cells = vec![
        Cell::code(file.state.code()),
        Cell::link(report.path(), teller.period(report.period)),
        Cell::Text(file.upload.name.clone()),
        file.received_at.into(),
        file.rows_read.into(),
        file.figures.into(),
        file.questions.into(),
        i64::try_from(open).unwrap_or(i64::MAX).into(),
        Cell::or_not_applicable(file.imported),
        file.id.into(),
    ];
    let mut sections = groups(w, &file, &asked);
    sections.push(notes(w, &file));
    Ok(Answer::Record(Show {
        title: w.say_with(
            "evidence-file-of",
            &[("name", file.upload.name.as_str().into())],
        ),
        before: told(w, &file, open),
        cells,
        sections,
        actions: actions(w, &file, mine, open),
        ..Show::default()
    }))
}

fn told(w: &Words, file: &ReportFile, open: usize) -> Html {
    let (tone, says) = match (file.state, open) {
        (FileState::Read, 0) => (ui::Tone::Good, w.say("evidence-file-ready")),
        (FileState::Read, _) => (
            ui::Tone::Warn,
            w.say_with("evidence-file-asks", &[("n", open.into())]),
        ),
        (FileState::Imported, _) => (ui::Tone::Good, w.say("evidence-file-imported")),
        (FileState::Discarded, _) => (ui::Tone::Plain, w.say("evidence-file-discarded")),
    };
    ui::notice(w, tone, says)
}

fn actions(w: &Words, file: &ReportFile, mine: bool, open: usize) -> Vec<ActLink> {
    let path = file.path();
    let mut list = Vec::new();
    if mine && file.state == FileState::Read {
        if open > 0 {
            list.push(act(w, "file-answers", format!("{path}/answers"), true));
            list.push(act(w, "file-rest", format!("{path}/rest"), false));
        } else {
            list.push(act(w, "file-import", format!("{path}/import"), true));
            if file.questions > 0 {
                list.push(act(w, "file-answers", format!("{path}/answers"), false));
            }
        }
        list.push(act(w, "file-discard", format!("{path}/discard"), false));
    }
    list.push(ActLink {
        href: format!("{path}/original"),
        label: w.say("evidence-file-original"),
        main: false,
    });
    list
}

/// The questions together by their reasons: «1 hidden row, dated 2022, already received in 12 other
/// files», with the first of their rows.
fn groups(w: &Words, file: &ReportFile, asked: &[Question]) -> Html {
    let mut by_kind: Vec<(String, Vec<&Question>)> = Vec::new();
    for question in asked {
        let kind = question.kind();
        match by_kind.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, list)) => list.push(question),
            None => by_kind.push((kind, vec![question])),
        }
    }
    let mut items = Html::new();
    for (_, list) in &by_kind {
        let yes = list.iter().filter(|q| q.answer == Some(true)).count();
        let no = list.iter().filter(|q| q.answer == Some(false)).count();
        let args = [
            ("open", (list.len() - yes - no).into()),
            ("yes", yes.into()),
            ("no", no.into()),
        ];
        let tally = w.say_with("evidence-answers-tally", &args);
        let examples: Html = list
            .iter()
            .take(EXAMPLES)
            .filter(|q| !q.words.is_empty())
            .map(|q| html!("<br><bdi>{}: {}</bdi>", about(w, q), q.words))
            .collect();
        items.push(html!(
            "<li><strong>{}</strong> {}{}</li>",
            group(w, list),
            tally,
            examples
        ));
    }
    if items.is_empty() {
        return items;
    }
    let all = ui::link(
        &format!("{}/questions", file.path()),
        w.say("evidence-all-questions"),
    );
    section(
        w,
        "evidence-questions",
        html!("<ul>{}</ul><p>{}</p>", items, all),
    )
}

/// A group of questions in one line.
pub(super) fn group(w: &Words, list: &[&Question]) -> String {
    let Some(first) = list.first() else {
        return String::new();
    };
    match first.about {
        About::Row(_) => {
            let why = reasons(w, list);
            w.say_with(
                "evidence-rows-asked",
                &[("n", list.len().into()), ("why", why.into())],
            )
        }
        _ if list.len() == 1 => format!("{}: {}", about(w, first), why(w, first)),
        _ => w.say_with(
            "evidence-wholes-asked",
            &[("n", list.len().into()), ("why", why(w, first).into())],
        ),
    }
}

/// The reasons of rows asked for the same reasons, with the range of what differs.
fn reasons(w: &Words, list: &[&Question]) -> String {
    let marks = list.first().map(|q| q.marks.as_slice()).unwrap_or_default();
    let mut said = Vec::new();
    for mark in marks {
        let alike = || {
            list.iter()
                .flat_map(|q| &q.marks)
                .filter(|one| one.code() == mark.code())
        };
        let words = match mark {
            Mark::Outside { .. } => {
                let days: Vec<_> = alike()
                    .filter_map(|one| match one {
                        Mark::Outside { from, to } => Some((*from, *to)),
                        _ => None,
                    })
                    .collect();
                let from = days.iter().map(|(from, _)| *from).min();
                let to = days.iter().map(|(_, to)| *to).max();
                dated(w, from.zip(to))
            }
            Mark::Received { .. } => {
                let mut most = 0;
                let (mut first, mut last): (Option<Moment>, Option<Moment>) = (None, None);
                for one in alike() {
                    if let Mark::Received {
                        files,
                        first: begin,
                        last: end,
                    } = one
                    {
                        most = most.max(*files);
                        first = Some(first.map_or(*begin, |known| known.min(*begin)));
                        last = Some(last.map_or(*end, |known| known.max(*end)));
                    }
                }
                received(w, most, first, last)
            }
            other => said_of(w, other),
        };
        if !said.contains(&words) {
            said.push(words);
        }
    }
    said.join(", ")
}

fn dated(w: &Words, days: Option<(base::Day, base::Day)>) -> String {
    let Some((from, to)) = days else {
        return String::new();
    };
    let ((first, ..), (last, ..)) = (from.parts(), to.parts());
    let when = if from == to {
        w.day(from)
    } else if first == last && (from.parts().1, to.parts().1) == (1, 12) {
        first.to_string()
    } else {
        format!("{} – {}", w.day(from), w.day(to))
    };
    w.say_with("evidence-mark-outside", &[("when", when.into())])
}

fn received(w: &Words, files: i64, first: Option<Moment>, last: Option<Moment>) -> String {
    let day = |at: Option<Moment>| at.map_or_else(|| w.say("unknown"), |at| w.day(at.day()));
    let args = [
        ("n", files.into()),
        ("first", day(first).into()),
        ("last", day(last).into()),
    ];
    w.say_with("evidence-mark-received", &args)
}

/// What is asked about: the sheet, with the column or the row.
pub(super) fn about(w: &Words, question: &Question) -> String {
    let sheet = question.sheet.as_str();
    let here = |key: &str, arg: Arg| w.say_with(key, &[("sheet", sheet.into()), ("n", arg)]);
    match &question.about {
        About::Sheet => here("evidence-about-sheet", Arg::Text(String::new())),
        About::Column(letter) => here("evidence-about-column", letter.as_str().into()),
        About::Row(number) => here("evidence-about-row", Arg::Text(number.to_string())),
    }
}

/// Why it is asked.
pub(super) fn why(w: &Words, question: &Question) -> String {
    let said: Vec<String> = question.marks.iter().map(|mark| said_of(w, mark)).collect();
    said.join(", ")
}

fn said_of(w: &Words, mark: &Mark) -> String {
    let key = format!("evidence-mark-{}", mark.code().replace('_', "-"));
    match mark {
        Mark::HiddenSheet | Mark::HiddenRow | Mark::Undated | Mark::Total => w.say(&key),
        Mark::HiddenColumn { header, figures } => w.say_with(
            &key,
            &[("header", header.as_str().into()), ("n", (*figures).into())],
        ),
        Mark::Outside { from, to } => dated(w, Some((*from, *to))),
        Mark::NoDays { rows } => w.say_with(&key, &[("n", (*rows).into())]),
        Mark::Twice { row, sheet } => w.say_with(
            &key,
            &[
                ("row", Arg::Text(row.to_string())),
                ("sheet", sheet.as_str().into()),
            ],
        ),
        Mark::Received { files, first, last } => received(w, *files, Some(*first), Some(*last)),
        Mark::Stands { claims } => w.say_with(&key, &[("n", (*claims).into())]),
        Mark::Unreadable { key: why, args } => refusal(w, why, args),
        Mark::SheetUnreadable { key: why, args } => {
            w.say_with(&key, &[("why", refusal(w, why, args).into())])
        }
    }
}

/// A reason of a reader in words.
fn refusal(w: &Words, key: &str, args: &[(String, String)]) -> String {
    let mut refusal = Refusal::whole(key);
    refusal.args = args
        .iter()
        .filter_map(|(name, value)| Some((known(name)?, Arg::Text(value.clone()))))
        .collect();
    w.refusal(&refusal)
}

/// The names an argument of a reader's message may have.
fn known(name: &str) -> Option<&'static str> {
    const NAMES: [&str; 34] = [
        "row", "column", "value", "min", "max", "count", "header", "headers", "sheet", "other",
        "others", "least", "most", "rows", "limit", "bytes", "format", "file", "place", "error",
        "last", "first", "second", "filled", "wanted", "found", "example", "columns", "encoding",
        "name", "written", "text", "unpacked", "style",
    ];
    NAMES.into_iter().find(|known| *known == name)
}

fn notes(w: &Words, file: &ReportFile) -> Html {
    let item = |note: &Value| {
        let text = |name: &str| note.get(name).and_then(Value::as_str).unwrap_or_default();
        let args = note.get("args").and_then(Value::as_object);
        let args: Vec<(String, String)> = args
            .map(|args| {
                args.iter()
                    .map(|(name, value)| {
                        (name.clone(), value.as_str().unwrap_or_default().to_owned())
                    })
                    .collect()
            })
            .unwrap_or_default();
        html!(
            "<li><bdi>{}</bdi>: {}</li>",
            text("sheet"),
            refusal(w, text("key"), &args)
        )
    };
    let items: Html = file.notes.iter().map(item).collect();
    let body = if items.is_empty() {
        items
    } else {
        html!("<ul>{}</ul>", items)
    };
    section(w, "evidence-file-notes", body)
}

/// Every question of a file with its answer.
pub(crate) fn questions(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (file, ..) = seen(tx, ask)?;
    let (w, query) = (&ask.words, ask.list());
    let after: Option<i64> = query.after.as_deref().and_then(|text| text.parse().ok());
    let mut all = store::questions(tx, file.id)?;
    all.retain(|q| after.is_none_or(|after| q.position > after));
    if let Some(words) = &query.q {
        all.retain(|q| base::fold(&format!("{} {}", why(w, q), q.words)).contains(words));
    }
    if let Some(code) = query.filter("answered") {
        all.retain(|q| answer_code(q) == code);
    }
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = all.len() > limit;
    all.truncate(limit);
    let line = |q: &Question| Line {
        key: q.position.to_string(),
        cells: vec![
            (q.position + 1).into(),
            about(w, q).into(),
            why(w, q).into(),
            if q.words.is_empty() {
                Cell::NotApplicable
            } else {
                Cell::Text(q.words.clone())
            },
            Cell::code(answer_code(q)),
        ],
        href: None,
    };
    Ok(Answer::List(Listing {
        title: w.say("evidence-questions"),
        before: html!(
            "<p>{}</p>",
            ui::link(&file.path(), file.upload.name.as_str())
        ),
        rows: all.iter().map(line).collect(),
        more,
        ..Listing::default()
    }))
}

pub(super) fn answer_code(question: &Question) -> &'static str {
    match question.answer {
        None => "open",
        Some(true) => "yes",
        Some(false) => "no",
    }
}

/// The file as it came.
pub(crate) fn original(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (file, ..) = seen(tx, ask)?;
    let bytes = ask.site.files.read(&file.upload.hash)?;
    Ok(Answer::File(Download {
        name: file.upload.name,
        mime: file.upload.mime,
        bytes,
    }))
}

/// On a report's page: its files.
pub(crate) fn of_report(tx: &mut Tx, ask: &Ask, report: &Report) -> Result<Html> {
    let w = &ask.words;
    let item = |file: &ReportFile| {
        html!(
            "<li>{} {} {}</li>",
            ui::link(&file.path(), file.upload.name.as_str()),
            w.day(file.received_at.day()),
            ui::tag(file.state.code(), &w.code("file-state", file.state.code()))
        )
    };
    let items: Html = store::of_report(tx, report.id)?.iter().map(item).collect();
    let body = if items.is_empty() {
        items
    } else {
        html!("<ul>{}</ul>", items)
    };
    Ok(section(w, "evidence-files", body))
}
