//! What must stand in what: blocks, lists, tables and the text in them.

use super::*;

impl State<'_> {
    pub(super) fn close_inline(&mut self, kept: &str) {
        if let Some(at) = self.find(kept)
            && !self
                .stack
                .iter()
                .skip(at + 1)
                .any(|open| is_block(open.name))
        {
            self.close_to(at);
        }
    }
    /// Ends the paragraph that is open, if one is.
    pub(super) fn end_block(&mut self) {
        let at = self
            .stack
            .iter()
            .rposition(|open| matches!(open.name, "p" | "h2" | "h3" | "h4" | "pre" | "figcaption"));
        match at {
            Some(at) if !self.stack.iter().skip(at + 1).any(|o| is_wall(o.name)) => {
                self.close_to(at);
            }
            _ => {
                let holder = self.stack.iter().rposition(|open| is_block(open.name));
                if let Some(at) = holder
                    && self.stack.get(at).is_some_and(|open| takes_text(open.name))
                {
                    self.close_to(at + 1);
                    self.broken = true;
                } else if holder.is_none() {
                    self.close_to(0);
                }
            }
        }
    }
    pub(super) fn close_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            let Some(open) = self.stack.pop() else { return };
            if is_block(open.name) {
                let kept = self.out.html.trim_end_matches(' ').len();
                self.out.html.truncate(kept.max(open.to));
                self.broken = false;
            }
            if self.out.html.len() <= open.to
                && !open.marked
                && (needs_content(open.name) || open.name == "a")
            {
                self.out.html.truncate(open.from);
                while self
                    .out
                    .blocks
                    .last()
                    .is_some_and(|(at, _)| *at >= open.from)
                {
                    self.out.blocks.pop();
                }
                continue;
            }
            self.out.html.push_str("</");
            self.out.html.push_str(open.name);
            self.out.html.push('>');
        }
    }
    /// Whether the next text stands at the start of a block.
    pub(super) fn at_start(&self) -> bool {
        let end = self.out.html.len();
        self.out.html.ends_with("<br>")
            || self
                .stack
                .iter()
                .rev()
                .take_while(|open| open.to == end || !is_block(open.name))
                .any(|open| is_block(open.name) && open.to == end)
            || self.stack.is_empty()
    }
    pub(super) fn start_block(&mut self, kept: &'static str, tag: &Tag) {
        self.end_block();
        self.hold_block();
        self.push(kept, Some(tag));
    }
    /// Opens what a block must stand in.
    pub(super) fn hold_block(&mut self) {
        match self.stack.last().map(|open| open.name) {
            Some("ul" | "ol") => self.push("li", None),
            Some("dl") => self.push("dd", None),
            Some("table" | "thead" | "tbody" | "tfoot") => {
                self.push("tr", None);
                self.push("td", None);
            }
            Some("tr") => self.push("td", None),
            _ => {}
        }
    }
    pub(super) fn part(&mut self, kept: &'static str, tag: &Tag) {
        match kept {
            "ul" | "ol" | "dl" | "table" => {
                let inside = self
                    .stack
                    .last()
                    .is_some_and(|open| matches!(open.name, "li" | "td" | "th" | "dd"));
                if !inside {
                    self.end_block();
                }
                self.broken = false;
                self.hold_block();
            }
            "li" => match self.nearest(&["ul", "ol"]) {
                Some(at) => self.close_to(at + 1),
                None => {
                    self.end_block();
                    self.hold_block();
                    self.push("ul", None);
                }
            },
            "dt" | "dd" => match self.nearest(&["dl"]) {
                Some(at) => self.close_to(at + 1),
                None => {
                    self.end_block();
                    self.hold_block();
                    self.push("dl", None);
                }
            },
            _ => match self.find("table") {
                None => return self.end_block(),
                Some(table) => self.table_part(kept, table),
            },
        }
        self.push(kept, Some(tag));
    }
    pub(super) fn table_part(&mut self, kept: &str, table: usize) {
        match kept {
            "caption" | "thead" | "tbody" | "tfoot" => self.close_to(table + 1),
            "tr" => {
                let group = self
                    .stack
                    .iter()
                    .skip(table + 1)
                    .position(|open| matches!(open.name, "thead" | "tbody" | "tfoot"));
                self.close_to(table + 1 + usize::from(group == Some(0)));
            }
            _ => match self.find("tr").filter(|at| *at > table) {
                Some(at) => self.close_to(at + 1),
                None => {
                    let group = self
                        .stack
                        .iter()
                        .skip(table + 1)
                        .position(|open| matches!(open.name, "thead" | "tbody" | "tfoot"));
                    self.close_to(table + 1 + usize::from(group == Some(0)));
                    self.push("tr", None);
                }
            },
        }
    }
    /// The place of the nearest of these lists that is not behind a wall.
    pub(super) fn nearest(&self, names: &[&str]) -> Option<usize> {
        let at = self
            .stack
            .iter()
            .rposition(|open| names.contains(&open.name) || is_wall(open.name))?;
        names.contains(&self.stack.get(at)?.name).then_some(at)
    }
    pub(super) fn open_inline(&mut self, kept: &'static str, tag: &Tag) {
        self.hold_text();
        self.push(kept, Some(tag));
    }
    /// Opens what text must stand in, and ends a line that was broken.
    pub(super) fn hold_text(&mut self) {
        self.hold_block();
        match self.stack.last().map(|open| open.name) {
            None | Some("blockquote" | "figure") => {
                self.push("p", None);
                self.broken = false;
            }
            _ => {}
        }
        if std::mem::take(&mut self.broken) && !self.at_start() {
            let kept = self.out.html.trim_end_matches(' ').len();
            self.out.html.truncate(kept);
            self.out.html.push_str("<br>");
        }
    }
    pub(super) fn push(&mut self, kept: &'static str, tag: Option<&Tag>) {
        if self.stack.len() >= limits::DEPTH {
            return;
        }
        if is_block(kept) {
            self.broken = false;
            let kept = self.out.html.trim_end_matches(' ').len();
            self.out.html.truncate(kept);
        }
        let from = self.out.html.len();
        if self.stack.is_empty() {
            let level = match kept {
                "h2" => 2,
                "h3" => 3,
                "h4" => 4,
                _ => 9,
            };
            self.out.blocks.push((from, level));
        }
        self.out.html.push('<');
        self.out.html.push_str(kept);
        let marked = tag.is_some_and(|tag| self.attributes(kept, tag));
        self.out.html.push('>');
        let to = self.out.html.len();
        self.stack.push(Open {
            name: kept,
            from,
            to,
            marked,
        });
    }
}
