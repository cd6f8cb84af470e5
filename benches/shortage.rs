//! How close plans come to their bounds where crew-days, money or a product do not suffice.
//!
//! `cargo bench --bench shortage`; `XIAOSHA_SCENARIO=FOLDER` takes another scenario than `karamay-summer`,
//! `XIAOSHA_LESS=10,20,40` says how many per cent are lacking, `XIAOSHA_LACKING=crew-days,money,product,two` what, and
//! `XIAOSHA_EFFORT=quick|normal|thorough` how hard to try.
//!
//! What suffices is what the plan of the scenario takes, which must be complete: its cost, each team's crew-days, the
//! product that most visits use. Each line shows by tier what is missed, the proven least, and the difference in parts
//! of the tier's weighted rounds.
#![expect(clippy::print_stdout, reason = "a table of figures is its purpose")]

#[path = "../tests/support/busy.rs"]
mod busy;
mod machine;

use busy::{StopWatch, Whose};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use xiaosha::domain::{Money, Plan, ProductIx, Quantity, Scenario};
use xiaosha::engine::{self, Options, Outcome, Unwatched};
use xiaosha::season::Season;
use xiaosha::{measures, validate, verify};

/// What there is too little of.
const LACKING: [&str; 4] = ["crew-days", "money", "product", "two"];

fn main() -> Result<(), Box<dyn Error>> {
    if !machine::is_bench() {
        return Ok(());
    }
    let folder = machine::scenario_folder();
    let less = machine::setting("XIAOSHA_LESS").unwrap_or_else(|| "10,20,40".to_owned());
    let less: Vec<i64> = (less.split(','))
        .map(|text| text.trim().parse())
        .collect::<Result<_, _>>()?;
    let lacking = machine::setting("XIAOSHA_LACKING").unwrap_or_else(|| LACKING.join(","));
    machine::with_deep_stack(|| measure(&folder, &less, &lacking))?;
    Ok(())
}

fn measure(folder: &Path, less: &[i64], lacking: &str) -> Result<(), String> {
    let (scenario, _) = validate::load(folder);
    let scenario = scenario.ok_or("the scenario has errors")?;
    let season = Season::new(&scenario);
    let options = Options {
        seed: 0,
        effort: machine::effort(),
    };
    let full = engine::plan(&season, &options, &Unwatched);
    if full.shortfall.values().any(|short| short.micro() > 0) {
        return Err("the scenario lacks something already".to_owned());
    }
    let needed = Needed::of(&season, &full);
    let nothing = measures::shortfall(&season, &Plan::default());
    println!("per cent of what  |  by tier: missed (at least) open  |  cost, processor seconds");
    for what in lacking.split(',').map(str::trim) {
        for &percent in less {
            let short = needed.short(&scenario, what, 100 - percent)?;
            let season = Season::new(&short);
            let watch = StopWatch::start(Whose::Process);
            let outcome = engine::plan(&season, &options, &Unwatched);
            let seconds = watch.seconds();
            let judgement = verify::judge_plan(&short, &outcome.plan);
            if !judgement.violations.is_empty() {
                return Err(format!(
                    "the plan with {percent} % less {what} is not valid"
                ));
            }
            let tiers = outcome.shortfall.iter().map(|(tier, missed)| {
                let bound = outcome.bounds.shortfall[tier];
                let open = (*missed - bound).micro() as f64;
                let share = 100.0 * open / nothing[tier].micro().max(1) as f64;
                format!("{missed} ({bound}) {share:.2} %")
            });
            let tiers: Vec<String> = tiers.collect();
            println!(
                "{percent} {what}  |  {}  |  {}, {seconds:.1} s",
                tiers.join("; "),
                outcome.cost
            );
        }
    }
    Ok(())
}

/// What a complete plan takes.
struct Needed {
    cost: Money,
    crew_days: Vec<i64>,
    /// The product that most visits use, and how much of it.
    product: (ProductIx, Quantity),
}

impl Needed {
    fn of(season: &Season, full: &Outcome) -> Self {
        let scenario = season.scenario;
        let mut out = vec![BTreeSet::new(); scenario.teams.len()];
        let mut used: BTreeMap<ProductIx, (usize, Quantity)> = BTreeMap::new();
        for visit in &full.plan.visits {
            out[visit.team.0].insert((visit.date, visit.crew));
            if let Some(product) = scenario[visit.treatment].product {
                let used = used.entry(product).or_insert((0, Quantity::ZERO));
                used.0 += 1;
                used.1 += season.quantity(season.part_of(visit), visit.treatment);
            }
        }
        let most = used.into_iter().max_by_key(|&(_, (visits, _))| visits);
        let (product, (_, quantity)) = most.expect("some visit uses a product");
        Needed {
            cost: full.cost,
            crew_days: out.iter().map(|days| days.len() as i64).collect(),
            product: (product, quantity),
        }
    }

    /// The scenario with so many per cent of what is needed.
    fn short(&self, scenario: &Scenario, what: &str, percent: i64) -> Result<Scenario, String> {
        let part = |amount: i64| amount / 100 * percent;
        match what {
            "money" => Ok(scenario.with_total(Some(Money::from_micro(part(self.cost.micro()))))),
            "crew-days" => {
                let mut short = scenario.clone();
                for (at, team) in short.teams.iter_mut().enumerate() {
                    let days = self.crew_days[at] * percent / 100;
                    team.max_days = Some(days);
                    team.min_days = team.min_days.min(days);
                }
                Ok(short)
            }
            "product" => {
                let mut short = scenario.clone();
                let (product, used) = self.product;
                let left = part(used.micro());
                let row = &mut short.products[product.0];
                row.stock = row.stock.min(Quantity::from_micro(left));
                let beyond = left - row.stock.micro();
                row.max_packs = Some(beyond / row.pack_size.micro());
                Ok(short)
            }
            "two" => self
                .short(scenario, "crew-days", percent)
                .and_then(|short| self.short(&short, "money", percent)),
            other => Err(format!("XIAOSHA_LACKING={other} is not understood")),
        }
    }
}
