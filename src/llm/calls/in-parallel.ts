/**
 * Runs `work` for all items at once and waits for every one of them, so that nothing goes on behind the caller's back;
 * then throws the error that came first.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  let failure: { readonly error: unknown } | undefined;
  const results = await Promise.all(
    items.map((item, index) =>
      work(item, index).catch((error: unknown) => {
        failure ??= { error };
        return undefined;
      }),
    ),
  );
  if (failure) throw failure.error;
  return results as R[];
}
