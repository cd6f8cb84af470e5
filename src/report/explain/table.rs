//! explain.csv: everything that is explained, a row each, words in both languages.

use super::words::Words;
use crate::domain::Money;
use crate::explain::{Amount, Checked, Counted, Explanation, LeftOut, Reason};
use crate::lang::Text;
use crate::report::OutputFile;
use crate::season::Season;
use crate::spreadsheet;

const HEADER: [&str; 14] = [
    "part", "rule", "site", "from", "to", "about", "zh", "en", "rounds", "left", "money", "least",
    "found", "most",
];

/// A row before it is written.
#[derive(Default)]
struct Row {
    part: &'static str,
    rule: String,
    site: String,
    from: String,
    to: String,
    about: String,
    text: Option<Text>,
    rounds: String,
    left: String,
    money: String,
    least: String,
    found: String,
    most: String,
}

impl Row {
    fn cells(self) -> [String; 14] {
        let (zh, en) = self
            .text
            .map_or_else(Default::default, |text| (text.zh, text.en));
        [
            self.part.to_owned(),
            self.rule,
            self.site,
            self.from,
            self.to,
            self.about,
            zh,
            en,
            self.rounds,
            self.left,
            self.money,
            self.least,
            self.found,
            self.most,
        ]
    }
}

/// The explanation as a file that other programs read.
pub fn table(season: &Season, explanation: &Explanation) -> OutputFile {
    let words = Words { season };
    let mut rows = Vec::new();
    short(&words, explanation, &mut rows);
    spots(&words, explanation, &mut rows);
    money(&words, explanation, &mut rows);
    // Excel and WPS take a file with this mark for what it is.
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let full = "a table in memory takes every row";
    writer.write_record(HEADER).expect(full);
    for row in rows {
        let cells = row.cells();
        writer.write_record(cells.map(guarded)).expect(full);
    }
    OutputFile {
        name: "explain.csv".to_owned(),
        bytes: writer.into_inner().expect(full),
    }
}

/// A cell that no spreadsheet takes for a formula. A signed number with a word after it, as our own wordings begin, is
/// none.
fn guarded(cell: String) -> String {
    let ours = cell
        .strip_prefix('+')
        .and_then(|rest| rest.split_once(' '))
        .is_some_and(|(number, words)| {
            let digits = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
            number.chars().all(digits) && words.starts_with(char::is_alphabetic)
        });
    if ours {
        cell
    } else {
        spreadsheet::guarded(&cell).into_owned()
    }
}

fn short(words: &Words, explanation: &Explanation, rows: &mut Vec<Row>) {
    let scenario = words.season.scenario;
    for short in &explanation.short {
        let rule = scenario[short.rule].id.clone();
        rows.push(Row {
            part: "short",
            rule: rule.clone(),
            rounds: short.missed.to_string(),
            ..Row::default()
        });
        rows.extend(reasons(words, &short.reasons).map(|row| Row {
            rule: rule.clone(),
            ..row
        }));
        rows.extend(short.cures.iter().map(|cure| Row {
            part: "cure",
            rule: rule.clone(),
            text: Some(words.changes(cure)),
            rounds: cure.brings.to_string(),
            left: cure.left.to_string(),
            money: cure.money.to_string(),
            least: cure.least.map_or_else(String::new, |least| match least {
                Amount::Money(money) => money.to_string(),
                Amount::Count(count) => count.to_string(),
            }),
            ..Row::default()
        }));
        let tried = words.tried(&short.tried, &short.cures, usize::MAX);
        rows.extend(tried.map(|text| Row {
            part: "tried",
            rule: rule.clone(),
            text: Some(text),
            ..Row::default()
        }));
    }
}

fn reasons<'a>(words: &'a Words, reasons: &'a [Reason]) -> impl Iterator<Item = Row> + 'a {
    let said = words.reasons(reasons);
    reasons.iter().zip(said).map(|(reason, text)| Row {
        part: "why",
        from: reason
            .stretches
            .first()
            .map_or_else(String::new, |stretch| stretch.0.to_string()),
        to: reason
            .stretches
            .last()
            .map_or_else(String::new, |stretch| stretch.1.to_string()),
        text: Some(text),
        rounds: reason.rounds.to_string(),
        ..Row::default()
    })
}

fn spots(words: &Words, explanation: &Explanation, rows: &mut Vec<Row>) {
    let (season, scenario) = (words.season, words.season.scenario);
    for spot in &explanation.spots {
        let place = || Row {
            rule: scenario[spot.rule].id.clone(),
            site: season.parts[spot.part].id.clone(),
            from: spot.from.to_string(),
            to: spot.to.to_string(),
            ..Row::default()
        };
        rows.push(Row {
            part: "period",
            text: Some(words.spot(spot)),
            rounds: spot.missed.to_string(),
            ..place()
        });
        rows.extend(reasons(words, &spot.reasons).map(|row| Row {
            rule: scenario[spot.rule].id.clone(),
            site: season.parts[spot.part].id.clone(),
            ..row
        }));
    }
}

fn money(words: &Words, explanation: &Explanation, rows: &mut Vec<Row>) {
    let scenario = words.season.scenario;
    rows.extend(explanation.better.iter().map(|better| Row {
        part: "better",
        rounds: better.standing.missed.to_string(),
        money: better.standing.cost.to_string(),
        ..Row::default()
    }));
    rows.extend(explanation.complete.iter().map(|complete| {
        Row {
            part: "complete",
            rounds: complete.missed.to_string(),
            money: complete.cost.to_string(),
            least: complete
                .bound
                .map_or_else(String::new, |bound| bound.to_string()),
            ..Row::default()
        }
    }));
    let lines = explanation
        .complete
        .iter()
        .flat_map(|complete| &complete.lines);
    rows.extend(lines.map(|&(line, spent)| {
        let row = &scenario.budget[line];
        Row {
            part: "complete",
            about: row.id.clone(),
            money: spent.to_string(),
            left: (spent - row.amount).max(Money::ZERO).to_string(),
            ..Row::default()
        }
    }));
    rows.extend(explanation.prices.confirmed.iter().map(|price| {
        let text = words.price(price);
        Row {
            part: "price",
            about: words.priced(price.what).en,
            text: Some(text),
            from: words.exact(price.down),
            to: words.exact(price.up),
            rounds: match price.counted {
                Counted::Rounds(_) => words.exact(price.worth),
                Counted::Money => String::new(),
            },
            money: match price.counted {
                Counted::Rounds(_) => String::new(),
                Counted::Money => words.exact(price.worth),
            },
            least: words.exact(price.step),
            found: match price.checked {
                Checked::Plans => words.exact(price.worth * price.step),
                Checked::Found { gained, .. } => words.exact(gained),
            },
            most: match price.checked {
                Checked::Plans => words.exact(price.worth * price.step),
                Checked::Found { most, .. } => words.exact(most),
            },
            ..Row::default()
        }
    }));
    let bounded = explanation.prices.bounded.iter();
    rows.extend(bounded.map(|bounded| Row {
        part: "bound",
        about: words.priced(bounded.what).en,
        text: Some(words.bounded(bounded)),
        least: words.exact(bounded.step),
        most: words.exact(bounded.most),
        ..Row::default()
    }));
    rows.extend(explanation.worth.iter().map(|worth| {
        let (part, rule, about) = match &worth.what {
            LeftOut::Contractor(id) => ("without_contractor", String::new(), id.clone()),
            LeftOut::Rule(rule) => ("without_rule", scenario[*rule].id.clone(), String::new()),
        };
        Row {
            part,
            rule,
            about,
            rounds: worth.more_missed.to_string(),
            left: worth.missed.to_string(),
            money: worth.saves.to_string(),
            ..Row::default()
        }
    }));
}
