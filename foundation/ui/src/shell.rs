//! The page around every page: head, brand, menu, languages, account, notice, body, footer.

use crate::assets::{MARK, SHEET};
use crate::html::{Html, with_query};
use crate::parts::{Link, trail};
use askama::Template;
use base::{Error, Lang};
use lang::Words;

/// A link of the menu.
pub type MenuLink = Link;

/// Links of the menu that belong together, under one word.
#[derive(Clone, Debug)]
pub struct MenuGroup {
    pub label: String,
    pub links: Vec<MenuLink>,
}

impl MenuGroup {
    /// The page is one of these, or below one of them.
    pub fn is_here(&self) -> bool {
        self.links.iter().any(|link| link.current)
    }
}

/// Who is signed in, and how to leave.
#[derive(Clone, Debug)]
pub struct AccountLine {
    pub name: String,
    /// The role in words, with its organisation or country.
    pub role: String,
    /// The account's own page.
    pub href: String,
    /// Where signing out is posted.
    pub sign_out: String,
    /// Hidden fields of that form.
    pub hidden: Html,
}

/// A whole page. Make one with [`Shell::new`], set what differs, then [`Shell::render`].
#[derive(Clone, Debug)]
pub struct Shell {
    pub words: Words,
    pub title: String,
    /// Always in sight; the groups open beside them, without script.
    pub menu: Vec<MenuLink>,
    pub groups: Vec<MenuGroup>,
    pub account: Option<AccountLine>,
    /// Where to sign in, when nobody is.
    pub sign_in: Option<String>,
    /// The way here.
    pub trail: Vec<Link>,
    /// Shown above the title: done, refused, or to be known first.
    pub notice: Option<Html>,
    pub body: Html,
    /// The body brings its own `h1`.
    pub own_heading: bool,
    /// This page with its query; the language switch adds `lang=…`.
    pub path: String,
    /// What the figures are as of: a moment, a release, a ledger's head.
    pub snapshot: Option<String>,
    /// Links at the foot: sources, open data, help.
    pub foot: Vec<Link>,
    /// Seconds after which the page asks again; for jobs.
    pub refresh: Option<u32>,
    /// The page is of this site's own pages only and must not be found by search engines.
    pub private: bool,
    /// A room's or a site's own sheets, after the common one.
    pub sheets: Vec<String>,
    /// Where feed readers find what changed.
    pub feed: Option<String>,
}

impl Shell {
    /// A page without anything around its body.
    pub fn new(words: &Words, title: impl Into<String>, body: Html) -> Self {
        Self {
            words: words.clone(),
            title: title.into(),
            menu: Vec::new(),
            groups: Vec::new(),
            account: None,
            sign_in: None,
            trail: Vec::new(),
            notice: None,
            body,
            own_heading: false,
            path: "/".to_owned(),
            snapshot: None,
            foot: Vec::new(),
            refresh: None,
            private: false,
            sheets: Vec::new(),
            feed: None,
        }
    }

    /// The page as bytes to send.
    ///
    /// # Errors
    /// A fault when the template cannot be written.
    pub fn render(&self) -> Result<String, Error> {
        Page {
            shell: self,
            words: &self.words,
            sheet: SHEET,
            icon: MARK,
        }
        .render()
        .map_err(Error::fault)
    }

    fn languages(&self) -> Vec<(Lang, String)> {
        let other = Lang::ALL
            .into_iter()
            .filter(|lang| *lang != self.words.lang());
        other
            .map(|lang| (lang, with_query(&self.path, "lang", Some(lang.code()))))
            .collect()
    }

    fn way(&self) -> Html {
        trail(&self.words, &self.trail)
    }
}

#[derive(Template)]
#[template(path = "shell.html")]
struct Page<'a> {
    shell: &'a Shell,
    words: &'a Words,
    sheet: &'static str,
    icon: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(lang: Lang) -> Shell {
        let words = crate::testing::words(lang);
        let mut shell = Shell::new(&words, "Desks & \"chairs\"", html!("<p>{}</p>", "body"));
        shell.path = "/needs?q=a&lang=ar".to_owned();
        shell
    }

    #[test]
    fn a_page_names_its_language_and_leads_to_the_others() {
        let html = shell(Lang::Ar).render().unwrap();
        assert!(
            html.starts_with("<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\">"),
            "{html}"
        );
        assert!(
            html.contains("href=\"/needs?q=a&#38;lang=fr\" lang=\"fr\""),
            "{html}"
        );
        assert!(!html.contains("hreflang=\"ar\""), "{html}");
    }

    #[test]
    fn the_title_is_the_only_heading_and_is_escaped() {
        let html = shell(Lang::En).render().unwrap();
        assert!(
            html.contains("<h1>Desks &#38; &#34;chairs&#34;</h1>"),
            "{html}"
        );
        assert!(
            html.contains("<title>Desks &#38; &#34;chairs&#34; – Harambee</title>"),
            "{html}"
        );
        assert!(html.contains("<p>body</p>"), "{html}");
        let mut own = shell(Lang::En);
        own.own_heading = true;
        assert!(!own.render().unwrap().contains("<h1"));
    }

    #[test]
    fn a_page_shows_what_it_is_given_and_nothing_else() {
        let mut shell = shell(Lang::En);
        let html = shell.render().unwrap();
        for absent in [
            "<form",
            "http-equiv",
            "noindex",
            "class=\"menu\"",
            "class=\"trail\"",
        ] {
            assert!(!html.contains(absent), "{absent}");
        }
        shell.groups = vec![MenuGroup {
            label: "Data".to_owned(),
            links: vec![Link::new("/schools", "Schools").current(true)],
        }];
        shell.refresh = Some(5);
        shell.private = true;
        shell.menu = vec![Link::new("/needs", "Needs").current(true)];
        shell.sign_in = Some("/sign-in".to_owned());
        let html = shell.render().unwrap();
        for part in [
            "<meta http-equiv=\"refresh\" content=\"5\">",
            "content=\"noindex\"",
            "<a href=\"/needs\" aria-current=\"page\">Needs</a>",
            "<details name=\"menu\"><summary aria-current=\"true\">Data</summary><ul>",
            "<a href=\"/schools\" aria-current=\"page\">Schools</a>",
            "<a href=\"/sign-in\">",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
