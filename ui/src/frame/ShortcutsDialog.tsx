/** All shortcuts on one card, opened by `?`. */
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHotkeys } from '../kit/hotkeys';
import { KeyHint } from '../kit/KeyHint';
import type { frame } from '../messages/en/frame';
import classes from './ShortcutsDialog.module.css';

type Name = keyof typeof frame.shortcuts;

const EVERYWHERE: readonly (readonly [Name, readonly string[]])[] = [
  ['palette', ['mod', 'K']],
  ['help', ['?']],
  ['back', ['Esc']],
];
const LISTS: readonly (readonly [Name, readonly string[]])[] = [
  ['move', ['J', 'K', '↓', '↑']],
  ['select', ['X']],
  ['open', ['Enter']],
  ['edit', ['E']],
  ['menu', ['.']],
  ['search', ['/']],
];

export function ShortcutsDialog() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  useHotkeys({ '?': () => setOpened(true) });
  return (
    <Modal
      opened={opened}
      onClose={() => setOpened(false)}
      title={t('frame.shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <Keys title={t('frame.shortcuts.everywhere')} keys={EVERYWHERE} />
      <Keys title={t('frame.shortcuts.lists')} keys={LISTS} />
    </Modal>
  );
}

function Keys({ title, keys }: { title: string; keys: typeof LISTS }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.keys}>
        {keys.map(([name, chord]) => (
          <div key={name} className={classes.row}>
            <dt>{t(`frame.shortcuts.${name}`)}</dt>
            <dd>
              <KeyHint keys={chord} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
