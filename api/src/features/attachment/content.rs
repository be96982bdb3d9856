//! What a file is, by its content. Pure: bytes in, type or refusal out.
use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};

/// Longest edge of a thumbnail in pixels.
const EDGE: u32 = 320;
/// Longest edge of a picture of which a thumbnail is made, in pixels.
const LONGEST: u32 = 12_000;
/// Memory that a picture may take while a thumbnail is made of it, in bytes.
const MEMORY: u64 = 200_000_000;
/// Quality of a thumbnail.
const QUALITY: u8 = 80;

/// The types that can be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    /// PDF.
    Pdf,
    /// PNG picture.
    Png,
    /// JPEG picture.
    Jpeg,
    /// WebP picture.
    Webp,
    /// Word document.
    Docx,
    /// Excel workbook.
    Xlsx,
    /// Text in UTF-8.
    Text,
    /// Table as text in UTF-8.
    Csv,
}

impl FileType {
    /// The type that a file with this name claims to be; none where such files cannot be attached.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "png" => Some(Self::Png),
            "jpg" | "jpeg" => Some(Self::Jpeg),
            "webp" => Some(Self::Webp),
            "docx" => Some(Self::Docx),
            "xlsx" => Some(Self::Xlsx),
            "txt" => Some(Self::Text),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Text => "text/plain",
            Self::Csv => "text/csv",
        }
    }

    /// What people call it, in Chinese and in English.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Pdf => ("PDF", "PDF"),
            Self::Png => ("PNG 图片", "PNG"),
            Self::Jpeg => ("JPEG 图片", "JPEG"),
            Self::Webp => ("WebP 图片", "WebP"),
            Self::Docx => ("Word 文档（docx）", "Word document (docx)"),
            Self::Xlsx => ("Excel 表格（xlsx）", "Excel workbook (xlsx)"),
            Self::Text => ("UTF-8 文本", "text in UTF-8"),
            Self::Csv => ("UTF-8 的 CSV", "CSV in UTF-8"),
        }
    }
}

/// Whether `content` is what its name claims. Text and tables are told apart by the name alone.
pub fn is(claimed: FileType, content: &[u8]) -> bool {
    let found = match infer::get(content).map(|found| found.mime_type()) {
        // Readers look for this sign further on, too; a page with it further on is a page.
        Some("application/pdf") if content.starts_with(b"%PDF-") => Some(FileType::Pdf),
        Some("image/png") => Some(FileType::Png),
        Some("image/jpeg") => Some(FileType::Jpeg),
        Some("image/webp") => Some(FileType::Webp),
        _ if content.starts_with(b"PK\x03\x04") => office(content),
        None if is_text(content) => Some(FileType::Text),
        _ => None,
    };
    found == Some(claimed) || (found == Some(FileType::Text) && claimed == FileType::Csv)
}

/// Whether the first bytes of a file can still turn out to be what its name claims.
pub fn may_become(claimed: FileType, head: &[u8]) -> bool {
    match claimed {
        FileType::Docx | FileType::Xlsx => head.starts_with(b"PK\x03\x04"),
        // A chunk may end within a letter.
        FileType::Text | FileType::Csv => {
            let whole = match std::str::from_utf8(head) {
                Err(error) if error.error_len().is_none() => head.get(..error.valid_up_to()).unwrap_or_default(),
                _ => head,
            };
            is_text(whole)
        }
        FileType::Pdf | FileType::Png | FileType::Jpeg | FileType::Webp => is(claimed, head),
    }
}

/// Text in UTF-8 that no browser and no shell takes for something to run.
fn is_text(content: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content) else { return false };
    let text = text.trim_start_matches('\u{feff}');
    let controls = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t' | '\u{c}');
    if text.contains(controls) || text.starts_with("#!") {
        return false;
    }
    let begin: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    let markup = ["<!doctype", "<!--", "<?", "<html", "<head", "<body", "<script", "<svg", "<iframe", "<img", "%pdf"];
    !markup.iter().any(|word| begin.starts_with(word))
}

/// The office document that a ZIP file is, by the names in its directory; none where it is another one, has macros,
/// or has a directory that does not fit.
fn office(content: &[u8]) -> Option<FileType> {
    let names = zip_names(content)?;
    let has = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name.as_bytes()));
    let macros = names.iter().any(|name| name.to_ascii_lowercase().ends_with(b"vbaproject.bin"));
    match () {
        () if !has("[Content_Types].xml") || macros => None,
        () if has("word/document.xml") => Some(FileType::Docx),
        () if has("xl/workbook.xml") => Some(FileType::Xlsx),
        () => None,
    }
}

/// The names in the directory at the end of a ZIP file.
fn zip_names(content: &[u8]) -> Option<Vec<&[u8]>> {
    const END: &[u8] = b"PK\x05\x06";
    const ENTRY: &[u8] = b"PK\x01\x02";
    let short = |at: usize| Some(usize::from(u16::from_le_bytes(content.get(at..at + 2)?.try_into().ok()?)));
    let long = |at: usize| usize::try_from(u32::from_le_bytes(content.get(at..at + 4)?.try_into().ok()?)).ok();
    // The record at the end is 22 bytes long and may be followed by a comment of at most 64 KiB.
    let tail = content.len().saturating_sub(22 + 65_535);
    let end = tail + content.get(tail..)?.windows(4).rposition(|bytes| bytes == END)?;
    content.get(end..end + 22)?;
    let (count, mut at) = (short(end + 10)?, long(end + 16)?);
    let mut names = Vec::new();
    for _ in 0..count {
        if content.get(at..at.checked_add(4)?)? != ENTRY {
            return None;
        }
        let (name, extra, comment) = (short(at + 28)?, short(at + 30)?, short(at + 32)?);
        names.push(content.get(at + 46..at + 46 + name)?);
        at += 46 + name + extra + comment;
    }
    Some(names)
}

/// A small JPEG of a picture; none where the content is no picture, is damaged, or would take too much memory.
pub fn thumbnail(file_type: FileType, content: &[u8]) -> Option<Vec<u8>> {
    let format = match file_type {
        FileType::Png => ImageFormat::Png,
        FileType::Jpeg => ImageFormat::Jpeg,
        FileType::Webp => ImageFormat::WebP,
        _ => return None,
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().ok()?;
    if decoder.total_bytes() > MEMORY {
        return None;
    }
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    // A small one stays as small as it is.
    if picture.width() > EDGE || picture.height() > EDGE {
        picture = picture.resize(EDGE, EDGE, FilterType::Triangle);
    }
    picture.apply_orientation(orientation);
    let mut small = Vec::new();
    on_white(&picture).write_with_encoder(JpegEncoder::new_with_quality(&mut small, QUALITY)).ok()?;
    Some(small)
}

/// JPEG knows no transparency.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let rgba = picture.to_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [r, g, b, alpha] = rgba.get_pixel(x, y).0;
        let over = |part: u8| {
            let mixed = (u32::from(part) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Rgb([over(r), over(g), over(b)])
    })
}
