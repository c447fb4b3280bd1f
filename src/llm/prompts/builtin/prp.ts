/** Qin et al., "Large Language Models are Effective Text Rankers with Pairwise Ranking Prompting", 2306.17563. */
export const PRP = `---
name: prp
kind: pairwise
about: Pairwise ranking prompting, the better of two passages (2306.17563)
words: 300
---
@user
Given a query "{{query}}", which of the following two passages is more relevant to the query?

@each
Passage {{id}}: "{{document}}"

@end
@if instruction
{{instruction}}

@end
Output Passage A or Passage B:
`;
