//! What work is done with: teams under contract, products in store and to buy, money.

use super::aims::decimal;
use super::dice::Dice;
use super::sites::District;
use super::table::Table;
use super::work::{MONTHS, Trade, seconds};
use std::collections::BTreeMap;

/// Days on which teams work, May to October.
const OPEN_DAYS: [i64; 6] = [22, 24, 27, 26, 24, 21];

/// Of the contracts' crew-days, how many are needed: the rest is slack.
const NEEDED_PERCENT: i64 = 82;

/// Of the crew-days of a month, at most so many are needed.
const BUSIEST_PERCENT: i64 = 86;

/// A row of teams.csv.
pub(crate) struct Team {
    id: String,
    name: String,
    contractor: String,
    trade: Trade,
    zones: Vec<String>,
    crews: i64,
    tenths_of_hours: i64,
    cost_per_day: i64,
    mobilisation: i64,
    min_days: i64,
    max_days: i64,
    committed: bool,
}

/// A team that works in several districts: the first of them, how many, and its share of their work.
struct Roving {
    trade: Trade,
    first: usize,
    districts: usize,
    percent: i64,
}

/// The teams of all districts, then those that work in several.
pub(crate) fn teams(districts: &[District], dice: &mut Dice) -> Vec<Team> {
    let roving = roving(districts.len(), dice);
    let mut teams = Vec::new();
    for (nth, district) in districts.iter().enumerate() {
        for trade in Trade::BOTH {
            let away: i64 = (roving.iter())
                .filter(|team| team.trade == trade && team.covers(nth))
                .map(|team| team.percent)
                .sum();
            own(district, trade, 100 - away, &mut teams, dice);
        }
    }
    for (nth, team) in roving.iter().enumerate() {
        let served = &districts[team.first..team.first + team.districts];
        let letter = letter(team.trade);
        let mut made = Team {
            id: format!("X{:03}{letter}", nth + 1),
            name: format!("跨区{}{}", name(team.trade), nth + 1),
            // A contractor who has teams of both trades, here and there.
            contractor: format!("跨区公司{}", nth % (1 + roving.len() / 2) + 1),
            trade: team.trade,
            zones: served
                .iter()
                .flat_map(|district| district.zones.clone())
                .collect(),
            crews: 1,
            tenths_of_hours: dice.pick(&[65, 70]),
            cost_per_day: rate(team.trade, dice) + 60,
            mobilisation: 100 * dice.within(30..=60),
            min_days: 10,
            max_days: 0,
            committed: false,
        };
        made.hire(served, team.percent);
        teams.push(made);
    }
    teams
}

impl Roving {
    fn covers(&self, district: usize) -> bool {
        (self.first..self.first + self.districts).contains(&district)
    }
}

/// Where contractors work in several districts: two or three that lie side by side.
fn roving(districts: usize, dice: &mut Dice) -> Vec<Roving> {
    let mut teams = Vec::new();
    let mut first = 0;
    while first + 1 < districts {
        let span = (dice.within(2..=3) as usize).min(districts - first);
        teams.push(Roving {
            trade: dice.pick(&Trade::BOTH),
            first,
            districts: span,
            // So much that one crew suffices.
            percent: dice.within(10..=if span == 3 { 13 } else { 20 }),
        });
        first += span;
    }
    teams
}

/// A district's own team of a trade, or two whose zones overlap.
fn own(district: &District, trade: Trade, percent: i64, teams: &mut Vec<Team>, dice: &mut Dice) {
    let number = district.number;
    let zones = &district.zones;
    let mut team = Team {
        id: format!("D{number:03}{}1", letter(trade)),
        name: format!("第{number}区{}", name(trade)),
        contractor: format!("第{number}区甲公司"),
        trade,
        zones: zones.clone(),
        crews: 1,
        tenths_of_hours: dice.pick(&[65, 70]),
        cost_per_day: rate(trade, dice),
        mobilisation: 100 * dice.within(40..=60),
        min_days: 0,
        max_days: 0,
        committed: true,
    };
    team.hire(std::slice::from_ref(district), percent);
    // Where many crews would be needed, their days are long instead.
    while team.crews > most_crews(trade) {
        team.tenths_of_hours += 5;
        team.hire(std::slice::from_ref(district), percent);
    }
    if trade == Trade::Hand && team.crews == 2 && dice.chance(60) {
        let mut second = Team {
            id: format!("D{number:03}{}2", letter(trade)),
            name: format!("第{number}区{}（二）", name(trade)),
            contractor: format!("第{number}区乙公司"),
            zones: zones[zones.len() - 3..].to_vec(),
            tenths_of_hours: dice.pick(&[65, 70]),
            cost_per_day: rate(trade, dice),
            ..team
        };
        second.hire(std::slice::from_ref(district), percent * 2 / 5);
        teams.push(second);
        team.hire(std::slice::from_ref(district), percent - percent * 2 / 5);
    }
    teams.push(team);
}

impl Team {
    /// Crew-days for a share of the districts' work, and crews enough for the busiest month.
    fn hire(&mut self, districts: &[District], percent: i64) {
        let day = 360 * self.tenths_of_hours;
        let by_month: Vec<i64> = MONTHS
            .map(|month| {
                let all = districts
                    .iter()
                    .map(|district| seconds(district, self.trade, month));
                all.sum::<i64>() * percent / 100
            })
            .collect();
        self.max_days = by_month.iter().sum::<i64>() * 100 / NEEDED_PERCENT / day + 1;
        let crews = |(work, days): (&i64, i64)| work * 100 / BUSIEST_PERCENT / (day * days) + 1;
        let busiest = by_month.iter().zip(OPEN_DAYS).map(crews).max();
        self.crews = busiest.expect("there are months");
    }
}

/// Crews of a district's own team at most.
fn most_crews(trade: Trade) -> i64 {
    match trade {
        Trade::Vehicle => 2,
        Trade::Hand => 3,
    }
}

fn letter(trade: Trade) -> char {
    match trade {
        Trade::Vehicle => 'V',
        Trade::Hand => 'H',
    }
}

fn name(trade: Trade) -> &'static str {
    match trade {
        Trade::Vehicle => "车载喷雾队",
        Trade::Hand => "背负喷洒队",
    }
}

/// Yuan per crew-day.
fn rate(trade: Trade, dice: &mut Dice) -> i64 {
    match trade {
        Trade::Vehicle => 10 * dice.within(90..=102),
        Trade::Hand => 10 * dice.within(72..=80),
    }
}

/// teams.csv.
pub(crate) fn team_table(teams: &[Team]) -> Table {
    let mut table = Table::new("teams.csv");
    for team in teams {
        let methods = match team.trade {
            Trade::Vehicle => "ulv",
            Trade::Hand => "residual;larvicide",
        };
        table.row([
            ("team", team.id.clone()),
            ("name", team.name.clone()),
            ("contractor", team.contractor.clone()),
            ("methods", methods.to_owned()),
            ("zones", team.zones.join(";")),
            ("crews", team.crews.to_string()),
            ("hours_per_day", decimal(100 * team.tenths_of_hours)),
            ("cost_per_day", team.cost_per_day.to_string()),
            ("mobilisation", team.mobilisation.to_string()),
            ("min_days", team.min_days.to_string()),
            ("max_days", team.max_days.to_string()),
            (
                "committed",
                if team.committed { "yes" } else { "no" }.to_owned(),
            ),
        ]);
    }
    table
}

/// A row of products.csv.
struct Product {
    id: &'static str,
    name: &'static str,
    unit: &'static str,
    pack_size: i64,
    pack_cost: i64,
    /// Of what is needed, how much is in store.
    stock_percent: i64,
    /// Of what is needed, how much can be had at most, the store included; none: any amount.
    supply_percent: Option<i64>,
}

/// The products of karamay-summer.
#[rustfmt::skip]
const PRODUCTS: [Product; 6] = [
    Product { id: "deltamethrin", name: "2%溴氰菊酯超低容量剂", unit: "L", pack_size: 5, pack_cost: 600, stock_percent: 10, supply_percent: None },
    Product { id: "beta_cypermethrin", name: "10%高效氯氰菊酯悬浮剂", unit: "L", pack_size: 20, pack_cost: 1_000, stock_percent: 10, supply_percent: None },
    Product { id: "alpha_cypermethrin", name: "10%顺式氯氰菊酯悬浮剂", unit: "L", pack_size: 10, pack_cost: 900, stock_percent: 5, supply_percent: None },
    // The cheapest against larvae does not suffice: the others must help out.
    Product { id: "temephos", name: "1%双硫磷颗粒剂", unit: "kg", pack_size: 20, pack_cost: 360, stock_percent: 20, supply_percent: Some(70) },
    Product { id: "bti", name: "苏云金杆菌以色列亚种颗粒剂", unit: "kg", pack_size: 10, pack_cost: 450, stock_percent: 0, supply_percent: None },
    Product { id: "pyriproxyfen", name: "0.5%吡丙醚颗粒剂", unit: "kg", pack_size: 5, pack_cost: 750, stock_percent: 0, supply_percent: None },
];

/// products.csv: one store for the whole city.
pub(crate) fn product_table(used: &BTreeMap<&'static str, i64>) -> Table {
    let mut table = Table::new("products.csv");
    for product in &PRODUCTS {
        let needed = used.get(product.id).copied().unwrap_or(0) / 1_000;
        let packs = (product.supply_percent)
            .map(|percent| needed * (percent - product.stock_percent) / 100 / product.pack_size);
        table.row([
            ("product", product.id.to_owned()),
            ("name", product.name.to_owned()),
            ("unit", product.unit.to_owned()),
            ("pack_size", product.pack_size.to_string()),
            ("pack_cost", product.pack_cost.to_string()),
            ("stock", (needed * product.stock_percent / 100).to_string()),
            (
                "max_packs",
                packs.map_or_else(String::new, |packs| packs.to_string()),
            ),
        ]);
    }
    table
}

/// budget.csv: one line over everything.
pub(crate) fn budget(teams: &[Team], used: &BTreeMap<&'static str, i64>) -> Table {
    let labour: i64 = (teams.iter())
        .map(|team| team.mobilisation + team.cost_per_day * team.max_days * NEEDED_PERCENT / 100)
        .sum();
    let products: i64 = (PRODUCTS.iter())
        .map(|product| {
            let needed = used.get(product.id).copied().unwrap_or(0) / 1_000;
            let bought = needed * (100 - product.stock_percent) / 100;
            bought * product.pack_cost / product.pack_size
        })
        .sum();
    let mut table = Table::new("budget.csv");
    table.row([
        ("line", "total".to_owned()),
        ("scope", "total".to_owned()),
        (
            "amount",
            ((labour + products) * BUDGET_PERCENT / 100).to_string(),
        ),
    ]);
    table
}

/// Of the estimated cost of complete coverage.
const BUDGET_PERCENT: i64 = 105;
