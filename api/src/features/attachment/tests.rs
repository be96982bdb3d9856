use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};

use super::content::{FileType, is, may_become, thumbnail};

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::new(width, height)).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A ZIP file with empty entries of these names.
fn zip(names: &[&str]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    let length = |name: &str| u16::try_from(name.len()).unwrap().to_le_bytes();
    for name in names {
        let at = u32::try_from(file.len()).unwrap().to_le_bytes();
        file.extend([b"PK\x03\x04".as_slice(), &[0; 22], &length(name), &[0; 2], name.as_bytes()].concat());
        directory.extend([b"PK\x01\x02".as_slice(), &[0; 24], &length(name), &[0; 12], &at, name.as_bytes()].concat());
    }
    let count = u16::try_from(names.len()).unwrap().to_le_bytes();
    let (size, at) = (u32::try_from(directory.len()).unwrap(), u32::try_from(file.len()).unwrap());
    let end = [b"PK\x05\x06".as_slice(), &[0; 4], &count, &count, &size.to_le_bytes(), &at.to_le_bytes(), &[0; 2]];
    [file, directory, end.concat()].concat()
}

#[test]
fn the_content_decides_and_the_name_must_agree() {
    let docx = zip(&["[Content_Types].xml", "word/document.xml"]);
    let xlsx = zip(&["[Content_Types].xml", "xl/workbook.xml"]);
    let macros = zip(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]);
    let html = b"<!DOCTYPE html><script>alert(1)</script>";
    for (claimed, content, expected) in [
        (FileType::Pdf, b"%PDF-1.7\n".as_slice(), true),
        (FileType::Pdf, html, false),
        (FileType::Pdf, b"\n<html>%PDF-1.7", false),
        (FileType::Png, &picture(2, 2, ImageFormat::Png), true),
        (FileType::Jpeg, &picture(2, 2, ImageFormat::Png), false),
        (FileType::Jpeg, &picture(2, 2, ImageFormat::Jpeg), true),
        (FileType::Webp, &picture(2, 2, ImageFormat::WebP), true),
        (FileType::Docx, &docx, true),
        (FileType::Xlsx, &docx, false),
        (FileType::Xlsx, &xlsx, true),
        (FileType::Docx, &macros, false),
        (FileType::Docx, &zip(&["readme.txt"]), false),
        (FileType::Docx, docx.get(..docx.len() - 1).unwrap(), false),
        (FileType::Docx, b"PK\x03\x04", false),
        (FileType::Text, "党员大会决议，同意。".as_bytes(), true),
        (FileType::Csv, "\u{feff}姓名,日期\n".as_bytes(), true),
        (FileType::Text, b"\xb5\xb3\xd4\xb1 GBK", false),
        (FileType::Text, html, false),
        (FileType::Text, b"  <svg onload=alert(1)>", false),
        (FileType::Text, b"#!/bin/sh\n", false),
        (FileType::Text, b"\x7fELF\x02\x01\x01", false),
        (FileType::Text, b"MZ\x90\x00", false),
        (FileType::Text, b"a\x00b", false),
        (FileType::Pdf, b"", false),
    ] {
        let shown: String = String::from_utf8_lossy(content).chars().take(20).collect();
        assert_eq!(is(claimed, content), expected, "{claimed:?}: {shown}");
    }
}

#[test]
fn the_first_chunk_tells_a_lie_early_and_may_end_within_a_letter() {
    let cut = "决议".as_bytes().get(..4).unwrap();
    for (claimed, head, expected) in [
        (FileType::Text, cut, true),
        (FileType::Text, b"<html>".as_slice(), false),
        (FileType::Pdf, b"<html>", false),
        (FileType::Docx, b"PK\x03\x04\x14", true),
        (FileType::Xlsx, b"MZ\x90", false),
    ] {
        assert_eq!(may_become(claimed, head), expected, "{claimed:?}");
    }
}

#[test]
fn names_claim_a_type_by_their_ending_alone() {
    assert_eq!(FileType::of_name("照片.JPEG"), Some(FileType::Jpeg));
    assert_eq!(FileType::of_name("名单.pdf.csv"), Some(FileType::Csv));
    for name in ["页面.html", "图.svg", "run.exe", "压缩.zip", "pdf", "表.xlsm"] {
        assert_eq!(FileType::of_name(name), None, "{name}");
    }
}

#[test]
fn a_thumbnail_keeps_the_proportions_and_a_damaged_or_huge_picture_has_none() {
    let small = thumbnail(FileType::Png, &picture(1_000, 500, ImageFormat::Png)).unwrap();
    let size = image::load_from_memory_with_format(&small, ImageFormat::Jpeg).unwrap();
    assert_eq!((size.width(), size.height()), (320, 160));
    let whole = picture(50, 50, ImageFormat::Png);
    let same = image::load_from_memory(&thumbnail(FileType::Png, &whole).unwrap()).unwrap();
    assert_eq!((same.width(), same.height()), (50, 50));
    assert_eq!(thumbnail(FileType::Png, whole.get(..60).unwrap()), None);
    assert_eq!(thumbnail(FileType::Png, &picture(12_001, 1, ImageFormat::Png)), None);
    assert_eq!(thumbnail(FileType::Text, b"text"), None);
}
