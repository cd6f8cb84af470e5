//! 未完成及原因: what is missed, and what stands against one visit more.

use super::View;
use super::cells::Cell;
use super::listing::{Column, DEMAND, Listing, demand_cells};
use crate::measures::{Missed, MissedFigures, Obstacle};
use crate::report::currency;
use rust_xlsxwriter::Worksheet;

const COLUMNS: [Column; 3] = [
    (("未完成", "What is missed"), 26.0),
    (("轮次", "Rounds"), 7.0),
    (("原因", "Why"), 70.0),
];

pub(super) fn sheet(view: &View) -> Worksheet {
    let rows = view.measures.missed.iter().map(|row| {
        let mut cells = demand_cells(view, row.rule, row.part, (row.from, row.to));
        cells.extend([
            Cell::Wrapped(what(view, row)),
            Cell::Number(f64::from(row.rounds)),
            Cell::Wrapped(why(view, row)),
        ]);
        cells
    });
    let intro = if view.measures.missed.is_empty() {
        vec![
            view.pick("没有未完成的轮次。", "Nothing is missed.")
                .to_owned(),
        ]
    } else {
        [
            (
                "原因的含义：其他作业都不动，在起止日期之间再加一次作业，逐一试过每种措施、每支有相应方法和片区的队伍、每一天（合称“选择”），每个选择先碰到哪条限制。",
                "Why: all other visits staying as they are, one visit more was tried with every treatment of the rule, every team that has its method and the zone, and every day between the dates (a choice); for each choice the first limit that it would break.",
            ),
            (
                "挪动其他作业能否腾出余地，本表不作判断。一个地点既缺轮次又过迟的，按两者中较大的计。",
                "Whether moving other visits would make room is not said here. Where a site both lacks rounds and is late, the greater of the two counts.",
            ),
        ]
        .map(|(zh, en)| view.pick(zh, en).to_owned())
        .into()
    };
    let listing = Listing {
        name: view.pick("未完成及原因", "Missed and why"),
        intro,
        columns: &[&DEMAND[..], &COLUMNS].concat(),
        alarms: &[],
        whole: "coverage.csv",
    };
    listing.sheet(view, rows).0
}

fn what(view: &View, row: &MissedFigures) -> String {
    match row.kind {
        Missed::Rounds { asked, planned } => view.lang.say(
            format!("应做 {asked} 轮次，只有 {planned} 轮次"),
            format!("{asked} asked, {planned} planned"),
        ),
        Missed::Late { days, max_gap } => view.lang.say(
            format!("相隔 {days} 天，最多应为 {max_gap} 天"),
            format!("{days} days apart, {max_gap} wished at most"),
        ),
    }
}

fn why(view: &View, row: &MissedFigures) -> String {
    if row.teams == 0 {
        return view
            .pick(
                "没有一支队伍既有所需方法又可到该片区",
                "no team has both the method and the zone",
            )
            .to_owned();
    }
    if row.past {
        let from = view.season.scenario.plan_from;
        return view.lang.say(
            format!("全在 {from} 以前，已不能安排"),
            format!("all before {from}, from which new visits are planned"),
        );
    }
    let mut choices: Vec<(Obstacle, u32)> = row
        .choices
        .iter()
        .map(|(obstacle, count)| (*obstacle, *count))
        .collect();
    choices.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let said: Vec<String> = choices
        .iter()
        .map(|(obstacle, count)| obstacle_text(view, *obstacle, *count))
        .collect();
    let teams = row.teams;
    view.lang.say(
        format!("可派队伍 {teams} 支。{}", said.join("；")),
        format!(
            "{teams} team{} could be sent. {}",
            if teams == 1 { "" } else { "s" },
            said.join("; ")
        ),
    )
}

fn obstacle_text(view: &View, obstacle: Obstacle, count: u32) -> String {
    let scenario = view.season.scenario;
    let (zh, en) = match obstacle {
        Obstacle::Closed => (
            "当天队伍、地点、措施或药品不开放".to_owned(),
            "team, site, treatment or product is not available on the day".to_owned(),
        ),
        Obstacle::Taken => (
            "当天已有这次作业".to_owned(),
            "the same visit stands on the day already".to_owned(),
        ),
        Obstacle::Gap => (
            "与另一轮次相隔不足最小间隔".to_owned(),
            "nearer to another round than min_gap allows".to_owned(),
        ),
        Obstacle::Product(product) => {
            let row = &scenario[product];
            let packs = row.max_packs.unwrap_or_default();
            (
                format!("药品“{}”库存和可购的 {packs} 件不够", row.name),
                format!(
                    "stock and the {packs} packs that can be bought of {} do not suffice",
                    row.name
                ),
            )
        }
        Obstacle::TooLong(team) => {
            let (name, hours) = (&scenario[team].name, scenario[team].hours_per_day);
            (
                format!("一次作业超过{name}每日工时 {hours}"),
                format!("the visit is longer than the {hours} hours of a day of {name}"),
            )
        }
        Obstacle::CrewDays(team) => {
            let (name, most) = (
                &scenario[team].name,
                scenario[team].max_days.unwrap_or_default(),
            );
            (
                format!("{name}最多 {most} 个班组工日已用完"),
                format!("the {most} crew-days of {name} are used up"),
            )
        }
        Obstacle::Hours(team) => {
            let (name, crews) = (&scenario[team].name, scenario[team].crews);
            (
                format!("{name}当天 {crews} 个班组剩余工时都不够"),
                format!("no crew of {name} ({crews} in all) has the hours left on the day"),
            )
        }
        Obstacle::Budget(line) => {
            let id = &scenario.budget[line].id;
            let left = view.measures.budget[line].left;
            let left = currency::money(left, &scenario.currency, view.lang);
            (
                format!("预算“{id}”只剩 {left}，不够"),
                format!("budget {id} has only {left} left"),
            )
        }
        Obstacle::Nothing => (
            "没有碰到任何限制，是本次求解没有排上".to_owned(),
            "no limit stands against it: the planner did not place it".to_owned(),
        ),
    };
    view.lang.say(
        format!("{count} 个选择：{zh}"),
        format!("{count} choice{}: {en}", if count == 1 { "" } else { "s" }),
    )
}
