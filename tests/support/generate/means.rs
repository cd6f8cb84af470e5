//! Products, treatments, sites, teams, rates.

use super::Size;
use super::dice::Dice;
use super::draft::{Draft, KINDS, METHODS, TAGS, WORKDAYS, ZONES};
use super::table::Table;

pub(crate) fn products(draft: &mut Draft, size: &Size) -> Table {
    let mut table = Table::new("products.csv");
    for number in 1..=draft.dice.within(size.products.clone()) {
        let id = format!("p{number}");
        let (from, to) = draft.maybe_stretch(15);
        let dice = &mut draft.dice;
        table.row([
            ("product", id.clone()),
            ("unit", dice.maybe(50, &["kg", "盒"])),
            ("pack_size", dice.maybe(80, &["4", "10", "0.5", "3"])),
            ("pack_cost", dice.maybe(85, &["45", "120.5", "12", "300"])),
            ("stock", dice.maybe(40, &["1.5", "4", "10", "0.2"])),
            ("max_packs", dice.maybe(25, &["0", "1", "3", "8", "20"])),
            ("from", from),
            ("to", to),
        ]);
        draft.products.push(id);
    }
    table
}

pub(crate) fn treatments(draft: &mut Draft, size: &Size) -> Table {
    let mut table = Table::new("treatments.csv");
    for number in 1..=draft.dice.within(size.treatments.clone()) {
        let id = format!("t{number}");
        let dice = &mut draft.dice;
        let measure = dice.pick(&["area_m2", "area_m2", "stations", "visit"]);
        let (rates, doses): (&[&str], &[&str]) = match measure {
            "area_m2" => (&["1000", "1200", "2000"], &["0.001", "0.002", "0.0013"]),
            "stations" => (&["6", "10", "30"], &["0.1", "0.13", "0.5", "1"]),
            _ => (&["1", "0.5", "0.75"], &["0.5", "1.2", "2"]),
        };
        let product = if !draft.products.is_empty() && dice.chance(60) {
            dice.pick(&draft.products)
        } else {
            String::new()
        };
        let dose = if product.is_empty() {
            String::new()
        } else {
            dice.pick(doses).to_owned()
        };
        table.row([
            ("treatment", id.clone()),
            ("method", dice.pick(&METHODS[..size.methods]).to_owned()),
            ("product", product),
            ("measure", measure.to_owned()),
            ("dose", dose),
            ("dose_per", dice.maybe(10, &["2", "0.5"])),
            ("dose_step", dice.maybe(30, &["1", "0.5", "0.3"])),
            ("rate_per_hour", dice.maybe(90, rates)),
            ("setup_min", dice.maybe(50, &["5", "10", "30"])),
            (
                "piece_rate",
                dice.maybe(40, &["0.01", "0.035", "1", "12.5"]),
            ),
        ]);
        draft.treatments.push(id);
    }
    table
}

pub(crate) fn sites(draft: &mut Draft, size: &Size) -> Table {
    let mut table = Table::new("sites.csv");
    for number in 1..=draft.dice.within(size.sites.clone()) {
        let id = format!("s{number}");
        let excludable: Vec<String> = (METHODS.iter().map(|&method| method.to_owned()))
            .chain(draft.products.iter().cloned())
            .chain(draft.treatments.iter().cloned())
            .collect();
        let dice = &mut draft.dice;
        let parts = if dice.chance(20) {
            dice.within(2..=3)
        } else {
            1
        };
        let exclude = if dice.chance(12) {
            list(&dice.some(&excludable, 15))
        } else {
            String::new()
        };
        let tags = if dice.chance(50) {
            list(&dice.some(&TAGS, 30))
        } else {
            String::new()
        };
        let area = format!("{}", dice.within(2..=16) * 250);
        let stations = format!("{}", dice.within(1..=30));
        let blank_or = |dice: &mut Dice, value: String| match dice.within(1..=20) {
            1 => String::new(),
            2 => "0".to_owned(),
            _ => value,
        };
        table.row([
            ("site", id.clone()),
            ("name", dice.maybe(60, &["人民路", "第一市场", "河滨绿地"])),
            ("kind", dice.maybe(90, &KINDS)),
            ("zone", dice.maybe(85, &ZONES)),
            ("weight", dice.maybe(40, &["2", "0.5", "4", "1.25"])),
            ("tags", tags),
            ("workdays", dice.maybe(15, &WORKDAYS)),
            ("access_min", dice.maybe(20, &["0", "15", "40"])),
            ("exclude", exclude),
            (
                "parts",
                if parts > 1 {
                    parts.to_string()
                } else {
                    String::new()
                },
            ),
            ("area_m2", blank_or(dice, area)),
            ("stations", blank_or(dice, stations)),
        ]);
        draft.sites.push((id, parts));
    }
    table
}

pub(crate) fn teams(draft: &mut Draft, size: &Size) -> Table {
    let mut table = Table::new("teams.csv");
    for number in 1..=draft.dice.within(size.teams.clone()) {
        let id = format!("T{number}");
        let (from, to) = draft.maybe_stretch(15);
        let dice = &mut draft.dice;
        let contractor = dice.maybe(40, &["firm_a", "firm_b"]);
        // The first team can do everything, so that there is something to plan.
        let skilled = if number == 1 { 100 } else { 60 };
        let zones = if number > 1 && dice.chance(40) {
            list(&dice.some(&ZONES, 60))
        } else {
            String::new()
        };
        table.row([
            ("team", id.clone()),
            ("contractor", contractor.clone()),
            (
                "methods",
                list(&dice.some(&METHODS[..size.methods], skilled)),
            ),
            ("zones", zones),
            ("crews", dice.maybe(25, &["2"])),
            (
                "hours_per_day",
                dice.pick(&["8", "6", "7.5", "4"]).to_owned(),
            ),
            ("speed", dice.maybe(25, &["1.25", "0.8", "1.5"])),
            (
                "cost_per_day",
                dice.maybe(85, &["400", "650", "900.5", "1020"]),
            ),
            ("mobilisation", dice.maybe(35, &["300", "1500"])),
            ("min_days", dice.maybe(25, &["1", "3", "6"])),
            ("max_days", dice.maybe(25, &["1", "3", "5", "8"])),
            ("committed", dice.maybe(20, &["yes", "是", "no"])),
            ("from", from),
            ("to", to),
            ("workdays", dice.maybe(25, &WORKDAYS)),
        ]);
        draft.contractors.push(if contractor.is_empty() {
            id.clone()
        } else {
            contractor
        });
        draft.teams.push(id);
    }
    table
}

pub(crate) fn rates(draft: &mut Draft) -> Table {
    let mut table = Table::new("rates.csv");
    let mut contractors = draft.contractors.clone();
    contractors.sort();
    contractors.dedup();
    for contractor in contractors {
        for treatment in draft.treatments.clone() {
            if draft.dice.chance(12) {
                table.row([
                    ("contractor", contractor.clone()),
                    ("treatment", treatment),
                    (
                        "piece_rate",
                        draft.dice.pick(&["0", "0.02", "2.5"]).to_owned(),
                    ),
                ]);
            }
        }
    }
    table
}

/// A list in a cell.
pub(crate) fn list<T: AsRef<str>>(words: &[T]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    words.join(";")
}
