//! Templates: what an office writes is used, and its mistakes are named.

use crate::{Desk, docx, past_season, refused, season, xiaosha};
use proptest::prelude::*;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use xiaosha::lang::Lang;
use xiaosha::report::document::{Kind, Template, built_in_text};

#[test]
fn the_built_in_template_can_be_taken_out_and_used_again() {
    let desk = Desk::planned(&season());
    for (kind, lang) in [("plan", "zh"), ("notice", "en")] {
        let template = desk.path("own.md");
        let mut command = xiaosha();
        command.args([
            "document",
            "--kind",
            kind,
            "--lang",
            lang,
            "--write-template",
        ]);
        command.arg(&template).assert().success();
        let own = desk.path("own.docx");
        let mut command = desk.document(kind, lang);
        command.arg("--template").arg(&template);
        command.arg("--out").arg(&own).assert().success();
        let built_in = desk.write(kind, lang);
        assert!(fs::read(own).unwrap() == fs::read(built_in).unwrap());
    }
}

#[test]
fn the_wording_is_that_of_the_template() {
    let desk = Desk::planned(&season());
    let template = desk.path("own.md");
    // As Notepad in Chinese saves it.
    let (bytes, _, _) =
        encoding_rs::GB18030.encode("# 我们的方案\r\n\r\n共{{ visits }}次，**{{ name }}**。\r\n");
    fs::write(&template, bytes).unwrap();
    let out = desk.path("own.docx");
    let mut command = desk.document("plan", "zh");
    command.arg("--template").arg(&template);
    command.arg("--out").arg(&out).assert().success();
    let visits = desk.rows("visits.csv").len();
    assert_eq!(
        docx::read(&out).text(),
        format!("我们的方案\n共{visits}次，小城六月。")
    );
}

/// Writes a template that is at fault and says what the program says.
fn fault(text: &str) -> String {
    let desk = Desk::planned(&season());
    let template = desk.path("own.md");
    fs::write(&template, text).unwrap();
    let out = desk.path("own.docx");
    let mut command = desk.document("plan", "en");
    command
        .arg("--template")
        .arg(&template)
        .arg("--out")
        .arg(&out);
    let (code, said) = refused(&mut command);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("E621"), "{said}");
    assert!(!out.exists());
    said
}

#[test]
fn a_fault_is_named_with_its_line() {
    let said = fault("# {{ name }}\n\n{{ nmae }}\n");
    assert!(said.contains("own.md:3"), "{said}");
    assert!(said.contains("no value of this name"), "{said}");
    let said = fault("# {{ name }}\n{% for task in tasks %}\n{{ task.name }}\n");
    assert!(said.contains("not well formed"), "{said}");
    let said = fault("{{ tasks }}");
    assert!(
        said.contains("own.md:1") && said.contains("a list"),
        "{said}"
    );
    let said = fault("{{ name | shout }}");
    assert!(said.contains("no such filter"), "{said}");
}

#[test]
fn a_template_that_never_ends_is_stopped() {
    let said = fault(
        "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}",
    );
    assert!(said.contains("too many steps"), "{said}");
}

#[test]
fn every_documented_name_is_there() {
    let page = include_str!("../../docs/templates.md");
    let desk = Desk::planned(&season());
    let past = Desk::new(&past_season());
    let mut common = Vec::new();
    let mut seen = 0;
    for section in page.split("\n## ").skip(1) {
        let kind = ["plan", "notice", "summary"]
            .into_iter()
            .find(|kind| section.starts_with(&format!("--kind {kind}")));
        let names = documented(section);
        let Some(kind) = kind else {
            if section.starts_with("Every document") {
                common = names;
            }
            continue;
        };
        let mut template = String::new();
        for name in common.iter().chain(&names) {
            template += &asked(name);
            seen += 1;
        }
        let file = desk.path("names.md");
        fs::write(&file, &template).unwrap();
        let out = desk.path("names.docx");
        let desk = if kind == "summary" { &past } else { &desk };
        let mut command = desk.document(kind, "zh");
        command.arg("--template").arg(&file);
        command.arg("--out").arg(&out).assert().success();
        let text = docx::read(&out).text();
        assert!(!text.contains("missing"), "{kind}: {text}");
    }
    assert!(seen > 100, "{seen}");
}

/// The names in the first column of a section's table.
fn documented(section: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for line in section.lines().filter(|line| line.starts_with("| `")) {
        let cell = line.split(" | ").next().unwrap();
        let mut before = String::new();
        for name in cell.split('`').skip(1).step_by(2) {
            let full = match name.strip_prefix('.') {
                Some(field) => format!("{before}.{field}"),
                None => name.to_owned(),
            };
            let (start, _) = full.rsplit_once('.').unwrap_or_default();
            start.clone_into(&mut before);
            names.push(full);
        }
    }
    names
}

/// A piece of template that says `missing` if there is no such name, `areas[].tasks[].name` being one of every task.
fn asked(name: &str) -> String {
    let mut before = String::new();
    let mut after = String::new();
    let mut path = name.to_owned();
    let mut depth = 0;
    while let Some((list, field)) = path.clone().split_once("[]") {
        write!(before, "{{% for x{depth} in {list} %}}").unwrap();
        after += "{% endfor %}";
        path = format!("x{depth}{field}");
        depth += 1;
    }
    format!("{before}{{% if {path} is undefined %}}missing {name}\n\n{{% endif %}}{after}\n")
}

#[test]
fn every_built_in_template_can_be_read() {
    for kind in [Kind::Plan, Kind::Notice, Kind::Summary] {
        for lang in [Lang::Zh, Lang::En] {
            assert!(Template::parse(built_in_text(kind, lang)).is_ok());
        }
    }
}

/// Names that would mean something to Markdown, XML, the template or a file system.
const NASTY: &str = "a|b</w:t><w:p/>&amp; {{ name }} {% if %} #x *y* _z_ `c` [l](u) ![i](u) \\ \"q\" 'p' ~~s~~ $ =+-";

fn named(name: &str) -> crate::Files {
    let quoted = format!("\"{}\"", name.replace('"', "\"\""));
    season()
        .replace("sites.csv", "market,西市,", &format!("market,{quoted},"))
        .replace(
            "treatments.csv",
            "spray,超低容量喷雾,",
            &format!("spray,{quoted},"),
        )
}

#[test]
fn text_of_the_tables_stays_text() {
    let desk = Desk::planned(&named(NASTY));
    for lang in ["zh", "en"] {
        let seen = desk.written("notice", lang);
        let rows: Vec<&Vec<String>> = seen.tables.iter().flatten().collect();
        assert!(rows.iter().any(|row| row[1] == NASTY), "{rows:?}");
        assert!(rows.iter().all(|row| row.len() == 4));
        let plan = desk.written("plan", lang);
        assert!(
            plan.tables
                .iter()
                .flatten()
                .flatten()
                .any(|cell| cell == NASTY)
        );
    }
    assert!(Path::new(&desk.scenario()).exists());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_survives_a_table_and_a_paragraph(text in "[ -~一二鼠，。]{1,30}") {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // A cell that holds only `-` means "not given".
        prop_assume!(!text.is_empty() && text != "-");
        let scenario = named("西市").with(
            "scenario.toml",
            format!("name = {text:?}\nstart = 2026-06-01\nend = 2026-06-30\n"),
        );
        let template = "x {{ name }} y\n\n{{ name }}\n\n| a | b |\n|---|---|\n| {{ name }} | c |\n";
        let seen = in_memory(&scenario, template);
        prop_assert_eq!(&seen.paragraphs[0].1, &format!("x {text} y"));
        prop_assert_eq!(&seen.paragraphs[1].1, &text);
        prop_assert_eq!(&seen.tables[0][1], &vec![text.clone(), "c".to_owned()]);
    }
}

/// A work plan without visits, by the library.
fn in_memory(files: &crate::Files, template: &str) -> docx::Seen {
    use xiaosha::measures::{Measures, Proven};
    use xiaosha::report::document;
    use xiaosha::season::Season;
    let scenario = files.scenario();
    let season = Season::new(&scenario);
    let measures = Measures::new(
        &season,
        &xiaosha::domain::Plan::default(),
        &Proven::default(),
    );
    let template = Template::parse(template).unwrap();
    let bytes = document::work_plan(&season, &measures, &template, Lang::Zh).unwrap();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.docx");
    fs::write(&path, bytes).unwrap();
    docx::read(&path)
}

#[test]
fn a_signature_keeps_the_line_before_it_on_its_page() {
    let desk = Desk::planned(&season());
    for lang in ["zh", "en"] {
        let parts = docx::parts(&desk.write("plan", lang));
        let (_, main) = parts
            .iter()
            .find(|(name, _)| name == "word/document.xml")
            .unwrap();
        let paragraphs: Vec<&str> = main.split("<w:p ").collect();
        let signed = paragraphs
            .iter()
            .position(|paragraph| paragraph.contains("w:val=\"Signature\""))
            .unwrap();
        let kept = |at: usize| paragraphs[at].contains("<w:keepNext");
        assert!(kept(signed - 1) && kept(signed), "{lang}");
        assert!(!kept(signed + 1), "{lang}");
    }
}

#[test]
fn no_line_breaks_between_a_number_and_its_unit() {
    let desk = Desk::planned(&season());
    let parts = docx::parts(&desk.write("plan", "zh"));
    let main = parts.iter().find(|(name, _)| name == "word/document.xml");
    assert!(main.unwrap().1.contains("\u{a0}kg"));
}
