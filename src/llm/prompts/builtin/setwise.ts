/** Zhuang et al., "A Setwise Approach for Effective and Highly Efficient Zero-shot Ranking", 2310.09497. */
export const SETWISE = `---
name: setwise
kind: setwise
about: Setwise, the best of a few passages (2310.09497)
words: 300
---
@user
Given a query "{{query}}", which of the following passages is the most relevant one to the query?

@each
Passage {{id}}: "{{document}}"

@end
@if instruction
{{instruction}}

@end
Output only the passage label of the most relevant passage:
`;
