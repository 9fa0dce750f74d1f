//! The small HTML: what is kept, what is left out, and that nothing harmful passes.

use formats::{linked, markdown, plain, sanitise};

#[test]
fn what_is_allowed_is_written_anew() {
    for (given, wanted) in [
        ("one line", "one line"),
        (
            "<p>one <b>bold</b> line</p>",
            "one <strong>bold</strong> line",
        ),
        ("a<div>b</div>c", "<p>a</p><p>b</p><p>c</p>"),
        ("<h1>Title</h1>text", "<h2>Title</h2><p>text</p>"),
        (
            "<ul><li>one<li>two</ul>",
            "<ul><li>one</li><li>two</li></ul>",
        ),
        (
            "<ul><li><p>one</p></li>  <li>two<ul><li>three</ul></ul>",
            "<ul><li><p>one</p></li><li>two<ul><li>three</li></ul></li></ul>",
        ),
        (
            "<table><tr><td>1<td>2<tr><th colspan=2 onclick=x>3</table>after",
            "<table><tr><td>1</td><td>2</td></tr><tr><th colspan=\"2\">3</th></tr></table><p>after</p>",
        ),
        ("<td>lost</td>", "lost"),
        (
            "a <em>b <strong>c</em> d",
            "a <em>b <strong>c</strong></em> d",
        ),
        ("1 &lt; 2 &amp; 3 &eacute;", "1 &lt; 2 &amp; 3 é"),
        (
            "<p lang=ar dir=RTL>سلام</p><p></p><p> </p>",
            "<p lang=\"ar\" dir=\"rtl\">سلام</p>",
        ),
        ("<pre> a\n  b</pre>", "<pre> a\n  b</pre>"),
        ("<p>a<br>b<br></p>", "a<br>b<br>"),
        (
            "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>",
            "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>",
        ),
        ("<li>alone", "<ul><li>alone</li></ul>"),
        (
            "<ruby>漢<rp>(</rp><rt>かん</rt></ruby>",
            "<ruby>漢<rp>(</rp><rt>かん</rt></ruby>",
        ),
    ] {
        assert_eq!(sanitise(given), wanted, "{given}");
        assert_eq!(sanitise(wanted), wanted, "twice: {given}");
    }
}

#[test]
fn what_could_harm_is_left_out() {
    for (given, wanted) in [
        ("a<script>alert(1)</script>b", "ab"),
        (
            "<img src=x onerror=alert(1)>",
            "<img src=\"asset:x\" alt=\"\">",
        ),
        ("<img src=https://example.org/spy.png alt=cat>", "cat"),
        ("<a href=\"java\tscript:alert(1)\">x</a>", "<a>x</a>"),
        ("<a href=' JAVASCRIPT:alert(1)'>x</a>", "<a>x</a>"),
        ("<a href='data:text/html,x'>x</a>", "<a>x</a>"),
        ("<a href='//evil.example'>x</a>", "<a>x</a>"),
        ("<a href='/\\evil.example'>x</a>", "<a>x</a>"),
        ("<a href='vbscript:x'>x</a>", "<a>x</a>"),
        ("<svg><script>alert(1)</script></svg>x", "x"),
        (
            "<math><mtext><style><img src=x onerror=y></style></mtext></math>",
            "",
        ),
        ("<iframe src=x></iframe>y", "y"),
        ("<style>p{}</style>y", "y"),
        ("<p style='x' class=y onclick=z>y</p>", "y"),
        (
            "<img src='a\" onerror=\"b'>",
            "<img src=\"asset:a&quot; onerror=&quot;b\" alt=\"\">",
        ),
        ("<img src='../../../etc/passwd' alt=''>", ""),
        (
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "",
        ),
        ("<form><input value=x>y</form>", "y"),
        ("<base href=//evil><p>x", "x"),
    ] {
        assert_eq!(sanitise(given), wanted, "{given}");
    }
    assert_eq!(
        sanitise("<a href=https://x.org/?a=1&amp;b>x</a>"),
        "<a href=\"https://x.org/?a=1&amp;b\" rel=\"noreferrer\">x</a>"
    );
}

#[test]
fn markdown_becomes_small_html() {
    assert_eq!(
        markdown(
            "# One\n\ntwo *three* <script>x</script>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![A cat](cat.png)"
        ),
        "<h2>One</h2><p>two <em>three</em></p><table><thead><tr><th>a</th><th>b</th></tr></thead>\
         <tbody><tr><td>1</td><td>2</td></tr></tbody></table><p><img src=\"asset:cat.png\" alt=\"A cat\"></p>"
    );
}

#[test]
fn plain_text_keeps_its_lines() {
    for (given, wanted) in [
        ("<h2>A</h2><p>b<br>c</p>", "A\nb\nc"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("<ul><li><p>one</p></li></ul>", "• one"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 | 2"),
        ("1 &lt; 2", "1 < 2"),
        (
            "<p>see <img src=\"asset:x\" alt=\"a cat\"></p>",
            "see [a cat]",
        ),
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "1/2"),
    ] {
        assert_eq!(plain(given), wanted, "{given}");
    }
}

#[test]
fn addresses_are_put_in() {
    let html = "<p><img src=\"asset:a &amp; b.png\" alt=\"x\"> <a href=\"page:2#d-x\">y</a> src=\"asset:no\"</p>";
    let done = linked(
        html,
        &|name| format!("/files/{}", name.replace(' ', "%20")),
        &|page| format!("?page={page}"),
    );
    assert_eq!(
        done,
        "<p><img src=\"/files/a%20&amp;%20b.png\" alt=\"x\"> <a href=\"?page=2#d-x\">y</a> src=\"asset:no\"</p>"
    );
}
