//! Codes that another phone's camera reads.
//!
//! Two phones without internet tell each other who they are by light: one shows a code, the other looks at it. The
//! core makes the matrix, so that every shell draws the same. Our codes are in capitals and digits, which the QR
//! standard packs into five and a half bits each.

use qrcode::{EcLevel, QrCode, types::Color};

use super::model::Code;

/// Repairs 15 % of a code that is hidden by a thumb or a reflection. More repair would make the modules smaller, and a
/// camera with a scratched lens loses small modules first.
const REPAIR: EcLevel = EcLevel::M;

impl Code {
    /// The code for a text; none if it is longer than a code can be (2,331 bytes, or 3,391 capitals and digits).
    pub fn of(content: String, label: String) -> Option<Self> {
        let made = QrCode::with_error_correction_level(content.as_bytes(), REPAIR).ok()?;
        let width = made.width();
        let colors = made.to_colors();
        let dark = |color: &Color| if *color == Color::Dark { '1' } else { '0' };
        let rows = colors.chunks(width).map(|row| row.iter().map(dark).collect()).collect();
        Some(Self { size: u16::try_from(width).ok()?, rows, content, label })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_square_with_its_three_corners() {
        let code = Code::of("RATEL:HALLO".to_owned(), String::new()).unwrap();
        assert_eq!(usize::from(code.size), code.rows.len());
        assert!(code.rows.iter().all(|row| row.len() == usize::from(code.size)));
        let corner = "1111111";
        let (first, last) = (code.rows.first().unwrap(), code.rows.last().unwrap());
        assert!(first.starts_with(corner) && first.ends_with(corner) && last.starts_with(corner));
        assert!(!last.ends_with(corner), "the fourth corner tells which way is up");
    }

    #[test]
    fn capitals_and_digits_make_a_smaller_code_than_other_letters() {
        let text = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".repeat(8);
        let large = Code::of(text.clone(), String::new()).unwrap().size;
        assert!(large < Code::of(text.to_lowercase(), String::new()).unwrap().size);
        // Three points a module at 360 wide, with four modules of quiet on each side and 16 points of edge.
        assert!((large + 8) * 3 <= 360 - 32, "{large} modules");
    }

    #[test]
    fn what_is_too_long_for_a_code_is_none() {
        assert!(Code::of("A".repeat(3_391), String::new()).is_some());
        assert_eq!(Code::of("A".repeat(3_392), String::new()), None);
    }
}
