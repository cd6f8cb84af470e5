//! Codes about the horizon, windows and the season so far.

use super::Long;
use crate::finding::Code;

pub(super) fn long(code: Code) -> Option<Long> {
    Some(match code {
        Code::HorizonReversed => (
            "scenario.toml 的 end 早于 start。两天都算在计划期内。",
            "end lies before start in scenario.toml. Both days belong to the horizon.",
        ),
        Code::HorizonTooLong => (
            "计划期最长 1100 天（约三年）。请分季或分年安排。",
            "A horizon has at most 1,100 days, about three years. Plan season by season or year by year.",
        ),
        Code::WindowReversed => (
            "时段的结束日早于开始日。",
            "A window or stretch of days ends before it begins.",
        ),
        Code::WindowOutside => (
            "规则的时段与计划期没有一天重合，不可能完成。请改时段或计划期；沿用的方案缩短了计划期时，可以用 drop 删除这条规则。",
            "The window of the rule and the horizon share no day. Change one of them; where an overlay shortens the horizon, drop the rule.",
        ),
        Code::DoneAfterEnd => (
            "done.csv 中的作业晚于计划期最后一天。请检查日期，或延长计划期。",
            "A visit of done.csv lies after the last day of the horizon. Check its date or lengthen the horizon.",
        ),
        Code::DoneNotBeforeToday => (
            "scenario.toml 的 today 是安排新作业的第一天，done.csv 只能有它之前的作业。请检查日期，或把 today 改到最后一次作业之后。",
            "`today` in scenario.toml is the first day of new visits, so done.csv holds earlier days only. Check the date, or move `today` to the day after the last visit.",
        ),
        Code::DatedBudgetLine => (
            "药品按整个计划期采购，没有发生日期，因此范围中有 total、products 或 product: 的预算项不能写 from、to。带日期的预算项只能限制人工费（labour、contractor:、team:）。",
            "Products are bought for the whole horizon, so a line whose scope has total, products or product: takes no from and to. A dated line limits labour money only (labour, contractor:, team:).",
        ),
        Code::WindowClipped => (
            "规则的时段超出计划期，按计划期内的部分计算。周期为“整段”时轮次不减；其他周期按剩余天数折算。",
            "The window of the rule reaches beyond the horizon; the part within it counts. A clipped `window` still asks for all its rounds; other periods ask for their share.",
        ),
        Code::NeverAvailable => (
            "队伍或药品的 from–to 与计划期没有一天重合，永远用不上。",
            "The from and to of the team or product share no day with the horizon, so it is never used.",
        ),
        Code::TodayAssumed => (
            "有已完成的作业但没有写 today，按 done.csv 最后一天的次日起安排新作业。为免误会，请在 scenario.toml 写明 today。",
            "There are done visits but no `today`, so new visits are planned from the day after the last of them. Write `today` in scenario.toml to be sure.",
        ),
        Code::SeasonOver => (
            "安排新作业的第一天已在计划期之后，方案里不会有新作业。",
            "The first day of new visits lies after the horizon, so the plan will hold none.",
        ),
        Code::DoneTwice => (
            "同一天、同一地点、同一措施记录了两次，会算作两轮并计两次费用。若是两个组一起做的一次作业，请合为一行，写合计的用量和工时。",
            "The same day, site and treatment stand in two rows; they count as two rounds and are paid twice. If two crews shared one visit, write one row with quantity and hours together.",
        ),
        Code::BudgetDatesOutside => (
            "预算项的时段与计划期没有一天重合，不限制任何钱。",
            "The dates of the budget line share no day with the horizon, so it limits nothing.",
        ),
        _ => return None,
    })
}
