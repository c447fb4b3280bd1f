/** Zhang et al., "Qwen3 Embedding", 2506.05176: what Qwen3-Reranker was trained on, for servers that apply its chat template. */
export const QWEN3_RERANKER = `---
name: qwen3-reranker
kind: relevance
about: Qwen3-Reranker's own wording (2506.05176)
labels: yes=1, no=0
answer-tokens: 16
words: 4000
---
@system
Judge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be "yes" or "no".
@user
@if instruction
<Instruct>: {{instruction}}
@else
<Instruct>: Given a web search query, retrieve relevant passages that answer the query
@end
<Query>: {{query}}
<Document>: {{document}}
`;
