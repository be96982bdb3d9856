use entity::Timestamp;

use super::{
    DeviceMarks,
    password::{WeakPassword, check_strength},
    throttle::{ADDRESS, Failures, Keys, NAME},
};
use crate::{clock::Ambient, db::seal::Vault};

const NOW: Timestamp = Timestamp(1_700_000_000_000_000);

fn none() -> Failures {
    Failures { count: 0, last_at: NOW, blocked_until: NOW }
}

#[test]
fn the_pause_grows_from_the_fifth_failure_to_a_quarter_of_an_hour() {
    let mut failures = none();
    let mut now = NOW;
    let mut pauses = Vec::new();
    for _ in 0..12 {
        failures = failures.with_one_more(NAME, now);
        pauses.push(failures.wait(now).unwrap_or(0));
        now = now.max(failures.blocked_until);
    }
    assert_eq!(pauses, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
}

#[test]
fn failures_are_forgotten_with_time() {
    let five = Failures { count: 4, ..none() };
    assert_eq!(five.with_one_more(NAME, NOW.plus_seconds(12 * 60)).count, 4);
    assert_eq!(five.with_one_more(NAME, NOW.plus_seconds(86_400)).count, 1);
    assert_eq!(five.with_one_more(NAME, NOW.plus_seconds(-86_400)).count, 5);
}

#[test]
fn an_address_may_fail_forty_nine_times_at_once() {
    let failures = (0..49).fold(none(), |failures, _| failures.with_one_more(ADDRESS, NOW));
    assert_eq!((failures.wait(NOW), failures.left(ADDRESS)), (None, 1));
    let failures = failures.with_one_more(ADDRESS, NOW);
    assert_eq!((failures.wait(NOW), failures.left(ADDRESS)), (Some(30), 0));
}

#[test]
fn a_network_of_ipv6_counts_as_one_address_and_the_name_is_not_kept() {
    let vault = Vault::new(&[7; 32]);
    let first = Keys::new(&vault, "zhang", "2001:db8:1:2:3:4:5:6".parse().unwrap());
    let second = Keys::new(&vault, "zhang", "2001:db8:1:2::9".parse().unwrap());
    assert_eq!(first, second);
    assert_eq!(first.address.as_deref(), Some("address:2001:db8:1:2::/64"));
    assert!(!first.name.contains("zhang"));
    let mapped = Keys::new(&vault, "zhang", "::ffff:10.0.0.1".parse().unwrap());
    assert_eq!(mapped.address.as_deref(), Some("address:10.0.0.1"));
}

#[test]
fn a_browser_is_known_for_the_names_that_signed_in_there_and_for_no_other() {
    let (vault, ambient) = (Vault::new(&[7; 32]), Ambient::system(chrono::FixedOffset::east_opt(0).unwrap()));
    let marks = DeviceMarks::default().with(&vault, &ambient, "zhang").with(&vault, &ambient, "li");
    let read = DeviceMarks::parse(&marks.text());
    assert_eq!(read, marks);
    assert!(read.known_for(&vault, "zhang").is_some());
    assert_ne!(read.known_for(&vault, "zhang"), read.known_for(&vault, "li"));
    assert_eq!(read.known_for(&vault, "wang"), None);
    assert_eq!(read.known_for(&Vault::new(&[8; 32]), "zhang"), None, "of another instance");
    let many = (0..20).fold(marks, |marks, n| marks.with(&vault, &ambient, &format!("name{n}")));
    assert_eq!(many.text().split('.').count(), 8);
    assert_eq!(many.known_for(&vault, "zhang"), None, "the oldest are forgotten");
    for damaged in ["", "....", "AAAA", &"A".repeat(5_000), &marks_with_one_bit_changed(&many)] {
        assert_eq!(DeviceMarks::parse(damaged).known_for(&vault, "name19"), None, "{damaged}");
    }
}

fn marks_with_one_bit_changed(marks: &DeviceMarks) -> String {
    let text = marks.text();
    let (first, rest) = text.split_at(1);
    format!("{}{}", if first == "A" { "B" } else { "A" }, rest.split('.').next().unwrap())
}

#[test]
fn a_new_password_must_be_hard_to_guess() {
    for (password, expected) in [
        ("short", Err(WeakPassword::Short)),
        ("aaaaaaaaaabb", Err(WeakPassword::Monotonous)),
        ("Password2026", Err(WeakPassword::Common)),
        ("my-zhangsan-9", Err(WeakPassword::ContainsName)),
        ("正确的马电池订书钉", Err(WeakPassword::Short)),
        ("正确的马电池订书钉在", Ok(())),
        ("correct horse battery", Ok(())),
    ] {
        assert_eq!(check_strength(password, "zhangsan"), expected, "{password}");
    }
    assert_eq!(check_strength(&"abcdef".repeat(40), "x"), Err(WeakPassword::Long));
}
