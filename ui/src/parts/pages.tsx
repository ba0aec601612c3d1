/** The way to pages of other areas. Areas do not know each other, but they know where things are. */
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export const PAGES = {
  sites: '/sites',
  prompts: '/prompts',
  keywords: '/keywords',
  clusters: '/clusters',
  ideas: '/ideas',
  drafts: '/drafts',
  images: '/images',
  review: '/review',
  calendar: '/calendar',
  published: '/published',
  outbox: '/outbox',
  automation: '/automation',
  models: '/models',
  credits: '/credits',
  usage: '/usage',
  reconciliation: '/reconciliation',
  tasks: '/operations',
  notifications: '/notifications',
  settings: '/settings',
} as const satisfies Record<string, string>;

export type PageName = keyof typeof PAGES;

type Props = {
  page: PageName;
  /** The item to open there. */
  open?: string | undefined;
  children: ReactNode;
  className?: string | undefined;
};

/** A link to a page, at the same site. */
export function PageLink({ page, open, children, className = '' }: Props) {
  return (
    <Anchor component={Link} {...addressOf(page, open)} size="sm" className={className}>
      {children}
    </Anchor>
  );
}

/**
 * Address of a page for `Link` and `navigate`. Which pages there are, and what their addresses take, is the frame's to
 * say; it is not told here, so the router's own types are left out.
 */
export function addressOf(page: PageName, open?: string, tab?: string | undefined): { to: string; search?: never } {
  const search = open === undefined && tab === undefined ? {} : { search: { open, tab } as never };
  return { to: PAGES[page], ...search };
}

/** Address of a prompt, for all sites or for one, for `Link` and `navigate`. */
export function promptAddress(kind: string, siteId: string | null): { to: string; search: never } {
  return { to: '/prompts', search: { open: kind, for: siteId ?? undefined } as never };
}

/** Address of a run, for `Link` and `navigate`. */
export function runAddress(id: string): { to: string; params: never } {
  return { to: '/automation/runs/$id', params: { id } as never };
}

/** A link to an article. */
export function ArticleLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Anchor component={Link} {...articleAddress(id)} size="sm">
      {children}
    </Anchor>
  );
}

/** Address of the page that lays both wordings of an article beside each other. */
export function conflictAddress(id: string): { to: string; params: never } {
  return { to: '/articles/$id/conflict', params: { id } as never };
}

/** Address of an article's reader, for `Link` and `navigate`. */
export function articleAddress(id: string): { to: string; params: never } {
  return { to: '/articles/$id', params: { id } as never };
}
