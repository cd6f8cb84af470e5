//! In which order a crew goes from site to site: a short open path, worked out from the plan alone.
//!
//! A crew may begin and end its day anywhere. From each of a few starts (those farthest from the middle) the nearest
//! site not yet visited comes next; the shortest of these paths is made shorter by turning stretches round (2-opt,
//! Croes 1958) and by moving stretches of one to three sites elsewhere (Or-opt, Or 1976) until neither helps. The result
//! need not be the shortest path, but no two legs of it cross. Distances are whole metres, so that the path is the
//! same on every machine.

/// Mean radius of the earth in metres (IUGG).
const EARTH: f64 = 6_371_008.8;

/// Starts tried at most.
const STARTS: usize = 12;

/// Sites moved together at most.
const STRETCH: usize = 3;

/// Distance on the sphere in whole metres (haversine formula) of two places given as WGS84 longitude and latitude in
/// degrees.
pub fn metres(a: (f64, f64), b: (f64, f64)) -> i64 {
    let (lat_a, lat_b) = (a.1.to_radians(), b.1.to_radians());
    let half = |from: f64, to: f64| ((to - from) / 2.0).sin().powi(2);
    let square =
        half(lat_a, lat_b) + lat_a.cos() * lat_b.cos() * half(a.0.to_radians(), b.0.to_radians());
    (2.0 * EARTH * square.min(1.0).sqrt().asin()).round() as i64
}

/// A path through places, and how long it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Positions of the places, in visiting order.
    pub order: Vec<usize>,
    /// Length in metres.
    pub metres: i64,
}

impl Route {
    /// A short open path through places (longitude and latitude). Of the two ways to go it, the one that begins at
    /// the earlier place in the list.
    pub fn through(places: &[(f64, f64)]) -> Self {
        let legs = Legs::new(places);
        let mut order: Vec<usize> = starts(places)
            .into_iter()
            .map(|start| legs.nearest_first(start))
            .min_by_key(|order| legs.length(order))
            .unwrap_or_default();
        while legs.turn_round(&mut order) || legs.move_elsewhere(&mut order) {}
        if order.first() > order.last() {
            order.reverse();
        }
        Route {
            metres: legs.length(&order),
            order,
        }
    }
}

/// The places farthest from the middle, where an open path best begins.
fn starts(places: &[(f64, f64)]) -> Vec<usize> {
    let count = places.len() as f64;
    let (lon, lat) = places
        .iter()
        .fold((0.0, 0.0), |sum, place| (sum.0 + place.0, sum.1 + place.1));
    let middle = (lon / count, lat / count);
    let mut starts: Vec<usize> = (0..places.len()).collect();
    starts.sort_by_key(|&at| (std::cmp::Reverse(metres(places[at], middle)), at));
    starts.truncate(STARTS);
    starts
}

/// Distances between all places of a day.
struct Legs {
    count: usize,
    metres: Vec<i64>,
}

impl Legs {
    fn new(places: &[(f64, f64)]) -> Self {
        let all = places.iter();
        Legs {
            count: places.len(),
            metres: all
                .flat_map(|&a| places.iter().map(move |&b| metres(a, b)))
                .collect(),
        }
    }

    fn between(&self, a: usize, b: usize) -> i64 {
        self.metres[a * self.count + b]
    }

    /// The leg between two positions of a path that may lie before its first or after its last place.
    fn leg(&self, a: Option<&usize>, b: Option<&usize>) -> i64 {
        match (a, b) {
            (Some(&a), Some(&b)) => self.between(a, b),
            _ => 0,
        }
    }

    fn length(&self, order: &[usize]) -> i64 {
        let legs = order.windows(2);
        legs.map(|leg| self.between(leg[0], leg[1])).sum()
    }

    /// From a start always on to the nearest place that is left.
    fn nearest_first(&self, start: usize) -> Vec<usize> {
        let mut left: Vec<usize> = (0..self.count).filter(|&at| at != start).collect();
        let mut order = vec![start];
        let mut here = start;
        while let Some(next) = (0..left.len()).min_by_key(|&at| (self.between(here, left[at]), at))
        {
            here = left.remove(next);
            order.push(here);
        }
        order
    }

    /// Turns stretches round as long as that makes the path shorter; whether it did.
    fn turn_round(&self, order: &mut [usize]) -> bool {
        let mut shorter = false;
        for from in 0..order.len() {
            for to in from + 1..order.len() {
                let before = from.checked_sub(1).and_then(|at| order.get(at));
                let after = order.get(to + 1);
                let (first, last) = (order.get(from), order.get(to));
                let now = self.leg(before, first) + self.leg(last, after);
                if self.leg(before, last) + self.leg(first, after) < now {
                    order[from..=to].reverse();
                    shorter = true;
                }
            }
        }
        shorter
    }

    /// Moves short stretches elsewhere as long as that makes the path shorter; whether it did.
    fn move_elsewhere(&self, order: &mut Vec<usize>) -> bool {
        let mut shorter = false;
        for length in 1..=STRETCH.min(order.len().saturating_sub(1)) {
            for from in 0..=order.len() - length {
                let whole = self.length(order);
                let mut rest = order.clone();
                let mut stretch: Vec<usize> = rest.drain(from..from + length).collect();
                let alone = self.length(&rest) + self.length(&stretch);
                let mut best: Option<(i64, usize, bool)> = None;
                for at in 0..=rest.len() {
                    let before = at.checked_sub(1).and_then(|at| rest.get(at));
                    let after = rest.get(at);
                    for turned in [false, true] {
                        let (first, last) = if turned {
                            (stretch.last(), stretch.first())
                        } else {
                            (stretch.first(), stretch.last())
                        };
                        let length = alone - self.leg(before, after)
                            + self.leg(before, first)
                            + self.leg(last, after);
                        if length < whole && best.is_none_or(|best| length < best.0) {
                            best = Some((length, at, turned));
                        }
                    }
                }
                if let Some((_, at, turned)) = best {
                    if turned {
                        stretch.reverse();
                    }
                    rest.splice(at..at, stretch);
                    *order = rest;
                    shorter = true;
                }
            }
        }
        shorter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_kilometres_and_one_of_longitude_shrinks_to_the_north() {
        assert_eq!(metres((84.0, 45.0), (84.0, 46.0)), 111_195);
        assert_eq!(metres((84.0, 60.0), (85.0, 60.0)), 55_597);
        assert_eq!(metres((84.0, 45.0), (84.0, 45.0)), 0);
    }

    #[test]
    fn places_on_a_line_are_visited_along_it() {
        let places = [5, 1, 4, 2, 3, 0].map(|at| (84.0 + 0.01 * f64::from(at), 45.0));
        let route = Route::through(&places);
        assert_eq!(route.order, [0, 2, 4, 3, 1, 5]);
        // Each leg is rounded to a metre.
        assert!((route.metres - metres(places[0], places[5])).abs() <= 5);
    }

    #[test]
    fn few_places_are_no_trouble() {
        assert_eq!(Route::through(&[]).order, Vec::<usize>::new());
        assert_eq!(Route::through(&[(84.0, 45.0)]).order, [0]);
        let same = Route::through(&[(84.0, 45.0); 3]);
        assert_eq!((same.order.len(), same.metres), (3, 0));
    }

    /// The shortest of all open paths.
    fn shortest(legs: &Legs, begun: &mut Vec<usize>, least: &mut i64) {
        if begun.len() == legs.count {
            *least = legs.length(begun).min(*least);
            return;
        }
        for at in 0..legs.count {
            if !begun.contains(&at) {
                begun.push(at);
                shortest(legs, begun, least);
                begun.pop();
            }
        }
    }

    #[test]
    fn paths_through_seven_places_are_within_a_twentieth_of_the_shortest() {
        let mut state = 7u64;
        let mut draw = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 40) as f64 / f64::from(1 << 24)
        };
        for case in 0..40 {
            let places: Vec<(f64, f64)> = (0..7).map(|_| (84.0 + draw(), 45.0 + draw())).collect();
            let mut least = i64::MAX;
            shortest(&Legs::new(&places), &mut Vec::new(), &mut least);
            let found = Route::through(&places).metres;
            assert!(found * 20 <= least * 21, "case {case}: {found}, {least}");
        }
    }
}
