//! Help in both languages: every command and argument has its text here.

use super::arguments::Arguments;
use crate::lang::{Lang, Text};
use clap::{Arg, ArgAction, Command, CommandFactory};

/// The command line with its texts in one language.
pub(super) fn command(lang: Lang) -> Command {
    let root = Arguments::command()
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg_required_else_help(true)
        .subcommand_help_heading(lang.pick("命令", "Commands"))
        .after_help(lang.pick(EXIT_CODES.0, EXIT_CODES.1).to_owned())
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version),
        )
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .global(true)
                .action(ArgAction::Help),
        );
    let commands: Vec<String> = root
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect();
    let root = told("", root, lang);
    commands.iter().fold(root, |root, name| {
        root.mut_subcommand(name, |command| told(name, command, lang))
    })
}

/// Gives a command and its arguments their texts.
fn told(name: &str, command: Command, lang: Lang) -> Command {
    let usage = lang.pick("用法：", "Usage: ");
    command
        .help_template(format!(
            "{{about}}\n\n{usage}{{usage}}\n\n{{all-args}}{{after-help}}\n"
        ))
        .override_usage(usage_of(name).get(lang).to_owned())
        .about(about(name).get(lang).to_owned())
        .mut_args(|arg| {
            let heading = if arg.is_positional() {
                lang.pick("参数", "Arguments")
            } else {
                lang.pick("选项", "Options")
            };
            let help = help_of(name, arg.get_id().as_str());
            let arg = arg.help(help.get(lang).to_owned()).help_heading(heading);
            // The texts name values and defaults themselves, in the right language.
            if arg.get_action().takes_values() {
                arg.hide_possible_values(true).hide_default_value(true)
            } else {
                arg
            }
        })
}

/// The contract that other programs rely on, see [`super::Exit`].
const EXIT_CODES: (&str, &str) = (
    "退出码：\n  0  完成\n  1  程序或机器故障\n  2  用法有误，或输入数据有错误\n  3  verify 判定计划无效，或 plan --require-full 未能全部完成",
    "Exit codes:\n  0  done\n  1  a fault of the program or the machine\n  2  wrong usage, or errors in the input\n  3  verify found the plan invalid, or plan --require-full fell short",
);

fn usage_of(command: &str) -> Text {
    match command {
        "" => Text::new("xiaosha <命令> [选项]", "xiaosha <COMMAND> [OPTIONS]"),
        "check" => Text::new(
            "xiaosha check <SCENARIO> [--format text|json]\n      xiaosha check --explain <CODE>",
            "xiaosha check <SCENARIO> [--format text|json]\n       xiaosha check --explain <CODE>",
        ),
        "plan" => Text::new(
            "xiaosha plan <SCENARIO> [选项]",
            "xiaosha plan <SCENARIO> [OPTIONS]",
        ),
        "verify" => Text::new(
            "xiaosha verify <SCENARIO> <PLAN> [--format text|json]",
            "xiaosha verify <SCENARIO> <PLAN> [--format text|json]",
        ),
        "compare" => Text::new(
            "xiaosha compare <BASE> <SCENARIO>... [选项]",
            "xiaosha compare <BASE> <SCENARIO>... [OPTIONS]",
        ),
        "explain" => Text::new(
            "xiaosha explain <SCENARIO> [PLAN] [选项]",
            "xiaosha explain <SCENARIO> [PLAN] [OPTIONS]",
        ),
        "frontier" => Text::new(
            "xiaosha frontier <SCENARIO> [--from <MONEY>] [--to <MONEY>] [--points <N>] [选项]",
            "xiaosha frontier <SCENARIO> [--from <MONEY>] [--to <MONEY>] [--points <N>] [OPTIONS]",
        ),
        "record" => Text::new(
            "xiaosha record <WORKBOOK> [--out <FILE>] [--force]",
            "xiaosha record <WORKBOOK> [--out <FILE>] [--force]",
        ),
        "document" => Text::new(
            "xiaosha document <SCENARIO> --kind plan|notice|summary [选项]\n      xiaosha document --kind plan|notice|summary --write-template <FILE>",
            "xiaosha document <SCENARIO> --kind plan|notice|summary [OPTIONS]\n       xiaosha document --kind plan|notice|summary --write-template <FILE>",
        ),
        "init" => Text::new(
            "xiaosha init <FOLDER|FILE.xlsx> [--example] [--lang zh|en]",
            "xiaosha init <FOLDER|FILE.xlsx> [--example] [--lang zh|en]",
        ),
        "convert" => Text::new(
            "xiaosha convert <SCENARIO> <FOLDER|FILE.xlsx>",
            "xiaosha convert <SCENARIO> <FOLDER|FILE.xlsx>",
        ),
        _ => unreachable!("every command has its usage"),
    }
}

fn about(command: &str) -> Text {
    match command {
        "" => Text::new(
            "消杀：为一个辖区的病媒生物防制安排一季的作业——哪支队伍、哪一天、在哪里、用什么药，要花多少钱",
            "Plans a district's pest-control season: who treats which site with what on which day, and what it costs",
        ),
        "check" => Text::new(
            "检查方案的表格（文件夹或 .xlsx），一次列出全部问题",
            "Check the tables of a scenario, folder or .xlsx, and list every finding at once",
        ),
        "plan" => Text::new(
            "编制计划，写出结果文件并显示摘要（中途按 Ctrl-C 可取目前最好的计划）",
            "Plan a season, write the files and show a summary (Ctrl-C takes the best plan so far)",
        ),
        "verify" => Text::new(
            "只凭表格核验一份计划（visits.csv），无论是本程序编制的还是人工改过的",
            "Judge a plan (visits.csv) from the tables alone, ours or edited by hand",
        ),
        "compare" => Text::new(
            "同时编制几个方案并与基准比较：输入有何不同，完成情况、费用、用工、采购各差多少",
            "Plan several scenarios and compare them with the first: inputs, coverage, money, crew-days, purchases",
        ),
        "explain" => Text::new(
            "说明为什么有缺漏、改动哪一项可以补上、要花多少钱，以及经费、工日、药品、承包方和规则各值多少",
            "Say why rounds are missed, what would cure it at what cost, and what money, crews, contractors and rules are worth",
        ),
        "frontier" => Text::new(
            "经费与效果：从少到多的每一档经费最多能完成多少轮次，哪一档最划算，全部完成最少要多少钱",
            "What money buys: the best coverage for each of many amounts, the knee, and the least for complete coverage",
        ),
        "record" => Text::new(
            "读取填写好的派工单（plan.xlsx），把已完成的作业记入 done.csv",
            "Read filled-in work orders (plan.xlsx) and record what was done in done.csv",
        ),
        "document" => Text::new(
            "按计划写出 Word 文书：工作方案、消杀公告或工作总结",
            "Write a document for Word from the plan: work plan, public notices or summary",
        ),
        "init" => Text::new(
            "新建方案模板：一个 .xlsx 工作簿，或一个 CSV 文件夹",
            "Make a template of a scenario: one .xlsx workbook, or a folder of CSV tables",
        ),
        "convert" => Text::new(
            "把方案文件夹转成 .xlsx 工作簿，或反过来；内容不变",
            "Turn a scenario folder into an .xlsx workbook, or back, without loss",
        ),
        _ => unreachable!("every command has its text"),
    }
}

fn help_of(command: &str, argument: &str) -> Text {
    match (command, argument) {
        (_, "lang") => Text::new(
            "显示语言：zh 或 en；默认随系统",
            "language, zh or en; default from the system",
        ),
        (_, "help") => Text::new("显示帮助", "show help"),
        (_, "version") => Text::new("显示版本", "show the version"),
        (_, "seed") => Text::new(
            "随机种子，默认 0；输入、种子和力度相同则结果相同",
            "seed of the search, default 0; same input, seed and effort give the same plan",
        ),
        ("compare", "effort") => Text::new(
            "求解力度：quick（默认）、normal 或 thorough；各方案都有力度更大的有效计划时用那些计划",
            "how hard to try: quick (default), normal or thorough; plans of a greater effort are used if all scenarios have them",
        ),
        (_, "effort") => Text::new(
            "求解力度：quick、normal（默认）或 thorough",
            "how hard to try: quick, normal (default) or thorough",
        ),
        (_, "quiet") => Text::new("不显示摘要和进度", "show neither summary nor progress"),
        (_, "scenario") => Text::new(
            "方案：文件夹（含 scenario.toml 和各表格）或 .xlsx 工作簿",
            "the scenario: a folder (scenario.toml and tables) or an .xlsx workbook",
        ),
        (_, "format") => Text::new(
            "输出形式：text（默认）或 json",
            "form of the output: text (default) or json",
        ),
        ("check", "explain") => Text::new("详细说明某个问题编号", "explain a code at length"),
        ("plan", "out") => Text::new(
            "结果文件夹；默认为方案文件夹下的 plan，方案是 x.xlsx 时为旁边的 x-plan",
            "output folder; default: plan within the scenario folder, or x-plan beside x.xlsx",
        ),
        ("plan", "time_limit") => Text::new(
            "到这么多秒就取目前最好的计划；唯一会使结果因机器而异的选项",
            "take the best plan after so many seconds; the one option that lets the result depend on the machine",
        ),
        ("plan", "require_full") => Text::new(
            "只要缺一轮次，退出码就为 3（计划仍会写出）",
            "exit with 3 if any round is missed (the plan is written all the same)",
        ),
        ("compare", "base") => Text::new(
            "作为基准的方案（文件夹或 .xlsx），其他方案都与它比",
            "scenario (folder or .xlsx) that the others are compared with",
        ),
        ("compare", "scenarios") => Text::new(
            "要比较的方案（文件夹或 .xlsx），一个或多个",
            "scenarios (folders or .xlsx) to compare, one or more",
        ),
        ("compare", "out") => Text::new(
            "结果文件夹，各方案的计划也写在其中；默认为基准文件夹下的 comparison，基准是 x.xlsx 时为旁边的 x-comparison",
            "output folder, the plans are written into it too; default: comparison within BASE, or x-comparison beside x.xlsx",
        ),
        ("frontier", "from") => Text::new(
            "最少的一档经费，整数；默认为已签合同和已完成作业要付的钱",
            "least amount, whole; default: what signed contracts and done visits cost anyway",
        ),
        ("frontier", "to") => Text::new(
            "最多的一档经费，整数；默认比最好的完成情况所需多一档",
            "greatest amount, whole; default: a step more than the best coverage costs",
        ),
        ("frontier", "points") => Text::new(
            "几档经费，2 到 200，默认 60；每一档代替 budget.csv 中范围为 total 的预算，其他限制不变",
            "how many amounts, 2 to 200, default 60; each takes the place of budget lines with scope total, all else stays",
        ),
        ("frontier", "out") => Text::new(
            "结果文件夹；默认为方案文件夹下的 frontier，方案是 x.xlsx 时为旁边的 x-frontier",
            "output folder; default: frontier within the scenario folder, or x-frontier beside x.xlsx",
        ),
        ("init" | "convert", "target") => Text::new(
            "写到哪里：以 .xlsx 结尾为工作簿，否则为文件夹；已有的文件不会被覆盖",
            "where to write: a workbook if it ends in .xlsx, else a folder; nothing is overwritten",
        ),
        ("init", "example") => Text::new(
            "填入一个小辖区的示例，可直接编制计划",
            "fill in a small example district that plans as it stands",
        ),
        ("explain", "plan") => Text::new(
            "计划：结果文件夹或 visits.csv；默认用方案自己的计划，没有或已过时则重新编制",
            "the plan: its folder or visits.csv; default: the scenario's own if it is up to date, else a new one",
        ),
        ("explain", "site") => Text::new(
            "逐个周期说明这个地点（可多次给出）",
            "tell of this site period by period (may be given several times)",
        ),
        ("explain", "rule") => Text::new(
            "只说这条规则，逐个地点、逐个周期（可多次给出）",
            "tell of this rule only, by site and period (may be given several times)",
        ),
        ("explain", "better") => Text::new(
            "如果找到比现有计划更好的，写入这个文件夹；不会覆盖现有计划",
            "where to write a better plan than the present one, if one is found; never over the present one",
        ),
        ("explain", "out") => Text::new(
            "结果文件夹；默认为方案文件夹下的 explain，方案是 x.xlsx 时为旁边的 x-explain",
            "output folder; default: explain within the scenario folder, or x-explain beside x.xlsx",
        ),
        ("verify", "plan") => Text::new(
            "visits.csv，或含有它的文件夹",
            "visits.csv, or the folder that holds it",
        ),
        ("record", "workbook") => {
            Text::new("填写后保存的 plan.xlsx", "plan.xlsx, filled in and saved")
        }
        ("record", "out") => Text::new(
            "写入的文件；默认为这份计划所属方案的 done.csv（方案是 x.xlsx 时为旁边的 x-done.csv），找不到方案则与工作簿放在一起；已有的行保留，只追加新的",
            "file to write; default: done.csv of the scenario that the plan is of (x-done.csv beside x.xlsx), else beside the workbook; rows that are there stay, new ones are added",
        ),
        ("record", "force") => {
            Text::new("不保留文件中已有的行", "give up the rows that the file has")
        }
        ("document", "kind") => Text::new(
            "文书种类：plan 工作方案，notice 消杀公告（每个片区每一轮一份），summary 工作总结（按 done.csv）",
            "plan = work plan, notice = public notices (one per zone and round), summary = of done.csv",
        ),
        ("document", "plan") => Text::new(
            "计划所在的文件夹；默认与 plan 命令的结果文件夹相同",
            "folder of the plan; default: where plan writes it",
        ),
        ("document", "out") => Text::new(
            "写到哪里；默认为方案文件夹下的 documents，方案是 x.xlsx 时为旁边的 x-documents。公告给文件夹时，每份一个文件",
            "where to write; default: documents within the scenario folder, or x-documents beside x.xlsx. Notices to a folder are one file each",
        ),
        ("document", "template") => Text::new(
            "用这个模板代替自带的模板，写法见 docs/templates.md",
            "use this template instead of the built-in one, see docs/templates.md",
        ),
        ("document", "zone") => Text::new("只写这个片区的公告", "notices of this zone only"),
        ("document", "round") => Text::new("只写这一轮的公告", "notices of this round only"),
        ("document", "write_template") => Text::new(
            "把自带的模板写到这个文件，供修改",
            "write the built-in template to this file, to be edited",
        ),
        _ => unreachable!("every argument has its text"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_argument_has_its_text_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let mut command = command(lang);
            command.build();
            for part in command
                .get_subcommands_mut()
                .map(|c| c.render_help().to_string())
            {
                let names = ["SCENARIO", "WORKBOOK", "FOLDER"];
                assert!(names.iter().any(|name| part.contains(name)), "{part}");
            }
            command.debug_assert();
        }
    }
}
