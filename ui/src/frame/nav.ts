/** The pages of the sidebar, in their groups. Only pages that work stand here; each has its route in `routes.tsx`. */
import type { LinkProps } from '@tanstack/react-router';
import {
  Bell,
  Boxes,
  CalendarDays,
  ChartColumnStacked,
  CircleHelp,
  ClipboardCheck,
  Coins,
  Cpu,
  FileText,
  Globe,
  Image,
  LayoutDashboard,
  Lightbulb,
  ListTree,
  type LucideIcon,
  MessageSquareText,
  Newspaper,
  Send,
  Settings,
  TextSearch,
  Workflow,
} from 'lucide-react';
import type { frame } from '../messages/en/frame';

export type NavPage = {
  to: NonNullable<LinkProps['to']>;
  label: keyof typeof frame.page;
  icon: LucideIcon;
};

export type NavGroup = {
  label: 'setup' | 'planner' | 'writer' | 'publisher' | 'account' | null;
  pages: readonly NavPage[];
};

export const NAV: readonly NavGroup[] = [
  { label: null, pages: [{ to: '/', label: 'dashboard', icon: LayoutDashboard }] },
  {
    label: 'setup',
    pages: [
      { to: '/sites', label: 'sites', icon: Globe },
      { to: '/prompts', label: 'prompts', icon: MessageSquareText },
    ],
  },
  {
    label: 'planner',
    pages: [
      { to: '/keywords', label: 'keywords', icon: TextSearch },
      { to: '/clusters', label: 'clusters', icon: Boxes },
      { to: '/ideas', label: 'ideas', icon: Lightbulb },
    ],
  },
  {
    label: 'writer',
    pages: [
      { to: '/drafts', label: 'drafts', icon: FileText },
      { to: '/images', label: 'images', icon: Image },
      { to: '/review', label: 'review', icon: ClipboardCheck },
    ],
  },
  {
    label: 'publisher',
    pages: [
      { to: '/calendar', label: 'calendar', icon: CalendarDays },
      { to: '/outbox', label: 'outbox', icon: Send },
      { to: '/published', label: 'published', icon: Newspaper },
    ],
  },
  { label: null, pages: [{ to: '/automation', label: 'automation', icon: Workflow }] },
  {
    label: 'account',
    pages: [
      { to: '/credits', label: 'credits', icon: Coins },
      { to: '/usage', label: 'usage', icon: ChartColumnStacked },
      { to: '/models', label: 'models', icon: Cpu },
      { to: '/operations', label: 'tasks', icon: ListTree },
      { to: '/notifications', label: 'notifications', icon: Bell },
      { to: '/settings', label: 'settings', icon: Settings },
    ],
  },
  { label: null, pages: [{ to: '/help', label: 'help', icon: CircleHelp }] },
];

/** Where Home leads. */
export const HOME = '/' as const;
