/** Reddy et al., "FIRST: Faster Improved Listwise Reranking with Single Token Decoding", 2406.15657: identifiers of one token. */
export const FIRST = `---
name: first
kind: listwise
about: FIRST, letters whose log probabilities give the order (2406.15657)
identifiers: letters
words: 300
---
@system
You are RankLLM, an intelligent assistant that can rank passages based on their relevancy to the query
@user
I will provide you with {{count}} passages, each indicated by an alphabetical identifier []. Rank the passages based on their relevance to the search query: {{query}}.

@each
[{{id}}] {{document}}
@end
Search Query: {{query}}.
@if instruction
Instruction: {{instruction}}
@end
Rank the {{count}} passages above based on their relevance to the search query. All the passages should be included and listed using identifiers, in descending order of relevance. The output format should be [] > [], e.g., [B] > [A], Answer concisely and directly and only respond with the ranking results, do not say any word or explain.
`;
