//! Codes about the files of a plan that `verify` reads.

use super::Long;
use crate::finding::Code;

pub(super) fn long(code: Code) -> Option<Long> {
    Some(match code {
        Code::PlanFigureDiffers => (
            "作业计划文件中的数值与按各表算出的不同，多半是 visits.csv 改过而其他文件没有重算。是否有效只看 visits.csv 的日期、队伍、组、地点和措施，所以只是警告。",
            "A figure in a file of the plan is not what the tables give; probably visits.csv was edited and the other files were not written again. A plan is judged by date, team, crew, site and treatment alone, so this is a warning.",
        ),
        Code::PlanRowMissing => (
            "按各表算出应有的一行，在作业计划文件中没有。",
            "A row that follows from the tables is missing in a file of the plan.",
        ),
        Code::PlanRowSurplus => (
            "作业计划文件中的这一行，按各表算来不应有。",
            "A row in a file of the plan does not follow from the tables.",
        ),
        Code::PlanFileSkipped => (
            "与 visits.csv 一起的文件无法读取，未作比较；不影响 visits.csv 的判定。",
            "A file beside visits.csv cannot be read and is not compared; visits.csv is judged all the same.",
        ),
        _ => return None,
    })
}
