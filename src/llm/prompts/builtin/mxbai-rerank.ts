/** What mxbai-rerank-v2 was trained on, for servers that apply Qwen's chat template. */
export const MXBAI_RERANK = `---
name: mxbai-rerank
kind: relevance
about: mxbai-rerank-v2's own wording, 1 or 0
labels: 1=1, 0=0
answer-tokens: 16
words: 4000
---
@system
You are Qwen, created by Alibaba Cloud. You are a helpful assistant.
@user
@if instruction
instruction: {{instruction}}
@end
query: {{query}}
document: {{document}}
You are a search relevance expert who evaluates how well documents match search queries. For each query-document pair, carefully analyze the semantic relationship between them, then provide your binary relevance judgment (0 for not relevant, 1 for relevant).
Relevance:
`;
