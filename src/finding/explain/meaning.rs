//! Codes about tables that are legal but surely not meant.

use super::Long;
use crate::finding::Code;

pub(super) fn long(code: Code) -> Option<Long> {
    Some(match code {
        Code::RuleChoosesNoSite => (
            "没有地点同时符合规则的各列，或者符合的地点都不能做它的措施。规则会被忽略。措施能在一个地点做，要求该地点有它的计量且大于 0（visit 总可以），并且没有禁用它、它的方法或药品。",
            "No site matches every column of the rule, or its treatments can be done at none that does. The rule has no effect. A treatment can be done at a site that has its measure above 0 (`visit` always) and does not exclude the treatment, its method or its product.",
        ),
        Code::BlankMeasure => (
            "这些地点符合规则，但规则中各措施的计量在这些地点没有填，无法知道工作量，因此未纳入。请补上计量；确实不用做的填 0，就不再提示。",
            "These sites match the rule, but the measure of its treatments is blank there, so they are left out. Fill it in, or write 0 where there is nothing to do, which is taken without a warning.",
        ),
        Code::NoTeamServes => (
            "规则选中了这些地点，但没有队伍既会所需的方法、又能去所在的片区。轮次照样要求，因此必定算作缺轮。没有片区的地点只有不限片区的队伍能去。",
            "The rule chooses these sites, but no team has both the method and the zone. The rounds are asked all the same and will be missed. A site without a zone is served only by teams without zones.",
        ),
        Code::NeverOpenTogether => (
            "有队伍会做、也能去，但在规则时段剩下的日子里，没有一天队伍、地点、措施（及药品的起止日）同时开放。请检查 workdays、from/to 和 calendar.csv。",
            "A team has method and zone, but in what is left of the window there is no day on which team, site, treatment and product are all available. Check workdays, from and to, and calendar.csv.",
        ),
        Code::VisitTooLong => (
            "一次作业由一个班组在一天内完成，连同到场和准备时间，超过了所有能做它的队伍的每日工时，因此永远排不上。把 parts 填为提示的段数，地点就分段作业；各段同一天由同一班组做时只计一次到场时间。其他地点不受影响，所以只是警告。",
            "A visit is done by one crew in one day. With access and set-up this one exceeds the working day of every team that could do it, so it is never planned. Write the suggested number in parts, and the site is worked in parts. A plan for the rest is still meaningful, so this is a warning.",
        ),
        Code::MeasureNowhere => (
            "措施按 sites.csv 的某一列计量，但没有一个地点填了这一列，因此这项措施哪里都不能做。多半是列名写错。按次计量请写 visit。",
            "The treatment is measured by a column of sites.csv in which no site has a value, so it can be done nowhere. Probably the name is misspelt. To count visits write `visit`.",
        ),
        Code::DoseWithoutProduct => (
            "写了用量但没有写药品：会算出用量，但不计采购和费用。",
            "A dose without a product: quantities are worked out, but nothing is bought and nothing paid.",
        ),
        Code::ProductWithoutDose => (
            "写了药品但没有用量：作业不消耗它，也就不会采购。",
            "A product without a dose: visits use none of it, so none is bought.",
        ),
        Code::GapForbidsRounds => (
            "规则自己的最小间隔太大，所要求的轮次放不下，必定缺轮。最小间隔是安全限制，不会为任何等级放宽。",
            "The min_gap of the rule leaves no room for the rounds that it asks, so some are always missed. min_gap is a safety limit and never given up.",
        ),
        Code::GapsOfTwoRules => (
            "第一条规则的每次作业也都算第二条规则的轮次，要遵守第二条规则更大的最小间隔，所要求的轮次放不下。请减小第二条规则的间隔，或让它只列自己的措施。",
            "Every visit for the first rule counts for the second as well and must keep its longer min_gap, which leaves no room for the rounds. Lower the min_gap of the second rule, or let it list only treatments of its own.",
        ),
        Code::MaxGapBelowMinGap => (
            "最大间隔小于最小间隔：作业不能那么密，所以总有“超期”的轮次。",
            "max_gap is below min_gap: visits may not follow each other that soon, so some rounds are always late.",
        ),
        Code::RoundsMayCluster => (
            "规则在很长的时段里要求几轮，但没有最大间隔：这几轮可以全落在开头几周，后面无人防治也算完成。请写 max_gap，或改用 每月、每半月、每周 等周期。",
            "The rule asks for several rounds over a long window without max_gap: all of them could fall in its first weeks and the rest of the season be left alone. Give max_gap, or a period such as month or week.",
        ),
        Code::ResidualsDiffer => (
            "规则把持效期相差五倍以上的措施都算作同样的一轮，便宜而短效的会被优先选用。通常应为每项措施各写一条规则。",
            "The rule counts treatments whose effects differ more than fivefold in length as the same round, so the cheap and short one will be chosen. Usually one rule per treatment is meant.",
        ),
        Code::DayRateAndPieceRate => (
            "队伍有每日费用，同时措施表的计件单价也会付给它，可能重复付费。在 rates.csv 为这个承包方写明单价（不计件就写 0），即表示确认。",
            "The team has a day rate and is also paid the piece rate of treatments.csv, perhaps twice for the same work. Write the rate of its contractor in rates.csv, 0 if there is none, to say that it is meant.",
        ),
        Code::RuleAsksNothing => (
            "轮次为 0（或周期太短，折算后为 0），又没有最大间隔，这条规则没有任何要求。它的 min_gap 仍然有效。",
            "With 0 rounds, or periods cut so short that none is asked, and without max_gap the rule asks nothing. Its min_gap still holds.",
        ),
        Code::MinDaysAboveMaxDays => (
            "启用后至少按 min_days 计费，但最多只能出动 max_days 天，多付的天数用不上。",
            "If the team is used, min_days are billed, but only max_days can be worked.",
        ),
        Code::RateForNobody => (
            "rates.csv 中的承包方在 teams.csv 里没有队伍，这一单价不会用到。承包方默认为队伍编号。",
            "The contractor has no team in teams.csv, so the rate is never paid. The contractor of a team is its id by default.",
        ),
        Code::FiguresTooGreat => (
            "用量、工时、费用或权重按整个计划期合计，超出程序能精确计算的范围（约 4×10¹²）。真实的数据远小于此，请检查数值和单位。",
            "Quantity, hours, money or weight, summed over the horizon, would exceed what can be reckoned exactly, about 4×10^12. Real figures are far below; check the figure and its unit.",
        ),
        _ => return None,
    })
}
