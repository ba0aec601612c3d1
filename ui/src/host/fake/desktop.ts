/** The desktop around the window, in memory: a tray, start at login, what is told how far, quiet hours. */
import type { Commands, NoticeChoice } from '../contract';
import { invalid } from './planner';
import { fail, ok, type World } from './world';

type DesktopCommand =
  | 'desktop'
  | 'closesToTraySet'
  | 'startsAtLoginSet'
  | 'popupsBegin'
  | 'popupShow'
  | 'noticeChoices'
  | 'noticeChoiceSet'
  | 'quietHours'
  | 'quietHoursSet';

/** Some kinds of every group: group, severity and how far they reach. */
const KINDS: readonly (readonly [string, string, string, string])[] = [
  ['ai_content_success', 'work', 'success', 'app'],
  ['ai_content_failed', 'work', 'error', 'system'],
  ['keywords_imported', 'work', 'success', 'app'],
  ['interrupted', 'work', 'warning', 'system'],
  ['content_approved', 'articles', 'info', 'app'],
  ['content_scheduled', 'articles', 'info', 'app'],
  ['content_published', 'publishing', 'success', 'app'],
  ['publish_failed', 'publishing', 'error', 'system'],
  ['publish_missed', 'publishing', 'warning', 'system'],
  ['automation_completed', 'automation', 'success', 'system'],
  ['automation_skipped', 'automation', 'warning', 'system'],
  ['credits_low', 'credits', 'warning', 'system'],
  ['site_disconnected', 'sites', 'error', 'system'],
  ['provider_key_invalid', 'models', 'error', 'system'],
  ['system_update', 'system', 'info', 'app'],
];

const CHANNELS = ['none', 'app', 'system'];

/** What groups of notices there are, and which kinds are in one. */
export function kindsOf(group: string): string[] | null {
  const kinds = KINDS.filter(([, of]) => of === group).map(([kind]) => kind);
  return kinds.length === 0 ? null : kinds;
}

export function desktopCommands(world: World): Pick<Commands, DesktopCommand> {
  const { data, touch } = world;
  return {
    desktop: async () => ok({ ...data.desktop }),
    closesToTraySet: async (closes) => {
      data.desktop.closesToTray = closes;
      touch('settings');
      return ok(null);
    },
    startsAtLoginSet: async (starts) => {
      data.desktop.startsAtLogin = starts;
      touch('settings');
      return ok(null);
    },
    popupsBegin: async () => ok(null),
    popupShow: async (notice, title, body) => {
      data.popups.push({ notice, title, body });
      return ok(null);
    },
    noticeChoices: async () => ok(KINDS.map((kind) => choiceOf(data.noticeChannels, kind))),
    noticeChoiceSet: async (kind, channel) => {
      if (!KINDS.some(([name]) => name === kind)) return fail(invalid('kind', 'unknown'));
      if (channel !== null && !CHANNELS.includes(channel)) return fail(invalid('channel', 'unknown'));
      if (channel === null) delete data.noticeChannels[kind];
      else data.noticeChannels[kind] = channel;
      touch('settings');
      return ok(null);
    },
    quietHours: async () => ok({ ...data.quietHours, zone: data.zone }),
    quietHoursSet: async (isOn, from, until) => {
      if (from === until) return fail(invalid('until', 'range'));
      data.quietHours = { isOn, from, until };
      touch('settings');
      return ok(null);
    },
  };
}

function choiceOf(
  chosen: Record<string, string>,
  [kind, group, severity, channel]: (typeof KINDS)[number],
): NoticeChoice {
  return { kind, group, severity, channel: chosen[kind] ?? channel, unlessChosen: channel };
}
