//! What a template can name: the figures of a season as text of one language.
//!
//! `docs/templates.md` lists these names; a test compares.

mod notice;
mod plan;
mod summary;

pub(super) use notice::notices;
pub(super) use plan::plan;
pub(super) use summary::summary;

use super::super::currency;
use super::super::layout::grouped;
use super::words::{self, Effect};
use crate::domain::{Day, Every, Exact, Money, ProductIx, Quantity, Rule, Scenario, TreatmentIx};
use crate::lang::Lang;
use crate::measures::{self, Measures, Tally, Work};
use crate::report::dates;
use crate::season::Season;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What all documents are about.
pub(super) struct Subject<'a> {
    pub(super) season: &'a Season<'a>,
    pub(super) measures: &'a Measures,
    pub(super) lang: Lang,
    zones: Vec<Option<String>>,
    /// Whether dates must say their year.
    with_year: bool,
}

impl<'a> Subject<'a> {
    pub(super) fn new(season: &'a Season<'a>, measures: &'a Measures, lang: Lang) -> Self {
        use chrono::Datelike;
        let scenario = season.scenario;
        Subject {
            season,
            measures,
            lang,
            zones: measures::zones(scenario),
            with_year: scenario.start.year() != scenario.end.year(),
        }
    }

    fn scenario(&self) -> &'a Scenario {
        self.season.scenario
    }

    fn pick(&self, zh: &str, en: &str) -> String {
        self.lang.pick(zh, en).to_owned()
    }

    /// What stands between the entries of a list.
    fn joined<S: AsRef<str>>(&self, entries: impl IntoIterator<Item = S>) -> String {
        let entries: Vec<S> = entries.into_iter().collect();
        let entries: Vec<&str> = entries.iter().map(AsRef::as_ref).collect();
        entries.join(self.lang.pick("、", ", "))
    }

    /// The word for the currency, which Chinese texts cannot do without.
    fn currency(&self) -> String {
        let code = &self.scenario().currency;
        let word = match self.lang {
            Lang::Zh => currency::unit(code, Lang::Zh),
            Lang::En => currency::word(code, Lang::En),
        };
        word.to_owned()
    }

    /// A short date, with its year where the season spans two.
    fn day(&self, day: Day) -> String {
        if self.with_year {
            dates::full(day, self.lang)
        } else {
            dates::short(day, self.lang)
        }
    }

    fn stretch(&self, from: Option<Day>, to: Option<Day>) -> String {
        match (from, to) {
            (Some(from), Some(to)) => dates::stretch(from, to, self.with_year, self.lang),
            _ => String::new(),
        }
    }

    /// A zone by its position in [`measures::zones`].
    fn zone(&self, at: usize) -> String {
        self.zones[at]
            .clone()
            .unwrap_or_else(|| self.pick("辖区", "the district"))
    }

    fn zone_of(&self, work: &Work) -> usize {
        measures::zone_of(self.season, &self.zones, work)
    }

    fn pests(&self, treatments: impl IntoIterator<Item = TreatmentIx>) -> String {
        let mut pests: Vec<String> = Vec::new();
        for treatment in treatments {
            for pest in &self.scenario()[treatment].pests {
                let pest = words::pest(pest, self.lang);
                if !pests.contains(&pest) {
                    pests.push(pest);
                }
            }
        }
        self.joined(pests)
    }

    /// A quantity with its unit.
    fn quantity(&self, product: ProductIx, quantity: Quantity) -> String {
        with_unit(&grouped(quantity), &self.scenario()[product].unit)
    }

    /// What is used of each product, as one line.
    fn used(&self, used: &BTreeMap<ProductIx, Quantity>) -> String {
        self.joined(used.iter().map(|(&product, &quantity)| {
            let name = &self.scenario()[product].name;
            format!("{name} {}", self.quantity(product, quantity))
        }))
    }

    /// How often a rule asks for a round.
    fn frequency(&self, rule: &Rule) -> String {
        let rounds = rule.rounds;
        let (zh, en) = match rule.every {
            Every::Window => ("期内".to_owned(), "in all".to_owned()),
            Every::Month => ("每月".to_owned(), "a month".to_owned()),
            Every::HalfMonth => ("每半月".to_owned(), "a half-month".to_owned()),
            Every::Week => ("每周".to_owned(), "a week".to_owned()),
            Every::Days(days) => (format!("每{days}天"), format!("every {days} days")),
        };
        match self.lang {
            Lang::Zh => format!("{zh}{rounds}轮"),
            Lang::En if rounds == 1 => format!("1 round {en}"),
            Lang::En => format!("{rounds} rounds {en}"),
        }
    }

    /// What is common to every document.
    fn head(&self) -> Head {
        let scenario = self.scenario();
        let (start, end) = (scenario.start, scenario.end);
        let wanted: BTreeSet<TreatmentIx> =
            self.season.jobs.iter().map(|job| job.treatment).collect();
        Head {
            name: scenario.name.clone(),
            start: dates::full(start, self.lang),
            end: dates::full(end, self.lang),
            period: dates::stretch(start, end, true, self.lang),
            currency: self.currency(),
            pests: self.pests(wanted),
        }
    }

    /// The products of some treatments, each with what the label says.
    fn labels(&self, treatments: &BTreeSet<TreatmentIx>) -> Vec<Label> {
        let scenario = self.scenario();
        let products: BTreeSet<ProductIx> = treatments
            .iter()
            .filter_map(|&treatment| scenario[treatment].product)
            .collect();
        products
            .into_iter()
            .map(|product| {
                let row = &scenario[product];
                Label {
                    name: row.name.clone(),
                    active_ingredient: row.active_ingredient.clone(),
                    moa_group: row.moa_group.clone(),
                    registration: row.registration.clone(),
                }
            })
            .collect()
    }

    /// Which precautions some treatments call for.
    fn precautions(&self, treatments: &BTreeSet<TreatmentIx>) -> Precautions {
        let mut found = Precautions::default();
        for &treatment in treatments {
            let row = &self.scenario()[treatment];
            match words::effect(&row.method, &row.pests) {
                Effect::Air => found.air = true,
                Effect::Surface => found.surface = true,
                Effect::Water => found.water = true,
                Effect::RodentBait => {
                    found.rodent_bait = true;
                    found.vitamin_k1 |= row.product.is_some_and(|product| {
                        let product = &self.scenario()[product];
                        words::is_anticoagulant(
                            &format!("{} {}", product.name, product.active_ingredient),
                            &product.moa_group,
                        )
                    });
                }
                Effect::InsectBait => found.insect_bait = true,
                Effect::Other => {}
            }
        }
        found
    }

    /// What is worked by area and treatment.
    fn areas(&self, works: &[Work]) -> Vec<Area> {
        let tallies = measures::gather(self.season, works, |work| self.zone_of(work));
        let mut by_treatment = measures::gather(self.season, works, |work| {
            (self.zone_of(work), work.treatment)
        });
        tallies
            .into_iter()
            .map(|(zone, tally)| {
                let rest = by_treatment.split_off(&(zone + 1, TreatmentIx(0)));
                let own = std::mem::replace(&mut by_treatment, rest);
                let own = own.into_iter();
                Area {
                    name: self.zone(zone),
                    work: self.amounts(&tally),
                    tasks: own
                        .map(|((_, treatment), tally)| self.task(treatment, &tally))
                        .collect(),
                }
            })
            .collect()
    }

    fn task(&self, treatment: TreatmentIx, tally: &Tally) -> Task {
        let row = &self.scenario()[treatment];
        let (measure, unit) = words::measure(&row.measure, self.lang);
        let amount = |amount: &Exact| {
            let number = grouped(hundredths(amount));
            if unit.is_empty() {
                match self.lang {
                    Lang::Zh => with_unit(&measure, &number),
                    Lang::En => with_unit(&number, &measure),
                }
            } else {
                with_unit(&number, &unit)
            }
        };
        Task {
            name: row.name.clone(),
            method: words::method(&row.method, self.lang),
            pests: self.pests([treatment]),
            amount: amount(&tally.amount),
            amount_in_all: amount(&tally.amount_in_all),
            measure,
            work: self.amounts(tally),
        }
    }

    fn amounts(&self, tally: &Tally) -> Amounts {
        Amounts {
            visits: tally.visits,
            sites: tally.sites,
            crew_days: tally.crew_days,
            person_days: tally.person_days,
            hours: grouped(tenths(tally.hours.to_f64())),
            period: self.stretch(tally.first, tally.last),
            used: self.used(&tally.used),
            teams: self.joined(
                tally
                    .teams
                    .iter()
                    .map(|&team| self.scenario()[team].name.clone()),
            ),
        }
    }

    /// What is worked in each month.
    fn months(&self, works: &[Work]) -> Vec<Month> {
        use chrono::Datelike;
        let first = |day: Day| day.with_day(1).unwrap_or(day);
        let tallies = measures::gather(self.season, works, |work| first(work.date));
        let mut by_zone = measures::gather(self.season, works, |work| {
            (first(work.date), self.zone_of(work))
        });
        let zones: BTreeSet<usize> = by_zone.keys().map(|&(_, zone)| zone).collect();
        tallies
            .into_iter()
            .map(|(month, tally)| Month {
                name: dates::month(month, self.lang),
                work: self.amounts(&tally),
                by_area: zones
                    .iter()
                    .map(|&zone| by_zone.remove(&(month, zone)).map_or(0, |of| of.visits))
                    .collect(),
            })
            .collect()
    }

    fn costs(&self) -> Costs {
        let (cost, labour) = (self.measures.cost, self.measures.labour);
        Costs {
            total: grouped(cost.total()),
            labour: grouped(cost.labour),
            labour_kinds: self.labour_kinds(),
            day_rates: grouped(labour.days),
            piece: grouped(labour.piece),
            mobilisation: grouped(labour.mobilisation),
            products: grouped(cost.products),
        }
    }

    /// What labour is paid for, kinds that cost nothing left out.
    fn labour_kinds(&self) -> String {
        let labour = self.measures.labour;
        let currency = self.lang.pick(&self.currency(), "").to_owned();
        let kinds = [
            (self.pick("出工", "day rates "), labour.days),
            (self.pick("计件", "piece work "), labour.piece),
            (self.pick("进场", "mobilisation "), labour.mobilisation),
        ];
        let kinds = kinds.iter().filter(|(_, amount)| *amount != Money::ZERO);
        let kinds: Vec<String> = kinds
            .map(|(kind, amount)| format!("{kind}{}{currency}", grouped(amount)))
            .collect();
        kinds.join(self.lang.pick("，", ", "))
    }

    fn budget(&self) -> Vec<BudgetRow> {
        let rows = self.measures.budget.iter();
        rows.map(|row| BudgetRow {
            name: words::line(&self.scenario().budget[row.line].id, self.lang),
            amount: grouped(row.amount),
            spent: grouped(row.spent),
            left: grouped(row.left),
        })
        .collect()
    }

    fn purchases(&self) -> Vec<Purchase> {
        let rows = self.measures.purchases.iter();
        rows.map(|row| {
            let product = &self.scenario()[row.product];
            let treatments = (0..self.scenario().treatments.len()).map(TreatmentIx);
            let users: BTreeSet<TreatmentIx> = treatments
                .filter(|&treatment| self.scenario()[treatment].product == Some(row.product))
                .collect();
            Purchase {
                name: product.name.clone(),
                active_ingredient: product.active_ingredient.clone(),
                moa_group: product.moa_group.clone(),
                registration: product.registration.clone(),
                pests: self.pests(users),
                used: self.quantity(row.product, row.used),
                stock: self.quantity(row.product, product.stock),
                packs: row.packs,
                bought: self.quantity(row.product, row.bought),
                cost: grouped(row.cost),
            }
        })
        .collect()
    }
}

/// A number and its unit, which no line break parts.
fn with_unit(number: &str, unit: &str) -> String {
    format!("{number}\u{a0}{unit}").trim_end().to_owned()
}

/// A number with at most two decimals.
fn hundredths(number: &Exact) -> Quantity {
    let hundredths = number.round_half_up(2).unwrap_or_default();
    Quantity::from_micro(hundredths.saturating_mul(10_000))
}

/// A number with one decimal, none if it is whole.
fn tenths(number: f64) -> Quantity {
    Quantity::from_micro((number * 10.0).round() as i64 * 100_000)
}

#[derive(Serialize)]
pub(super) struct Head {
    name: String,
    start: String,
    end: String,
    period: String,
    currency: String,
    pests: String,
}

#[derive(Serialize)]
struct Amounts {
    visits: usize,
    sites: usize,
    crew_days: usize,
    person_days: Option<u64>,
    hours: String,
    period: String,
    used: String,
    teams: String,
}

#[derive(Serialize)]
struct Area {
    name: String,
    #[serde(flatten)]
    work: Amounts,
    tasks: Vec<Task>,
}

#[derive(Serialize)]
struct Task {
    name: String,
    method: String,
    pests: String,
    measure: String,
    amount: String,
    amount_in_all: String,
    #[serde(flatten)]
    work: Amounts,
}

#[derive(Serialize)]
struct Month {
    name: String,
    #[serde(flatten)]
    work: Amounts,
    by_area: Vec<usize>,
}

#[derive(Serialize)]
struct Costs {
    total: String,
    labour: String,
    labour_kinds: String,
    day_rates: String,
    piece: String,
    mobilisation: String,
    products: String,
}

#[derive(Serialize)]
struct BudgetRow {
    name: String,
    amount: String,
    spent: String,
    left: String,
}

#[derive(Serialize)]
struct Purchase {
    name: String,
    active_ingredient: String,
    moa_group: String,
    registration: String,
    pests: String,
    used: String,
    stock: String,
    packs: i64,
    bought: String,
    cost: String,
}

#[derive(Serialize)]
struct Label {
    name: String,
    active_ingredient: String,
    moa_group: String,
    registration: String,
}

#[derive(Serialize, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a question that templates ask"
)]
struct Precautions {
    air: bool,
    surface: bool,
    water: bool,
    rodent_bait: bool,
    vitamin_k1: bool,
    insect_bait: bool,
}
