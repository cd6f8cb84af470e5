//! The workbench: a plan, what it misses and costs, and plans of changed tables made from it, each judged by the checker.

use super::Change;
use crate::domain::{Exact, Money, Plan, RuleIx, Scenario, Shortfall};
use crate::engine::{self, Effort, Limit, Options, Outcome, Watch};
use crate::measures::{self, Rounds, Spending};
use crate::season::Season;
use crate::verify;
use std::collections::BTreeMap;

/// Seasons with no more jobs than this are planned from nothing for each change, as well as from the plan that stands.
const SMALL: usize = 120;

/// Searches, each from where the last one ended, at most.
const MOST_SEARCHES: usize = 3;

/// What a plan comes to.
#[derive(Debug, Clone)]
pub(super) struct Tried {
    /// The plan; valid.
    pub(super) plan: Plan,
    /// Rounds missed, by rule.
    pub(super) missed: Vec<u64>,
    /// Rounds missed by weight, by rule.
    pub(super) weighted: BTreeMap<RuleIx, Shortfall>,
    /// Shortfall by tier.
    pub(super) shortfall: BTreeMap<u32, Shortfall>,
    /// What it uses.
    pub(super) spending: Spending,
}

impl Tried {
    /// Works out what a plan comes to.
    pub(super) fn new(season: &Season, plan: Plan) -> Self {
        let rounds = Rounds::new(season, &plan);
        let rules = season.scenario.rules.len();
        let mut missed = vec![0; rules];
        let mut exact: BTreeMap<RuleIx, Exact> = (0..rules)
            .map(|rule| (RuleIx(rule), Exact::zero()))
            .collect();
        for (at, demand) in season.demands.iter().enumerate() {
            let short = demand.missed(season, rounds.of(at));
            if short > 0 {
                missed[demand.rule.0] += u64::from(short);
                let sum = exact.entry(demand.rule).or_default();
                *sum = &*sum + &(&demand.weight * &Exact::from_int(i64::from(short)));
            }
        }
        let weighted = exact.into_iter().map(|(rule, sum)| {
            let rounded = Shortfall::from_exact(&sum);
            (
                rule,
                rounded.expect("figures are limited when the tables are read"),
            )
        });
        Tried {
            weighted: weighted.collect(),
            shortfall: rounds.shortfall(season),
            spending: measures::spending(season, &plan),
            missed,
            plan,
        }
    }

    /// Total cost.
    pub(super) fn cost(&self) -> Money {
        self.spending.cost.total()
    }

    /// Rounds missed, of all rules.
    pub(super) fn missed_in_all(&self) -> u64 {
        self.missed.iter().sum()
    }

    /// Whether it misses no more than another, rule by rule and tier by tier.
    pub(super) fn is_no_worse(&self, other: &Tried) -> bool {
        let rules = self.missed.iter().zip(&other.missed);
        let tiers = self.shortfall.iter();
        rules.into_iter().all(|(own, other)| own <= other)
            && tiers
                .into_iter()
                .all(|(tier, own)| other.shortfall.get(tier).is_none_or(|other| own <= other))
    }

    /// Whether it is better: smaller shortfall in the first tier that differs, then smaller cost.
    pub(super) fn is_better(&self, other: &Tried) -> bool {
        (&self.shortfall, self.cost()) < (&other.shortfall, other.cost())
    }
}

/// Whether done visits and signed contracts alone use more of a limit than its table allows: moving it a little then
/// allows nothing new.
pub(super) fn is_exceeded(season: &Season, limit: Limit) -> bool {
    let (scenario, limits) = (season.scenario, &season.limits);
    match limit {
        Limit::Budget(line) => limits.budget[line].amount > scenario.budget[line].amount,
        Limit::CrewDays(team) => {
            // A further crew that a change adds may have no row here, and has done nothing.
            let most = scenario.teams.get(team.0).and_then(|team| team.max_days);
            most.is_some_and(|most| limits.done_days[team.0] > most)
        }
        Limit::Packs(product) => limits.packs[product.0] > scenario[product].max_packs,
        Limit::Cost => false,
    }
}

/// A scenario with the plan from which changes are tried.
pub(super) struct Bench<'a> {
    /// The tables.
    pub(super) scenario: &'a Scenario,
    /// The plan that changes are measured against.
    pub(super) base: Tried,
    /// Seed.
    options: Options,
    watch: &'a dyn Watch,
    /// Whether seasons are planned from nothing as well.
    pub(super) small: bool,
}

impl<'a> Bench<'a> {
    /// From the present plan, or a better one of the same tables where a quick search finds it.
    pub(super) fn new(
        scenario: &'a Scenario,
        season: &Season,
        present: &Plan,
        options: Options,
        watch: &'a dyn Watch,
    ) -> Self {
        let options = Options {
            effort: Effort::Quick,
            ..options
        };
        let mut bench = Bench {
            scenario,
            base: Tried::new(season, present.clone()),
            options,
            watch,
            small: season.jobs.len() <= SMALL,
        };
        let again = engine::replan(season, present, &options, watch).plan;
        let mut plans = vec![again, bench.mend(season, None)];
        if bench.small {
            plans.push(engine::plan(season, &options, watch).plan);
        }
        for plan in plans {
            if verify::judge_plan(scenario, &plan).is_valid() {
                let tried = Tried::new(season, plan);
                if tried.is_better(&bench.base) {
                    bench.base = tried;
                }
            }
        }
        bench
    }

    /// The bench with another plan of the same tables to start from.
    pub(super) fn from(&self, base: Tried) -> Bench<'a> {
        Bench { base, ..*self }
    }

    /// Whether to come to an end.
    pub(super) fn stopped(&self) -> bool {
        self.watch.stop()
    }

    /// The plan that stands, mended for a season.
    fn mend(&self, season: &Season, rule: Option<RuleIx>) -> Plan {
        engine::mend(season, &self.base.plan, rule, &self.options, self.watch)
    }

    /// A plan from nothing, with its proofs.
    pub(super) fn plan(&self, season: &Season) -> Outcome {
        engine::plan(season, &self.options, self.watch)
    }

    /// The best plan found of changed tables that is no worse than the one that stands by any rule; what matters most
    /// is a rule, or all of them. `None` when the change makes it worse.
    pub(super) fn try_change(&self, changed: &Scenario, rule: Option<RuleIx>) -> Option<Tried> {
        let season = Season::new(changed);
        let mut plans = vec![self.mend(&season, rule)];
        if self.small {
            plans.push(self.plan(&season).plan);
        }
        let mut best: Option<Tried> = None;
        for plan in plans {
            let tried = Tried::new(&season, plan);
            if !tried.is_no_worse(&self.base) {
                continue;
            }
            let key = |tried: &Tried| {
                let of_rule =
                    rule.map_or_else(|| tried.missed_in_all(), |rule| tried.missed[rule.0]);
                (of_rule, tried.cost())
            };
            if best.as_ref().is_none_or(|best| key(&tried) < key(best))
                && verify::judge_plan(changed, &tried.plan).is_valid()
            {
                best = Some(tried);
            }
        }
        best
    }

    /// The same, searched for as long as each search brings a round.
    pub(super) fn search_change(&self, changed: &Scenario, rule: Option<RuleIx>) -> Option<Tried> {
        let missed =
            |tried: &Tried| rule.map_or_else(|| tried.missed_in_all(), |rule| tried.missed[rule.0]);
        let mut best = self.try_change(changed, rule)?;
        let mut before = missed(&self.base);
        for _ in 1..MOST_SEARCHES {
            let now = missed(&best);
            if now == 0 || now >= before || self.stopped() {
                break;
            }
            before = now;
            let tried = self.from(best.clone()).try_change(changed, rule);
            match tried.filter(|tried| missed(tried) < now) {
                Some(tried) => best = tried,
                None => break,
            }
        }
        Some(best)
    }

    /// The best plan found of tables without something: kept as far as it stands, crews kept at home that nobody
    /// needs, what is freed used for what is missed.
    pub(super) fn try_without(&self, changed: &Scenario) -> Option<Tried> {
        let season = Season::new(changed);
        let kept = engine::thin(&season, &self.base.plan, &self.options, self.watch);
        let kept = engine::rechoose(&season, &kept, self.watch);
        let mut plans = vec![engine::mend(
            &season,
            &kept,
            None,
            &self.options,
            self.watch,
        )];
        if self.small {
            plans.push(self.plan(&season).plan);
        }
        let mut best: Option<Tried> = None;
        for plan in plans {
            let tried = Tried::new(&season, plan);
            if best.as_ref().is_none_or(|best| tried.is_better(best))
                && verify::judge_plan(changed, &tried.plan).is_valid()
            {
                best = Some(tried);
            }
        }
        best
    }

    /// A plan of changed tables that does what the one that stands does for less; `None` when it does not. Treatments
    /// are chosen anew only if asked for, as that takes as long as all the rest.
    pub(super) fn try_thinner(&self, changed: &Scenario, rechoose: bool) -> Option<Tried> {
        let season = Season::new(changed);
        let mut plan = engine::thin(&season, &self.base.plan, &self.options, self.watch);
        if rechoose {
            plan = engine::rechoose(&season, &plan, self.watch);
        }
        let tried = Tried::new(&season, plan);
        (tried.is_no_worse(&self.base) && verify::judge_plan(changed, &tried.plan).is_valid())
            .then_some(tried)
    }

    /// The plan that stands as far as it fits tables that allow less; what that frees is used for what is missed.
    pub(super) fn try_less(&self, changed: &Scenario) -> Option<Tried> {
        let season = Season::new(changed);
        let plan = self.mend(&season, None);
        verify::judge_plan(changed, &plan)
            .is_valid()
            .then(|| Tried::new(&season, plan))
    }

    /// The plan that stands for as little money as a search finds to be needed.
    pub(super) fn leaner(&self) -> Tried {
        let mut leaner = self.base.clone();
        for _ in 0..=MOST_SEARCHES {
            match self.from(leaner.clone()).try_thinner(self.scenario, true) {
                Some(tried) if tried.cost() < leaner.cost() => leaner = tried,
                _ => break,
            }
        }
        leaner
    }

    /// The same with a change of the tables.
    pub(super) fn try_one(&self, change: &Change, rule: RuleIx) -> Option<Tried> {
        self.try_change(&change.apply(self.scenario), Some(rule))
    }
}
