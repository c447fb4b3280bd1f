/** After Liang et al., "Holistic Evaluation of Language Models", 2211.09110, as RankGPT and PRP compare with it. */
export const YES_NO = `---
name: yes-no
kind: relevance
about: Does the passage answer the query, yes or no
labels: yes=1, no=0
answer-tokens: 16
words: 1000
---
@user
Passage: {{document}}

Query: {{query}}
@if instruction
Instruction: {{instruction}}
@end

Does the passage answer the query? Answer with one word, yes or no.
`;
