//! Lengths of time as ISO 8601 writes them.

/// Seconds of `PT1H30M` and the like, a year and a month as long as they are on average; none when it is
/// no such length.
pub fn seconds(text: &str) -> Option<f64> {
    let rest = text.strip_prefix('P')?;
    let (mut sum, mut digits, mut clock, mut some) = (0.0, String::new(), false, false);
    for c in rest.chars() {
        let each = match c {
            'T' if !clock => {
                clock = true;
                continue;
            }
            '0'..='9' | '.' => {
                digits.push(c);
                continue;
            }
            'Y' if !clock => 31_557_600.0,
            'M' if !clock => 2_629_800.0,
            'D' if !clock => 86_400.0,
            'H' if clock => 3_600.0,
            'M' => 60.0,
            'S' if clock => 1.0,
            _ => return None,
        };
        sum += digits.parse::<f64>().ok()? * each;
        digits.clear();
        some = true;
    }
    (some && digits.is_empty()).then_some(sum)
}
