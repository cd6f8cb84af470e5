//! Where rats and cockroaches are fought: premises, households, compounds, refuse points.

use super::place::{Dice, SUB_DISTRICTS, Site, Zone, shared_out};

/// Premises of the five small trades (五小行业): 978 in the report; the trades' shares and sizes are assumed.
const TRADES: [Trade; 5] = [
    Trade {
        name: "小餐饮店",
        tag: "catering",
        count: 372,
        // Guests come at weekends, and gel is the bait for kitchens.
        workdays: "mon-fri",
        exclude: "roach_granule",
        floor: (60, 220),
        boxes: (2, 5),
    },
    Trade {
        name: "小食品店",
        tag: "food_shop",
        count: 246,
        workdays: "",
        exclude: "",
        floor: (30, 150),
        boxes: (1, 3),
    },
    Trade {
        name: "小美容美发店",
        tag: "hairdresser",
        count: 178,
        workdays: "",
        exclude: "",
        floor: (30, 110),
        boxes: (1, 2),
    },
    Trade {
        name: "小旅馆",
        tag: "hostel",
        count: 112,
        workdays: "",
        exclude: "",
        floor: (80, 300),
        boxes: (2, 5),
    },
    Trade {
        name: "小浴室",
        tag: "bathhouse",
        count: 70,
        workdays: "",
        exclude: "",
        floor: (60, 260),
        boxes: (2, 4),
    },
];

struct Trade {
    name: &'static str,
    tag: &'static str,
    count: usize,
    workdays: &'static str,
    exclude: &'static str,
    floor: (u32, u32),
    boxes: (u32, u32),
}

/// In the report: 11 万平方米, 2,457 boxes, "nearly 70,000" households.
const FLOOR_M2: u32 = 110_000;
const BOXES: u32 = 2_457;
const HOUSEHOLDS: u32 = 69_700;

/// All 1,300 sites of the spring; compounds keep id, place and name of the summer.
pub(crate) fn sites(summer: &[Site]) -> Vec<Site> {
    let mut dice = Dice::new(20_260_316);
    let mut sites = premises(&mut dice);
    sites.extend(grids(&mut dice));
    for compound in summer.iter().filter(|site| site.kind == "residential") {
        let stations = dice.size(12, 40, 1);
        let near_school = dice.size(1, 8, 1) == 1;
        sites.push(Site {
            weight: "",
            tags: "",
            exclude: if near_school { "outdoor_refill" } else { "" },
            measures: vec![("stations", stations)],
            ..compound.clone()
        });
    }
    for nth in 0..30 {
        let stations = dice.size(4, 10, 1);
        let id = format!("T{:02}", nth + 1);
        let name = format!("垃圾收集站{}", nth + 1);
        let mut point = blank(&mut dice, id, name, "refuse_point", shared_out(nth, 30));
        point.measures = vec![("stations", stations)];
        sites.push(point);
    }
    sites
}

fn blank(dice: &mut Dice, id: String, name: String, kind: &'static str, zone: Zone) -> Site {
    Site {
        id,
        name,
        kind,
        zone,
        lon_lat: dice.spot(zone),
        weight: "",
        tags: "",
        workdays: "",
        exclude: "",
        parts: 1,
        measures: Vec::new(),
    }
}

fn premises(dice: &mut Dice) -> Vec<Site> {
    let trades = || TRADES.iter().flat_map(|trade| vec![trade; trade.count]);
    let floors = dice.shares(trades().map(|trade| trade.floor), FLOOR_M2);
    let boxes = dice.shares(trades().map(|trade| trade.boxes), BOXES);
    let mut sites = Vec::new();
    for trade in &TRADES {
        for nth in 0..trade.count {
            let at = sites.len();
            let id = format!("B{:04}", at + 1);
            let name = format!("{}{}", trade.name, nth + 1);
            let mut site = blank(dice, id, name, "premises", shared_out(nth, trade.count));
            site.tags = trade.tag;
            site.workdays = trade.workdays;
            site.exclude = trade.exclude;
            site.measures = vec![("floor_m2", floors[at]), ("boxes", boxes[at])];
            sites.push(site);
        }
    }
    sites
}

/// The grids (网格) of the 52 communities: 32 communities of five and 20 of four.
fn grids(dice: &mut Dice) -> Vec<Site> {
    let households = dice.shares(std::iter::repeat_n((200, 400), 240), HOUSEHOLDS);
    let mut sites = Vec::new();
    let mut community = 0;
    for (zone, communities) in SUB_DISTRICTS {
        for nth in 1..=communities {
            community += 1;
            for grid in 1..=(if community % 13 < 8 { 5 } else { 4 }) {
                let id = format!("K{community:02}{grid:02}");
                let name = format!("{}第{nth}社区第{grid}网格", zone.name());
                let mut site = blank(dice, id, name, "grid", zone);
                site.measures = vec![("households", households[sites.len()])];
                sites.push(site);
            }
        }
    }
    sites
}
