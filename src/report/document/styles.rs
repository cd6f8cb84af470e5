//! Styles by the built-in names of Word, so that WPS and Word list them in the user's language and an office can restyle
//! a document at once.

use super::docx::fonts;
use crate::lang::Lang;
use docx_rs::{
    AlignmentType, Docx, LineSpacing, LineSpacingType, RunFonts, SpecialIndentType, Style,
    StyleType,
};

/// The title of official papers; machines without it show a song face, see [`FALLBACKS`].
const TITLE_FACE: &str = "方正小标宋简体";
/// Body text of official papers.
const BODY_FACE: &str = "仿宋";
/// Headings of the first level.
const BLACK_FACE: &str = "黑体";
/// Headings of the second level.
const KAI_FACE: &str = "楷体";
/// Latin letters and digits.
const LATIN_FACE: &str = "Times New Roman";

/// Other names of the faces, where a machine has another edition of them.
pub(super) const FALLBACKS: [(&str, &str); 4] = [
    (TITLE_FACE, "小标宋体,宋体,SimSun,Noto Serif CJK SC"),
    (
        BODY_FACE,
        "仿宋_GB2312,FangSong,STFangsong,Noto Serif CJK SC",
    ),
    (BLACK_FACE, "SimHei,STHeiti,Noto Sans CJK SC"),
    (KAI_FACE, "楷体_GB2312,KaiTi,STKaiti,Noto Serif CJK SC"),
];

/// Adds the styles of a language.
pub(super) fn add(docx: Docx, lang: Lang) -> Docx {
    let styles = match lang {
        Lang::Zh => official(),
        Lang::En => report(),
    };
    let body = match lang {
        Lang::Zh => fonts(BODY_FACE, LATIN_FACE),
        Lang::En => fonts("宋体", LATIN_FACE),
    };
    let docx = docx.default_fonts(body);
    styles.into_iter().fold(docx, Docx::add_style)
}

fn style(id: &str, name: &str) -> Style {
    Style::new(id, StyleType::Paragraph)
        .name(name)
        .based_on("Normal")
        .q_format(true)
}

fn exactly(line: i32) -> LineSpacing {
    LineSpacing::new()
        .line_rule(LineSpacingType::Exact)
        .line(line)
}

/// Spacing in proportion to the size of the type; 240 is single.
fn proportional(line: i32, before: u32, after: u32) -> LineSpacing {
    LineSpacing::new()
        .line_rule(LineSpacingType::Auto)
        .line(line)
        .before(before)
        .after(after)
}

/// Official papers: body of size 3 (16 pt), 22 lines a page, first lines in by two characters.
fn official() -> Vec<Style> {
    let body = || fonts(BODY_FACE, LATIN_FACE);
    let text = |id, name, face: RunFonts| {
        style(id, name)
            .size(32)
            .fonts(face)
            .line_spacing(exactly(579))
            .align(AlignmentType::Both)
    };
    let indented = |id, name, face: RunFonts| {
        text(id, name, face)
            .indent(Some(0), Some(SpecialIndentType::FirstLine(640)), None, None)
            .first_line_chars(200)
    };
    let left = AlignmentType::Left;
    vec![
        style("Title", "Title")
            .size(44)
            .fonts(fonts(TITLE_FACE, LATIN_FACE))
            .align(AlignmentType::Center)
            .line_spacing(exactly(700).after(579)),
        indented("Heading1", "heading 1", fonts(BLACK_FACE, LATIN_FACE))
            .align(left)
            .outline_lvl(0),
        indented("Heading2", "heading 2", fonts(KAI_FACE, LATIN_FACE))
            .align(AlignmentType::Left)
            .outline_lvl(1),
        text("Salutation", "Salutation", body()).align(AlignmentType::Left),
        indented("BodyText", "Body Text", body()),
        indented("ListParagraph", "List Paragraph", body()),
        text("Signature", "Signature", body())
            .align(AlignmentType::Right)
            .indent(Some(0), None, Some(640), None),
        style("TableText", "Table Text")
            .size(21)
            .fonts(body())
            .line_spacing(proportional(240, 0, 0)),
        style("TableHead", "Table Head")
            .size(21)
            .fonts(fonts(BLACK_FACE, LATIN_FACE))
            .line_spacing(proportional(240, 0, 0)),
        gap(),
        style("Footer", "footer")
            .size(28)
            .fonts(fonts("宋体", "宋体")),
    ]
}

/// A plain report.
fn report() -> Vec<Style> {
    let face = || fonts("宋体", LATIN_FACE);
    let text = |id, name| {
        style(id, name)
            .size(22)
            .fonts(face())
            .line_spacing(proportional(276, 0, 120))
    };
    let heading = |id, name, size| {
        style(id, name)
            .size(size)
            .bold()
            .fonts(face())
            .line_spacing(proportional(264, 240, 100))
    };
    let hanging = Some(SpecialIndentType::Hanging(300));
    vec![
        style("Title", "Title")
            .size(36)
            .bold()
            .fonts(face())
            .align(AlignmentType::Center)
            .line_spacing(proportional(264, 0, 320)),
        heading("Heading1", "heading 1", 28).outline_lvl(0),
        heading("Heading2", "heading 2", 24).outline_lvl(1),
        text("Salutation", "Salutation"),
        text("BodyText", "Body Text"),
        text("ListParagraph", "List Paragraph").indent(Some(560), hanging, None, None),
        text("Signature", "Signature").align(AlignmentType::Right),
        style("TableText", "Table Text")
            .size(19)
            .fonts(face())
            .line_spacing(proportional(240, 0, 0)),
        style("TableHead", "Table Head")
            .size(19)
            .bold()
            .fonts(face())
            .line_spacing(proportional(240, 0, 0)),
        gap(),
        style("Footer", "footer").size(20).fonts(face()),
    ]
}

/// Half a line after a table.
fn gap() -> Style {
    style("TableGap", "Table Gap")
        .size(12)
        .line_spacing(exactly(240))
}
