use super::*;

#[test]
fn every_form_comes_back_as_it_was_written() {
    for line in [
        "lane 1: message 2 ends lost",
        "lane 2: message 1 is told nothing",
        "lane 2: message 1 is delivered 3 times",
        "lane 4: message 1 is applied 1 time",
        "lane 1: ledger is short",
        "lane 1: no_torn breaks",
        "lane 1: in_order holds within 3 faults, 2 messages",
        "lane 1: settles breaks within 1 fault, 1 message, of poison partition",
        "lane 1: guarantee is at-least-once within 2 faults, 2 messages",
        "lane 1: keeps exactly-once within 0 faults, 4 messages",
        "lane 1: sends_per_message at most 1.5",
        "lane 1: latency_p99_ms at least 2000",
        "lane 2: dedup_ids more than lane 1",
        "lane 2: lost less than lane 3",
    ] {
        let claim: Claim = line.parse().unwrap_or_else(|e| panic!("{line}: {e}"));
        assert_eq!(claim.to_string(), line);
    }
    let short: Claim = "lane 1:  no_loss  holds within 3 faults of drop".parse().expect("fits");
    assert_eq!(short.to_string(), "lane 1: no_loss holds within 3 faults, 2 messages, of drop");
}

#[test]
fn what_is_not_understood_is_named_with_what_may_stand_there() {
    for (line, why) in [
        ("", "a claim is missing; \"lane 1: …\""),
        ("lane 5: no_loss holds", "\"5\" is no lane; a whole number from 1 to 4"),
        ("lane 1: messge 2 ends lost", "\"messge\" is not known here; did you mean \"message\"?"),
        (
            "lane 1: message 2 ends badly",
            "\"badly\" is not known here; once, lost, duplicated, parked or pending",
        ),
        (
            "lane 1: no_loss holds within 9 faults",
            "\"9\" is not allowed; a whole number from 0 to 4",
        ),
        ("lane 1: keeps exactly-once", "nothing is not known here; within"),
        (
            "lane 1: lost at most -1",
            "\"-1\" is not allowed; a number from 0 with at most six places behind the point",
        ),
        ("lane 1: ledger is short of money", "\"of\" is one word too many"),
        (
            "lane 1: no_loss holds within 1 fault of",
            "nothing is not known here; drop, duplicate, delay, crash, fail, poison, slow, partition or kill",
        ),
    ] {
        let told = line.parse::<Claim>().expect_err(line).to_string();
        assert_eq!(told, why, "{line}");
    }
    let long = format!("lane 1: {}", "x".repeat(10_000));
    assert!(long.parse::<Claim>().is_err(), "bounded");
}

#[test]
fn an_amount_is_exact() {
    for text in ["0", "1.5", "0.000001", "2000", "0.01"] {
        let amount: Amount = text.parse().expect(text);
        assert_eq!(amount.to_string(), text);
    }
    assert_eq!("1.50".parse::<Amount>(), "1.5".parse(), "one form");
    for text in ["", ".5", "1.", "1e3", "99999999999999", "1.0000001", "+1"] {
        assert!(text.parse::<Amount>().is_err(), "{text}");
    }
}
