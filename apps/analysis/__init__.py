"""Pure mathematics: arrays in, frozen dataclasses out.

Counts: `tabulation` one answer, `crosstabs` two or three, `choices` rankings, `arrival` by day. What they say:
`summaries`, `ordered` and `ordered_association` scales, `table_tests` (by `association` and `column_letters`) tables,
`plackett_luce` rankings, `paired` twice the same question, `keywords`, `cooccurrence` and `coders` words. How they were
given: `quality`, `cohorts`. How sure: `intervals`, `exact_intervals`, `weights`, `raking`. What may be shown:
`suppression` of one answer, `table_suppression` of two, `disclosure_audit` for the proof, `joint_audit` for that of
several tables together (`joint_tables`). `simulation` makes readers up; `opinion_map` reads votes.

No page asks for these yet. Others have printed numbers for them, which ours are held against: most of
`exact_intervals`, `intervals.agresti_coull` and `difference`, `ordered.leaning`, `weights.weighted_shares`. The method
names them: `cohorts`, most of `opinion_map.polis_statements`. `bench` and tests measure by them:
`opinion_map.comparison.compare_gains`, `votes.vote_matrix`, `disclosure_audit.audit_table` and `audit_line`.
"""
