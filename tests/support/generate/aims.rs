//! Rules, money, days that differ, visits that happened.

use super::Size;
use super::draft::{Draft, KINDS, METHODS, TAGS, ZONES};
use super::means::list;
use super::table::Table;
use chrono::Days;
use xiaosha::domain::Day;

pub(crate) fn coverage(draft: &mut Draft, size: &Size) -> Table {
    let mut table = Table::new("coverage.csv");
    for number in 1..=draft.dice.within(size.rules.clone()) {
        let (mut kind, mut zone, mut tag, mut site) = Default::default();
        for _ in 0..draft.dice.pick(&[0, 0, 1, 1, 1, 1, 2]) {
            match draft.dice.within(1..=4) {
                1 => kind = choice(draft, &KINDS),
                2 => zone = choice(draft, &ZONES),
                3 => tag = choice(draft, &TAGS),
                _ => {
                    let places: Vec<String> = (0..4).map(|_| draft.place()).collect();
                    site = choice(draft, &places);
                }
            }
        }
        let (from, to) = window(draft);
        let length = (draft.end - draft.start).num_days() + 1;
        let dice = &mut draft.dice;
        let every = dice.maybe(
            70,
            &[
                "window",
                "month",
                "half-month",
                "week",
                "week",
                "7d",
                "10d",
                "每月",
                "每周",
            ],
        );
        let most_rounds = if length > 40 { "2" } else { "3" };
        let rounds = if dice.chance(90) {
            dice.pick(&["0", "1", "1", "1", "1", "1", "2", "2", most_rounds])
                .to_owned()
        } else {
            String::new()
        };
        table.row([
            ("rule", format!("r{number}")),
            ("kind", kind),
            ("zone", zone),
            ("tag", tag),
            ("site", site),
            ("treatments", list(&dice.some(&draft.treatments, 60))),
            ("from", from),
            ("to", to),
            ("every", every),
            ("rounds", rounds),
            ("min_gap", dice.maybe(75, &["0", "1", "2", "3", "5", "7"])),
            ("max_gap", dice.maybe(30, &["2", "4", "7", "10", "14"])),
            ("tier", dice.maybe(60, &["1", "1", "2", "3", "7"])),
            ("weight", dice.maybe(30, &["2", "0.5", "10", "0.2"])),
        ]);
    }
    table
}

/// Words to match, words not to match, or both.
fn choice<T: AsRef<str>>(draft: &mut Draft, words: &[T]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let dice = &mut draft.dice;
    let wanted = dice.some(&words, 40);
    // Refusing the one word that is wanted leaves nothing: rarely meant.
    let others: Vec<&str> = (words.iter().copied())
        .filter(|word| wanted != [*word])
        .collect();
    let refused = match &others[..] {
        [] => String::new(),
        others => format!("!{}", dice.pick(others)),
    };
    match dice.within(1..=5) {
        1 => refused,
        2 => format!("{};{refused}", list(&wanted)),
        3 => wanted.join("；"),
        _ => list(&wanted),
    }
}

/// The window of a rule: blank, within the horizon, or beyond an end of it.
fn window(draft: &mut Draft) -> (String, String) {
    if draft.dice.chance(10) {
        let before = draft.start - Days::new(draft.dice.within(1..=20) as u64);
        let after = draft.end + Days::new(draft.dice.within(1..=20) as u64);
        return (before.to_string(), after.to_string());
    }
    draft.maybe_stretch(40)
}

pub(crate) fn budget(draft: &mut Draft, size: &Size) -> Table {
    let mut table = Table::new("budget.csv");
    if draft.dice.chance(60) {
        return table;
    }
    for number in 1..=draft.dice.pick(&[1, 1, 2, 3]) {
        let team = format!("team:{}", draft.dice.pick(&draft.teams));
        let contractor = format!("contractor:{}", draft.dice.pick(&draft.contractors));
        let mut scopes = vec!["labour".to_owned(), team, contractor];
        let dated = draft.dice.chance(40);
        if !dated {
            scopes.extend(["total".to_owned(), "products".to_owned()]);
            if !draft.products.is_empty() {
                scopes.push(format!("product:{}", draft.dice.pick(&draft.products)));
            }
        }
        let mut scope = vec![draft.dice.pick(&scopes)];
        if draft.dice.chance(30) {
            scope.push(draft.dice.pick(&scopes));
            scope.dedup();
        }
        let (from, to) = draft.maybe_stretch(if dated { 100 } else { 0 });
        let crew_days = draft.dice.within(1..=size.budget_crew_days);
        let amount = crew_days * draft.dice.pick(&[650, 800, 800, 45]);
        table.row([
            ("line", format!("b{number}")),
            ("scope", list(&scope)),
            ("from", from),
            ("to", to),
            ("amount", amount.to_string()),
        ]);
    }
    table
}

pub(crate) fn calendar(draft: &mut Draft) -> Table {
    let mut table = Table::new("calendar.csv");
    if draft.dice.chance(40) {
        return table;
    }
    let mut scopes: Vec<String> = Vec::new();
    for _ in 0..draft.dice.within(1..=5) {
        let scope = match draft.dice.within(1..=11) {
            1 => "all".to_owned(),
            2 => "teams".to_owned(),
            3 => "sites".to_owned(),
            4 => format!("team:{}", draft.dice.pick(&draft.teams)),
            5 => format!("contractor:{}", draft.dice.pick(&draft.contractors)),
            6 => format!("zone:{}", draft.dice.pick(&ZONES)),
            7 => format!("kind:{}", draft.dice.pick(&KINDS)),
            8 => format!("site:{}", draft.place()),
            9 => format!("method:{}", draft.dice.pick(&METHODS)),
            10 => format!("treatment:{}", draft.dice.pick(&draft.treatments)),
            // A scope that stands already: later rows win, `usual` forgets.
            _ if !scopes.is_empty() => draft.dice.pick(&scopes),
            _ => "all".to_owned(),
        };
        scopes.push(scope.clone());
        let first = draft.day();
        let length = draft.dice.within(0..=6).unsigned_abs();
        let to = if length == 0 {
            String::new()
        } else {
            (first + Days::new(length)).to_string()
        };
        let status = ["closed", "open", "open", "usual", "usual", "停工"];
        table.row([
            ("date", first.to_string()),
            ("to", to),
            ("scope", scope),
            ("status", draft.dice.pick(&status).to_owned()),
            ("reason", draft.dice.maybe(30, &["大风", "五一, 放假"])),
        ]);
    }
    table
}

/// Rows of done.csv and `today`, where it is given.
pub(crate) fn done(draft: &mut Draft) -> (Table, Option<Day>) {
    let mut table = Table::new("done.csv");
    if draft.dice.chance(60) {
        return (table, None);
    }
    let length = (draft.end - draft.start).num_days();
    let today = draft.start + Days::new(draft.dice.within(0..=length / 2) as u64);
    let first = draft.start - Days::new(10);
    for _ in 0..draft.dice.within(0..=6) {
        let back = draft.dice.within(0..=(today - first).num_days() - 1);
        let given = draft.dice.chance(20);
        let product = if given && !draft.products.is_empty() {
            draft.dice.pick(&draft.products)
        } else {
            String::new()
        };
        let quantity = if product.is_empty() {
            String::new()
        } else {
            draft.dice.pick(&["0.7", "3", "10"]).to_owned()
        };
        table.row([
            ("date", (first + Days::new(back as u64)).to_string()),
            ("team", draft.dice.pick(&draft.teams)),
            ("site", draft.place()),
            ("treatment", draft.dice.pick(&draft.treatments)),
            ("crew", draft.dice.maybe(30, &["1", "2", "3"])),
            ("product", product),
            ("quantity", quantity),
            ("hours", draft.dice.maybe(20, &["1.5", "9"])),
        ]);
    }
    let told = table.rows.is_empty() || draft.dice.chance(70);
    (table, told.then_some(today))
}
