//! A plan explained, as parts of the page.

use super::words::Words;
use crate::explain::{Change, Counted, Explanation, Reason, ShortRule};
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
    let tried = words.tried(&short.tried, &short.cures, usize::MAX);
    let tried = tried.map(|what| Cure {
        what,
        money: None,
        proven: Text::same(""),
    });
    page::Explanation {
        what: words.missed(short),
        why: words.reasons(&short.reasons),
        cures: short
            .cures
            .iter()
            .map(|cure| {
                let what = words.changes(cure);
                let brings = words.brings(cure);
                Cure {
                    what: Text::new(
                        format!("{}：{}", what.zh, brings.zh),
                        format!("{}: {}", what.en, brings.en),
                    ),
                    money: (cure.change.change != Change::Again).then_some(cure.money),
                    proven: words.least_after(cure),
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
    let plus = |amount: &Text| Text::new(format!("+{}", amount.zh), format!("+{}", amount.en));
    let confirmed = explanation.prices.confirmed.iter().map(|price| {
        let (gained, most) = words.figures(price);
        vec![
            words.priced(price.what),
            words.worth(price),
            plus(&words.amount(price.what, price.step)),
            gained,
            most,
            words.range(price),
            words.remark(price),
        ]
    });
    let bounded = explanation.prices.bounded.iter().map(|bounded| {
        vec![
            words.priced(bounded.what),
            Text::new("没有计划证实", "no plan confirms it"),
            plus(&words.amount(bounded.what, bounded.step)),
            Text::same(""),
            words.most(bounded.counted, bounded.most, bounded.as_it_is),
            Text::same(""),
            match bounded.counted {
                Counted::Rounds(tier) => Text::new(
                    format!("轮次是第 {tier} 级的"),
                    format!("rounds of tier {tier}"),
                ),
                Counted::Money => Text::same(""),
            },
        ]
    });
    let rest = words.not_confirmed(&explanation.prices);
    let rows = confirmed.chain(bounded).chain(rest.map(|text| {
        let mut row = vec![text];
        row.resize(7, Text::same(""));
        row
    }));
    AnswerTable {
        caption: Text::new(
            "各项限制放宽一点值多少（轮次按权重计）",
            "What a little more of each limit is worth (rounds by weight)",
        ),
        head: vec![
            (Text::new("限制", "Limit"), false),
            (Text::new("值", "Worth"), false),
            (Text::new("复算时多给", "Checked with"), true),
            (Text::new("找到的计划得到", "A plan found brings"), true),
            (
                Text::new("已证明至多得到", "No plan brings more (proven)"),
                false,
            ),
            (Text::new("有效范围", "Holds"), false),
            (Text::new("说明", "Remark"), false),
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
            Text::same(grouped(worth.missed)),
            Text::same(grouped(worth.more_missed)),
        ]
    });
    AnswerTable {
        caption: Text::new(
            "去掉一家承包方或一条规则，其余照旧重新安排（缺的只计其余规则）",
            "Without a contractor or a rule, the rest arranged anew (missed: of the other rules)",
        ),
        head: vec![
            (Text::new("去掉", "Left out"), false),
            (words.in_currency("费用", "Cost"), true),
            (words.in_currency("少花", "Saves"), true),
            (Text::new("缺轮次", "Rounds missed"), true),
            (Text::new("多缺轮次", "More rounds missed"), true),
        ],
        rows: rows.collect(),
    }
}
