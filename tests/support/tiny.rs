//! Tiny scenarios in a few lines: every value that a test does not name is the contract's default.
#![allow(dead_code, reason = "each test binary uses what it needs")]

use std::collections::BTreeMap;
use xiaosha::domain::{
    BudgetLine, BudgetScope, CalendarRow, CalendarScope, CalendarStatus, Day, DoneVisit, Every,
    Exact, Hours, Measure, Money, Product, Quantity, Rule, Scenario, Selector, Site, SiteIx, Team,
    TeamIx, Treatment, TreatmentIx, Weekdays,
};

/// A number as written.
pub(crate) fn exact(text: &str) -> Exact {
    Exact::parse(text).expect("a decimal")
}

/// Money as written.
pub(crate) fn money(text: &str) -> Money {
    Money::from_exact(&exact(text)).expect("fits")
}

/// A quantity as written.
pub(crate) fn quantity(text: &str) -> Quantity {
    Quantity::from_exact(&exact(text)).expect("fits")
}

/// Hours as written.
pub(crate) fn hours(text: &str) -> Hours {
    Hours::from_exact(&exact(text)).expect("fits")
}

/// A day, `2026-05-04`, or `05-04` of 2026.
pub(crate) fn day(text: &str) -> Day {
    let full = if text.len() == 5 {
        format!("2026-{text}")
    } else {
        text.to_owned()
    };
    full.parse().expect("a day")
}

/// A scenario without any row.
pub(crate) fn scenario(start: &str, end: &str) -> Scenario {
    Scenario {
        name: "tiny".to_owned(),
        currency: "CNY".to_owned(),
        start: day(start),
        end: day(end),
        plan_from: day(start),
        sites: Vec::new(),
        treatments: Vec::new(),
        teams: Vec::new(),
        products: Vec::new(),
        rules: Vec::new(),
        rates: BTreeMap::new(),
        budget: Vec::new(),
        calendar: Vec::new(),
        done: Vec::new(),
        surveys: Vec::new(),
    }
}

/// A site with measures such as `[("area_m2", "2000")]`.
pub(crate) fn site(id: &str, measures: &[(&str, &str)]) -> Site {
    Site {
        id: id.to_owned(),
        name: id.to_owned(),
        kind: String::new(),
        zone: None,
        lon_lat: None,
        weight: exact("1"),
        tags: Vec::new(),
        workdays: Weekdays::ALL,
        access_min: exact("0"),
        exclude: Vec::new(),
        parts: 1,
        measures: measures
            .iter()
            .map(|&(column, value)| (column.to_owned(), exact(value)))
            .collect(),
        texts: indexmap::IndexMap::default(),
    }
}

/// A treatment by a measure, or by `visit`; no product, no time, no money.
pub(crate) fn treatment(id: &str, method: &str, measure: &str) -> Treatment {
    Treatment {
        id: id.to_owned(),
        name: id.to_owned(),
        pests: Vec::new(),
        method: method.to_owned(),
        product: None,
        measure: if measure == "visit" {
            Measure::Visit
        } else {
            Measure::Column(measure.to_owned())
        },
        dose: exact("0"),
        dose_per: exact("1"),
        dose_step: None,
        rate_per_hour: None,
        setup_min: exact("0"),
        piece_rate: exact("0"),
        residual_days: None,
        dilution: String::new(),
        safety: String::new(),
    }
}

/// A team of one crew that costs nothing.
pub(crate) fn team(id: &str, methods: &[&str], hours_per_day: &str) -> Team {
    Team {
        id: id.to_owned(),
        name: id.to_owned(),
        contractor: id.to_owned(),
        methods: words(methods),
        zones: Vec::new(),
        crews: 1,
        people: None,
        hours_per_day: hours(hours_per_day),
        speed: exact("1"),
        cost_per_day: Money::ZERO,
        mobilisation: Money::ZERO,
        min_days: 0,
        max_days: None,
        committed: false,
        from: None,
        to: None,
        workdays: Weekdays::ALL,
    }
}

/// A product in packs that cost nothing.
pub(crate) fn product(id: &str, pack_size: &str) -> Product {
    Product {
        id: id.to_owned(),
        name: id.to_owned(),
        unit: "kg".to_owned(),
        pack_size: quantity(pack_size),
        pack_cost: Money::ZERO,
        stock: Quantity::ZERO,
        max_packs: None,
        from: None,
        to: None,
        active_ingredient: String::new(),
        moa_group: String::new(),
        registration: String::new(),
        pests: Vec::new(),
    }
}

/// A rule for all sites over the whole horizon.
pub(crate) fn rule(scenario: &Scenario, id: &str, treatments: &[usize], rounds: u32) -> Rule {
    Rule {
        id: id.to_owned(),
        name: id.to_owned(),
        selector: Selector::default(),
        treatments: treatments.iter().map(|&ix| TreatmentIx(ix)).collect(),
        from: scenario.start,
        to: scenario.end,
        every: Every::Window,
        rounds,
        min_gap: 1,
        max_gap: None,
        tier: 1,
        weight: exact("1"),
    }
}

/// A budget line; dated ones set `from` and `to` afterwards.
pub(crate) fn line(id: &str, scopes: &[BudgetScope], amount: &str) -> BudgetLine {
    BudgetLine {
        id: id.to_owned(),
        scope_text: id.to_owned(),
        scopes: scopes.to_vec(),
        from: None,
        to: None,
        amount: money(amount),
    }
}

/// A row of the calendar.
pub(crate) fn calendar(
    from: &str,
    to: &str,
    scope: CalendarScope,
    status: CalendarStatus,
) -> CalendarRow {
    CalendarRow {
        from: day(from),
        to: day(to),
        scope,
        status,
        reason: String::new(),
    }
}

/// A done visit by crew 1, all else from the tables.
pub(crate) fn done(date: &str, team: usize, site: usize, treatment: usize) -> DoneVisit {
    DoneVisit {
        date: day(date),
        team: TeamIx(team),
        crew: 1,
        site: SiteIx(site),
        part: None,
        treatment: TreatmentIx(treatment),
        product: None,
        quantity: None,
        hours: None,
    }
}

/// A list of words.
pub(crate) fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|&word| word.to_owned()).collect()
}

/// Weekdays by number, 0 = Monday.
pub(crate) fn weekdays(numbers: &[u32]) -> Weekdays {
    let mut weekdays = Weekdays::NONE;
    for &number in numbers {
        weekdays.insert(number);
    }
    weekdays
}
