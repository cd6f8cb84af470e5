//! Where visits stand: every part of every site is a place of its own.

use crate::domain::{Scenario, SiteIx};

/// Number of a place: the parts of all sites, counted through in input order.
pub(super) type PlaceIx = usize;

/// The places of a scenario.
pub(super) struct Places {
    /// The first place of each site, and the number of places at the end.
    first: Vec<PlaceIx>,
    /// The site of each place.
    site: Vec<SiteIx>,
}

impl Places {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let mut first = vec![0];
        let mut site = Vec::new();
        for (ix, row) in scenario.sites.iter().enumerate() {
            site.extend((0..row.parts).map(|_| SiteIx(ix)));
            first.push(site.len());
        }
        Places { first, site }
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        self.site.len()
    }

    /// The place of a part, counted from 1; `None` when the site has no such part.
    pub(super) fn find(&self, site: SiteIx, part: u32) -> Option<PlaceIx> {
        let place = self.first[site.0] + (part as usize).checked_sub(1)?;
        (place < self.first[site.0 + 1]).then_some(place)
    }

    /// The places of all parts of a site.
    pub(super) fn of_site(&self, site: SiteIx) -> std::ops::Range<PlaceIx> {
        self.first[site.0]..self.first[site.0 + 1]
    }

    /// The site of a place.
    pub(super) fn site(&self, place: PlaceIx) -> SiteIx {
        self.site[place]
    }

    /// The part, counted from 1, of its site.
    pub(super) fn part(&self, place: PlaceIx) -> u32 {
        (place - self.first[self.site[place].0] + 1) as u32
    }

    /// The id that a plan uses.
    pub(super) fn id(&self, scenario: &Scenario, place: PlaceIx) -> String {
        scenario[self.site[place]].part_id(self.part(place))
    }
}

/// Ranks by code point of what visits.csv is sorted by.
pub(super) struct Order {
    pub(super) team: Vec<usize>,
    pub(super) place: Vec<usize>,
    pub(super) treatment: Vec<usize>,
}

impl Order {
    pub(super) fn new(scenario: &Scenario, places: &Places) -> Self {
        Order {
            team: ranks(scenario.teams.iter().map(|team| team.id.clone())),
            place: ranks((0..places.len()).map(|place| places.id(scenario, place))),
            treatment: ranks(scenario.treatments.iter().map(|row| row.id.clone())),
        }
    }
}

/// For each id its position when all are sorted by code point, which is the order of their UTF-8 bytes.
fn ranks(ids: impl Iterator<Item = String>) -> Vec<usize> {
    let mut sorted: Vec<(String, usize)> = ids.enumerate().map(|(ix, id)| (id, ix)).collect();
    sorted.sort_unstable();
    let mut ranks = vec![0; sorted.len()];
    for (rank, (_, ix)) in sorted.into_iter().enumerate() {
        ranks[ix] = rank;
    }
    ranks
}
