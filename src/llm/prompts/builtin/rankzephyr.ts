/** Pradeep et al., RankVicuna (2309.15088) and RankZephyr (2312.02724): all passages in one turn. */
export const RANKZEPHYR = template("rankzephyr", "RankZephyr, all passages in one turn (2312.02724)");
export const RANKVICUNA = template("rankvicuna", "RankVicuna, worded as RankZephyr (2309.15088)");

function template(name: string, about: string): string {
  return `---
name: ${name}
kind: listwise
about: ${about}
words: 300
---
@system
You are RankLLM, an intelligent assistant that can rank passages based on their relevancy to the query
@user
I will provide you with {{count}} passages, each indicated by a numerical identifier []. Rank the passages based on their relevance to the search query: {{query}}.

@each
[{{id}}] {{document}}
@end
Search Query: {{query}}.
@if instruction
Instruction: {{instruction}}
@end
Rank the {{count}} passages above based on their relevance to the search query. All the passages should be included and listed using identifiers, in descending order of relevance. The output format should be [] > [], e.g., [2] > [1], Answer concisely and directly and only respond with the ranking results, do not say any word or explain.
`;
}
