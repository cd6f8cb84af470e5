//! Codes about filled-in work orders that `record` reads.

use super::Long;
use crate::finding::Code;

pub(super) fn long(code: Code) -> Option<Long> {
    Some(match code {
        Code::NoWorkOrders => (
            "工作簿里没有“派工单”工作表。record 读的是 plan 写出的 plan.xlsx：填写后保存即可，可以另存为别的文件名，但不要改工作表的名字，也不要删去各页的表头行和右侧隐藏的编号列。",
            "The workbook has no sheet of work orders. `record` reads the plan.xlsx that `plan` wrote: fill it in and save it, under any file name, but keep the name of the sheet, the line of headings on each page and the hidden columns of ids on the right.",
        ),
        Code::NotDoneWithAmount => (
            "“完成”一栏写的是没有做，“实际用量”却大于 0，两者必有一错。做了就把标记改成 √，没有做就把用量删去。",
            "The mark says that the visit was not done, yet an amount above 0 is given; one of the two is wrong. Change the mark if it was done, else clear the amount.",
        ),
        Code::DoneFileHasMore => (
            "已有的 done.csv 里有不认识的列，追加时整个文件要重写，这些列会丢失。用 --out 写到另一个文件，或者用 --force 放弃原有内容。",
            "The done.csv that is there has columns of other names. The file is written anew when rows are added, so they would be lost. Write to another file with --out, or give up what is there with --force.",
        ),
        Code::AmountWithoutProduct => (
            "这项措施在计划里不用药品，所以填的用量没有去处，不记入 done.csv；作业本身照常记为已完成。",
            "The treatment uses no product, so the amount belongs nowhere and is not recorded; the visit is recorded as done all the same.",
        ),
        Code::RecordedOtherwise => (
            "done.csv 里已经有同一天、同一队伍和班组、同一地点、同一措施的记录，但用量不同。已有的一行保持不变；如果派工单上的数才对，请直接改 done.csv。",
            "done.csv has the same visit (date, team, crew, site, treatment) with another amount. The row that is there stays; if the work order is right, edit done.csv.",
        ),
        _ => return None,
    })
}
