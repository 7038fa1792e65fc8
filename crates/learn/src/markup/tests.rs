use super::*;

fn plain(text: &str) -> Span {
    Span::Plain(text.to_owned())
}

#[test]
fn every_mark_is_read() {
    let text = Markup::parse(
        "## Head\n\nOne *two*\nthree **four** `five *`.\n- a\n- b\n  more\n1. c\n\n```sql\nSELECT *;\n\n```\n\
         | x | y |\n|---|---|\n| 1 |\n| `2` | 3 | 4 |\nend",
    );
    let mut blocks = text.blocks.into_iter();
    let mut next = || blocks.next().expect("there is another block");
    assert_eq!(next(), Block::Heading(vec![plain("Head")]));
    assert_eq!(
        next(),
        Block::Paragraph(vec![
            plain("One "),
            Span::Emphasis("two".into()),
            plain(" three "),
            Span::Strong("four".into()),
            plain(" "),
            Span::Code("five *".into()),
            plain("."),
        ])
    );
    let items = vec![vec![plain("a")], vec![plain("b more")]];
    assert_eq!(next(), Block::List { ordered: false, items });
    let items = vec![vec![plain("c")]];
    assert_eq!(next(), Block::List { ordered: true, items });
    let code = Block::Code { language: "sql".into(), text: "SELECT *;\n".into() };
    assert_eq!(next(), code);
    let table = Block::Table {
        head: vec![vec![plain("x")], vec![plain("y")]],
        rows: vec![
            vec![vec![plain("1")], vec![]],
            vec![vec![Span::Code("2".into())], vec![plain("3")]],
        ],
    };
    assert_eq!(next(), table, "as many cells as the head");
    assert_eq!(next(), Block::Paragraph(vec![plain("end")]));
}

#[test]
fn a_link_goes_to_a_word_a_lesson_or_the_web_and_nowhere_else() {
    let target = |text: &str| match spans(text).remove(0) {
        Span::Link { to, .. } => Some(to),
        _ => None,
    };
    assert_eq!(target("[a](word:ack)"), Some(Target::Word("ack".into())));
    assert_eq!(target("[a](lesson:two-generals)"), Some(Target::Lesson("two-generals".into())));
    let web = "https://example.org/a?b=c#d";
    assert_eq!(target(&format!("[a]({web})")), Some(Target::Web(web.into())));
    for no in [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "word:",
        "word:a b",
        "https://a b",
        "",
    ] {
        assert_eq!(target(&format!("[a]({no})")), None, "{no}");
    }
}

#[test]
fn what_is_no_mark_is_text() {
    for text in [
        "2 * 3 * 4",
        "*",
        "**",
        "a*",
        "`",
        "``",
        "[",
        "[a]",
        "[a](",
        "{",
        "{}",
        "{ a }",
        "{\"a\": 1}",
        "<script>alert(1)</script>",
        "&amp;",
        "|",
        "| a |",
        "1) a",
        "-a",
        "#a",
    ] {
        let read = Markup::parse(text);
        assert_eq!(read.blocks, [Block::Paragraph(vec![plain(text)])], "{text}");
    }
    assert_eq!(spans(r"\*a\* \{b\} \x"), [plain(r"*a* {b} \x")]);
}

#[test]
fn values_are_found_and_filled_and_an_unknown_one_stays() {
    let text = Markup::parse("It holds {sum}, not {other}.\n\n- `{sum}`\n- {sum}");
    assert_eq!(text.values().collect::<Vec<_>>(), ["sum", "other", "sum"]);
    let filled = text.filled(|name| (name == "sum").then(|| plain("*20,000*")));
    assert_eq!(filled.plain(), "It holds *20,000*, not {other}.\n\n- {sum}\n- *20,000*");
}

#[test]
fn reading_takes_a_time_proportional_to_the_text() {
    for piece in ["*a ", "[", "[a](", "`", "{", "**", "| a ", "- \n", "1. ", "```\n", "\\", "é*"] {
        let long = piece.repeat(100_000);
        let read = Markup::parse(&long);
        assert!(read.plain().len() <= long.len() + 2 * read.blocks.len() + 800_000, "{piece}");
    }
}
