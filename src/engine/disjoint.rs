//! Disjoint sets: what hangs together, directly or through others.

/// Items by number, each in one set; a set is known by its least item.
#[derive(Debug, Clone)]
pub(super) struct DisjointSets {
    /// For each item a lesser one of its set; the least leads to itself.
    lesser: Vec<usize>,
}

impl DisjointSets {
    /// Each item in a set of its own.
    pub(super) fn new(items: usize) -> Self {
        DisjointSets {
            lesser: (0..items).collect(),
        }
    }

    /// The least item of an item's set.
    pub(super) fn of(&mut self, mut item: usize) -> usize {
        while self.lesser[item] != item {
            self.lesser[item] = self.lesser[self.lesser[item]];
            item = self.lesser[item];
        }
        item
    }

    /// Puts the sets of two items together.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        self.lesser[a.max(b)] = a.min(b);
    }
}
