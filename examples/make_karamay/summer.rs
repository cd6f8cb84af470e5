//! Where mosquitoes and flies are fought: roads, compounds, institutions, river banks, parks, breeding sites.

use super::place::{Dice, Site, Zone, shared_out};

/// The seven compounds that the report names for their mosquitoes and flies.
const NAMED_COMPOUNDS: [&str; 7] = ["南泉", "南苑", "南林", "泽福", "汇福", "润福", "雅典娜"];

/// Invented first and second characters of the other compounds' names.
const COMPOUND_FIRST: [&str; 9] = ["康", "安", "和", "嘉", "宁", "瑞", "祥", "怡", "锦"];
const COMPOUND_SECOND: [&str; 6] = ["乐", "居", "泰", "园", "馨", "庭"];

/// Invented first and second characters of the main roads' names.
const ROAD_FIRST: [&str; 8] = ["东", "西", "南", "北", "新", "中", "长", "平"];
const ROAD_SECOND: [&str; 6] = ["兴", "安", "康", "宁", "和", "华"];

/// All 331 sites of the summer.
pub(crate) fn sites() -> Vec<Site> {
    let mut town = Town {
        dice: Dice::new(20_260_501),
        sites: Vec::new(),
    };
    roads(&mut town);
    compounds(&mut town);
    institutions(&mut town);
    river_and_parks(&mut town);
    busy_places(&mut town);
    breeding_places(&mut town);
    town.sites
}

struct Town {
    dice: Dice,
    sites: Vec<Site>,
}

impl Town {
    fn add(&mut self, id: String, name: String, kind: &'static str, zone: Zone) -> &mut Site {
        let lon_lat = self.dice.spot(zone);
        let at = self.sites.len();
        self.sites.push(Site {
            id,
            name,
            kind,
            zone,
            lon_lat,
            weight: "",
            tags: "",
            workdays: "",
            exclude: "",
            parts: 1,
            measures: Vec::new(),
        });
        &mut self.sites[at]
    }
}

fn roads(town: &mut Town) {
    for nth in 0..48 {
        let length = town.dice.size(1_200, 4_800, 100);
        let (name, tags) = match nth {
            0 => ("迎宾路".to_owned(), "hotspot"),
            _ => (
                format!("{}{}路", ROAD_FIRST[nth % 8], ROAD_SECOND[nth / 8]),
                "",
            ),
        };
        let road = town.add(
            format!("R{:02}", nth + 1),
            name,
            "road",
            shared_out(nth, 48),
        );
        road.tags = tags;
        road.measures = vec![("length_m", length)];
    }
}

fn compounds(town: &mut Town) {
    for nth in 0..52 {
        let area = town.dice.size(30_000, 100_000, 1_000);
        let green = town.dice.size(3_000, 9_000, 100);
        // The named compounds are spread over the list, so that they lie in all sub-districts.
        let named = (nth % 7 == 3).then(|| NAMED_COMPOUNDS[nth / 7]);
        let name = match named {
            Some(name) => format!("{name}小区"),
            None => format!(
                "{}{}小区",
                COMPOUND_FIRST[nth % 9],
                COMPOUND_SECOND[nth / 9]
            ),
        };
        let zone = shared_out(nth, 52);
        let compound = town.add(format!("C{:02}", nth + 1), name, "residential", zone);
        if named.is_some() {
            compound.tags = "hotspot";
            compound.weight = "1.5";
        }
        compound.measures = vec![("area_m2", area), ("green_m2", green)];
    }
}

fn institutions(town: &mut Town) {
    for (letter, word, kind, count, workdays, low, high) in [
        ("G", "机关院落", "office", 50, "mon-fri", 1_500, 6_000),
        ("S", "学校", "school", 45, "fri;sat;sun", 2_500, 8_000),
        ("U", "企事业单位", "employer", 55, "mon-fri", 2_000, 8_000),
    ] {
        for nth in 0..count {
            let green = town.dice.size(low, high, 100);
            let site = town.add(
                format!("{letter}{:02}", nth + 1),
                format!("{word}{}", nth + 1),
                kind,
                shared_out(nth, count),
            );
            site.workdays = workdays;
            site.measures = vec![("green_m2", green)];
        }
    }
}

fn river_and_parks(town: &mut Town) {
    for nth in 0..24 {
        let green = town.dice.size(5_000, 12_000, 100);
        let bank = ["左岸", "右岸"][nth % 2];
        let zone = shared_out(nth, 24);
        let site = town.add(
            format!("H{:02}", nth + 1),
            format!("穿城河{bank}第{}段", nth / 2 + 1),
            "river_bank",
            zone,
        );
        site.measures = vec![("green_m2", green)];
    }
    for nth in 0..15 {
        let green = town.dice.size(8_000, 22_000, 500);
        let site = town.add(
            format!("P{:02}", nth + 1),
            format!("公园绿地{}", nth + 1),
            "park",
            shared_out(nth, 15),
        );
        site.measures = vec![("green_m2", green)];
    }
}

/// Places that the report names: where people rest, and where mosquitoes and flies are many.
fn busy_places(town: &mut Town) {
    for (id, name, kind, zone, area, parts, workdays) in [
        ("V01", "世纪公园", "scenic", Zone::Kunlun, 300_000, 2, ""),
        (
            "V02",
            "步行街",
            "scenic",
            Zone::Tianshan,
            45_000,
            1,
            "mon-thu",
        ),
        ("V03", "九龙潭", "scenic", Zone::Shengli, 120_000, 1, ""),
        ("X01", "游泳馆", "special", Zone::Yinhe, 30_000, 1, ""),
        (
            "X02",
            "高尔夫球场",
            "special",
            Zone::Outskirts,
            500_000,
            3,
            "",
        ),
        (
            "X03",
            "新行政办公区",
            "special",
            Zone::Kunlun,
            180_000,
            1,
            "",
        ),
        (
            "X04",
            "驻军营区",
            "special",
            Zone::Jinlong,
            200_000,
            1,
            "tue;thu",
        ),
    ] {
        let site = town.add(id.into(), name.into(), kind, zone);
        site.tags = "hotspot";
        site.weight = if kind == "scenic" { "2" } else { "1.5" };
        site.parts = parts;
        site.workdays = workdays;
        site.measures = vec![("area_m2", area)];
    }
}

fn breeding_places(town: &mut Town) {
    let landfill = town.add(
        "L01".into(),
        "生活垃圾场".into(),
        "landfill",
        Zone::Outskirts,
    );
    landfill.tags = "breeding";
    landfill.weight = "2";
    landfill.parts = 3;
    landfill.measures = vec![("wall_m2", 60_000)];
    for nth in 0..6 {
        let wall = town.dice.size(8_000, 16_000, 500);
        let name = format!("金龙镇养殖基地{}区", nth + 1);
        let farm = town.add(format!("F{:02}", nth + 1), name, "livestock", Zone::Jinlong);
        farm.tags = "breeding";
        farm.measures = vec![("wall_m2", wall)];
    }
    for nth in 0..8 {
        let water = town.dice.size(10_000, 40_000, 1_000);
        let name = format!("芦苇湿地{}", nth + 1);
        let wetland = town.add(format!("W{:02}", nth + 1), name, "wetland", Zone::Outskirts);
        wetland.tags = "breeding";
        // Two wetlands stand for water that feeds a protected reach: only Bti may be used there.
        wetland.exclude = if nth < 2 {
            "larva_temephos;larva_pyriproxyfen"
        } else {
            ""
        };
        wetland.measures = vec![("water_m2", water)];
    }
    for nth in 0..12 {
        let water = town.dice.size(1_000, 8_000, 100);
        let zone = if nth < 7 {
            Zone::Outskirts
        } else {
            shared_out(nth - 7, 5)
        };
        let name = format!("水塘{}", nth + 1);
        let pond = town.add(format!("D{:02}", nth + 1), name, "pond", zone);
        pond.tags = "breeding";
        // Ponds in town hold fish.
        pond.exclude = if nth < 7 { "" } else { "larva_temephos" };
        pond.measures = vec![("water_m2", water)];
    }
    for nth in 0..8 {
        let area = town.dice.size(60_000, 160_000, 5_000);
        let zone = if nth < 5 {
            Zone::Outskirts
        } else {
            Zone::Jinlong
        };
        let name = format!("外来人员居住地{}", nth + 1);
        let quarter = town.add(format!("M{:02}", nth + 1), name, "migrant_quarter", zone);
        quarter.tags = "breeding";
        quarter.measures = vec![("area_m2", area)];
    }
}
