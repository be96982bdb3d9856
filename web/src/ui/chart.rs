//! Small charts as inline SVG, with a sentence for those who do not see them.

use yew::prelude::*;

/// A bar of parts that add up to the whole; parts take the classes `d1` … in order. Percentages, so that text is never scaled.
pub fn stacked_bar(counts: &[i32], label: String, thin: bool) -> Html {
    let segments = segments(counts);
    let bar = |(index, x, width): &(usize, f64, f64)| {
        html! { <rect class={format!("d{}", index + 1)} x={format!("{x:.1}%")} width={format!("{width:.1}%")} height="100%" /> }
    };
    let gap =
        |(_, x, _): &(usize, f64, f64)| html! { <rect class="d-gap" x={format!("{x:.1}%")} width="2" height="100%" /> };
    html! {
        <svg class={classes!("chart", "chart--bar", thin.then_some("chart--thin"))} role="img" aria-label={label}>
            { for segments.iter().map(bar) }
            { for segments.iter().skip(1).map(gap) }
        </svg>
    }
}

/// One bar against the largest of its group.
pub fn single_bar(index: usize, value: i32, largest: i32) -> Html {
    let width = f64::from(value) * 100.0 / f64::from(largest.max(1));
    html! { <svg class="chart chart--bar chart--thin" aria-hidden="true"><rect class={format!("d{}", index + 1)} width={format!("{width:.1}%")} height="100%" /></svg> }
}

/// Index, start and width in percent of every part that is not zero.
fn segments(counts: &[i32]) -> Vec<(usize, f64, f64)> {
    let total = f64::from(counts.iter().sum::<i32>().max(1));
    let mut start = 0.0;
    let mut segments = Vec::new();
    for (index, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let width = f64::from(*count) * 100.0 / total;
        segments.push((index, start, width));
        start += width;
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_side_by_side_and_empty_ones_take_no_room() {
        assert_eq!(segments(&[1, 0, 3]), vec![(0, 0.0, 25.0), (2, 25.0, 75.0)]);
        assert_eq!(segments(&[0, 0]), vec![]);
    }
}
