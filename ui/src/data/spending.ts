/** Whether paid work may start at all. */
import type { Fault } from '../host';
import { useCommand } from './command';

/** Why nothing paid may start at all; every button that pays says so. Null while it may. */
export function useHalt(): Fault | null {
  const isStopped = useIsStopped();
  const booksBalance = useCommand('workspace', []).data?.booksBalance;
  if (booksBalance === false) return { code: 'BooksDoNotBalance' };
  return isStopped ? { code: 'SpendingStopped' } : null;
}

/** The user has stopped all paid work. */
export function useIsStopped(): boolean {
  return useCommand('spending', []).data?.isStopped === true;
}
