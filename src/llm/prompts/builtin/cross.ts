/** The question of zELO's cross-query comparisons, whose wording is not published, in the form of PRP. */
export const CROSS = `---
name: cross
kind: cross
about: The better of two passages, each for a query of its own, which makes scores of queries comparable
words: 300
---
@user
Here are two queries, each with one passage. Which passage answers its own query better? Judge each passage by its own query only; the other query does not matter.

@each
Query {{id}}: "{{query}}"
Passage {{id}}: "{{document}}"

@end
@if instruction
{{instruction}}

@end
Output Passage A or Passage B:
`;
