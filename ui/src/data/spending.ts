/** What limits spending, and whether all of it is stopped. */
import { useCommand } from './command';

/** Nothing paid may start; every button that pays says so. */
export function useIsStopped(): boolean {
  return useCommand('spending', []).data?.isStopped === true;
}
