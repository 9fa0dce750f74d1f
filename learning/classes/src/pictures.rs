//! The twelve pictures children sign in with, as drawings for the screen and for paper.

use ui::Html;

/// The picture drawn; its word stands beside it, so it is hidden from readers aloud.
pub(crate) fn drawn(code: &str) -> Html {
    let inside = match code {
        "sun" => {
            "<circle cx=\"12\" cy=\"12\" r=\"5\"/><path d=\"M12 1v4M12 19v4M1 12h4M19 12h4M4 4l3 3M17 17l3 3M20 4l-3 3M7 17l-3 3\"/>"
        }
        "fish" => {
            "<path d=\"M2 12c4-7 11-7 15 0-4 7-11 7-15 0zM17 12l5-5v10z\"/><circle cx=\"7\" cy=\"11\" r=\"1\"/>"
        }
        "tree" => "<path d=\"M12 14v8M9 22h6M12 2l7 12H5z\"/>",
        "house" => "<path d=\"M2 12L12 3l10 9M5 10v11h14V10M10 21v-6h4v6\"/>",
        "moon" => "<path d=\"M16 2a10 10 0 1 0 6 14A9 9 0 0 1 16 2z\"/>",
        "ball" => {
            "<circle cx=\"12\" cy=\"12\" r=\"10\"/><path d=\"M2 12h20M12 2c5 6 5 14 0 20M12 2c-5 6-5 14 0 20\"/>"
        }
        "bird" => {
            "<path d=\"M2 13c3-6 8-7 12-4l7-4-2 6c1 6-5 9-10 8-3-1-5-3-7-6zM10 19v3M13 19v3\"/><circle cx=\"14\" cy=\"10\" r=\"1\"/>"
        }
        "cup" => "<path d=\"M4 6h12v8a6 6 0 0 1-12 0zM16 8h4v5h-4M3 22h14\"/>",
        "star" => {
            "<path d=\"M12 2l3 7 7 .5-5.500 4.500 2 7.500-6.500-4-6.500 4 2-7.500L2 9.500 9 9z\"/>"
        }
        "drum" => {
            "<ellipse cx=\"12\" cy=\"8\" rx=\"9\" ry=\"4\"/><path d=\"M3 8v9c0 5 18 5 18 0V8M2 1l6 6M22 1l-6 6\"/>"
        }
        "flower" => {
            "<circle cx=\"12\" cy=\"8\" r=\"2\"/><circle cx=\"12\" cy=\"4\" r=\"2\"/><circle cx=\"16\" cy=\"8\" r=\"2\"/><circle cx=\"8\" cy=\"8\" r=\"2\"/><circle cx=\"12\" cy=\"12\" r=\"2\"/><path d=\"M12 14v8M12 20c-4 0-5-3-5-3\"/>"
        }
        _ => "<circle cx=\"7\" cy=\"8\" r=\"5\"/><path d=\"M11 12l10 10M17 18l3-3\"/>",
    };
    Html::raw(format!(
        "<svg viewBox=\"0 0 24 24\" width=\"32\" height=\"32\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" aria-hidden=\"true\">{inside}</svg>"
    ))
}

/// The picture drawn on a card, 14 millimetres wide.
pub(crate) fn small(code: &str) -> Html {
    let whole = drawn(code).into_string();
    let inside = whole
        .split_once('>')
        .and_then(|(_, rest)| rest.strip_suffix("</svg>"))
        .unwrap_or_default();
    Html::raw(format!(
        "<g transform=\"scale(.58)\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\">{inside}</g>"
    ))
}
