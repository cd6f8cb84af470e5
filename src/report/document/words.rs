//! Words of the trade in both languages: kinds of sites, methods, measures and pests as the tables may write them.
//!
//! The tables hold free words; the usual ones are known here, any other is shown as it is written.

use crate::domain::Measure;
use crate::lang::Lang;

/// A word of the tables, Chinese, English.
type Known = (&'static str, &'static str, &'static str);

const KINDS: &[Known] = &[
    ("road", "道路", "roads"),
    ("residential", "居民小区", "residential compounds"),
    ("compound", "居民小区", "residential compounds"),
    ("office", "机关单位", "offices"),
    ("school", "学校", "schools"),
    ("employer", "企事业单位", "employers"),
    ("institution", "机关企事业单位", "institutions"),
    ("business", "经营场所", "business premises"),
    ("restaurant", "餐饮单位", "restaurants"),
    ("market", "市场", "markets"),
    ("park", "公园", "parks"),
    ("river_bank", "河岸绿地", "river banks"),
    ("breeding_site", "孳生地", "breeding sites"),
    ("landfill", "垃圾场", "landfills"),
    ("livestock", "养殖场所", "livestock farms"),
    ("wetland", "湿地", "wetlands"),
    ("pond", "水塘", "ponds"),
    ("migrant_quarter", "外来人员居住地", "migrant quarters"),
    ("venue", "公共场所", "public venues"),
    ("scenic", "景区景点", "scenic places"),
    ("special", "重点场所", "special places"),
    ("garrison", "驻军营区", "garrison"),
    ("community", "社区", "communities"),
];

const METHODS: &[Known] = &[
    ("ulv", "超低容量喷雾", "ULV spraying"),
    ("fog", "热烟雾", "thermal fogging"),
    ("residual", "滞留喷洒", "residual spraying"),
    ("larvicide", "投放灭幼虫药剂", "larviciding"),
    ("bait", "投放毒饵", "baiting"),
    ("gel", "投放胶饵", "gel baiting"),
    ("trap", "布放诱捕器", "trapping"),
    ("handout", "发放药品", "handing out products"),
];

const PESTS: &[Known] = &[
    ("蚊", "蚊", "mosquitoes"),
    ("蝇", "蝇", "flies"),
    ("鼠", "鼠", "rats and mice"),
    ("蟑", "蟑螂", "cockroaches"),
    ("蟑螂", "蟑螂", "cockroaches"),
    ("mosquito", "蚊", "mosquitoes"),
    ("fly", "蝇", "flies"),
    ("rat", "鼠", "rats and mice"),
    ("cockroach", "蟑螂", "cockroaches"),
];

/// A column of a measure, then name and unit in Chinese and in English.
type KnownMeasure = (
    &'static str,
    (&'static str, &'static str),
    (&'static str, &'static str),
);

/// Columns by which work is measured, with their units.
const MEASURES: &[KnownMeasure] = &[
    ("area_m2", ("面积", "平方米"), ("area", "m²")),
    ("green_m2", ("绿化面积", "平方米"), ("green area", "m²")),
    ("wall_m2", ("墙面面积", "平方米"), ("wall area", "m²")),
    ("water_m2", ("水面面积", "平方米"), ("water surface", "m²")),
    ("length_m", ("长度", "米"), ("length", "m")),
    ("households", ("住户", "户"), ("households", "")),
    ("stations", ("毒饵站", "个"), ("bait stations", "")),
    ("boxes", ("毒饵盒", "个"), ("bait boxes", "")),
    ("premises", ("经营场所", "家"), ("premises", "")),
    ("stalls", ("摊位", "个"), ("stalls", "")),
    ("rooms", ("房间", "间"), ("rooms", "")),
    ("basins", ("雨水井", "个"), ("catch basins", "")),
];

/// Budget lines as tables in English call them.
const LINES: &[Known] = &[
    ("total", "总额", "total"),
    ("labour", "人工", "labour"),
    ("products", "药品", "products"),
];

fn known(words: &[Known], word: &str, lang: Lang) -> String {
    let found = words
        .iter()
        .find(|known| known.0.eq_ignore_ascii_case(word));
    found.map_or_else(
        || word.to_owned(),
        |&(_, zh, en)| lang.pick(zh, en).to_owned(),
    )
}

/// A kind of sites; blank for sites without one.
pub(super) fn kind(word: &str, lang: Lang) -> String {
    if word.is_empty() {
        lang.pick("其他", "other").to_owned()
    } else {
        known(KINDS, word, lang)
    }
}

/// A method.
pub(super) fn method(word: &str, lang: Lang) -> String {
    known(METHODS, word, lang)
}

/// A budget line.
pub(super) fn line(id: &str, lang: Lang) -> String {
    known(LINES, id, lang)
}

/// A pest.
pub(super) fn pest(word: &str, lang: Lang) -> String {
    known(PESTS, word, lang)
}

/// What is measured and in which unit, which may be blank.
pub(super) fn measure(measure: &Measure, lang: Lang) -> (String, String) {
    match measure {
        Measure::Visit => (
            lang.pick("作业", "visits").to_owned(),
            lang.pick("次", "").to_owned(),
        ),
        Measure::Column(column) => {
            let found = MEASURES.iter().find(|known| known.0 == column);
            found.map_or_else(
                || with_its_unit(column),
                |&(_, zh, en)| {
                    let (name, unit) = if lang == Lang::Zh { zh } else { en };
                    (name.to_owned(), unit.to_owned())
                },
            )
        }
    }
}

/// Name and unit of a column such as `绿化面积（平方米）`; the unit is blank where the header names none.
fn with_its_unit(column: &str) -> (String, String) {
    let parts = column
        .strip_suffix([')', '）'])
        .and_then(|text| text.split_once(['(', '（']))
        .map(|(name, unit)| (name.trim(), unit.trim()))
        .filter(|(name, unit)| !name.is_empty() && !unit.is_empty());
    let (name, unit) = parts.unwrap_or((column, ""));
    (name.to_owned(), unit.to_owned())
}

/// What a treatment means to who lives there: decides the precautions of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Droplets in the air: ULV, fog.
    Air,
    /// A film on leaves or walls.
    Surface,
    /// Something in the water.
    Water,
    /// Bait for rats and mice.
    RodentBait,
    /// Bait or gel for insects.
    InsectBait,
    /// Traps, proofing and the like.
    Other,
}

/// The effect of a method, by the words in use for it; bait is told apart by the pests.
pub(super) fn effect(method: &str, pests: &[String]) -> Effect {
    let method = method.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| method.contains(word));
    if has(&["larvicid", "灭幼", "幼虫", "孳生"]) {
        Effect::Water
    } else if has(&["bait", "gel", "饵", "投药", "handout"]) {
        let rodents = ["鼠", "rat", "mouse", "rodent"];
        let of_rodents = |pest: &String| {
            let pest = pest.to_lowercase();
            rodents.iter().any(|word| pest.contains(word))
        };
        if pests.iter().any(of_rodents) || (pests.is_empty() && !has(&["gel", "胶饵"])) {
            Effect::RodentBait
        } else {
            Effect::InsectBait
        }
    } else if has(&[
        "ulv",
        "fog",
        "mist",
        "超低",
        "烟雾",
        "喷雾",
        "空间",
        "无人机",
        "drone",
    ]) {
        Effect::Air
    } else if has(&["residual", "spray", "滞留", "喷洒", "绿篱"]) {
        Effect::Surface
    } else {
        Effect::Other
    }
}

/// Whether a bait stops blood from clotting, so that vitamin K1 is its antidote.
///
/// The committee's name, RRAC, proves nothing: it classes other rodenticides too. Its classes of anticoagulants are
/// FGAR and SGAR, of the first and of the second generation.
pub(super) fn is_anticoagulant(active_ingredient: &str, moa_group: &str) -> bool {
    // A class that says what it is not.
    const NOT: [&str; 5] = [
        "非抗凝",
        "不抗凝",
        "non-anticoagulant",
        "non anticoagulant",
        "nonanticoagulant",
    ];
    const WORDS: [&str; 25] = [
        "抗凝",
        "溴敌隆",
        "溴鼠灵",
        "大隆",
        "杀鼠醚",
        "杀鼠灵",
        "杀鼠酮",
        "敌鼠",
        "氯鼠酮",
        "氟鼠灵",
        "噻鼠灵",
        "噻鼠酮",
        "鼠得克",
        "anticoagulant",
        "bromadiolone",
        "brodifacoum",
        "flocoumafen",
        "difenacoum",
        "difethialone",
        "coumatetralyl",
        "warfarin",
        "pindone",
        "diphacinone",
        "diphenadione",
        "chlorophacinone",
    ];
    const CLASSES: [&str; 2] = ["fgar", "sgar"];
    let text = format!("{active_ingredient} {moa_group}").to_lowercase();
    if NOT.iter().any(|word| text.contains(word)) {
        return false;
    }
    let mut marks = text.split(|c: char| !c.is_ascii_alphabetic());
    WORDS.iter().any(|word| text.contains(word)) || marks.any(|mark| CLASSES.contains(&mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precautions_follow_the_method_in_either_language() {
        let rats = ["鼠".to_owned()];
        let roaches = ["蟑螂".to_owned()];
        assert_eq!(effect("ulv", &[]), Effect::Air);
        assert_eq!(effect("超低容量喷雾", &[]), Effect::Air);
        assert_eq!(effect("喷洒", &[]), Effect::Surface);
        assert_eq!(effect("larvicide", &[]), Effect::Water);
        assert_eq!(effect("投饵", &rats), Effect::RodentBait);
        assert_eq!(effect("bait", &roaches), Effect::InsectBait);
        assert_eq!(effect("trap", &rats), Effect::Other);
    }

    #[test]
    fn only_anticoagulants_call_for_vitamin_k1() {
        assert!(is_anticoagulant("溴敌隆", ""));
        assert!(is_anticoagulant("", "RRAC SGAR"));
        assert!(is_anticoagulant("", "fgar（第一代）"));
        assert!(is_anticoagulant("", "RRAC 第二代抗凝血剂"));
        assert!(is_anticoagulant("", "慢性抗凝剂"));
        assert!(is_anticoagulant("0.005% Difethialone", ""));
        // The committee's name alone says only that the product is for rodents.
        assert!(!is_anticoagulant("", "RRAC"));
        assert!(!is_anticoagulant("磷化锌", "RRAC"));
        assert!(!is_anticoagulant("cholecalciferol", "RRAC 2"));
        assert!(!is_anticoagulant("sugar bait", ""));
        assert!(!is_anticoagulant("", "非抗凝类"));
        assert!(!is_anticoagulant("胆钙化醇", ""));
        assert!(!is_anticoagulant("胆钙化醇", "非抗凝血类"));
        assert!(!is_anticoagulant(
            "zinc phosphide",
            "RRAC non-anticoagulant"
        ));
    }
}
