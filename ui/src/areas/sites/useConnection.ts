/** Testing a site's connection. The outcome stands in the site itself; only an address it redirects to does not. */
import { useAct } from '../../data/command';
import { faultOf } from '../../data/fault';
import { tell } from '../../data/problems';
import type { Fault, SiteView } from '../../host';

export type Connection = {
  test: () => void;
  isTesting: boolean;
  /** Why the last test failed. */
  fault: Fault;
};

export function useConnection(site: SiteView): Connection {
  const { mutate, isPending, error } = useAct('siteTest');
  const host = site.folder ?? hostOf(site.url);
  const known: Fault = { code: 'Site', detail: { host, failure: site.connectionCode, note: '' } };
  const answered = error === null ? null : faultOf(error);
  return {
    test: () =>
      mutate([site.id], {
        // A site's refusal is shown where the connection is; anything else has no place there.
        onError: (failure) => {
          if (faultOf(failure).code !== 'Site') tell(failure);
        },
      }),
    isTesting: isPending,
    fault: answered?.code === 'Site' ? answered : known,
  };
}

/** How a site is called in a sentence: its host, or the address itself where it has none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
