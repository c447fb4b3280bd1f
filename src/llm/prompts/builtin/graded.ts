/** After Zhuang et al., "Beyond Yes and No", 2310.14122: the expected grade of several labels. */
export const GRADED = `---
name: graded
kind: relevance
about: How relevant the passage is, on a scale from 0 to 3 (2310.14122)
labels: 0=0, 1=1, 2=2, 3=3
answer-tokens: 16
words: 1000
---
@user
Query: {{query}}
@if instruction
Instruction: {{instruction}}
@end

Passage: {{document}}

How relevant is the passage to the query?
0: it has nothing to do with the query
1: it is on the topic but does not answer the query
2: it answers the query in part, or unclearly
3: it answers the query fully
Answer with one digit, 0, 1, 2 or 3:
`;
