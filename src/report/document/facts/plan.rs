//! What the template of a work plan can name.

use super::super::words;
use super::{Area, BudgetRow, Costs, Head, Month, Precautions, Purchase, Subject, with_unit};
use crate::domain::{TeamIx, TreatmentIx};
use crate::measures;
use crate::report::layout::grouped;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
pub(in super::super) struct PlanFacts {
    #[serde(flatten)]
    head: Head,
    sites: usize,
    zones: String,
    kinds: Vec<Kind>,
    visits: usize,
    crew_days: usize,
    person_days: Option<u64>,
    asked: u64,
    missed: u64,
    complete: bool,
    tasks: Vec<RuleTask>,
    short: Vec<RuleTask>,
    areas: Vec<Area>,
    months: Vec<Month>,
    area_names: Vec<String>,
    teams: Vec<TeamRow>,
    treatments: Vec<TreatmentRow>,
    products: Vec<Purchase>,
    precautions: Precautions,
    cost: Costs,
    budget: Vec<BudgetRow>,
}

#[derive(Serialize)]
struct Kind {
    name: String,
    sites: usize,
}

#[derive(Serialize, Clone)]
struct RuleTask {
    name: String,
    pests: String,
    treatments: String,
    sites: usize,
    frequency: String,
    period: String,
    min_gap: u32,
    max_gap: Option<u32>,
    tier: u32,
    asked: u64,
    planned: u64,
    missed: u64,
}

#[derive(Serialize)]
struct TeamRow {
    name: String,
    contractor: String,
    methods: String,
    zones: String,
    crews: u32,
    visits: usize,
    crew_days: i64,
    period: String,
    cost: String,
}

#[derive(Serialize)]
struct TreatmentRow {
    name: String,
    method: String,
    pests: String,
    product: String,
    dose: String,
    dilution: String,
    safety: String,
    residual_days: String,
}

/// The figures of a work plan.
pub(in super::super) fn plan(subject: &Subject) -> PlanFacts {
    let measures = subject.measures;
    let works = measures::planned(measures);
    let treatments: BTreeSet<TreatmentIx> = works.iter().map(|work| work.treatment).collect();
    let tasks = rules(subject);
    let kinds = measures::kinds(subject.season);
    let areas = subject.areas(&works);
    PlanFacts {
        head: subject.head(),
        sites: kinds.values().sum(),
        zones: subject.joined(subject.zones.iter().flatten()),
        kinds: kinds
            .into_iter()
            .map(|(kind, sites)| Kind {
                name: words::kind(kind, subject.lang),
                sites,
            })
            .collect(),
        visits: works.len(),
        crew_days: measures.crew_days.len(),
        person_days: measures::person_days(
            subject.season,
            measures.crew_days.iter().map(|row| row.team),
        ),
        asked: measures.asked(),
        missed: measures.missed(),
        complete: measures.is_complete(),
        short: tasks
            .iter()
            .filter(|task| task.missed > 0)
            .cloned()
            .collect(),
        tasks,
        area_names: areas.iter().map(|area| area.name.clone()).collect(),
        areas,
        months: subject.months(&works),
        teams: teams(subject, &works),
        treatments: treatments
            .iter()
            .map(|&treatment| treatment_row(subject, treatment))
            .collect(),
        products: subject.purchases(),
        precautions: subject.precautions(&treatments),
        cost: subject.costs(),
        budget: subject.budget(),
    }
}

fn rules(subject: &Subject) -> Vec<RuleTask> {
    let season = subject.season;
    let figures = subject.measures.rules.iter();
    figures
        .filter(|figures| figures.parts > 0)
        .map(|figures| {
            let rule = &season.scenario[figures.rule];
            let names = rule.treatments.iter();
            let names = names.map(|&treatment| &season.scenario[treatment].name);
            RuleTask {
                name: rule.name.clone(),
                pests: subject.pests(rule.treatments.iter().copied()),
                treatments: subject.joined(names),
                sites: figures.sites,
                frequency: subject.frequency(rule),
                period: subject.stretch(Some(rule.from), Some(rule.to)),
                min_gap: rule.min_gap,
                max_gap: rule.max_gap,
                tier: rule.tier,
                asked: figures.asked,
                planned: figures.planned,
                missed: figures.missed,
            }
        })
        .collect()
}

fn teams(subject: &Subject, works: &[measures::Work]) -> Vec<TeamRow> {
    let scenario = subject.scenario();
    let mut tallies = measures::gather(subject.season, works, |work| work.team);
    (0..scenario.teams.len())
        .map(|at| {
            let row = &scenario.teams[at];
            let tally = tallies.remove(&TeamIx(at)).unwrap_or_default();
            let figures = &subject.measures.teams[at];
            TeamRow {
                name: row.name.clone(),
                contractor: row.contractor.clone(),
                methods: subject.joined(
                    row.methods
                        .iter()
                        .map(|method| words::method(method, subject.lang)),
                ),
                zones: if row.zones.is_empty() {
                    subject.pick("全辖区", "the whole district")
                } else {
                    subject.joined(&row.zones)
                },
                crews: row.crews,
                visits: tally.visits,
                crew_days: figures.crew_days,
                period: subject.stretch(tally.first, tally.last),
                cost: grouped(figures.cost),
            }
        })
        .collect()
}

fn treatment_row(subject: &Subject, treatment: TreatmentIx) -> TreatmentRow {
    let row = &subject.scenario()[treatment];
    let (measure, unit) = words::measure(&row.measure, subject.lang);
    let product = row.product.map(|product| &subject.scenario()[product]);
    let plain = |exact| crate::domain::Quantity::from_exact(exact).unwrap_or_default();
    let dose = product.filter(|_| row.dose.is_positive()).map(|product| {
        let per = plain(&row.dose_per);
        // 每个毒饵站, but 每平方米.
        let of = match unit.as_str() {
            "" => measure,
            "个" | "处" | "家" | "座" => format!("{unit}{measure}"),
            _ => unit,
        };
        let gap = subject.lang.pick("", " ");
        let amount = with_unit(&grouped(plain(&row.dose)), &product.unit);
        let per = if per.micro() == 1_000_000 {
            of
        } else {
            format!("{}{gap}{of}", grouped(per))
        };
        match subject.lang {
            crate::lang::Lang::Zh => format!("每{per}{amount}"),
            crate::lang::Lang::En => format!("{amount} per {per}"),
        }
    });
    TreatmentRow {
        name: row.name.clone(),
        method: words::method(&row.method, subject.lang),
        pests: subject.pests([treatment]),
        product: product.map_or(String::new(), |product| product.name.clone()),
        dose: dose.unwrap_or_default(),
        dilution: row.dilution.clone(),
        safety: row.safety.clone(),
        residual_days: row
            .residual_days
            .as_ref()
            .map_or(String::new(), |days| plain(days).to_string()),
    }
}
