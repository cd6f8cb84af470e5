//! What the plans come to, row by row: coverage, money, crew-days, purchases, closeness to the best possible.

use super::best::{Contest, mark_least};
use super::{Cell, Change, Content, Row, Section, Value, Weight};
use crate::domain::{Money, Scenario, Shortfall};
use crate::lang::Text;
use crate::measures::{BudgetFigures, PurchaseFigures, RuleFigures, TeamFigures, TierFigures};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// All sections of figures; those without rows are left out.
pub(super) fn sections(contents: &[Option<Content>]) -> Vec<Section> {
    let desk = Desk {
        contents,
        contest: Contest::new(contents),
    };
    let mut sections = vec![
        section("coverage", "完成情况", "Coverage", desk.coverage()),
        section("rules", "各规则完成情况", "Coverage by rule", desk.rules()),
        section("money", "费用", "Cost", desk.money()),
        section("budget", "各预算项", "Budget lines", desk.budget()),
        section(
            "crew_days",
            "用工（班组工日）",
            "Crew-days",
            desk.crew_days(),
        ),
        section("purchases", "药品", "Products", desk.purchases()),
        section("closeness", "离最优", "Best possible", desk.closeness()),
    ];
    sections.retain(|section| !section.rows.is_empty());
    sections
}

fn section(id: &str, zh: &str, en: &str, rows: Vec<Row>) -> Section {
    Section {
        id: id.to_owned(),
        title: Text::new(zh, en),
        rows,
    }
}

/// What a row is about: its id and how it is called.
struct Item {
    id: String,
    name: Text,
}

impl Item {
    fn new(id: &str, zh: &str, en: &str) -> Self {
        Item {
            id: id.to_owned(),
            name: Text::new(zh, en),
        }
    }
}

/// The scenarios, and who competes with whom.
struct Desk<'a> {
    contents: &'a [Option<Content<'a>>],
    contest: Contest,
}

impl<'a> Desk<'a> {
    fn coverage(&self) -> Vec<Row> {
        let tiers: BTreeSet<u32> = self.tiers().map(|figures| figures.tier).collect();
        let mut rows = Vec::new();
        if tiers.len() > 1 {
            let all = Item::new("all", "全部", "all tiers");
            rows.push(
                self.row(&all, ("asked", "应做轮次", "rounds asked"), |content| {
                    Some(count(content.measures.asked()))
                }),
            );
            rows.push(self.row(&all, ("missed", "缺", "missed"), |content| {
                Some(count(content.measures.missed()))
            }));
        }
        // Where every weight is 1, weighted rounds would only repeat the number.
        let weighted = self
            .tiers()
            .any(|figures| figures.shortfall.micro() != figures.missed as i64 * 1_000_000);
        for tier in tiers {
            let id = tier.to_string();
            let item = Item::new(&id, &format!("第 {tier} 级"), &format!("tier {tier}"));
            rows.push(
                self.row(&item, ("asked", "应做轮次", "rounds asked"), |content| {
                    Some(count(of_tier(content, tier)?.asked))
                }),
            );
            let mut missed = self.row(&item, ("missed", "缺", "missed"), |content| {
                Some(count(of_tier(content, tier)?.missed))
            });
            missed.weight = Weight::Headline;
            let short = |at: usize| {
                let content = self.contents[at].as_ref();
                let figures = content.and_then(|content| of_tier(content, tier));
                figures.map_or(Shortfall::ZERO, |figures| figures.shortfall)
            };
            if weighted {
                let mut row = self.row(
                    &item,
                    ("weighted", "缺（按权重）", "missed by weight"),
                    |content| Some(Value::Rounds(of_tier(content, tier)?.shortfall)),
                );
                self.contest.mark_tier(tier, &mut row.cells, short);
                rows.extend([missed, row]);
            } else {
                self.contest.mark_tier(tier, &mut missed.cells, short);
                rows.push(missed);
            }
        }
        let visits = Item::new("visits", "新安排作业", "new visits");
        rows.push(self.row_of(&visits, |content| {
            Some(count(content.measures.visits.len() as u64))
        }));
        rows
    }

    fn rules(&self) -> Vec<Row> {
        let names = |scenario: &'a Scenario| {
            names(scenario.rules.iter().map(|rule| (&rule.id, &rule.name)))
        };
        let mut rows = Vec::new();
        for item in self.items(names) {
            let of = |content: &Content<'a>| -> Option<&'a RuleFigures> {
                let scenario = content.scenario;
                let mut rules = content.measures.rules.iter();
                rules.find(|row| scenario[row.rule].id == item.id)
            };
            rows.push(
                self.row(&item, ("asked", "应做轮次", "rounds asked"), |content| {
                    Some(count(of(content)?.asked))
                }),
            );
            let mut missed = self.row(&item, ("missed", "缺", "missed"), |content| {
                Some(count(of(content)?.missed))
            });
            let tier = self.contents.iter().flatten().find_map(|content| {
                let figures = of(content)?;
                Some(content.scenario[figures.rule].tier)
            });
            if let Some(tier) = tier {
                self.contest.mark_tier(tier, &mut missed.cells, |at| {
                    let content = self.contents[at].as_ref();
                    content.and_then(of).map(|figures| figures.missed)
                });
            }
            rows.push(missed);
        }
        rows
    }

    fn money(&self) -> Vec<Row> {
        let row = |id, zh, en, money: fn(&Content) -> Money| {
            self.row_of(&Item::new(id, zh, en), |content| {
                Some(Value::Money(money(content)))
            })
        };
        let mut total = row("total", "合计", "total", |c| c.measures.cost.total());
        if self
            .contents
            .iter()
            .flatten()
            .all(|c| Some(&c.scenario.currency) == self.currency())
        {
            self.contest.mark_cost(&mut total.cells, |at| {
                let content = self.contents[at].as_ref();
                content.map(|content| content.measures.cost.total())
            });
        }
        let mut rows = vec![
            total,
            row("labour", "人工", "labour", |c| c.measures.cost.labour),
            row("days", "人工：出工", "labour: day rates", |c| {
                c.measures.labour.days
            }),
            row("piece", "人工：计件", "labour: piece work", |c| {
                c.measures.labour.piece
            }),
            row(
                "mobilisation",
                "人工：进场",
                "labour: mobilisation",
                |c| c.measures.labour.mobilisation,
            ),
            row("products", "药品", "products", |c| {
                c.measures.cost.products
            }),
        ];
        for row in &mut rows {
            if matches!(row.id.as_str(), "total" | "labour" | "products") {
                row.weight = Weight::Headline;
            }
        }
        rows
    }

    fn budget(&self) -> Vec<Row> {
        let names =
            |scenario: &'a Scenario| names(scenario.budget.iter().map(|line| (&line.id, &line.id)));
        let mut rows = Vec::new();
        for item in self.items(names) {
            let of = |content: &Content<'a>| -> Option<&'a BudgetFigures> {
                let budget = &content.scenario.budget;
                let mut lines = content.measures.budget.iter();
                lines.find(|row| budget[row.line].id == item.id)
            };
            rows.push(detail(self.row(
                &item,
                ("amount", "金额", "amount"),
                |c| Some(Value::Money(of(c)?.amount)),
            )));
            rows.push(self.row(&item, ("spent", "支出", "spent"), |c| {
                Some(Value::Money(of(c)?.spent))
            }));
            rows.push(self.row(&item, ("left", "剩余", "left"), |c| {
                Some(Value::Money(of(c)?.left))
            }));
        }
        rows
    }

    fn crew_days(&self) -> Vec<Row> {
        let all = Item::new("all", "各队合计", "all teams");
        let used = |content: &Content| content.measures.crew_days.len() as i64;
        let available = |content: &Content| content.measures.crew_days_available();
        let mut rows = vec![
            self.row(&all, ("used", "出动", "deployed"), |c| {
                Some(Value::Count(used(c)))
            }),
            self.row(&all, ("available", "可用", "available"), |c| {
                Some(Value::Count(available(c)))
            }),
            self.row(&all, ("share", "用去", "used"), |c| {
                c.measures.crew_days_share().map(Value::Share)
            }),
        ];
        for row in &mut rows {
            if row.id != "all/available" {
                row.weight = Weight::Headline;
            }
        }
        let names = |scenario: &'a Scenario| {
            names(scenario.teams.iter().map(|team| (&team.id, &team.name)))
        };
        for item in self.items(names) {
            let of = |content: &Content<'a>| -> Option<&'a TeamFigures> {
                let scenario = content.scenario;
                let mut teams = content.measures.teams.iter();
                teams.find(|row| scenario[row.team].id == item.id)
            };
            rows.push(self.row(&item, ("used", "出动", "deployed"), |c| {
                Some(Value::Count(of(c)?.crew_days))
            }));
            rows.push(detail(self.row(
                &item,
                ("available", "可用", "available"),
                |c| Some(Value::Count(of(c)?.available)),
            )));
            rows.push(self.row(&item, ("share", "用去", "used"), |c| {
                of(c)?.share().map(Value::Share)
            }));
            rows.push(self.row(&item, ("cost", "人工费", "labour money"), |c| {
                Some(Value::Money(of(c)?.cost))
            }));
        }
        rows
    }

    fn purchases(&self) -> Vec<Row> {
        let names = |scenario: &'a Scenario| {
            names(
                scenario
                    .products
                    .iter()
                    .map(|product| (&product.id, &product.name)),
            )
        };
        let mut rows = Vec::new();
        for item in self.items(names) {
            let of = |content: &Content<'a>| -> Option<&'a PurchaseFigures> {
                let scenario = content.scenario;
                let mut products = content.measures.purchases.iter();
                products.find(|row| scenario[row.product].id == item.id)
            };
            let unit = self.contents.iter().flatten().find_map(|content| {
                let unit = &content.scenario[of(content)?.product].unit;
                Some(if unit.is_empty() {
                    String::new()
                } else {
                    format!(" {unit}")
                })
            });
            let unit = unit.unwrap_or_default();
            let (zh, en) = (format!("用量{unit}"), format!("used{unit}"));
            rows.push(detail(self.row(&item, ("used", &zh, &en), |c| {
                Some(Value::Quantity(of(c)?.used))
            })));
            let (zh, en) = (format!("采购{unit}"), format!("to buy{unit}"));
            rows.push(self.row(&item, ("bought", &zh, &en), |c| {
                Some(Value::Quantity(of(c)?.bought))
            }));
            rows.push(detail(self.row(
                &item,
                ("packs", "采购件数", "packs"),
                |c| Some(Value::Count(of(c)?.packs)),
            )));
            rows.push(self.row(&item, ("cost", "采购费", "cost"), |c| {
                Some(Value::Money(of(c)?.cost))
            }));
        }
        rows
    }

    fn closeness(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        let tiers: BTreeSet<u32> = self.tiers().map(|figures| figures.tier).collect();
        for tier in tiers {
            let item = Item::new(
                &tier.to_string(),
                &format!("第 {tier} 级"),
                &format!("tier {tier}"),
            );
            let row = self.row(
                &item,
                (
                    "open",
                    "最多还可少缺（按权重）",
                    "could miss less by at most (by weight)",
                ),
                |content| {
                    let bound = content.measures.closeness.proven.shortfall.get(&tier);
                    let short = of_tier(content, tier)?.shortfall;
                    Some(Value::Rounds(short - bound.copied().unwrap_or_default()))
                },
            );
            let open =
                |cell: &Cell| !matches!(cell.value, None | Some(Value::Rounds(Shortfall::ZERO)));
            if row.cells.iter().any(open) {
                rows.push(Row {
                    weight: Weight::Headline,
                    ..row
                });
            }
        }
        let gap = Item::new("gap", "费用差距至多", "gap in cost at most");
        let mut gap = self.row_of(&gap, |content| {
            Some(Value::Gap(content.measures.closeness.gap))
        });
        gap.weight = Weight::Headline;
        let planned: BTreeSet<usize> = (0..self.contents.len())
            .filter(|&at| self.contents[at].is_some())
            .collect();
        mark_least(&planned, &mut gap.cells, |at| {
            let content = self.contents[at].as_ref();
            content.map(|content| content.measures.closeness.gap)
        });
        rows.push(gap);
        let saving = Item::new("saving", "费用最多还能省", "could cost less by at most");
        rows.push(self.row_of(&saving, |content| {
            Some(Value::Money(content.measures.closeness.saving))
        }));
        rows
    }

    fn tiers(&self) -> impl Iterator<Item = &TierFigures> {
        let contents = self.contents.iter().flatten();
        contents.flat_map(|content| &content.measures.tiers)
    }

    /// The things of a kind that any scenario has, the base's first, each under the first name that it has.
    fn items(&self, names: impl Fn(&'a Scenario) -> Vec<(&'a str, &'a str)>) -> Vec<Item> {
        let mut named: IndexMap<&str, &str> = IndexMap::new();
        for content in self.contents.iter().flatten() {
            for (id, name) in names(content.scenario) {
                named.entry(id).or_insert(name);
            }
        }
        let shared = |name: &str| named.values().filter(|other| **other == name).count() > 1;
        let items = named.iter().map(|(id, name)| {
            let name = if shared(name) {
                format!("{name} ({id})")
            } else {
                (*name).to_owned()
            };
            Item::new(id, &name, &name)
        });
        items.collect()
    }

    fn currency(&self) -> Option<&String> {
        let base = self.contents.first()?.as_ref()?;
        Some(&base.scenario.currency)
    }

    /// A row whose item says it all.
    fn row_of(&self, item: &Item, value: impl Fn(&Content<'a>) -> Option<Value>) -> Row {
        let cells = self.contents.iter().map(|content| Cell {
            value: content.as_ref().and_then(&value),
            ..Cell::default()
        });
        let mut cells: Vec<Cell> = cells.collect();
        for at in 1..cells.len() {
            cells[at].change = self.change(at, &cells);
        }
        Row {
            id: item.id.clone(),
            item: item.name.clone(),
            aspect: None,
            weight: Weight::Usual,
            cells,
        }
    }

    /// A row with one figure of an item.
    fn row(
        &self,
        item: &Item,
        (id, zh, en): (&str, &str, &str),
        value: impl Fn(&Content<'a>) -> Option<Value>,
    ) -> Row {
        let row = self.row_of(item, value);
        Row {
            id: format!("{}/{id}", row.id),
            aspect: Some(Text::new(zh, en)),
            ..row
        }
    }

    fn change(&self, at: usize, cells: &[Cell]) -> Option<Change> {
        let (base, other) = (self.contents[0].as_ref()?, self.contents[at].as_ref()?);
        match (&cells[0].value, &cells[at].value) {
            (None, None) => None,
            (None, Some(_)) => Some(Change::Added),
            (Some(_), None) => Some(Change::Dropped),
            (Some(Value::Money(_)), _) if base.scenario.currency != other.scenario.currency => None,
            (Some(a), Some(b)) => by(a, b),
        }
    }
}

fn names<'a>(rows: impl Iterator<Item = (&'a String, &'a String)>) -> Vec<(&'a str, &'a str)> {
    rows.map(|(id, name)| (id.as_str(), name.as_str()))
        .collect()
}

fn of_tier<'a>(content: &Content<'a>, tier: u32) -> Option<&'a TierFigures> {
    let mut tiers = content.measures.tiers.iter();
    tiers.find(|figures| figures.tier == tier)
}

/// The row for those who look closely.
fn detail(row: Row) -> Row {
    Row {
        weight: Weight::Detail,
        ..row
    }
}

fn count(number: u64) -> Value {
    Value::Count(number as i64)
}

/// How much more the second value is than the first; `None` if they are equal.
fn by(base: &Value, value: &Value) -> Option<Change> {
    let (difference, relative) = match (base, value) {
        (Value::Count(a), Value::Count(b)) => (Value::Count(b - a), Some((*a as f64, *b as f64))),
        (Value::Money(a), Value::Money(b)) => {
            (Value::Money(*b - *a), Some((a.to_f64(), b.to_f64())))
        }
        (Value::Quantity(a), Value::Quantity(b)) => {
            (Value::Quantity(*b - *a), Some((a.to_f64(), b.to_f64())))
        }
        (Value::Rounds(a), Value::Rounds(b)) => {
            (Value::Rounds(*b - *a), Some((a.to_f64(), b.to_f64())))
        }
        (Value::Share(a), Value::Share(b)) => (Value::Share(b - a), None),
        (Value::Gap(a), Value::Gap(b)) => (Value::Gap(b - a), None),
        _ => return None,
    };
    (base != value).then(|| Change::By {
        difference,
        relative: relative
            .filter(|(a, _)| *a != 0.0)
            .map(|(a, b)| (b - a) / a.abs()),
    })
}
