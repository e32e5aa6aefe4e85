"""Pure mathematics: arrays in, frozen dataclasses out.

Counts: `tabulation` one answer, `crosstabs` two or three, `multiple_answers` several of one reader, `choices` rankings,
`arrival` by day. What they say: `summaries`, `ordered` and `ordered_association` scales, `table_tests` (by
`association` and `column_letters`) tables, `plackett_luce` rankings, `paired` twice the same question, `keywords`,
`cooccurrence` and `coders` words. How they were given: `quality`, `cohorts`. How sure: `intervals`, `exact_intervals`,
`weights`, `raking`. What may be shown: `suppression` of one answer, `table_suppression` of two, `disclosure_audit` for
the proof, `joint_audit` for that of several tables together (`joint_tables`). `simulation` makes readers up;
`opinion_map` reads votes.
"""
