//! Densities before and after: surveys paired by zone, pest and index.

use crate::domain::{Day, Exact, Survey, SurveyPhase};

/// What was found, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// When.
    pub date: Day,
    /// The value, in the unit of the index.
    pub value: Exact,
}

/// A density before and after a treatment; one of the two may be lacking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DensityFigures {
    /// Where; `None` = the whole district.
    pub zone: Option<String>,
    /// Pest.
    pub pest: String,
    /// What was measured.
    pub index: String,
    /// What the standard allows; the latest that is given.
    pub limit: Option<Exact>,
    /// Before the treatment.
    pub before: Option<Found>,
    /// After the treatment.
    pub after: Option<Found>,
    /// (before − after) / before, in per cent; `None` where one is lacking or nothing was there before.
    pub fall: Option<Exact>,
    /// Whether the latest value is within the limit.
    pub within: Option<bool>,
}

/// Pairs surveys in the order of their dates: the first survey before a treatment with the last one after it. A new
/// survey "before" that follows one "after" begins a new pair.
pub fn densities(surveys: &[Survey]) -> Vec<DensityFigures> {
    let mut sorted: Vec<&Survey> = surveys.iter().collect();
    sorted.sort_by_key(|survey| (survey.date, survey.phase));
    let mut pairs: Vec<DensityFigures> = Vec::new();
    for survey in sorted {
        let same = |pair: &DensityFigures| {
            pair.zone == survey.zone && pair.pest == survey.pest && pair.index == survey.index
        };
        let open = pairs.iter().rposition(same);
        let begins = survey.phase == SurveyPhase::Before;
        let open = open.filter(|&at| !begins || pairs[at].after.is_none());
        let at = open.unwrap_or_else(|| {
            pairs.push(DensityFigures {
                zone: survey.zone.clone(),
                pest: survey.pest.clone(),
                index: survey.index.clone(),
                limit: None,
                before: None,
                after: None,
                fall: None,
                within: None,
            });
            pairs.len() - 1
        });
        let pair = &mut pairs[at];
        let found = Found {
            date: survey.date,
            value: survey.value.clone(),
        };
        if begins {
            pair.before.get_or_insert(found);
        } else {
            pair.after = Some(found);
        }
        pair.limit = survey.limit.clone().or(pair.limit.take());
    }
    for pair in &mut pairs {
        if let (Some(before), Some(after)) = (&pair.before, &pair.after)
            && before.value.is_positive()
        {
            let fell = &(&before.value - &after.value) * &Exact::from_int(100);
            pair.fall = Some(&fell / &before.value);
        }
        let latest = pair.after.as_ref().or(pair.before.as_ref());
        if let (Some(limit), Some(latest)) = (&pair.limit, latest) {
            pair.within = Some(latest.value <= *limit);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(day: u32, value: i64, phase: SurveyPhase) -> Survey {
        Survey {
            date: Day::from_ymd_opt(2026, 6, day).expect("a day"),
            zone: None,
            pest: "蝇".into(),
            index: "阳性率".into(),
            value: Exact::from_int(value),
            limit: Some(Exact::from_int(9)),
            phase,
        }
    }

    #[test]
    fn a_survey_before_after_one_after_begins_a_new_pair() {
        use SurveyPhase::{After, Before};
        let pairs = densities(&[
            survey(20, 8, After),
            survey(1, 20, Before),
            survey(25, 30, Before),
            survey(10, 5, After),
        ]);
        assert_eq!(pairs.len(), 2);
        assert_eq!(pairs[0].fall, Some(Exact::from_int(60)));
        assert_eq!(pairs[0].within, Some(true));
        assert_eq!(pairs[1].after, None);
        assert_eq!(pairs[1].within, Some(false));
    }
}
