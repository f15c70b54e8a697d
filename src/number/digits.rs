//! The value of digits as written.

/// The value of "6,000", "1,00,000", "2.5"; `None` for "1,2,3,4", "1.2.3" and the like.
///
/// Groups of three, or groups of two before a last one of three as in South Asia.
pub fn value(text: &str) -> Option<f64> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if fraction.is_some_and(|fraction| !digits(fraction)) || !is_grouped(whole) {
        return None;
    }
    // Eighteen digits are the most below `LARGEST`; longer ones would be parsed only to be refused.
    if text.len() > 40 {
        return None;
    }
    text.replace(',', "").parse().ok()
}

fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let digits = whole.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    let Some((last, middle)) = rest.split_last() else { return digits && !first.is_empty() };
    let western = first.len() <= 3 && middle.iter().all(|group| group.len() == 3);
    let indian = first.len() <= 2 && middle.iter().all(|group| group.len() == 2);
    digits && !first.is_empty() && last.len() == 3 && (western || indian)
}

/// The value of a fraction sign.
pub fn sign(text: &str) -> Option<f64> {
    match text {
        "½" => Some(0.5),
        "¼" => Some(0.25),
        "¾" => Some(0.75),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn only_well_grouped_digits_have_a_value() {
        for (text, expected) in [("7", 7.0), ("6,000", 6000.0), ("1,234,567.5", 1_234_567.5), ("1,00,000", 100_000.0)] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
        for text in ["1,2,3,4", "1.2.3", "12,34", "1234,567", ",5", "", "1,", "5."] {
            assert_eq!(value(text), None, "{text}");
        }
        assert_eq!(value(&"9".repeat(1000)), None);
    }
}
