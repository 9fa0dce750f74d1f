//! Time-based one-time codes (RFC 6238: SHA-1, six digits, thirty seconds) and the square that
//! brings the secret to a telephone.

use base::Moment;
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use qrcode::{Color, EcLevel, QrCode};
use sha1::Sha1;
use std::fmt::Write;
use ui::Html;

const STEP_SECONDS: i64 = 30;
/// Steps before and after now that are taken: clocks differ.
const DRIFT_STEPS: i64 = 1;

/// The step a moment falls into.
pub(crate) const fn step(now: Moment) -> i64 {
    now.seconds().div_euclid(STEP_SECONDS)
}

/// The code of a step.
pub(crate) fn code(secret: &[u8], step: i64) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else {
        return String::new();
    };
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last().copied().unwrap_or(0) & 0x0f);
    let four = digest.get(offset..offset + 4).unwrap_or_default();
    let number = four
        .iter()
        .fold(0_u32, |sum, byte| (sum << 8) | u32::from(*byte))
        & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// The step whose code was entered, later than the last one used: a code works once.
pub(crate) fn entered_step(secret: &[u8], entered: &str, now: Moment, last: i64) -> Option<i64> {
    let digits: String = entered.chars().filter(|c| !c.is_whitespace()).collect();
    let here = step(now);
    (here - DRIFT_STEPS..=here + DRIFT_STEPS)
        .find(|step| *step > last && same(&code(secret, *step), &digits))
}

/// The secret as a person types it.
pub(crate) fn shown(secret: &[u8]) -> String {
    let text = BASE32_NOPAD.encode(secret);
    let groups: Vec<&str> = (0..text.len())
        .step_by(4)
        .filter_map(|at| text.get(at..(at + 4).min(text.len())))
        .collect();
    groups.join(" ")
}

/// The address an authenticator reads.
pub(crate) fn uri(site: &str, email: &str, secret: &[u8]) -> String {
    let (site, email) = (base::address::value(site), base::address::value(email));
    format!(
        "otpauth://totp/{site}:{email}?secret={}&issuer={site}",
        BASE32_NOPAD.encode(secret)
    )
}

/// The address as a square to be photographed; nothing when it is too long for one.
pub(crate) fn square(uri: &str, label: &str) -> Html {
    let Ok(square) = QrCode::with_error_correction_level(uri, EcLevel::M) else {
        return Html::new();
    };
    let width = square.width();
    let mut path = String::new();
    for (place, color) in square.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", place % width + 4, place / width + 4);
        }
    }
    let side = width + 8;
    ui::html!(
        "<svg class=\"code\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"240\" height=\"240\" role=\"img\" aria-label=\"{}\"><path fill=\"#fff\" d=\"M0 0h{}v{}H0z\"/><path fill=\"#000\" d=\"{}\"/></svg>",
        side,
        side,
        label,
        side,
        side,
        path
    )
}

/// Compares without telling by the time where the texts differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .fold(0, |sum, (x, y)| sum | (x ^ y))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six of eight digits.
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let now = Moment::from_micros(seconds * 1_000_000);
            assert_eq!(code(SECRET, step(now)), expected, "{seconds}");
        }
    }

    #[test]
    fn a_code_works_near_its_time_and_once() {
        let now = Moment::from_micros(1_234_567_890_000_000);
        let here = step(now);
        let code_now = code(SECRET, here);
        for (later_seconds, last, taken) in [
            (0, 0, true),
            (30, 0, true),
            (-30, 0, true),
            (90, 0, false),
            (-90, 0, false),
            (0, here, false),
        ] {
            let found = entered_step(SECRET, &code_now, now.plus_seconds(later_seconds), last);
            assert_eq!(found, taken.then_some(here), "{later_seconds} {last}");
        }
        assert_eq!(entered_step(SECRET, "", now, 0), None);
        assert_eq!(entered_step(SECRET, "005 924", now, 0), Some(here));
    }

    #[test]
    fn the_address_is_read_by_authenticators() {
        assert_eq!(
            uri("Harambee demo", "amal@example.org", b"12345678901234567890"),
            "otpauth://totp/Harambee%20demo:amal%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Harambee%20demo"
        );
        assert_eq!(
            shown(b"12345678901234567890"),
            "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
        );
        assert!(
            square("otpauth://totp/a", "code")
                .as_str()
                .contains("<path")
        );
    }
}
