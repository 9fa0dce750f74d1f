//! Small parts: notices, errors, tags, buttons, steps, progress, texts side by side, tabs.

use crate::fields::field_id;
use crate::html::{Html, Show, link, paragraphs};
use crate::table::plain_table;
use lang::Words;

/// How something is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Good,
    Warn,
    Bad,
    /// Under way.
    Busy,
}

impl Tone {
    /// Every tone.
    pub const ALL: [Self; 5] = [Self::Plain, Self::Good, Self::Warn, Self::Bad, Self::Busy];

    /// Its class and the end of its text's key.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Busy => "busy",
        }
    }

    /// The tone of a state's code; plain when it is none of the usual ones.
    pub fn of(state: &str) -> Self {
        match state {
            "validated" | "accepted" | "active" | "admitted" | "confirmed" | "verified"
            | "delivered" | "signed" | "published" | "done" | "met" | "complete" | "approved"
            | "in_force" => Self::Good,
            "overdue"
            | "returned"
            | "suspended"
            | "contested"
            | "unverified"
            | "waiting"
            | "returned_for_correction"
            | "under_review" => Self::Warn,
            "refused" | "declined" | "rejected" | "lost" | "failed" | "expired" | "lapsed"
            | "blocked" | "revoked" => Self::Bad,
            "submitted" | "proposed" | "committed" | "in_transit" | "running" | "offered"
            | "in_delivery" | "assessed" => Self::Busy,
            _ => Self::Plain,
        }
    }
}

/// A state as a tag; its colour follows from its code, its words say it all.
pub fn tag(code: &str, label: &str) -> Html {
    tag_as(Tone::of(code), label)
}

/// A tag of that tone.
pub fn tag_as(tone: Tone, label: &str) -> Html {
    html!("<span class=\"tag {}\">{}</span>", tone.name(), label)
}

/// A notice: what happened, or what to know first.
pub fn notice(words: &Words, tone: Tone, body: impl Show) -> Html {
    let name = words.say(&format!("ui-notice-{}", tone.name()));
    html!(
        "<div class=\"notice {}\" role=\"status\"><strong>{}</strong><div>{}</div></div>",
        tone.name(),
        name,
        body
    )
}

/// All reasons why a form was refused, each leading to its field. The page opens here.
pub fn error_summary(words: &Words, errors: &[(String, String)]) -> Html {
    if errors.is_empty() {
        return Html::new();
    }
    let items = errors.iter().map(|(field, message)| {
        if field.is_empty() {
            html!("<li>{}</li>", message)
        } else {
            html!(
                "<li>{}</li>",
                link(&format!("#{}", field_id(field)), message)
            )
        }
    });
    html!(
        "<div class=\"errors\" role=\"alert\" id=\"errors\" tabindex=\"-1\" autofocus><h2>{}</h2><ul>{}</ul></div>",
        words.say("ui-errors-title"),
        items.collect::<Html>()
    )
}

/// Something a person may do here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    pub href: String,
    pub label: String,
    /// The one most people come for.
    pub main: bool,
}

/// Links to what may be done.
pub fn actions(list: &[Action]) -> Html {
    if list.is_empty() {
        return Html::new();
    }
    let links = list.iter().map(|action| {
        let class = if action.main {
            "button"
        } else {
            "button quiet"
        };
        html!(
            "<a class=\"{}\" href=\"{}\">{}</a>",
            class,
            action.href,
            action.label
        )
    });
    html!("<p class=\"actions\">{}</p>", links.collect::<Html>())
}

/// A button that posts at once, with hidden values.
pub fn post_button(action: &str, label: &str, hidden: &[(String, String)], quiet: bool) -> Html {
    let hidden: Html = hidden
        .iter()
        .map(|(name, value)| {
            html!(
                "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
                name,
                value
            )
        })
        .collect();
    html!(
        "<form method=\"post\" action=\"{}\">{}<button class=\"{}\">{}</button></form>",
        action,
        hidden,
        if quiet { "button quiet" } else { "button" },
        label
    )
}

/// Nothing here, and what to do about it.
pub fn empty(says: &str, action: Option<&Action>) -> Html {
    let action = action.map(|one| actions(std::slice::from_ref(one)));
    html!("<div class=\"empty\"><p>{}</p>{}</div>", says, action)
}

/// A link with its words and whether it is the page one is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub href: String,
    pub label: String,
    pub current: bool,
}

impl Link {
    /// A link to elsewhere.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            label: label.into(),
            current: false,
        }
    }
    /// The page one is on, or not.
    #[must_use]
    pub const fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }
}

fn list_items(links: &[Link]) -> Html {
    let item = |one: &Link| {
        let current = if one.current {
            " aria-current=\"page\""
        } else {
            ""
        };
        let current = Html::raw(current.to_owned());
        html!(
            "<li><a href=\"{}\"{}>{}</a></li>",
            one.href,
            current,
            one.label
        )
    };
    links.iter().map(item).collect()
}

/// Pages beside this one, as tabs.
pub fn tabs(label: &str, links: &[Link]) -> Html {
    html!(
        "<nav class=\"tabs\" aria-label=\"{}\"><ul>{}</ul></nav>",
        label,
        list_items(links)
    )
}

/// The way here from the front page.
pub fn trail(words: &Words, links: &[Link]) -> Html {
    if links.is_empty() {
        return Html::new();
    }
    html!(
        "<nav class=\"trail\" aria-label=\"{}\"><ol>{}</ol></nav>",
        words.say("ui-trail"),
        list_items(links)
    )
}

/// One step of a way, or one fact of a history.
#[derive(Clone, Debug, Default)]
pub struct Step {
    pub title: String,
    /// When and who, already in words.
    pub when: String,
    pub detail: Html,
    pub state: StepState,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepState {
    #[default]
    Done,
    Now,
    Ahead,
}

/// Steps in their order.
pub fn steps(words: &Words, list: &[Step]) -> Html {
    let items = list.iter().map(|step| {
        let (class, state) = match step.state {
            StepState::Done => ("done", "ui-step-done"),
            StepState::Now => ("now", "ui-step-now"),
            StepState::Ahead => ("ahead", "ui-step-ahead"),
        };
        let current = if step.state == StepState::Now {
            " aria-current=\"step\""
        } else {
            ""
        };
        html!(
            "<li class=\"{}\"{}><strong>{}</strong> <small>{}</small>{}</li>",
            class,
            Html::raw(current.to_owned()),
            step.title,
            if step.when.is_empty() {
                words.say(state)
            } else {
                step.when.clone()
            },
            step.detail
        )
    });
    html!("<ol class=\"steps\">{}</ol>", items.collect::<Html>())
}

/// How far a job has come. The shell's `refresh` reloads the page.
pub fn progress(words: &Words, label: &str, done: i64, total: Option<i64>) -> Html {
    let (bar, says) = match total {
        Some(total) if total > 0 => (
            html!(
                "<progress id=\"progress\" value=\"{}\" max=\"{}\"></progress>",
                done,
                total
            ),
            words.say_with(
                "ui-progress-of",
                &[("done", done.into()), ("total", total.into())],
            ),
        ),
        _ => (
            html!("<progress id=\"progress\"></progress>"),
            words.say_with("ui-progress", &[("done", done.into())]),
        ),
    };
    html!(
        "<div class=\"progress\" role=\"status\"><label for=\"progress\">{}</label>{}<p>{} {}</p></div>",
        label,
        bar,
        says,
        words.say("ui-refresh")
    )
}

/// Two texts side by side: an authority's own words beside the edit.
pub fn side_by_side(one: (&str, &str), other: (&str, &str)) -> Html {
    let side = |(title, text): (&str, &str)| {
        html!("<section><h3>{}</h3>{}</section>", title, paragraphs(text))
    };
    html!("<div class=\"sides\">{}{}</div>", side(one), side(other))
}

/// A field of which two people saved different values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub label: String,
    pub yours: String,
    pub saved: String,
}

/// What you entered beside what someone else saved meanwhile.
pub fn conflict(words: &Words, differences: &[Difference]) -> Html {
    let head = [
        "ui-conflict-field",
        "ui-conflict-yours",
        "ui-conflict-saved",
    ]
    .map(|k| words.say(k));
    let rows: Vec<Vec<Html>> = differences
        .iter()
        .map(|d| {
            vec![
                html!("{}", d.label),
                html!("<bdi>{}</bdi>", d.yours),
                html!("<bdi>{}</bdi>", d.saved),
            ]
        })
        .collect();
    let table = plain_table(&words.say("ui-conflict-title"), &head, &rows);
    let intro = html!("<p>{}</p>", words.say("ui-conflict-intro"));
    html!(
        "<div class=\"errors\" role=\"alert\" tabindex=\"-1\" autofocus>{}{}</div>",
        intro,
        table
    )
}

/// A section with its heading.
pub fn section(title: &str, body: impl Show) -> Html {
    html!("<section><h2>{}</h2>{}</section>", title, body)
}

/// A card that leads somewhere: title, what it is about, a figure.
pub fn card(href: &str, title: &str, body: impl Show) -> Html {
    html!(
        "<li class=\"card\"><h3>{}</h3>{}</li>",
        link(href, title),
        body
    )
}

/// Cards beside one another.
pub fn cards(cards: &[Html]) -> Html {
    html!("<ul class=\"cards\">{}</ul>", cards.to_vec())
}

/// A headline figure: the number, what it counts, how surely it is known.
pub fn figure(number: &str, label: &str, sureness: Option<&Html>) -> Html {
    html!(
        "<li class=\"card\"><strong class=\"big\"><bdi>{}</bdi></strong><span>{}</span> {}</li>",
        number,
        label,
        sureness.cloned()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Lang;

    #[test]
    fn the_error_summary_leads_to_each_field_and_takes_the_focus() {
        let words = crate::testing::words(Lang::En);
        let errors = [
            ("own_words".to_owned(), "Too <long".to_owned()),
            (String::new(), "Whole".to_owned()),
        ];
        let html = error_summary(&words, &errors).into_string();
        assert!(
            html.contains("<li><a href=\"#f-own-words\">Too &lt;long</a></li><li>Whole</li>"),
            "{html}"
        );
        assert!(html.contains("tabindex=\"-1\" autofocus"), "{html}");
        assert!(error_summary(&words, &[]).is_empty());
    }

    #[test]
    fn the_present_step_is_told_apart() {
        let words = crate::testing::words(Lang::Fr);
        let step = |state| Step {
            title: "T".to_owned(),
            state,
            ..Step::default()
        };
        let html = steps(
            &words,
            &[
                step(StepState::Done),
                step(StepState::Now),
                step(StepState::Ahead),
            ],
        );
        assert_eq!(html.as_str().matches("aria-current=\"step\"").count(), 1);
        assert!(html.as_str().contains("<small>À venir</small>"), "{html}");
    }

    #[test]
    fn texts_side_by_side_are_never_taken_as_html() {
        let html = side_by_side(("A", "<b>x</b>"), ("B", "y")).into_string();
        assert!(html.contains("&lt;b&gt;x&lt;/b&gt;"), "{html}");
    }

    #[test]
    fn an_unknown_total_makes_no_share() {
        let words = crate::testing::words(Lang::En);
        assert!(!progress(&words, "L", 3, None).as_str().contains("value="));
        assert!(
            progress(&words, "L", 3, Some(9))
                .as_str()
                .contains("value=\"3\" max=\"9\"")
        );
    }
}
