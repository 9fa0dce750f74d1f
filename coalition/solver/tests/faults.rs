//! Whatever text comes in: a clear fault or a sound plan, never a panic.

mod common;

use common::{Dice, rules, stored};
use solver::*;
use std::ops::ControlFlow;

/// A first plan and its bound, without search or proof.
fn quick(instance: &Instance) -> Result<Solution, Vec<Problem>> {
    let mut seen = 0;
    let mut stop = |step: Step, _: Option<f64>, _: Option<f64>| {
        seen += u32::from(step == Step::Prices);
        if step >= Step::Plan || seen > 60 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    solve(instance, &Options::default(), &mut stop)
}

/// Says something about every fault, in words.
fn clear(faults: &[Problem]) {
    assert!(!faults.is_empty());
    for fault in faults {
        assert!(!fault.at.is_empty() && !fault.code.is_empty(), "{fault:?}");
        assert!(
            fault.sentence.ends_with('.') || fault.sentence.contains(": "),
            "{fault:?}"
        );
        assert!(fault.sentence.len() > 15, "{fault:?}");
    }
}

fn read(text: &InstanceText) -> Result<Instance, Vec<Problem>> {
    read_instance(&text.meta, &text.needs, &text.offers, &text.prior)
}

/// The file as a whole, to be bent.
fn part(text: &mut InstanceText, which: usize) -> &mut String {
    match which {
        0 => &mut text.meta,
        1 => &mut text.needs,
        2 => &mut text.offers,
        _ => &mut text.prior,
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused_or_still_whole() {
    let whole = write_instance(&stored());
    for which in 0..4 {
        let full = part(&mut whole.clone(), which).clone();
        for end in 0..full.len() {
            let mut text = whole.clone();
            part(&mut text, which).truncate(end);
            match read(&text) {
                Ok(instance) => assert_eq!(instance.validate(), []),
                Err(faults) => clear(&faults),
            }
        }
    }
}

#[test]
fn an_empty_file_or_one_of_another_kind_is_refused() {
    let whole = write_instance(&stored());
    let strange = [
        "",
        "\n",
        "\u{feff}",
        "\0\0\0\0",
        "PK\u{3}\u{4}",
        "<html></html>",
        "{}",
        "[]",
        "null",
        "id;block;country",
        "need,offer\n1,2\n",
        "ÿþi\0d\0,\0",
        "\u{fffd}\u{fffd}",
    ];
    for which in 0..4 {
        for other in strange {
            let mut text = whole.clone();
            *part(&mut text, which) = other.into();
            clear(&read(&text).unwrap_err());
        }
        // Another file in its place.
        let mut text = whole.clone();
        let swapped = part(&mut text, (which + 1) % 4).clone();
        *part(&mut text, which) = swapped;
        clear(&read(&text).unwrap_err());
    }
    let mut marked = whole.clone();
    marked.needs.insert(0, '\u{feff}');
    clear(&read(&marked).unwrap_err());
    let mut dos = whole.clone();
    dos.needs = dos.needs.replace('\n', "\r\n");
    match read(&dos) {
        Ok(instance) => assert_eq!(instance, stored()),
        Err(faults) => clear(&faults),
    }
}

#[test]
fn nested_and_repeated_json_is_refused() {
    let whole = write_instance(&stored());
    for meta in [
        "[".repeat(200_000),
        "{\"a\":".repeat(200_000),
        whole
            .meta
            .replacen("\"periods\"", "\"periods\":3,\"periods\"", 1),
        whole.meta.replace("\"periods\"", "\"Periods\""),
        whole.meta.replace("\"mu\":0.04", "\"mu\":NaN"),
        whole.meta.replace("\"mu\":0.04", "\"mu\":1e400"),
        whole.meta.replace("\"mu\":0.04", "\"mu\":-1"),
        whole.meta.replace("\"mu\":0.04", "\"mu\":\"0.04\""),
        whole.meta.replace("\"late\":[", "\"late\":[[],"),
        format!("{}x", whole.meta),
    ] {
        let text = InstanceText {
            meta,
            ..whole.clone()
        };
        assert!(text.meta != whole.meta);
        clear(&read(&text).unwrap_err());
    }
}

/// Replaces one column of one row.
fn with(text: &str, row: usize, column: usize, value: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut cells: Vec<&str> = lines[row].split(',').collect();
    cells[column] = value;
    lines[row] = cells.join(",");
    lines.join("\n") + "\n"
}

#[test]
fn every_column_of_every_file_meets_strange_values() {
    let whole = write_instance(&stored());
    let strange = [
        "",
        " ",
        "-1",
        "-2",
        "0",
        "1",
        "999",
        "65535",
        "65536",
        "4294967295",
        "4294967296",
        "99999999999999999999",
        "1e9",
        "1e308",
        "1e-308",
        "-0",
        "+1",
        "0x10",
        "1.5",
        "NaN",
        "nan",
        "inf",
        "-inf",
        "é",
        "\u{661}",
        "*",
        "|",
        "1|",
        "1:",
        ":1",
        "0:0|0:0",
        "1,1",
        "locked ",
        "Locked",
        "\"1\"",
        "null",
    ];
    let mut refused = 0;
    for which in 1..4 {
        let full = part(&mut whole.clone(), which).clone();
        let columns = full
            .lines()
            .next()
            .map_or(0, |head| head.split(',').count());
        for column in 0..columns {
            for value in strange {
                let mut text = whole.clone();
                *part(&mut text, which) = with(&full, 1, column, value);
                match read(&text) {
                    Err(faults) => {
                        clear(&faults);
                        refused += 1;
                    }
                    Ok(instance) => match quick(&instance) {
                        Ok(solution) => sound(&instance, &solution),
                        Err(faults) => clear(&faults),
                    },
                }
            }
        }
    }
    assert!(refused > 700, "{refused}");
}

fn sound(instance: &Instance, solution: &Solution) {
    assert_eq!(check(instance, &solution.deliveries), []);
    assert!(solution.objective.is_finite() && solution.upper_bound.is_finite());
    assert!(solution.upper_bound >= solution.objective - 1e-6 * solution.objective.abs());
    let again = read_allocation(&write_allocation(&solution.deliveries));
    assert_eq!(again.as_ref(), Ok(&solution.deliveries));
    assert!(read_prices(&write_prices(&solution.prices)).is_ok());
}

#[test]
fn files_with_bytes_thrown_in_are_refused_or_solved_soundly() {
    let whole = write_instance(&stored());
    let mut dice = Dice(99);
    let (mut refused, mut solved) = (0, 0);
    for _ in 0..2_000 {
        let mut text = whole.clone();
        let file = part(&mut text, dice.below(4) as usize);
        let mut bytes = file.clone().into_bytes();
        for _ in 0..=dice.below(3) {
            let at = dice.below(bytes.len() as u32) as usize;
            match dice.below(4) {
                0 => bytes[at] = b"0123456789,-.|:\n*eE{}[]\" "[dice.below(25) as usize],
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, b'0' + dice.below(10) as u8),
                _ => bytes.swap(at, (at * 7 + 3) % whole.prior.len().max(1)),
            }
        }
        *file = String::from_utf8_lossy(&bytes).into_owned();
        match read(&text).and_then(|instance| quick(&instance).map(|s| (instance, s))) {
            Ok((instance, solution)) => {
                sound(&instance, &solution);
                solved += 1;
            }
            Err(faults) => {
                clear(&faults);
                refused += 1;
            }
        }
    }
    assert!(refused > 1_000 && solved > 150, "{refused} {solved}");
}

#[test]
fn figures_at_the_edge_of_what_is_allowed_neither_overflow_nor_deceive() {
    let big = QTY_MAX;
    let need = |k: u32| Need {
        qty: big - k,
        learners: big,
        groups: [1000; 6],
        remote: u16::MAX,
        urgency: 2,
        ..Need::default()
    };
    let offer = |step: u32, cost: f64| Offer {
        capacity: big,
        lot_min: step,
        lot_step: step,
        lot_max: big,
        unit_cost: cost,
        fixed_cost: cost,
        ..Offer::default()
    };
    let mut meta = rules();
    meta.equity = [1e9; 6];
    meta.urgency = vec![1e9; 3];
    meta.categories[0].value = 1e9;
    meta.floors = vec![Floor {
        category: 0,
        group: Group::Poor,
        min_share: 1.0,
    }];
    for step in [1, 7, big / 2, big] {
        for cost in [0.0, 1e-300, 1.0, 1e9] {
            let instance = Instance {
                meta: meta.clone(),
                needs: (0..5).map(need).collect(),
                offers: vec![offer(step, cost), offer(step, 0.0)],
                prior: Vec::new(),
            };
            sound(&instance, &quick(&instance).unwrap());
        }
    }
    let mut worthless = Instance {
        meta: rules(),
        needs: vec![
            Need::default(),
            Need {
                learners: 1,
                ..Need::default()
            },
        ],
        offers: vec![offer(1, 0.0)],
        prior: Vec::new(),
    };
    sound(&worthless, &quick(&worthless).unwrap());
    worthless.meta.urgency = vec![0.0; 3];
    sound(&worthless, &quick(&worthless).unwrap());
    worthless
        .meta
        .categories
        .iter_mut()
        .for_each(|c| c.value = 0.0);
    sound(&worthless, &quick(&worthless).unwrap());
    worthless.meta.second_language_fit = 0.0;
    worthless.meta.late = vec![1.0; 3];
    sound(&worthless, &quick(&worthless).unwrap());
}

#[test]
fn packages_in_knots_are_refused_or_harmless() {
    let base = stored();
    let last = base.needs.len() as i32;
    for block in [i32::MAX, i32::MIN, -2, last + 1] {
        let mut instance = base.clone();
        instance.needs[0].block = block;
        clear(&quick(&instance).unwrap_err());
    }
    // All lines in one package, one line alone in its package, every line in a package of its own.
    let mut one = base.clone();
    one.needs.iter_mut().for_each(|n| n.block = 0);
    clear(&quick(&one).unwrap_err());
    let rival =
        |i: &Instance, n: &Need| i.meta.categories[usize::from(n.category)].kind != Kind::Digital;
    for need in &mut one.needs {
        need.partners = 1;
    }
    let meta = one.clone();
    one.needs.retain(|n| rival(&meta, n));
    one.prior.clear();
    sound(&one, &quick(&one).unwrap());
    for (id, need) in one.needs.iter_mut().enumerate() {
        need.block = id as i32;
    }
    sound(&one, &quick(&one).unwrap());
    // The same package in two countries and twice the same service: allowed, as a set of lines.
    for (id, need) in one.needs.iter_mut().enumerate() {
        need.block = (id / 6) as i32;
    }
    sound(&one, &quick(&one).unwrap());
}

#[test]
fn stored_prices_and_plans_from_elsewhere_do_no_harm() {
    let instance = stored();
    let mut prices = Prices::default();
    for id in [0, 5, 77, u32::MAX] {
        prices.offers.insert((id, -1), 1e300);
        prices.offers.insert((id, i32::MAX), 5.0);
        prices.floors.insert(id, 1e12);
        prices.caps.insert((id, id), 3.0);
        prices.lines.insert(id, [1e9, 0.0, 1e-300]);
        prices.needs.push((id, 1e15));
    }
    let plan: Vec<Delivery> = [0, 1, 59, 60, u32::MAX]
        .into_iter()
        .flat_map(|id| {
            [(-1, 1), (i32::MIN, 0), (2, u32::MAX)].map(|(period, qty)| Delivery {
                need: id,
                offer: id,
                period,
                qty,
            })
        })
        .collect();
    let options = Options {
        rounds: Some(500),
        prices: Some(&prices),
        plan: Some(&plan),
        ..Options::default()
    };
    sound(&instance, &solve(&instance, &options, &mut Silent).unwrap());
    assert!(certify(&instance, &prices).is_ok());
    let mut wrong = prices.clone();
    wrong.offers.insert((0, -1), f64::NAN);
    clear(&certify(&instance, &wrong).unwrap_err());
    let options = Options {
        prices: Some(&wrong),
        ..options
    };
    match solve(&instance, &options, &mut Silent) {
        Ok(solution) => sound(&instance, &solution),
        Err(faults) => clear(&faults),
    }
}
