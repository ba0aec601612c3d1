/** Articles while they are written. Reports may be lost and nothing is kept of them: the article itself comes as a row. */
import { useEffect, useMemo, useState } from 'react';
import type { OperationRow, WritingView } from '../host';
import { useHost } from './host';

/** An article as far as it has been written. */
export type GrowingArticle = Omit<WritingView, 'text'> & { text: string };

/** What is being written in these operations, in the order in which it was begun. */
export function useWritings(operations: readonly OperationRow[]): readonly GrowingArticle[] {
  const host = useHost();
  const [growing, setGrowing] = useState<ReadonlyMap<string, GrowingArticle>>(new Map());
  useEffect(
    () =>
      host.onWriting(({ text, ...of }) =>
        setGrowing((before) => {
          const after = new Map(before);
          const key = `${of.operationId} ${of.taskId}`;
          if (text === null) after.delete(key);
          else after.set(key, { ...of, text });
          return after;
        }),
      ),
    [host],
  );
  // A report of an end may be lost, the end of an operation is not.
  return useMemo(() => {
    const atWork = new Set(operations.filter(({ status }) => status === 'pending').map(({ id }) => id));
    return [...growing.values()].filter(({ operationId }) => atWork.has(operationId));
  }, [growing, operations]);
}
