/** After Chen et al., "TourRank", 2406.11678: name the best few, which need not be ordered. */
export const TOURRANK = `---
name: tourrank
kind: selection
about: TourRank, the best few of a group (2406.11678)
words: 300
---
@system
You are an intelligent assistant that can compare multiple documents based on their relevancy to the given query.
@user
I will provide you with {{count}} documents, each indicated by a numerical identifier []. Consider all of them and select the {{pick}} documents that are most relevant to the query: {{query}}.

@each
[{{id}}] {{document}}
@end

The query is: {{query}}.
@if instruction
Instruction: {{instruction}}
@end
Name the {{pick}} documents that are most relevant to the query, the most relevant first. The output format should be [] > [], e.g., [3] > [1]. Only respond with the identifiers, do not say any word or explain.
`;
