"""From a ``CostQuery`` to Cost Explorer and back: shapes, kept days, pages and sums."""
