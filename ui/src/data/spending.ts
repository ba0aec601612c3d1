/** Whether paid work may start at all. */
import type { Fault } from '../host';
import { useCommand } from './command';

/** Why nothing paid may start at all; every button that pays says so. Null while it may. */
export function useHalt(): Fault | null {
  const isStopped = useIsStopped();
  const areBooksOff = useAreBooksOff();
  if (areBooksOff) return { code: 'BooksDoNotBalance' };
  return isStopped ? { code: 'SpendingStopped' } : null;
}

/** The books are known not to balance: nothing is spent, and nothing granted. */
export function useAreBooksOff(): boolean {
  return useCommand('workspace', []).data?.booksBalance === false;
}

/** The user has stopped all paid work. */
export function useIsStopped(): boolean {
  return useCommand('spending', []).data?.isStopped === true;
}
