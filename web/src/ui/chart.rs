//! Small charts as inline SVG, with a sentence for those who do not see them.

use yew::prelude::*;

/// A bar of parts that add up to the whole; parts take the classes `d1` … in order. Percentages, so that text is never scaled.
pub fn stacked_bar(counts: &[i32], label: String, thin: bool) -> Html {
    let segments = segments(counts);
    let bar = |(index, x, width): &(usize, i64, i64)| {
        html! { <rect class={format!("d{}", index + 1)} x={percent(*x)} width={percent(*width)} height="100%" /> }
    };
    let gap = |(_, x, _): &(usize, i64, i64)| html! { <rect class="d-gap" x={percent(*x)} width="2" height="100%" /> };
    html! {
        <svg class={classes!("chart", "chart--bar", thin.then_some("chart--thin"))} role="img" aria-label={label}>
            { for segments.iter().map(bar) }
            { for segments.iter().skip(1).map(gap) }
        </svg>
    }
}

/// One bar against the largest of its group.
pub fn single_bar(index: usize, value: i32, largest: i32) -> Html {
    let width = percent(share(i64::from(value), i64::from(largest)));
    html! { <svg class="chart chart--bar chart--thin" aria-hidden="true"><rect class={format!("d{}", index + 1)} {width} height="100%" /></svg> }
}

/// A part of the whole in tenths of a percent, rounded.
fn share(part: i64, whole: i64) -> i64 {
    let whole = whole.max(1);
    (part * 1000 + whole / 2) / whole
}

/// Tenths of a percent as SVG writes them.
fn percent(tenths: i64) -> String {
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Index, start and width of every part that is not zero, in tenths of a percent: whole numbers, since the code that writes
/// floating-point numbers is ten kilobytes.
fn segments(counts: &[i32]) -> Vec<(usize, i64, i64)> {
    let total = counts.iter().copied().map(i64::from).sum();
    let mut before = 0;
    let mut segments = Vec::new();
    for (index, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let start = share(before, total);
        before += i64::from(*count);
        segments.push((index, start, share(before, total) - start));
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_side_by_side_and_empty_ones_take_no_room() {
        assert_eq!(segments(&[1, 0, 3]), vec![(0, 0, 250), (2, 250, 750)]);
        assert_eq!(segments(&[0, 0]), vec![]);
        assert_eq!(segments(&[1, 1, 1]), vec![(0, 0, 333), (1, 333, 334), (2, 667, 333)]);
        assert_eq!(percent(667), "66.7%");
    }
}
