//! QR codes as one path of an SVG.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};
use yew::prelude::*;

/// Dots of white around the picture.
const MARGIN: usize = 4;

/// A picture that says `text`; nothing where that is too long for one.
pub fn qr(text: &str, label: &str) -> Html {
    let Some((path, size)) = dots(text) else { return Html::default() };
    html! {
        <svg class="qr" viewBox={format!("0 0 {size} {size}")} role="img" aria-label={label.to_owned()}>
            <rect width={size.to_string()} height={size.to_string()} fill="#fff" />
            <path d={path} fill="#000" />
        </svg>
    }
}

/// The dark dots, each run of a line as one stroke, and the size of the picture.
fn dots(text: &str) -> Option<(String, usize)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, line) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in line.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                let length = run.len();
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + MARGIN, y + MARGIN);
            }
            x += run.len();
        }
    }
    Some((path, width + 2 * MARGIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_has_a_margin_and_the_three_corners() {
        let (path, size) = dots("https://jianghai.example/start/AAAAAAAAAAAAAAAAAAAAAAAA").unwrap();
        assert_eq!(size, 29 + 2 * MARGIN + 4, "{size}");
        let far = size - MARGIN - 7;
        for corner in
            [format!("M{MARGIN} {MARGIN}h7v1"), format!("M{far} {MARGIN}h7v1"), format!("M{MARGIN} {far}h7v1")]
        {
            assert!(path.contains(&corner), "{corner} in {path}");
        }
    }
}
