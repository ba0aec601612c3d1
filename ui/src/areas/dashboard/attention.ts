/** What needs the user at a site, most pressing first; nothing when all is well. */
import type { Balance, Completion, SiteView, VaultStateView, Workspace } from '../../host';

type VaultTrouble = Exclude<VaultStateView, 'available'>;

export type Attention =
  | { kind: 'books' | 'noCredits' | 'untested' | 'unreachable' }
  | { kind: 'vault'; state: VaultTrouble }
  | { kind: 'tasksFailed' | 'imagesFailed' | 'parked'; count: number };

type Facts = {
  site: SiteView;
  workspace: Pick<Workspace, 'vault' | 'booksBalance'>;
  completion: Pick<Completion, 'tasksFailed' | 'imagesFailed'> | undefined;
  balance: Pick<Balance, 'available'> | undefined;
  /** Deliveries that cannot arrive until somebody has done something. */
  parked: number | undefined;
};

export function attentionOf({ site, workspace, completion, balance, parked = 0 }: Facts): Attention[] {
  const found: Attention[] = [];
  if (!workspace.booksBalance) found.push({ kind: 'books' });
  if (balance !== undefined && Number(balance.available) <= 0) found.push({ kind: 'noCredits' });
  if (site.connection === 'failed') found.push({ kind: 'unreachable' });
  // The folder of the sample is ours and always there.
  if (site.connection === 'untested' && !site.isSample) found.push({ kind: 'untested' });
  // Only sites with a password need the keyring.
  if (site.kind === 'wordpress' && workspace.vault !== 'available') {
    found.push({ kind: 'vault', state: workspace.vault });
  }
  if (parked > 0) found.push({ kind: 'parked', count: parked });
  if (completion === undefined) return found;
  const { tasksFailed, imagesFailed } = completion;
  if (tasksFailed > 0) found.push({ kind: 'tasksFailed', count: tasksFailed });
  if (imagesFailed > 0) found.push({ kind: 'imagesFailed', count: imagesFailed });
  return found;
}
