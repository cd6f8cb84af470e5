//! Which sites a rule chooses, and warnings when that is none or fewer than it seems.

use super::some_ids;
use crate::domain::{Choice, Measure, Rule, Selector, Site, Treatment, TreatmentIx};
use crate::finding::{Code, Finding, Findings, say, shown};
use crate::validate::Draft;
use std::collections::BTreeMap;

/// What a rule chooses.
#[derive(Default)]
pub(super) struct Chosen {
    /// Positions of sites of which some part is chosen and something can be done, with the number of such parts.
    pub(super) sites: Vec<(usize, u32)>,
    /// Sites that match the columns.
    matching: usize,
    /// Those left out because a measure is blank.
    blank: Vec<usize>,
}

/// Whether a treatment can be done at a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doable {
    Yes,
    /// The measure is zero, or the site excludes it.
    No,
    /// The measure is blank.
    Blank,
}

fn doable(draft: &Draft<'_>, site: &Site, treatment: &Treatment) -> Doable {
    let product = treatment
        .product
        .map(|product| &draft.products.rows[product.0].id);
    let excluded = site
        .exclude
        .iter()
        .any(|word| *word == treatment.id || *word == treatment.method || Some(word) == product);
    if excluded {
        return Doable::No;
    }
    match &treatment.measure {
        Measure::Visit => Doable::Yes,
        Measure::Column(column) => match site.measures.get(column) {
            None => Doable::Blank,
            Some(value) if value.is_positive() => Doable::Yes,
            Some(_) => Doable::No,
        },
    }
}

/// Whether a treatment can be done at a site.
pub(super) fn can_be_done(draft: &Draft<'_>, site: usize, treatment: TreatmentIx) -> bool {
    let treatment = &draft.treatments.rows[treatment.0];
    doable(draft, &draft.sites.rows[site], treatment) == Doable::Yes
}

/// The sites that a rule chooses; those with errors are left out.
pub(super) fn chosen(draft: &Draft<'_>, rule: &Rule) -> Chosen {
    let mut chosen = Chosen::default();
    let named = rule
        .selector
        .site
        .as_ref()
        .map(|choice| named_parts(choice));
    for (at, site) in draft.sites.rows.iter().enumerate() {
        let parts = matching_parts(&rule.selector, named.as_ref(), site);
        if parts == 0 || !draft.sites.sound[at] {
            continue;
        }
        chosen.matching += 1;
        let can =
            |treatment: &TreatmentIx| doable(draft, site, &draft.treatments.rows[treatment.0]);
        if rule
            .treatments
            .iter()
            .any(|treatment| can(treatment) == Doable::Yes)
        {
            chosen.sites.push((at, parts));
        } else if rule
            .treatments
            .iter()
            .any(|treatment| can(treatment) == Doable::Blank)
        {
            chosen.blank.push(at);
        }
    }
    chosen
}

/// The entries of a site column: for each site `None` for all of it, or parts.
struct Named<'c> {
    any_of: BTreeMap<&'c str, Option<Vec<u32>>>,
    none_of: BTreeMap<&'c str, Option<Vec<u32>>>,
    all: bool,
}

fn named_parts(choice: &Choice) -> Named<'_> {
    Named {
        any_of: by_site(&choice.any_of),
        none_of: by_site(&choice.none_of),
        all: choice.any_of.is_empty() && !choice.emptied,
    }
}

fn by_site(entries: &[String]) -> BTreeMap<&str, Option<Vec<u32>>> {
    let mut sites: BTreeMap<&str, Option<Vec<u32>>> = BTreeMap::new();
    for entry in entries {
        let part = entry.rsplit_once('/');
        let part = part.and_then(|(id, part)| Some((id, part.parse().ok()?)));
        match part {
            Some((id, part)) => {
                if let Some(parts) = sites.entry(id).or_insert_with(|| Some(Vec::new())) {
                    parts.push(part);
                }
            }
            None => {
                sites.insert(entry, None);
            }
        }
    }
    sites
}

/// Number of parts of a site that match all columns.
fn matching_parts(selector: &Selector, named: Option<&Named<'_>>, site: &Site) -> u32 {
    let word_fits = |choice: &Option<Choice>, has: &dyn Fn(&str) -> bool| {
        choice.as_ref().is_none_or(|choice| {
            let any = choice.any_of.is_empty() || choice.any_of.iter().any(|word| has(word));
            any && !choice.emptied && !choice.none_of.iter().any(|word| has(word))
        })
    };
    let fits = word_fits(&selector.kind, &|word| {
        !word.is_empty() && site.kind == word
    }) && word_fits(&selector.zone, &|word| site.zone.as_deref() == Some(word))
        && word_fits(&selector.tag, &|word| {
            site.tags.iter().any(|tag| tag == word)
        });
    let Some(named) = named.filter(|_| fits) else {
        return if fits { site.parts } else { 0 };
    };
    let id = site.id.as_str();
    let mut parts: Vec<u32> = match named.any_of.get(id) {
        None if named.all => return without(named, id, site.parts),
        None => return 0,
        Some(None) => return without(named, id, site.parts),
        Some(Some(parts)) => parts.clone(),
    };
    parts.sort_unstable();
    parts.dedup();
    match named.none_of.get(id) {
        None => parts.len() as u32,
        Some(None) => 0,
        Some(Some(gone)) => parts.iter().filter(|part| !gone.contains(part)).count() as u32,
    }
}

/// All parts of a site but those taken away.
fn without(named: &Named<'_>, id: &str, parts: u32) -> u32 {
    match named.none_of.get(id) {
        None => parts,
        Some(None) => 0,
        Some(Some(gone)) => {
            let mut gone = gone.clone();
            gone.sort_unstable();
            gone.dedup();
            parts.saturating_sub(gone.len() as u32)
        }
    }
}

/// Warns of a rule that chooses no site, and of sites left out for a blank measure.
pub(super) fn report(draft: &Draft<'_>, at: usize, chosen: &Chosen, findings: &mut Findings) {
    let rule = &draft.rules.rows[at];
    let ids =
        |sites: &[usize]| some_ids(sites.iter().map(|&site| draft.sites.rows[site].id.as_str()));
    if !chosen.blank.is_empty() {
        let (count, ids) = (chosen.blank.len(), ids(&chosen.blank));
        let mut measures: Vec<&str> = Vec::new();
        for treatment in &rule.treatments {
            if let Measure::Column(column) = &draft.treatments.rows[treatment.0].measure
                && !measures.contains(&column.as_str())
            {
                measures.push(column);
            }
        }
        let measures = measures.join(", ");
        findings.add(
            Finding::new(
                Code::BlankMeasure,
                draft.place("coverage.csv", at, "treatments"),
                say!(
                    "{count} 个地点缺少计量值（{measures}），未纳入：{ids}",
                    "{count} sites are left out for a blank measure ({measures}): {ids}"
                ),
            )
            .help(say!(
                "在 sites.csv 填上计量值；确实不用做的填 0",
                "fill in the measure in sites.csv, or 0 where there is nothing to do"
            )),
        );
    }
    let certain = draft.site_ids.table.whole && draft.sites.sound.iter().all(|&sound| sound);
    if !chosen.sites.is_empty() || !certain {
        return;
    }
    let id = shown(&rule.id);
    let (message, help) = if rule.treatments.is_empty() {
        (
            say!(
                "规则 `{id}` 的措施都已被删除",
                "all treatments of rule `{id}` have been dropped"
            ),
            say!(
                "也删除这条规则，或改写措施",
                "drop the rule too, or name other treatments"
            ),
        )
    } else if chosen.matching == 0 {
        (
            say!(
                "规则 `{id}` 没有选中任何地点",
                "rule `{id}` chooses no site"
            ),
            say!(
                "检查 kind、zone、tag、site 各列；地点要同时符合每一列",
                "check kind, zone, tag and site; a site must match every column that is given"
            ),
        )
    } else {
        let matching = chosen.matching;
        (
            say!(
                "规则 `{id}` 没有选中任何地点：符合条件的 {matching} 个地点都不能做它的措施",
                "rule `{id}` chooses no site: at none of the {matching} that match can its treatments be done"
            ),
            say!(
                "检查措施的 measure 列在这些地点是否有大于 0 的值，以及 exclude",
                "check that these sites have the treatments' measure above 0 and do not exclude them"
            ),
        )
    };
    findings.add(
        Finding::new(
            Code::RuleChoosesNoSite,
            draft.place("coverage.csv", at, "rule"),
            message,
        )
        .help(help),
    );
}
