/** The text of an article as its readers see it. Links open outside, never in the window. */
import { useEffect, useRef } from 'react';
import { useHost } from '../../data/host';
import { tell } from '../../data/problems';
import { articleNodes, linkAddress } from './articleNodes';
import classes from './articles.module.css';

type Props = {
  html: string;
  /** What links without a host are relative to; null when nothing is known. */
  base: string | null;
};

export function Prose({ html, base }: Props) {
  const host = useHost();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    ref.current?.replaceChildren(articleNodes(html, { mediaUrl: host.mediaUrl, base }));
  }, [html, base, host]);
  useEffect(() => {
    const text = ref.current;
    if (text === null) return;
    const follow = (event: Event) => {
      if (event instanceof KeyboardEvent && event.key !== 'Enter') return;
      const address = linkAddress(event.target);
      if (address === null) return;
      event.preventDefault();
      host.openExternal(address).catch(tell);
    };
    const events = ['click', 'auxclick', 'keydown'] as const;
    for (const name of events) text.addEventListener(name, follow);
    return () => {
      for (const name of events) text.removeEventListener(name, follow);
    };
  }, [host]);
  return <div ref={ref} className={classes.prose} />;
}
