//! A plan explained, as parts of the page.

use super::words::Words;
use crate::explain::{Change, Explanation, Reason, ShortRule};
use crate::lang::Text;
use crate::report::layout::grouped;
use crate::report::page::{self, AnswerTable, Cure, PageContent};
use crate::season::Season;

/// Puts on a page what falls short with its cures, tables of what things are worth, and whether there is a better plan.
pub fn page_parts(season: &Season, explanation: &Explanation, page: &mut PageContent) {
    let words = Words { season };
    page.planned_again = words.planned_again(explanation);
    let short = explanation.short.iter().map(|short| of_rule(&words, short));
    let mut tables = vec![AnswerTable {
        caption: Text::new("全部完成需要多少钱", "What complete coverage takes"),
        head: vec![(Text::new("结论", "Finding"), false)],
        rows: words
            .complete(explanation)
            .into_iter()
            .map(|line| vec![line])
            .collect(),
    }];
    if !explanation.spots.is_empty() {
        tables.push(spots(&words, explanation));
    }
    tables.push(prices(&words, explanation));
    if !explanation.worth.is_empty() {
        tables.push(worth(&words, explanation));
    }
    page.explanations = short.collect();
    page.answers = tables;
}

fn of_rule(words: &Words, short: &ShortRule) -> page::Explanation {
    let rule = &words.season.scenario[short.rule];
    let (name, missed, asked) = (&rule.name, short.missed, short.asked);
    let why = reasons(words, &short.reasons);
    let tried = words.tried(&short.tried, &short.cures, usize::MAX);
    let tried = tried.map(|what| Cure { what, money: None });
    page::Explanation {
        what: Text::new(
            format!("{name}：应做 {asked} 轮次，缺 {missed}。{}。", why.zh),
            format!("{name}: {missed} of {asked} rounds missed. {}.", why.en),
        ),
        cures: short
            .cures
            .iter()
            .map(|cure| {
                let what = words.changes(cure);
                let brings = words.brings(cure);
                let least = words.least_after(cure);
                Cure {
                    what: Text::new(
                        format!("{}：{}{}", what.zh, brings.zh, least.zh),
                        format!("{}: {}{}", what.en, brings.en, least.en),
                    ),
                    money: (cure.change.change != Change::Again).then_some(cure.money),
                }
            })
            .chain(tried)
            .collect(),
    }
}

/// The reasons as one text.
fn reasons(words: &Words, reasons: &[Reason]) -> Text {
    let reasons = words.reasons(reasons);
    let zh: Vec<&str> = reasons.iter().map(|text| text.zh.as_str()).collect();
    let en: Vec<&str> = reasons.iter().map(|text| text.en.as_str()).collect();
    Text::new(zh.join("；"), en.join("; "))
}

/// Single sites and periods, where they were asked for.
fn spots(words: &Words, explanation: &Explanation) -> AnswerTable {
    let season = words.season;
    let rows = explanation.spots.iter().map(|spot| {
        vec![
            Text::same(&*season.parts[spot.part].id),
            Text::same(words.rule(spot.rule)),
            words.stretch(spot.from, spot.to),
            words.spot(spot),
            reasons(words, &spot.reasons),
        ]
    });
    AnswerTable {
        caption: Text::new("逐个地点、逐个周期", "Site by site, period by period"),
        head: vec![
            (Text::new("地点", "Site"), false),
            (Text::new("规则", "Rule"), false),
            (Text::new("周期", "Period"), false),
            (Text::new("完成情况", "Done"), false),
            (Text::new("原因", "Why"), false),
        ],
        rows: rows.collect(),
    }
}

fn prices(words: &Words, explanation: &Explanation) -> AnswerTable {
    let confirmed = explanation.prices.confirmed.iter().map(|price| {
        vec![
            words.priced(price.what),
            words.worth(price),
            Text::same(words.rounded(price.step)),
            Text::same(words.rounded(price.down)),
            Text::same(format!("+{}", words.rounded(price.up))),
            words.checked_with_range(price),
        ]
    });
    let rest = words.not_confirmed(&explanation.prices);
    let rows = confirmed.chain(rest.map(|text| {
        let mut row = vec![text];
        row.resize(6, Text::same(""));
        row
    }));
    AnswerTable {
        caption: Text::new(
            "每多一个单位值多少（只列复算证实的）",
            "What one unit more is worth (only what a check confirmed)",
        ),
        head: vec![
            (Text::new("限制", "Limit"), false),
            (Text::new("值", "Worth"), false),
            (Text::new("复算时多给", "Moved by to check"), true),
            (Text::new("少给到", "Holds down to"), true),
            (Text::new("多给到", "Holds up to"), true),
            (Text::new("怎么复算", "Checked by"), false),
        ],
        rows: rows.collect(),
    }
}

fn worth(words: &Words, explanation: &Explanation) -> AnswerTable {
    let rows = explanation.worth.iter().map(|worth| {
        vec![
            words.left_out(&worth.what),
            Text::same(grouped(worth.cost)),
            Text::same(grouped(worth.saves)),
            Text::same(worth.missed.to_string()),
            Text::same(worth.more_missed.to_string()),
        ]
    });
    AnswerTable {
        caption: Text::new(
            "去掉一家承包方或一条规则，其余照旧重新安排",
            "Without a contractor or a rule, the rest arranged anew",
        ),
        head: vec![
            (Text::new("去掉", "Left out"), false),
            (Text::new("费用", "Cost"), true),
            (Text::new("少花", "Saves"), true),
            (Text::new("缺", "Missed"), true),
            (Text::new("多缺", "More missed"), true),
        ],
        rows: rows.collect(),
    }
}
