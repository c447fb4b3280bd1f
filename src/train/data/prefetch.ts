/**
 * The same items, up to `ahead` of which are made before they are asked for. What is made ahead is thrown
 * away when the consumer stops.
 */
export async function* prefetch<T>(items: AsyncGenerator<T>, ahead: number): AsyncGenerator<T> {
  const asked: Promise<IteratorResult<T>>[] = [];
  const ask = () => {
    const next = items.next();
    // A failure is reported when its turn comes.
    next.catch(() => undefined);
    asked.push(next);
  };
  try {
    for (;;) {
      while (asked.length <= ahead) ask();
      const { done, value } = await (asked.shift() as Promise<IteratorResult<T>>);
      if (done) return;
      yield value;
    }
  } finally {
    await items.return(undefined);
  }
}
