//! `ackground picture`: an experiment as an SVG file.

use std::ffi::OsStr;

use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;
use ackground_timeline::picture::{NARROWEST, Theme, WIDEST, Wish, svg};

/// What the picture should be like, or why it cannot be so.
pub(super) fn wish(
    at: Option<&OsStr>,
    theme: Option<&OsStr>,
    width: Option<&OsStr>,
) -> Result<Wish, String> {
    Ok(Wish {
        at: at.map(|given| read("--at", given, moment, AT)).transpose()?,
        theme: theme
            .map(|given| read("--theme", given, theme_of, "light, dark or auto"))
            .transpose()?
            .unwrap_or_default(),
        width: width.map(width_of).transpose()?,
    })
}

/// The picture; written to a file if one is named, which then is all.
pub(super) fn draw(
    experiment: &Experiment,
    wish: &Wish,
    file: Option<&OsStr>,
) -> Result<String, String> {
    let picture = svg(experiment, wish);
    let Some(file) = file else {
        return Ok(picture);
    };
    match std::fs::write(file, picture) {
        Ok(()) => Ok(String::new()),
        Err(error) => Err(format!("{} cannot be written: {error}", file.to_string_lossy())),
    }
}

const AT: &str = "a time such as 250ms, 2.6s or 2m";

fn read<T>(
    option: &str,
    given: &OsStr,
    understood: impl Fn(&str) -> Option<T>,
    allowed: &str,
) -> Result<T, String> {
    given.to_str().and_then(understood).ok_or_else(|| {
        let given = given.to_string_lossy();
        format!("{option} {given:?} is not allowed; {allowed}")
    })
}

fn theme_of(word: &str) -> Option<Theme> {
    Theme::ALL.into_iter().find(|theme| theme.word() == word)
}

fn width_of(given: &OsStr) -> Result<u16, String> {
    let allowed = format!("a whole number of pixels from {NARROWEST} to {WIDEST}");
    let within = |digits: &str| {
        let width = digits.parse().ok();
        width.filter(|width| (NARROWEST..=WIDEST).contains(width))
    };
    read("--width", given, within, &allowed)
}

/// A time with its unit, to the microsecond; what is finer is left out.
fn moment(text: &str) -> Option<Time> {
    let units = [("ms", 1_000_u64), ("s", 1_000_000), ("m", 60_000_000)];
    let (number, unit) =
        units.into_iter().find_map(|(unit, micros)| Some((text.strip_suffix(unit)?, micros)))?;
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 6 {
        return None;
    }
    let tenths = 10_u64.pow(part.len() as u32);
    let part = part.parse::<u64>().ok()? * unit / tenths;
    let whole = whole.parse::<u64>().ok()?.checked_mul(unit)?;
    Some(Time::from_micros(whole.checked_add(part)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_a_unit() {
        let micros = |text| moment(text).map(Time::micros);
        assert_eq!(micros("250ms"), Some(250_000));
        assert_eq!(micros("2600.12ms"), Some(2_600_120));
        assert_eq!(micros("2.6s"), Some(2_600_000));
        assert_eq!(micros("1.5m"), Some(90_000_000));
        for wrong in ["", "5", "s", ".5s", "5.s", "-1s", "1e3s", "é", "99999999999999999999m"] {
            assert_eq!(micros(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_not_allowed_says_what_is() {
        let os = |text: &'static str| Some(OsStr::new(text));
        let wrong = |at, theme, width| wish(at, theme, width).expect_err("not allowed");
        assert!(wrong(os("soon"), None, None).contains("2.6s"));
        assert!(wrong(None, os("blue"), None).contains("light, dark or auto"));
        assert!(wrong(None, None, os("7")).contains("280 to 2400"));
        assert_eq!(wish(None, None, None), Ok(Wish::default()));
        let all = wish(os("1s"), os("auto"), os("640")).expect("allowed");
        assert_eq!((all.theme, all.width), (Theme::Auto, Some(640)));
    }
}
