//! The registry of codes. A code is never reused for another fault; `E…` is an error, `W…` a warning.

use super::Severity;
use crate::lang::Text;

macro_rules! codes {
    ($($id:ident $name:ident $zh:literal $en:literal)*) => {
        /// A kind of finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", stringify!($id), "`: ", $en, ".")] $name,)*
        }

        impl Code {
            /// All codes, in order.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The code as it is written, such as `E104`.
            pub fn id(self) -> &'static str {
                match self {
                    $(Code::$name => stringify!($id),)*
                }
            }

            /// What kind of fault it is, in a few words.
            pub fn title(self) -> Text {
                match self {
                    $(Code::$name => Text::new($zh, $en),)*
                }
            }
        }
    };
}

codes! {
    E101 FolderMissing "方案不存在" "scenario is missing"
    E102 SettingsMissing "缺少方案设置" "settings of the scenario are missing"
    E103 FileUnreadable "文件无法读取" "file cannot be read"
    E104 TableMissing "缺少必需的表" "required table is missing"
    E105 FileTooLarge "文件过大" "file is too large"
    E106 UndecodableBytes "有无法解码的字节" "bytes cannot be decoded"
    E107 HeaderMissing "文件为空，没有表头" "file is empty, without a header row"
    E108 DuplicateHeader "表头重复" "header stands twice"
    E109 RaggedRow "单元格数与表头不符" "row has more or fewer cells than the header"
    E110 UnclosedQuote "引号没有结束" "quote is not closed"
    E111 ControlCharacter "含有控制字符" "cell holds a control character"
    E112 CellTooLong "单元格过长" "cell is too long"
    E113 TableTooLarge "行或列过多" "table has too many rows or columns"
    E114 ColumnMissing "缺少必需的列" "required column is missing"
    E115 TomlSyntax "scenario.toml 语法错误" "scenario.toml is not valid TOML"
    E116 SettingKind "设置的值类型不对" "setting has a value of the wrong kind"
    E117 SettingMissing "缺少必需的设置" "required setting is missing"
    W121 UnknownColumn "不认识的列" "column is unknown"
    W122 UnknownSetting "不认识的设置" "setting is unknown"
    W123 UnknownFile "文件名疑似写错" "file name looks like a misspelt table"
    W124 UnnamedColumn "有内容的列没有表头" "column with content has no header"
    W125 EmptyFile "可选表是空文件" "optional table is an empty file"
    E131 NotAWorkbook "不是 .xlsx 工作簿" "file is not an .xlsx workbook"
    E132 WorkbookEncrypted "工作簿设有密码" "workbook has a password"
    E133 WorkbookWithMacros "工作簿含有宏" "workbook holds macros"
    E134 WorkbookDamaged "工作簿已损坏" "workbook is damaged"
    E135 SheetTwice "同一张表有两个工作表" "two sheets hold the same table"
    E136 ErrorCell "单元格是错误值" "cell holds an error value"
    E137 FormulaWithoutResult "公式没有计算结果" "formula has no result"
    W138 MergedCells "合并的单元格" "merged cells"
    W139 UnknownSheet "工作表名疑似写错" "name of a sheet looks like a misspelt table"
    E201 BaseMissing "extends 指向的方案不存在" "scenario named by extends is missing"
    E202 ExtendsLoop "extends 形成循环" "extends forms a loop"
    W203 DroppedReference "引用了已删除的行" "reference to a dropped row is ignored"
    E204 DroppedInDone "已完成记录引用了已删除的行" "done.csv refers to a dropped row"
    W205 DropOfNothing "要删除的行不存在" "row to drop does not exist"
    E301 CellMissing "必填单元格为空" "required cell is blank"
    E302 BadId "编号含有不允许的字符" "id holds a character that is not allowed"
    E303 DuplicateId "编号重复" "id stands twice"
    E304 UnknownId "引用的编号不存在" "id is unknown"
    E305 UnknownPart "分段不存在" "part of a site is unknown"
    E306 NotANumber "不是数字" "not a number"
    E307 NumberOutOfRange "数字超出范围" "number is out of range"
    E308 NotADate "不是有效日期" "not a possible date"
    E309 NotWeekdays "星期写法不对" "not a list of weekdays"
    E310 UnknownWord "不是规定的用词" "not one of the fixed words"
    E311 UnknownScope "范围写法不对" "not a scope"
    W321 IdsDifferByCase "编号只有大小写不同" "ids differ only by case"
    W322 SpreadsheetSpoilsId "编号会被表格软件改写" "a spreadsheet would spoil the id"
    W323 UnusedWord "没有任何一行使用该词" "word that nothing has"
    W324 WordHoldsSeparator "词中含有列表分隔符" "word holds a list separator"
    W325 HalfCoordinates "经纬度只填了一个" "only one coordinate is given"
    E401 HorizonReversed "结束早于开始" "horizon ends before it begins"
    E402 HorizonTooLong "计划期过长" "horizon is too long"
    E403 WindowReversed "时段结束早于开始" "window ends before it begins"
    E404 WindowOutside "时段完全在计划期之外" "window lies wholly outside the horizon"
    E405 DoneAfterEnd "已完成记录晚于计划期" "done visit lies after the horizon"
    E406 DoneNotBeforeToday "已完成记录不早于今天" "done visit is not before today"
    E407 DatedBudgetLine "带日期的预算项含药品费" "dated budget line covers product money"
    W421 WindowClipped "时段超出计划期，已截短" "window is clipped to the horizon"
    W422 NeverAvailable "计划期内始终不可用" "never available within the horizon"
    W423 TodayAssumed "未给出 today，按已完成记录推定" "today is taken from done.csv"
    W424 SeasonOver "计划期已经结束" "the season is over"
    W425 DoneTwice "同一次作业记录了两遍" "done visit stands twice"
    W426 BudgetDatesOutside "预算时段在计划期之外" "budget dates lie outside the horizon"
    W501 RuleChoosesNoSite "规则没有选中任何地点" "rule chooses no site"
    W502 BlankMeasure "地点缺少计量值，未纳入规则" "sites are left out for a blank measure"
    W503 NoTeamServes "没有队伍能服务的地点" "sites that no team can serve"
    W504 NeverOpenTogether "队伍与地点没有共同的开放日" "sites without a common open day"
    W505 VisitTooLong "一次作业超过一个工作日" "visit is longer than a working day"
    W506 MeasureNowhere "没有地点具有该计量" "measure that no site has"
    W507 DoseWithoutProduct "有用量但没有药品" "dose without a product"
    W508 ProductWithoutDose "有药品但没有用量" "product without a dose"
    W509 GapForbidsRounds "最小间隔使轮次无法完成" "min_gap makes rounds impossible"
    W510 GapsOfTwoRules "两条规则的间隔使轮次无法完成" "min_gaps of two rules make rounds impossible"
    W511 MaxGapBelowMinGap "最大间隔小于最小间隔" "max_gap is below min_gap"
    W512 RoundsMayCluster "轮次可能集中在开头" "rounds may all fall at the beginning"
    W513 ResidualsDiffer "混用持效期相差悬殊的措施" "rule mixes short and long residual effects"
    W514 DayRateAndPieceRate "同时按天和计件付费" "team is paid by the day and by the piece"
    W515 RuleAsksNothing "规则没有任何要求" "rule asks nothing"
    W516 MinDaysAboveMaxDays "保底天数大于最多天数" "min_days is above max_days"
    W517 RateForNobody "计件单价没有对应的承包方" "piece rate for a contractor without teams"
    E521 FiguresTooGreat "数值过大，无法合计" "figures are too great to add up"
    W601 PlanFigureDiffers "计划文件与各表不符" "file of the plan disagrees with the tables"
    W602 PlanRowMissing "计划文件缺少一行" "file of the plan lacks a row"
    W603 PlanRowSurplus "计划文件多出一行" "file of the plan has a row too many"
    W604 PlanFileSkipped "计划文件无法读取，未作比较" "file of the plan cannot be read and is not compared"
    E611 PlanMissing "还没有计划" "there is no plan yet"
    E612 PlanInvalid "计划不符合各表" "plan breaks a rule of the tables"
    E621 TemplateFault "文书模板有误" "template of a document is at fault"
    E622 NothingToTell "没有可写入文书的内容" "nothing to put into the document"
    E701 NoWorkOrders "工作簿里没有可读的派工单" "workbook holds no work orders that can be read"
    E702 NotDoneWithAmount "标为未完成却有用量" "visit marked as not done has an amount"
    E703 DoneFileHasMore "已有的 done.csv 有其他列" "done.csv has further columns"
    W711 AmountWithoutProduct "不用药品的作业填了用量" "amount of a visit that uses no product"
    W712 RecordedOtherwise "与 done.csv 中已有的记录不同" "recorded in done.csv with another amount"
}

impl Code {
    /// How grave it is; the letter of the code says it.
    pub fn severity(self) -> Severity {
        if self.id().starts_with('E') {
            Severity::Error
        } else {
            Severity::Warning
        }
    }

    /// The code that is written so, whatever the case of its letter.
    pub fn from_id(id: &str) -> Option<Code> {
        Code::ALL
            .iter()
            .copied()
            .find(|code| code.id().eq_ignore_ascii_case(id.trim()))
    }
}
