//! The sections of a plan that are tables and sentences: headline, money, purchases, what falls short, the proof.

use super::content::PlanContent;
use super::map::zone_name;
use super::say::Both;
use crate::domain::{Measure, Scenario};
use crate::lang::{Lang, Text};
use crate::measures::{Breakdown, Measures};
use crate::report::layout::{grouped, per_cent, small_per_cent};
use crate::report::summary_json::{money_down, ratio_up};
use crate::report::terminal::View;

/// How many sites are named as those that miss most.
const WORST: usize = 10;

/// A figure of summary.json: as the page shows it and as the file has it.
pub(super) struct Figure {
    /// Where summary.json has it: `cost.total`.
    pub(super) key: String,
    /// The value there.
    pub(super) value: String,
    /// The value as shown.
    pub(super) shown: String,
}

/// Something used of what there is.
pub(super) struct Usage {
    /// What it is.
    pub(super) name: Both,
    /// What it is, further: the scope of a budget line.
    pub(super) of: String,
    /// What there is.
    pub(super) available: String,
    /// What is used.
    pub(super) used: Both,
    /// What is left, or what it costs.
    pub(super) rest: String,
    /// The share in per cent, empty when there is nothing to have a share of.
    pub(super) share: String,
    /// Length of the bar in per cent, at most 100.
    pub(super) bar: String,
}

/// A product.
pub(super) struct Purchase {
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) used: String,
    pub(super) stock: String,
    pub(super) packs: String,
    pub(super) pack_size: String,
    pub(super) bought: String,
    pub(super) cost: String,
    /// Active ingredient and class, where the table names them.
    pub(super) active: String,
}

/// A row of what is asked and missed.
pub(super) struct Coverage {
    pub(super) name: Both,
    pub(super) tier: u32,
    pub(super) sites: usize,
    pub(super) asked: String,
    pub(super) missed: String,
    pub(super) visits: String,
    pub(super) short: bool,
}

/// What is proven of a tier.
pub(super) struct TierProof {
    pub(super) tier: u32,
    pub(super) asked: String,
    pub(super) missed: String,
    pub(super) shortfall: Figure,
    pub(super) bound: Figure,
}

/// A kind of work as the tables have it.
pub(super) struct Working {
    pub(super) name: String,
    pub(super) method: String,
    pub(super) product: String,
    pub(super) dose: Both,
    pub(super) pace: Both,
    pub(super) residual: String,
}

/// A team as the tables have it.
pub(super) struct Contract {
    pub(super) name: String,
    pub(super) contractor: String,
    pub(super) crews: u32,
    pub(super) hours: String,
    pub(super) day_rate: String,
    pub(super) mobilisation: String,
    pub(super) days: Both,
}

/// The sentences and tables of a plan.
pub(super) struct PlanTables {
    pub(super) complete: bool,
    pub(super) status: Both,
    pub(super) asked: String,
    pub(super) met: String,
    pub(super) crew_days_available: String,
    pub(super) visits: Figure,
    pub(super) done: Figure,
    pub(super) crew_days: Figure,
    pub(super) total: Figure,
    pub(super) labour: Figure,
    pub(super) products: Figure,
    pub(super) cost_bound: Figure,
    pub(super) gap: Figure,
    pub(super) day_rates: String,
    pub(super) piece: String,
    pub(super) mobilisation: String,
    pub(super) teams: Vec<Usage>,
    pub(super) budget: Vec<Usage>,
    pub(super) tightest: Vec<Usage>,
    pub(super) purchases: Vec<Purchase>,
    pub(super) zones: Vec<Coverage>,
    pub(super) rules: Vec<Coverage>,
    pub(super) short_rules: bool,
    pub(super) short_sites: Vec<Coverage>,
    pub(super) short_sites_more: usize,
    pub(super) proof: Vec<Both>,
    pub(super) tiers: Vec<TierProof>,
    pub(super) working: Vec<Working>,
    pub(super) contracts: Vec<Contract>,
    pub(super) plan_from: String,
    pub(super) unplaced: usize,
}

/// A row of `tightest` or `teams` with its bar.
fn bar(share: Option<f64>) -> (String, String) {
    match share {
        None => (String::new(), "0".to_owned()),
        Some(share) => (
            per_cent(share),
            format!("{:.1}", (share * 100.0).clamp(0.0, 100.0)),
        ),
    }
}

fn figure(key: &str, value: impl std::fmt::Display) -> Figure {
    let value = value.to_string();
    Figure {
        key: key.to_owned(),
        shown: grouped(&value),
        value,
    }
}

/// Sets out a plan.
pub(super) fn tables(plan: PlanContent, breakdown: &Breakdown) -> PlanTables {
    let (measures, scenario) = (plan.measures, plan.season.scenario);
    let proof = {
        let said = |lang| View::new(scenario, measures, lang).closeness();
        let lines = said(Lang::Zh).into_iter().zip(said(Lang::En));
        lines.map(|(zh, en)| Text::new(zh, en).into()).collect()
    };
    let status = Text::in_both(|lang| {
        View::new(scenario, measures, lang)
            .coverage()
            .swap_remove(0)
    });
    let proven = &measures.closeness.proven;
    let gap = measures.closeness.gap;
    let short_sites = short_sites(plan, breakdown);
    PlanTables {
        complete: measures.is_complete(),
        status: status.into(),
        asked: grouped(measures.asked()),
        met: grouped(measures.kept()),
        crew_days_available: grouped(measures.crew_days_available()),
        visits: figure("visits", measures.visits.len()),
        done: figure("done", measures.done),
        crew_days: figure("crew_days", measures.crew_days.len()),
        total: figure("cost.total", measures.cost.total()),
        labour: figure("cost.labour", measures.cost.labour),
        products: figure("cost.products", measures.cost.products),
        cost_bound: figure("cost_bound", money_down(proven.cost)),
        gap: Figure {
            shown: small_per_cent(gap),
            ..figure("gap", ratio_up(gap))
        },
        day_rates: grouped(measures.labour.days),
        piece: grouped(measures.labour.piece),
        mobilisation: grouped(measures.labour.mobilisation),
        teams: teams(scenario, measures),
        budget: budget(scenario, measures),
        tightest: tightest(scenario, measures),
        purchases: purchases(scenario, measures),
        zones: zones(breakdown),
        rules: rules(scenario, measures),
        short_rules: measures.rules.iter().any(|rule| rule.missed > 0),
        short_sites_more: short_sites.len().saturating_sub(WORST),
        short_sites: short_sites.into_iter().take(WORST).collect(),
        proof,
        tiers: tiers(measures),
        working: working(plan),
        contracts: contracts(scenario),
        plan_from: scenario.plan_from.to_string(),
        unplaced: breakdown.unplaced,
    }
}

fn teams(scenario: &Scenario, measures: &Measures) -> Vec<Usage> {
    let row = |team: &crate::measures::TeamFigures| {
        let (share, bar) = bar(team.share());
        Usage {
            name: Text::same(&*scenario[team.team].name).into(),
            of: scenario[team.team].contractor.clone(),
            available: grouped(team.available),
            used: Text::same(grouped(team.crew_days)).into(),
            rest: grouped(team.cost),
            share,
            bar,
        }
    };
    measures.teams.iter().map(row).collect()
}

fn budget(scenario: &Scenario, measures: &Measures) -> Vec<Usage> {
    let row = |row: &crate::measures::BudgetFigures| {
        let line = &scenario.budget[row.line];
        let (share, bar) = bar(row.share());
        let dates = [line.from, line.to].map(|day| day.map(|day| day.to_string()));
        let dates = match dates {
            [None, None] => String::new(),
            [from, to] => format!(
                " ({} – {})",
                from.unwrap_or_default(),
                to.unwrap_or_default()
            ),
        };
        Usage {
            name: Text::same(&*line.id).into(),
            of: line.scope_text.clone() + &dates,
            available: grouped(row.amount),
            used: Text::same(grouped(row.spent)).into(),
            rest: grouped(row.left),
            share,
            bar,
        }
    };
    measures.budget.iter().map(row).collect()
}

fn tightest(scenario: &Scenario, measures: &Measures) -> Vec<Usage> {
    let row = |limit: &crate::measures::TightLimit| {
        let part = |at: usize| {
            Text::in_both(|lang| View::new(scenario, measures, lang).tight(limit)[at].clone())
        };
        let (share, bar) = bar(Some(limit.share));
        Usage {
            name: part(0).into(),
            of: String::new(),
            available: String::new(),
            used: part(2).into(),
            rest: String::new(),
            share,
            bar,
        }
    };
    measures.tightest.iter().map(row).collect()
}

fn purchases(scenario: &Scenario, measures: &Measures) -> Vec<Purchase> {
    let row = |row: &crate::measures::PurchaseFigures| {
        let product = &scenario[row.product];
        let words = [&product.active_ingredient, &product.moa_group];
        let words = words.into_iter().filter(|word| !word.is_empty());
        Purchase {
            name: product.name.clone(),
            unit: product.unit.clone(),
            used: grouped(row.used),
            stock: grouped(product.stock),
            packs: grouped(row.packs),
            pack_size: grouped(product.pack_size),
            bought: grouped(row.bought),
            cost: grouped(row.cost),
            active: words.map(String::as_str).collect::<Vec<_>>().join(" · "),
        }
    };
    measures.purchases.iter().map(row).collect()
}

fn zones(breakdown: &Breakdown) -> Vec<Coverage> {
    let zones = breakdown.zones.iter();
    zones
        .map(|(zone, place)| Coverage {
            name: zone_name(zone.as_deref()).into(),
            tier: 0,
            sites: place.sites,
            asked: grouped(place.asked),
            missed: grouped(place.missed),
            visits: grouped(place.visits),
            short: place.missed > 0,
        })
        .collect()
}

fn rules(scenario: &Scenario, measures: &Measures) -> Vec<Coverage> {
    let row = |rule: &crate::measures::RuleFigures| Coverage {
        name: Text::same(&*scenario[rule.rule].name).into(),
        tier: scenario[rule.rule].tier,
        sites: rule.parts,
        asked: grouped(rule.asked),
        missed: grouped(rule.missed),
        visits: String::new(),
        short: rule.missed > 0,
    };
    measures.rules.iter().map(row).collect()
}

/// Sites where rounds are missed, those that miss most first.
fn short_sites(plan: PlanContent, breakdown: &Breakdown) -> Vec<Coverage> {
    let sites = plan.season.scenario.sites.iter().zip(&breakdown.sites);
    let mut short: Vec<_> = sites.filter(|(_, place)| place.missed > 0).collect();
    short.sort_by_key(|(_, place)| std::cmp::Reverse(place.missed));
    let row = |(site, place): (&crate::domain::Site, &crate::measures::PlaceFigures)| Coverage {
        name: Text::same(&*site.name).into(),
        tier: 0,
        sites: 1,
        asked: grouped(place.asked),
        missed: grouped(place.missed),
        visits: grouped(place.visits),
        short: true,
    };
    short.into_iter().map(row).collect()
}

fn tiers(measures: &Measures) -> Vec<TierProof> {
    let row = |tier: &crate::measures::TierFigures| {
        let bound = measures.closeness.proven.shortfall.get(&tier.tier);
        let number = tier.tier;
        TierProof {
            tier: number,
            asked: grouped(tier.asked),
            missed: grouped(tier.missed),
            shortfall: figure(&format!("shortfall.{number}"), tier.shortfall),
            bound: figure(
                &format!("shortfall_bound.{number}"),
                bound.copied().unwrap_or_default(),
            ),
        }
    };
    measures.tiers.iter().map(row).collect()
}

fn working(plan: PlanContent) -> Vec<Working> {
    let scenario = plan.season.scenario;
    let row = |treatment: &crate::domain::Treatment| {
        let product = treatment.product.map(|product| &scenario[product]);
        let per = |of: String, lang| match &treatment.measure {
            Measure::Visit if of == "1" => format!("/ {}", Lang::pick(lang, "次", "visit")),
            Measure::Visit => format!("/ {of} {}", Lang::pick(lang, "次", "visits")),
            Measure::Column(column) if of == "1" => format!("/ {column}"),
            Measure::Column(column) => format!("/ {of} {column}"),
        };
        let dose = Text::in_both(|lang| match product {
            Some(product) if treatment.dose.is_positive() => format!(
                "{} {} {}",
                grouped(treatment.dose.to_f64()),
                product.unit,
                per(grouped(treatment.dose_per.to_f64()), lang)
            ),
            _ => String::new(),
        });
        let setup = &treatment.setup_min;
        let pace = Text::in_both(|lang| {
            let unit = match &treatment.measure {
                Measure::Visit => lang.pick("次", "visits"),
                Measure::Column(column) => column,
            };
            let rate = treatment.rate_per_hour.as_ref().map(|rate| {
                let rate = grouped(rate.to_f64());
                format!("{rate} {unit} / {}", lang.pick("小时", "h"))
            });
            let setup = setup.is_positive().then(|| {
                let minutes = grouped(setup.to_f64());
                format!("+ {minutes} {}", lang.pick("分钟", "min"))
            });
            [rate, setup]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
        });
        Working {
            name: treatment.name.clone(),
            method: treatment.method.clone(),
            product: product.map(|row| row.name.clone()).unwrap_or_default(),
            dose: dose.into(),
            pace: pace.into(),
            residual: treatment
                .residual_days
                .as_ref()
                .map(|days| grouped(days.to_f64()))
                .unwrap_or_default(),
        }
    };
    scenario.treatments.iter().map(row).collect()
}

fn contracts(scenario: &Scenario) -> Vec<Contract> {
    let row = |team: &crate::domain::Team| {
        let days = Text::in_both(|lang| {
            let least = (team.min_days > 0).then(|| {
                let least = grouped(team.min_days);
                match lang {
                    Lang::Zh => format!("至少计费 {least} 天"),
                    Lang::En => format!("{least} billed at least"),
                }
            });
            let most = team.max_days.map(|most| {
                let most = grouped(most);
                match lang {
                    Lang::Zh => format!("最多 {most} 天"),
                    Lang::En => format!("{most} at most"),
                }
            });
            let signed = team
                .committed
                .then(|| lang.pick("合同已签", "contract signed").to_owned());
            let words = [least, most, signed].into_iter().flatten();
            words.collect::<Vec<_>>().join(lang.pick("，", ", "))
        });
        Contract {
            name: team.name.clone(),
            contractor: team.contractor.clone(),
            crews: team.crews,
            hours: grouped(team.hours_per_day),
            day_rate: grouped(team.cost_per_day),
            mobilisation: grouped(team.mobilisation),
            days: days.into(),
        }
    };
    scenario.teams.iter().map(row).collect()
}
