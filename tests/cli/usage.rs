//! Help, languages, wrong usage, `check`.

use super::{Desk, code, full_season, stderr, stdout, xiaosha};

#[test]
fn help_tells_commands_and_exit_codes_in_the_language_of_the_system() {
    let english = stdout(xiaosha().arg("--help"));
    let chinese = stdout(xiaosha().arg("--help").env("LANG", "zh_CN.UTF-8"));
    let commands = [
        "check", "plan", "verify", "compare", "explain", "frontier", "record", "document", "init",
        "convert",
    ];
    for command in commands {
        assert!(english.contains(command) && chinese.contains(command));
        assert_eq!(code(xiaosha().args([command, "--help"])), Some(0));
    }
    assert!(english.contains("Exit codes:") && english.contains("Usage: xiaosha"));
    assert!(chinese.contains("退出码：") && chinese.contains("用法：xiaosha"));
    assert_eq!(code(xiaosha().arg("--help")), Some(0));
}

#[test]
fn the_language_asked_for_wins_over_that_of_the_system() {
    let mut command = xiaosha();
    command
        .args(["--help", "--lang", "en"])
        .env("LANG", "zh_CN.UTF-8");
    assert!(stdout(&mut command).contains("Usage:"));
    assert!(stdout(xiaosha().args(["--lang=zh", "--help"])).contains("用法："));
}

#[test]
fn wrong_usage_exits_with_2_and_says_what_is_wrong() {
    for (arguments, english, chinese) in [
        (vec!["plan"], "SCENARIO", "缺少参数 <SCENARIO>"),
        (
            vec!["plan", "x", "--sed", "1"],
            "--seed",
            "没有“--sed”这个参数，是否要写“--seed”？",
        ),
        (
            vec!["chek", "x"],
            "check",
            "没有“chek”这个命令，是否要写“check”？",
        ),
        (
            vec!["plan", "x", "--effort", "hard"],
            "thorough",
            "可选：quick、normal、thorough",
        ),
        (
            vec!["plan", "x", "--time-limit", "0"],
            "above 0",
            "“--time-limit <SECONDS>”的值“0”无效",
        ),
        (
            vec!["check", "x", "--explain", "E101"],
            "cannot be used with",
            "不能与",
        ),
        (
            vec!["check", "--explain", "E000"],
            "there is no code E000",
            "没有编号为 E000 的问题",
        ),
    ] {
        let mut command = xiaosha();
        command.args(&arguments);
        assert_eq!(code(&mut command), Some(2), "{arguments:?}");
        let said = stderr(&mut command);
        assert!(said.contains(english), "{said}");
        let said = stderr(command.args(["--lang", "zh"]));
        assert!(said.contains(chinese), "{said}");
    }
    assert_eq!(code(&mut xiaosha()), Some(2));
}

#[test]
fn a_sound_scenario_has_no_findings() {
    let (_desk, folder) = Desk::with(&full_season());
    assert_eq!(code(xiaosha().arg("check").arg(&folder)), Some(0));
    assert_eq!(stdout(xiaosha().arg("check").arg(&folder)), "no findings\n");
    let said = stdout(xiaosha().args(["--lang", "zh", "check"]).arg(&folder));
    assert_eq!(said, "检查通过，没有发现问题\n");
}

#[test]
fn every_finding_is_shown_at_once_as_text_and_as_json() {
    let wrong = full_season()
        .replace("teams.csv", "residual,4", "residual,many")
        .replace("coverage.csv", "road,spray", "road,spary");
    let (_desk, folder) = Desk::with(&wrong);
    let mut check = xiaosha();
    check.arg("check").arg(&folder);
    assert_eq!(code(&mut check), Some(2));
    let text = stdout(&mut check);
    assert!(
        text.contains("teams.csv:2") && text.contains("coverage.csv:2"),
        "{text}"
    );
    assert!(text.contains("spray"), "the nearest id is offered: {text}");
    let json = stdout(check.args(["--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["errors"], 2);
}

#[test]
fn warnings_alone_do_not_stop_anything() {
    let doubtful = full_season().replace("scenario.toml", "start", "colour = \"red\"\nstart");
    let (desk, folder) = Desk::with(&doubtful);
    assert_eq!(code(xiaosha().arg("check").arg(&folder)), Some(0));
    let mut plan = xiaosha();
    plan.arg("plan")
        .arg(&folder)
        .arg("--out")
        .arg(desk.path("out"));
    assert!(stderr(&mut plan).contains("1 warning about the tables"));
    assert_eq!(code(&mut plan), Some(0));
}

#[test]
fn a_code_is_explained_in_both_languages() {
    let english = stdout(xiaosha().args(["check", "--explain", "e101"]));
    assert!(
        english.starts_with("E101: scenario is missing"),
        "{english}"
    );
    let chinese = stdout(xiaosha().args(["check", "--explain", "E101", "--lang", "zh"]));
    assert!(chinese.starts_with("E101："), "{chinese}");
}

#[test]
fn a_scenario_that_is_not_there_is_a_finding_for_every_command() {
    let desk = Desk::new();
    let nowhere = desk.path("nowhere");
    for command in ["check", "plan", "verify"] {
        let mut run = xiaosha();
        run.arg(command).arg(&nowhere);
        if command == "verify" {
            run.arg(&nowhere);
        }
        assert_eq!(code(&mut run), Some(2), "{command}");
        let said = stdout(&mut run) + &stderr(&mut run);
        assert!(said.contains("E101"), "{said}");
    }
    assert!(!nowhere.exists());
}
