/** Sun et al., "Is ChatGPT Good at Search?", 2304.09542: each passage is a turn of its own. */
export const RANKGPT = `---
name: rankgpt
kind: listwise
about: RankGPT, a turn for each passage (2304.09542)
words: 300
---
@system
You are RankGPT, an intelligent assistant that can rank passages based on their relevancy to the query.
@user
I will provide you with {{count}} passages, each indicated by number identifier [].
Rank the passages based on their relevance to query: {{query}}.
@assistant
Okay, please provide the passages.
@each
@user
[{{id}}] {{document}}
@assistant
Received passage [{{id}}].
@end
@user
Search Query: {{query}}.
@if instruction
Follow this instruction when you judge relevance: {{instruction}}
@end
Rank the {{count}} passages above based on their relevance to the search query. The passages should be listed in descending order using identifiers. The most relevant passages should be listed first. The output format should be [] > [], e.g., [1] > [2]. Only response the ranking results, do not say any word or explain.
`;
