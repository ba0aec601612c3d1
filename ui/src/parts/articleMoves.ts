/** The steps of an article, for one or many: to review, approved, back, away. Each can be taken back. */
import i18next from 'i18next';
import { call } from '../data/command';
import { unwrap } from '../data/fault';
import { useHost } from '../data/host';
import { tell } from '../data/problems';
import type { SchedulePlacement, Selection } from '../host';
import { formatCount } from '../kit/format';
import { toast, undoToast } from '../kit/toasts';

type Step = 'contentsSendToReview' | 'contentsApprove' | 'contentsSendBack' | 'contentsRemove';

/** What takes the articles that moved to where they were. */
type WayBack = 'contentsSendToReview' | 'contentsApprove' | 'contentsSendBack' | 'contentsRestore';

const MOVES = {
  review: ['contentsSendToReview', 'contentsSendBack'],
  approved: ['contentsApprove', 'contentsSendBack'],
  backToDraft: ['contentsSendBack', 'contentsSendToReview'],
  backToReview: ['contentsSendBack', 'contentsApprove'],
  removed: ['contentsRemove', 'contentsRestore'],
} as const satisfies Record<string, readonly [Step, WayBack]>;

/** Named after where the articles are afterwards. */
export type ArticleMove = keyof typeof MOVES;

/** Moves articles and offers the way back; `after` is called once they have moved. */
export function useArticleMoves(): (move: ArticleMove, selection: Selection, after?: () => void) => Promise<void> {
  const { commands } = useHost();
  return async (move, selection, after) => {
    const [step, back] = MOVES[move];
    try {
      const moved: { ids: string[]; times?: SchedulePlacement[] } = unwrap(await call(commands, step, [selection]));
      const { ids, times = [] } = moved;
      after?.();
      if (ids.length === 0) return toast('info', i18next.t('articles.moved.none'));
      const sentence = i18next.t(`articles.moved.${move}`, { count: ids.length, amount: formatCount(ids.length) });
      undoToast(sentence, () => {
        const undone =
          back === 'contentsRestore' ? call(commands, back, [ids]) : call(commands, back, [selectionOf(ids)]);
        undone
          .then(async (result) => {
            unwrap<unknown>(result);
            if (times.length > 0) unwrap(await call(commands, 'contentsSchedule', [times]));
          })
          .catch(tell);
      });
    } catch (error) {
      tell(error);
    }
  };
}

/** These rows, as commands take them. */
export function selectionOf(ids: readonly string[]): Selection {
  return { kind: 'ids', ids: [...ids] };
}
