//! What a person who cannot see the page gets: the findings of axe-core, and Chromium's
//! accessibility tree.

use std::fmt;

use serde_json::{Value, json};

use super::Page;
use crate::Done;

/// The rules of WCAG 2.2 at level AA, and those that axe-core calls good practice.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// Something that axe-core finds wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The rule, such as `color-contrast`.
    pub rule: String,
    /// Where, as a CSS selector.
    pub selector: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n    {}", self.rule, self.selector, self.help)
    }
}

/// A node of the accessibility tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its role, such as `button`.
    pub role: String,
    /// Its name.
    pub name: String,
    /// The level of a heading.
    pub level: Option<u64>,
}

impl Page {
    /// What axe-core finds wrong with the page as it is now.
    pub async fn violations(&self) -> Done<Vec<Violation>> {
        self.axe(json!({ "runOnly": RULES, "resultTypes": ["violations"] })).await
    }

    /// The texts whose contrast axe-core finds too little: all that depends on the colour scheme.
    pub async fn faint(&self) -> Done<Vec<Violation>> {
        let rules = json!({ "type": "rule", "values": ["color-contrast"] });
        self.axe(json!({ "runOnly": rules, "resultTypes": ["violations"] })).await
    }

    /// What axe-core finds too small to touch, and too near to something else.
    pub async fn small_targets(&self) -> Done<Vec<Violation>> {
        let rules = json!({ "type": "rule", "values": ["target-size"] });
        self.axe(json!({ "runOnly": rules, "resultTypes": ["violations"] })).await
    }

    async fn axe(&self, options: Value) -> Done<Vec<Violation>> {
        if self.script("return 'axe' in window", vec![]).await? == json!(false) {
            let file = std::env::var("ACKGROUND_AXE")
                .map_err(|_| "ACKGROUND_AXE is not set: it names axe-core's axe.min.js")?;
            let axe = std::fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
            // By the browser itself: the page's own policy lets no other script in.
            let run = json!({ "expression": axe });
            self.chromium("Runtime.evaluate", run).await?;
        }
        let check = "const [options, done] = arguments;
            axe.run(document, options)
                .then(result => done(result.violations.flatMap(broken => broken.nodes.map(node => ({
                    rule: broken.id,
                    selector: node.target.join(' '),
                    help: [...node.any, ...node.all, ...node.none].map(check => check.message).join('; '),
                })))))
                .catch(error => done([{ rule: 'axe-core failed', selector: '', help: String(error) }]));";
        let found = self.client().execute_async(check, vec![options]).await?;
        let word = |one: &Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
        let mut violations: Vec<Violation> = found
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| Violation {
                rule: word(one, "rule"),
                selector: word(one, "selector"),
                help: word(one, "help"),
            })
            .collect();
        violations.sort();
        Ok(violations)
    }

    /// The accessibility tree, flat and in reading order, without what is ignored there.
    pub async fn tree(&self) -> Done<Vec<Node>> {
        let told = self.chromium("Accessibility.getFullAXTree", json!({})).await?;
        let all = told["nodes"].as_array().cloned().unwrap_or_default();
        let by_id = |id: &Value| all.iter().find(|node| node["nodeId"] == *id);
        let mut nodes = Vec::new();
        let mut waiting: Vec<&Value> = all.first().into_iter().collect();
        while let Some(node) = waiting.pop() {
            if node["ignored"] != json!(true) {
                nodes.push(read(node));
            }
            let children = node["childIds"].as_array().into_iter().flatten().rev();
            waiting.extend(children.filter_map(by_id));
        }
        Ok(nodes)
    }
}

fn read(node: &Value) -> Node {
    let word = |key: &str| node[key]["value"].as_str().unwrap_or_default().to_owned();
    let level = node["properties"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|property| property["name"] == "level");
    Node {
        role: word("role"),
        name: word("name"),
        level: level.and_then(|property| property["value"]["value"].as_u64()),
    }
}
