//! Dependencies in a snapshot.

use super::super::Engine;
use crate::observe::{CALL_FAILURES, DependencyView};

impl Engine {
    /// Shows every dependency, reusing the views.
    pub(in super::super) fn dependency_views(&self, into: &mut Vec<DependencyView>) {
        into.resize_with(self.dependencies.len(), DependencyView::default);
        for ((view, dependency), model) in
            into.iter_mut().zip(&self.dependencies).zip(&self.model.dependencies)
        {
            view.name.clone_from(&model.name);
            view.kind = if model.is_service { "service" } else { model.kind.word() };
            (view.gone, view.slow) = (dependency.gone, dependency.slow);
            (view.in_use, view.connections, view.waiting) =
                (dependency.in_progress, dependency.connections, dependency.waiting);
            view.concurrency = Some(model.concurrency).filter(|&limit| limit < u32::MAX);
            view.connections_limit = model.connections;
            let counts = &dependency.counts;
            (view.requests, view.open, view.answered) = (counts.made, counts.open, counts.answered);
            (view.abandoned, view.lost_updates) = (counts.abandoned, counts.lost_updates);
            view.failed.clear();
            view.failed
                .extend(CALL_FAILURES.iter().map(|&failure| (failure, counts.failed[failure as usize])));
            let kept = dependency.kept.as_ref();
            (view.hits, view.misses) = kept.map_or((0, 0), |kept| (kept.hits, kept.misses));
            view.fetching = kept.map(|kept| kept.fetching).unwrap_or_default();
            if let (Some(broker), Some(model)) = (&dependency.broker, &model.broker) {
                let service = &self.model.services[model.service.index()].name;
                broker.view(model, service, view.broker.get_or_insert_default());
            }
        }
    }
}
