/** The body is larger than anybody expects of an answer. */
export class TooLarge extends Error {}

/**
 * The body of an answer as text, read no further than `mostBytes`.
 *
 * @throws TooLarge
 */
export async function readText(response: Response, mostBytes: number): Promise<string> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (bytes > mostBytes) throw new TooLarge(`more than ${mostBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** The beginning of the body of an error; "" where it cannot be read. */
export async function readBeginning(response: Response, mostBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      bytes += chunk.byteLength;
      if (bytes >= mostBytes) break;
    }
  } catch {
    // The status says enough.
  }
  return text;
}
