//! Writes rows of sites.csv: UTF-8 with a byte order mark, which Excel needs to show Chinese.

use super::place::{Site, Zone};
use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// A column: its header and how a site fills it.
type Column = (&'static str, fn(&Site) -> String);

/// Writes the table; a column that no site fills is left out.
pub(crate) fn write(path: &Path, sites: &[Site]) -> Result<(), Box<dyn Error>> {
    const MEASURES: [&str; 9] = [
        "length_m",
        "area_m2",
        "green_m2",
        "wall_m2",
        "water_m2",
        "floor_m2",
        "boxes",
        "stations",
        "households",
    ];
    let fixed: [Column; 10] = [
        ("site", |site| site.id.clone()),
        ("name", |site| site.name.clone()),
        ("kind", |site| site.kind.into()),
        ("zone", |site| site.zone.name().into()),
        ("lon", |site| degrees(site.lon_lat.0)),
        ("lat", |site| degrees(site.lon_lat.1)),
        ("weight", |site| site.weight.into()),
        ("tags", |site| site.tags.into()),
        ("workdays", |site| site.workdays.into()),
        ("access_min", |site| access_min(site).into()),
    ];
    let mut columns: Vec<(&str, Vec<String>)> = fixed
        .iter()
        .map(|(header, cell)| (*header, sites.iter().map(cell).collect()))
        .collect();
    columns.push(("exclude", sites.iter().map(|s| s.exclude.into()).collect()));
    let parts = |site: &Site| match site.parts {
        1 => String::new(),
        parts => parts.to_string(),
    };
    columns.push(("parts", sites.iter().map(parts).collect()));
    for header in MEASURES {
        columns.push((header, sites.iter().map(|s| measure(s, header)).collect()));
    }
    columns.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));

    let mut file = File::create(path)?;
    file.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(columns.iter().map(|(header, _)| header))?;
    for row in 0..sites.len() {
        writer.write_record(columns.iter().map(|(_, cells)| &cells[row]))?;
    }
    writer.flush()?;
    Ok(())
}

fn degrees(hundred_thousandths: u32) -> String {
    format!(
        "{}.{:05}",
        hundred_thousandths / 100_000,
        hundred_thousandths % 100_000
    )
}

/// Minutes to reach the site and get in, where the scenario's default does not fit.
fn access_min(site: &Site) -> &'static str {
    match (site.kind, site.zone) {
        ("premises", _) => "5",
        (_, Zone::Outskirts) => "25",
        _ => "",
    }
}

fn measure(site: &Site, header: &str) -> String {
    site.measures
        .iter()
        .find(|(name, _)| *name == header)
        .map_or_else(String::new, |(_, figure)| figure.to_string())
}
