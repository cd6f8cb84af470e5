//! A season that changes a little is planned again from the plan that stands.

#[path = "support/generate.rs"]
mod generate;

use generate::Size;
use xiaosha::domain::Money;
use xiaosha::engine::{self, Effort, Options, Unwatched};
use xiaosha::measures;
use xiaosha::season::Season;
use xiaosha::verify::judge_plan;

#[test]
fn a_season_with_less_money_is_planned_again_validly_and_the_money_brings_the_rounds_back() {
    let options = Options {
        effort: Effort::Quick,
        ..Options::default()
    };
    let (mut compared, mut as_good) = (0, 0);
    for seed in generate::seeds(40) {
        let scenario = generate::scenario(seed, &Size::small());
        let season = Season::new(&scenario);
        let whole = engine::plan(&season, &options, &Unwatched);
        let less = Money::from_micro(whole.cost.micro() * 7 / 10);
        let poorer = scenario.with_total(Some(less));
        let poorer_season = Season::new(&poorer);

        let reduced = engine::replan(&poorer_season, &whole.plan, &options, &Unwatched);
        let judgement = judge_plan(&poorer, &reduced.plan);
        assert!(
            judgement.violations.is_empty(),
            "seed {seed}: {judgement:?}"
        );
        assert!(reduced.shortfall >= whole.shortfall, "seed {seed}");

        let restored = engine::replan(&season, &reduced.plan, &options, &Unwatched);
        assert!(judge_plan(&scenario, &restored.plan).violations.is_empty());
        assert_eq!(
            restored.shortfall,
            measures::shortfall(&season, &restored.plan)
        );
        assert!(restored.shortfall <= reduced.shortfall, "seed {seed}");
        compared += 1;
        as_good += u32::from(restored.shortfall == whole.shortfall);
    }
    println!("{as_good} of {compared} as short as planned from nothing");
    assert!(as_good * 10 >= compared * 8, "{as_good} of {compared}");
}
