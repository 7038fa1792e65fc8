//! What people say when messages go wrong (“paid twice”), each with an experiment that shows it.
//!
//! The table is `symptom.txt`; a test runs every experiment and compares how it ends.

use std::sync::OnceLock;

use ackground_core::experiment::Experiment;

/// Something that people see and ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symptom {
    /// In their words.
    pub name: &'static str,
    /// Other words for it.
    pub also: &'static str,
    /// What happens in the experiment.
    pub says: &'static str,
    /// The experiment, as a link.
    link: &'static str,
    /// How the second message ends in the first lane.
    #[cfg(test)]
    ends: &'static str,
}

/// Every symptom.
#[inline(never)]
pub fn symptoms() -> &'static [Symptom] {
    static ALL: OnceLock<Vec<Symptom>> = OnceLock::new();
    ALL.get_or_init(|| include_str!("symptom.txt").lines().filter_map(read).collect())
}

fn read(line: &'static str) -> Option<Symptom> {
    let columns: Vec<&'static str> = line.split('|').map(str::trim).collect();
    let [name, also, says, link, _ends] = columns[..] else {
        return None;
    };
    let name = Some(name).filter(|name| !name.starts_with('#'))?;
    Some(Symptom {
        name,
        also,
        says,
        link,
        #[cfg(test)]
        ends: _ends,
    })
}

impl Symptom {
    /// The experiment.
    pub fn experiment(&self) -> Experiment {
        // A test opens every one of them.
        Experiment::from_link(self.link).ok().flatten().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ackground_core::audit::judge;
    use ackground_core::sim::simulate;

    #[test]
    fn every_symptom_is_to_be_seen_in_its_experiment() {
        let mut wrong = Vec::new();
        for Symptom { name, link, ends, says, .. } in symptoms() {
            let opened = Experiment::from_link(link);
            let Ok(Some(experiment)) = opened else {
                wrong.push(format!("{name}: {opened:?}"));
                continue;
            };
            let report = judge(&experiment, &simulate(&experiment, 0));
            let end = report.messages[1].end;
            if format!("{end:?}").to_lowercase() != *ends {
                wrong.push(format!("{name}: {end:?}"));
            }
            assert!(says.ends_with('.'), "{name}");
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(symptoms().len() > 25, "{}", symptoms().len());
    }
}
