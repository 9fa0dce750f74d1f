//! What becomes of each element.

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A block that holds text, under this name.
    Block(&'static str),
    /// Text inside a block, under this name.
    Inline(&'static str),
    /// A container of blocks.
    Flow(&'static str),
    /// A list, table or part of one.
    Part(&'static str),
    /// Nothing but the end of the block before it.
    Break,
    /// A part of a formula.
    Math(&'static str),
    /// Has no content.
    Void,
    /// Left out with all it holds.
    Gone,
    /// Left out, its content kept.
    Through,
}

pub(super) fn role(name: &str) -> Role {
    match name {
        "p" => Role::Block("p"),
        "h1" | "h2" => Role::Block("h2"),
        "h3" => Role::Block("h3"),
        "h4" | "h5" | "h6" => Role::Block("h4"),
        "pre" | "listing" => Role::Block("pre"),
        "figcaption" => Role::Block("figcaption"),
        "blockquote" => Role::Flow("blockquote"),
        "figure" => Role::Flow("figure"),
        "ul" | "menu" | "dir" => Role::Part("ul"),
        "ol" => Role::Part("ol"),
        "li" => Role::Part("li"),
        "dl" => Role::Part("dl"),
        "dt" => Role::Part("dt"),
        "dd" => Role::Part("dd"),
        "table" => Role::Part("table"),
        "caption" => Role::Part("caption"),
        "thead" => Role::Part("thead"),
        "tbody" => Role::Part("tbody"),
        "tfoot" => Role::Part("tfoot"),
        "tr" => Role::Part("tr"),
        "td" => Role::Part("td"),
        "th" => Role::Part("th"),
        "em" | "i" | "cite" | "dfn" | "var" | "address" => Role::Inline("em"),
        "strong" | "b" => Role::Inline("strong"),
        "code" | "kbd" | "samp" | "tt" => Role::Inline("code"),
        "sup" => Role::Inline("sup"),
        "sub" => Role::Inline("sub"),
        "a" => Role::Inline("a"),
        "ruby" => Role::Inline("ruby"),
        "rt" => Role::Inline("rt"),
        "rp" => Role::Inline("rp"),
        "del" | "s" | "strike" => Role::Inline("del"),
        "ins" => Role::Inline("ins"),
        "u" => Role::Inline("u"),
        "bdo" => Role::Inline("bdo"),
        "bdi" => Role::Inline("bdi"),
        "q" => Role::Inline("q"),
        "br" | "img" | "image" | "hr" | "wbr" | "audio" | "video" | "source" | "col" | "input"
        | "embed" | "link" | "meta" | "base" | "param" | "track" | "area" | "colgroup" => {
            Role::Void
        }
        "div" | "section" | "article" | "header" | "footer" | "main" | "aside" | "nav"
        | "center" | "details" | "summary" | "fieldset" | "legend" | "form" | "body" | "hgroup"
        | "search" => Role::Break,
        "script" | "style" | "iframe" | "noembed" | "noframes" | "xmp" | "template" | "object"
        | "applet" | "textarea" | "select" | "button" | "title" | "noscript" | "annotation"
        | "annotation-xml" | "case" | "datalist" | "frameset" | "canvas" => Role::Gone,
        _ => math(name).map_or(Role::Through, Role::Math),
    }
}

fn math(name: &str) -> Option<&'static str> {
    [
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "mfrac",
        "msup",
        "msub",
        "msubsup",
        "msqrt",
        "mroot",
        "mtext",
        "mspace",
        "mtable",
        "mtr",
        "mtd",
        "munder",
        "mover",
        "munderover",
        "mstyle",
        "mpadded",
        "mphantom",
        "mmultiscripts",
        "mprescripts",
        "none",
        "mfenced",
        "menclose",
    ]
    .into_iter()
    .find(|known| *known == name)
}

/// Elements that text may not cross to find the element it closes.
pub(super) fn is_wall(name: &str) -> bool {
    matches!(name, "td" | "th" | "caption" | "table")
}
/// Elements that hold inline text themselves.
pub(super) fn takes_text(name: &str) -> bool {
    !matches!(
        name,
        "ul" | "ol" | "dl" | "table" | "thead" | "tbody" | "tfoot" | "tr" | "blockquote" | "figure"
    )
}
/// Elements that are nothing without content.
pub(super) fn needs_content(name: &str) -> bool {
    !matches!(
        name,
        "td" | "th" | "a" | "mspace" | "none" | "mprescripts" | "mrow" | "mi" | "mo" | "mn" | "mtd"
    )
}
/// Elements that start a line of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "h2"
            | "h3"
            | "h4"
            | "pre"
            | "figcaption"
            | "blockquote"
            | "figure"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "caption"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
    )
}
