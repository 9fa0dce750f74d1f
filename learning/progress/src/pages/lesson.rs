//! On a lesson's page: the classes its reader can give it to.

use super::link;
use super::shown::may_be_given;
use base::{Id, Result, Role};
use classes::Class;
use db::Tx;
use ui::Html;
use web::Ask;

/// On a lesson's page: a teacher's classes it can be given to.
pub(crate) fn fill_lesson(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let lesson = lessons::lesson(tx, id)?;
    let form = |class: &Class| {
        may_be_given(&lesson, class).then(|| {
            let path = format!("/teach/classes/{}/assignments/new", class.id);
            ui::with_query(&path, "lesson", Some(&id.to_string()))
        })
    };
    to_classes(tx, ask, "progress-assignment-title", &form)
}

/// The asker's classes, each with the form that `form` leads to, where it leads anywhere.
pub(super) fn to_classes(
    tx: &mut Tx,
    ask: &Ask,
    title: &str,
    form: &dyn Fn(&Class) -> Option<String>,
) -> Result<Html> {
    let Some(actor) = ask.actor.as_ref().filter(|a| a.is_any(&[Role::Teacher])) else {
        return Ok(Html::new());
    };
    let mut onward = Vec::new();
    for class in classes::classes_of_teacher(tx, actor.account, ask.today)? {
        if let Some(path) = form(&class) {
            let name = ask.words.name(&class.names).to_owned();
            let label = ask
                .words
                .say_with("progress-resource-give-to", &[("class", name.into())]);
            onward.push(link(path, label, false));
        }
    }
    if onward.is_empty() {
        return Ok(Html::new());
    }
    Ok(ui::section(&ask.words.say(title), ui::actions(&onward)))
}
