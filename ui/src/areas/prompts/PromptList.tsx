/** The prompts in their groups; each says whose words are in use. Arrow keys walk the list. */
import { Badge } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromptOrigin, PromptView } from '../../host';
import { GROUPS, groupOf, nameOf } from '../../parts/promptWords';
import classes from './prompts.module.css';

type Props = { prompts: readonly PromptView[]; open: string | null; onOpen: (kind: string) => void };

export function PromptList({ prompts, open, onOpen }: Props) {
  const { t } = useTranslation();
  return (
    <nav className={classes.list} aria-label={t('prompts.list')} onKeyDown={walk}>
      {GROUPS.map((group) => (
        <section key={group}>
          <h2 className={classes.group}>{t(`prompts.group.${group}`)}</h2>
          {prompts
            .filter((prompt) => groupOf(prompt) === group)
            .map((prompt) => (
              <button
                key={prompt.kind}
                type="button"
                className={classes.entry}
                aria-current={prompt.kind === open || undefined}
                onClick={() => onOpen(prompt.kind)}
              >
                <span className={classes.entryName}>{nameOf(prompt.kind)}</span>
                {prompt.origin !== 'built_in' && <OriginBadge origin={prompt.origin} />}
              </button>
            ))}
        </section>
      ))}
    </nav>
  );
}

export function OriginBadge({ origin }: { origin: PromptOrigin }) {
  const { t } = useTranslation();
  return (
    <Badge variant={origin === 'built_in' ? 'default' : 'light'} color={origin === 'site' ? 'info' : 'accent'}>
      {t(`prompts.origin.${origin}`)}
    </Badge>
  );
}

/** Up and down move the focus; Enter opens, as with any button. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const entries = [...event.currentTarget.querySelectorAll<Element>('button')];
  const next = entries[entries.indexOf(document.activeElement ?? event.currentTarget) + step];
  if (next instanceof HTMLElement) next.focus();
  event.preventDefault();
}
