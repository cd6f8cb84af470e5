//! Where work is done: zones, sites and their sizes.

use super::dice::Dice;
use super::table::Table;
use super::work;

/// A district: its zones and what lies in them.
pub(crate) struct District {
    pub(crate) number: usize,
    /// Three to five parts of the town, then the outskirts.
    pub(crate) zones: Vec<String>,
    pub(crate) sites: Vec<Site>,
}

/// A row of sites.csv.
pub(crate) struct Site {
    pub(crate) id: String,
    name: String,
    pub(crate) kind: &'static str,
    /// Number of the zone in its district.
    pub(crate) zone: usize,
    /// Minutes for each stop.
    pub(crate) access_min: i64,
    pub(crate) tag: &'static str,
    weight: &'static str,
    workdays: &'static str,
    /// Treatments that are not allowed.
    pub(crate) exclude: &'static [&'static str],
    pub(crate) parts: i64,
    /// Column and figure, of all parts together.
    pub(crate) measures: Vec<(&'static str, i64)>,
    /// Longitude and latitude in 1e-5 degrees.
    lon_lat: (i64, i64),
}

impl Site {
    /// A figure of one part.
    pub(crate) fn measure(&self, column: &str) -> Option<i64> {
        let (_, figure) = self.measures.iter().find(|(name, _)| *name == column)?;
        Some(figure / self.parts)
    }
}

/// Sites of a kind: how many, where, how large.
struct Kind {
    letter: char,
    word: &'static str,
    name: &'static str,
    count: (i64, i64),
    outskirts: bool,
    tag: &'static str,
    weight: &'static str,
    workdays: &'static str,
    measures: &'static [(&'static str, i64, i64, i64)],
}

impl Kind {
    const fn new(letter: char, word: &'static str, name: &'static str, count: (i64, i64)) -> Self {
        Kind {
            letter,
            word,
            name,
            count,
            outskirts: false,
            tag: "",
            weight: "",
            workdays: "",
            measures: &[],
        }
    }
}

/// The kinds of karamay-summer, about as many of each. A measure: column, smallest, largest, step.
const KINDS: [Kind; 13] = [
    Kind {
        measures: &[("length_m", 1_500, 5_500, 100)],
        ..Kind::new('R', "road", "路", (36, 48))
    },
    Kind {
        measures: &[
            ("area_m2", 30_000, 110_000, 1_000),
            ("green_m2", 3_000, 9_000, 100),
        ],
        ..Kind::new('C', "residential", "小区", (42, 52))
    },
    Kind {
        workdays: "mon-fri",
        measures: &[("green_m2", 1_500, 7_000, 100)],
        ..Kind::new('G', "office", "机关院落", (34, 48))
    },
    Kind {
        workdays: "fri;sat;sun",
        measures: &[("green_m2", 2_500, 8_000, 100)],
        ..Kind::new('S', "school", "学校", (30, 44))
    },
    Kind {
        workdays: "mon-fri",
        measures: &[("green_m2", 2_000, 8_500, 100)],
        ..Kind::new('U', "employer", "企事业单位", (36, 52))
    },
    Kind {
        measures: &[("green_m2", 5_000, 12_000, 100)],
        ..Kind::new('H', "river_bank", "河岸", (14, 22))
    },
    Kind {
        measures: &[("green_m2", 8_000, 22_000, 500)],
        ..Kind::new('P', "park", "公园绿地", (9, 14))
    },
    Kind {
        tag: "hotspot",
        weight: "2",
        measures: &[("area_m2", 40_000, 240_000, 5_000)],
        ..Kind::new('V', "scenic", "景区", (3, 5))
    },
    Kind {
        outskirts: true,
        tag: "breeding",
        weight: "2",
        measures: &[("wall_m2", 20_000, 32_000, 500)],
        ..Kind::new('L', "landfill", "垃圾场", (1, 1))
    },
    Kind {
        outskirts: true,
        tag: "breeding",
        measures: &[("wall_m2", 8_000, 16_000, 500)],
        ..Kind::new('F', "livestock", "养殖基地", (3, 6))
    },
    Kind {
        outskirts: true,
        tag: "breeding",
        measures: &[("water_m2", 10_000, 34_000, 1_000)],
        ..Kind::new('W', "wetland", "湿地", (5, 8))
    },
    Kind {
        tag: "breeding",
        measures: &[("water_m2", 1_000, 8_000, 100)],
        ..Kind::new('D', "pond", "水塘", (7, 12))
    },
    Kind {
        outskirts: true,
        tag: "breeding",
        measures: &[("area_m2", 60_000, 160_000, 5_000)],
        ..Kind::new('M', "migrant_quarter", "外来人员居住地", (5, 8))
    },
];

/// Names of a district's zones in town.
const TOWN: [&str; 5] = ["东街道", "西街道", "南街道", "北街道", "中街道"];

impl District {
    pub(crate) fn draw(number: usize, dice: &mut Dice) -> Self {
        let town = dice.within(3..=5) as usize;
        let mut zones: Vec<String> = (TOWN[..town].iter())
            .map(|name| format!("第{number}区{name}"))
            .collect();
        zones.push(format!("第{number}区城郊"));
        let mut district = District {
            number,
            zones,
            sites: Vec::new(),
        };
        for kind in &KINDS {
            for nth in 1..=dice.within(kind.count.0..=kind.count.1) {
                let zone = if kind.outskirts {
                    town
                } else {
                    dice.within(0..=town as i64 - 1) as usize
                };
                let site = district.site(kind, nth, zone, dice);
                district.sites.push(site);
            }
        }
        district
    }

    fn site(&self, kind: &Kind, nth: i64, zone: usize, dice: &mut Dice) -> Site {
        let mut measures: Vec<(&str, i64)> = Vec::new();
        for &(column, smallest, largest, step) in kind.measures {
            let size = smallest + step * dice.within(0..=(largest - smallest) / step);
            measures.push((column, size));
        }
        // Some roads and compounds stand out, and are treated as busy places are.
        let crowded = matches!(kind.word, "road" | "residential") && nth % 16 == 8;
        let exclude: &[&str] = match (kind.word, nth) {
            ("wetland", 1..=2) => &["larva_temephos", "larva_pyriproxyfen"],
            ("pond", _) if nth % 3 == 0 => &["larva_temephos"],
            _ => &[],
        };
        // Districts lie in rows of ten, each two hundredths of a degree wide and high.
        let (row, column) = ((self.number as i64 - 1) / 10, (self.number as i64 - 1) % 10);
        let lon_lat = (
            8_480_000 + 2_000 * column + dice.within(0..=1_999),
            4_550_000 + 2_000 * row + dice.within(0..=1_999),
        );
        Site {
            id: format!("D{:03}{}{nth:02}", self.number, kind.letter),
            name: format!("第{}区{}{nth}", self.number, kind.name),
            kind: kind.word,
            zone,
            access_min: if kind.outskirts { 25 } else { work::ACCESS_MIN },
            tag: if crowded { "hotspot" } else { kind.tag },
            weight: if crowded { "1.5" } else { kind.weight },
            workdays: kind.workdays,
            exclude,
            parts: if kind.word == "landfill" { 2 } else { 1 },
            measures,
            lon_lat,
        }
    }
}

/// sites.csv.
pub(crate) fn table(districts: &[District]) -> Table {
    let mut table = Table::new("sites.csv");
    let degrees = |hundred_thousandths: i64| {
        let (whole, rest) = (hundred_thousandths / 100_000, hundred_thousandths % 100_000);
        format!("{whole}.{rest:05}")
    };
    for district in districts {
        for site in &district.sites {
            table.row([
                ("site", site.id.clone()),
                ("name", site.name.clone()),
                ("kind", site.kind.to_owned()),
                ("zone", district.zones[site.zone].clone()),
                ("lon", degrees(site.lon_lat.0)),
                ("lat", degrees(site.lon_lat.1)),
                ("weight", site.weight.to_owned()),
                ("tags", site.tag.to_owned()),
                ("workdays", site.workdays.to_owned()),
                ("access_min", site.access_min.to_string()),
                ("exclude", site.exclude.join(";")),
                ("parts", site.parts.to_string()),
            ]);
            let row = table.rows.last_mut().expect("the row just added");
            for &(column, figure) in &site.measures {
                row.insert(column, figure.to_string());
            }
        }
    }
    table
}
