//! `ackground picture`: an experiment as an SVG file.

use std::ffi::OsStr;

use ackground_core::experiment::Experiment;
use ackground_core::sim::Time;
use ackground_timeline::picture::{PictureOptions, svg};

/// Draws the picture; if it goes to a file, nothing is printed.
pub(super) fn draw(
    experiment: &Experiment,
    options: &PictureOptions,
    file: Option<&OsStr>,
) -> Result<String, String> {
    let picture = svg(experiment, options);
    let Some(file) = file else {
        return Ok(picture);
    };
    match std::fs::write(file, picture) {
        Ok(()) => Ok(String::new()),
        Err(error) => Err(format!("{} cannot be written: {error}", file.to_string_lossy())),
    }
}

/// Parses a time with its unit, to the microsecond; finer digits are dropped.
pub(super) fn moment(text: &str) -> Option<Time> {
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
}
