//! Weights against the least number of crew-days, found by trying all sets of visits.

use super::*;
use crate::engine::search::Dice;

/// Seven hours, in minutes.
const DAY: usize = 420;

fn hours(minutes: usize) -> Hours {
    Hours::from_micro((minutes as i64 * 1_000_000 + 30) / 60)
}

/// The fewest crew-days for visits of different jobs.
fn fewest(minutes: &[usize]) -> usize {
    let sets = 1usize << minutes.len();
    let takes = |set: usize| -> usize {
        let all = minutes.iter().enumerate();
        all.filter(|(at, _)| set >> at & 1 == 1)
            .map(|(_, minutes)| minutes)
            .sum()
    };
    // For each set the crew-days and the minutes of the last of them.
    let mut best = vec![(usize::MAX, 0); sets];
    best[0] = (0, DAY + 1);
    for set in 1..sets {
        for (at, &more) in minutes.iter().enumerate() {
            if set >> at & 1 == 1 && takes(1 << at) <= DAY {
                let (days, used) = best[set & !(1 << at)];
                let with = if used + more <= DAY {
                    (days, used + more)
                } else {
                    (days + 1, more)
                };
                best[set] = best[set].min(with);
            }
        }
    }
    best[sets - 1].0
}

/// Sizes with how many jobs have them, and how many visits of each there are: one for each job.
fn by_size(minutes: &[usize]) -> (Vec<(Hours, usize)>, Vec<f64>) {
    let mut sizes: BTreeMap<Hours, usize> = BTreeMap::new();
    for &minutes in minutes {
        *sizes.entry(hours(minutes)).or_insert(0) += 1;
    }
    let visits = sizes.values().map(|&number| number as f64).collect();
    (sizes.into_iter().collect(), visits)
}

#[test]
fn weights_ask_for_no_more_crew_days_than_visits_need() {
    let mut dice = Dice::new(5);
    let (mut lifted, mut needed) = (0, 0);
    for _ in 0..400 {
        let count = 4 + dice.below(7);
        // Some on whole minutes times twelve, some on none that many share.
        let step = [1, 12][dice.below(2)];
        let minutes: Vec<usize> = (0..count)
            .map(|_| (60 + dice.below(240)) / step * step)
            .collect();
        let (sizes, visits) = by_size(&minutes);
        let all: usize = minutes.iter().sum();
        let by_hours = all.div_ceil(DAY);
        let fewest = fewest(&minutes);
        let mut weights = Weights::new(&sizes, hours(DAY));
        let found = weights.heaviest(&visits, all as f64 / DAY as f64);
        let asked = found.map_or(0.0, |found| sum(&found, &visits));
        assert!(
            asked <= fewest as f64,
            "{minutes:?} fit into {fewest} crew-days, not into {asked}"
        );
        needed += usize::from(fewest > by_hours);
        lifted += usize::from(asked > by_hours as f64);
    }
    assert!(
        needed > 80 && 10 * lifted > 8 * needed,
        "lifted {lifted} of {needed}"
    );
}

#[test]
fn weights_that_were_found_serve_other_numbers_of_visits() {
    // Two of these fit into a crew-day, with an hour to spare.
    let sizes = vec![(hours(180), 40)];
    let mut weights = Weights::new(&sizes, hours(DAY));
    let found = weights.heaviest(&[9.0], 27.0 / 7.0).expect("five days");
    assert!((sum(&found, &[9.0]) - 4.5).abs() < 1e-6);
    let again = weights.heaviest(&[11.0], 33.0 / 7.0).expect("six days");
    assert_eq!(found, again);
    assert!(weights.heaviest(&[10.0], 30.0 / 7.0).is_none());
}

#[test]
fn a_job_is_done_once_a_crew_day_however_short_it_is() {
    // Forty minutes of each of two jobs, six times: ten would fit into a crew-day, but two are all there are.
    let sizes = vec![(hours(40), 2)];
    let mut weights = Weights::new(&sizes, hours(DAY));
    let found = weights.heaviest(&[12.0], 1.9).expect("six days");
    assert!((sum(&found, &[12.0]) - 6.0).abs() < 1e-6);
}

#[test]
fn what_fits_in_hours_fits_in_units() {
    let mut dice = Dice::new(11);
    for _ in 0..500 {
        let step = [1, 7, 3_333, 200_000][dice.below(4)];
        let sizes: BTreeSet<i64> = (0..8)
            .map(|_| (1 + dice.below(4_000_000) as i64) / step * step + 1)
            .collect();
        let sizes: Vec<(Hours, usize)> = sizes
            .into_iter()
            .map(|size| (Hours::from_micro(size), 3))
            .collect();
        let day = Hours::from_micro(7_000_100);
        let knapsack = Knapsack::new(&sizes, day);
        for _ in 0..20 {
            let mut pattern = vec![0; sizes.len()];
            let mut left = day.micro();
            for _ in 0..12 {
                let at = dice.below(sizes.len());
                if pattern[at] < 3 && sizes[at].0.micro() <= left {
                    left -= sizes[at].0.micro();
                    pattern[at] += 1;
                }
            }
            assert!(knapsack.holds(&pattern), "{sizes:?} {pattern:?}");
        }
    }
}
