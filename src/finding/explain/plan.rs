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
        Code::PlanMissing => (
            "文书中的数字取自计划。请先用 xiaosha plan 编制计划（结果在方案文件夹下的 plan 中），或用 --plan 指明计划所在的文件夹。",
            "The figures of a document come from a plan. Make it first with xiaosha plan, which writes it to plan within the scenario folder, or name its folder with --plan.",
        ),
        Code::PlanInvalid => (
            "visits.csv 与现在的各表不符：多半是编制计划之后改过表格（如加了 done.csv、改了 today），或者手工改过计划。对外的文书不能照这样的计划写。请重新编制计划，或用 xiaosha verify 逐条查看。",
            "visits.csv does not fit the tables as they are now: probably the tables were changed after it was planned (done.csv was added, today moved on), or the plan was edited. No document should go out from such a plan. Plan again, or see every violation with xiaosha verify.",
        ),
        Code::TemplateFault => (
            "文书模板是一个文本文件，用 {{ 名称 }} 取值，用 {% if %}、{% for %} 控制；写法和可用的名称见 docs/templates.md。可用 --write-template 得到程序自带的模板，在它的基础上改。",
            "The template of a document is a text file that takes values by {{ name }} and is steered by {% if %} and {% for %}; docs/templates.md tells the form and the names. --write-template gives the built-in template to begin with.",
        ),
        Code::NothingToTell => (
            "公告写的是计划中的作业，总结写的是 done.csv 中已完成的作业；这里一次也没有。",
            "A notice tells of the visits of the plan, a summary of those in done.csv; there is none.",
        ),
        _ => return None,
    })
}
