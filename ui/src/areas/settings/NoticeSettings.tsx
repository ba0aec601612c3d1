/** Every kind of notice and how far it reaches: kept only, in the list, or shown by the system as well. */
import { SegmentedControl, Skeleton, Table } from '@mantine/core';
import i18next from 'i18next';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useCommand } from '../../data/command';
import { problemOf, tell } from '../../data/problems';
import type { NoticeChoice } from '../../host';
import { ErrorState } from '../../kit/ErrorState';
import { kindWords } from '../../parts/noticeKinds';
import { Section } from './Section';
import classes from './settings.module.css';

const CHANNELS = ['none', 'app', 'system'] as const;
const GROUPS = ['work', 'articles', 'publishing', 'automation', 'credits', 'sites', 'models', 'system'] as const;

export function NoticeSettings() {
  const { t } = useTranslation();
  const { data: choices, error, refetch } = useCommand('noticeChoices', []);
  const problem = problemOf(error);
  return (
    <Section title={t('settings.notices.title')} lead={t('settings.notices.lead')}>
      {problem !== null && <ErrorState problem={problem} onRetry={() => void refetch()} />}
      {problem === null && choices === undefined && <Skeleton height="20rem" />}
      {choices !== undefined && (
        <Table className={classes.kinds ?? ''}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('settings.notices.kind')}</Table.Th>
              <Table.Th scope="col" className={classes.reach ?? ''}>
                {t('settings.notices.reach')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {GROUPS.map((group) => (
              <Fragment key={group}>
                <Table.Tr className={classes.group ?? ''}>
                  <Table.Th colSpan={2} scope="rowgroup">
                    {t(`notifications.group.${group}`)}
                  </Table.Th>
                </Table.Tr>
                {choices
                  .filter((choice) => choice.group === group)
                  .map((choice) => (
                    <ChoiceRow key={choice.kind} choice={choice} />
                  ))}
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}

function ChoiceRow({ choice }: { choice: NoticeChoice }) {
  const { t } = useTranslation();
  const set = useAct('noticeChoiceSet');
  const name = kindWords(choice.kind);
  const choose = (channel: string) => {
    // What a kind does by itself is no choice of its own, so that a better default reaches whoever chose nothing.
    set.mutate([choice.kind, channel === choice.unlessChosen ? null : channel], { onError: tell });
  };
  return (
    <Table.Tr>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td>
        <SegmentedControl
          aria-label={t('settings.notices.choose', { kind: name })}
          value={choice.channel}
          disabled={set.isPending}
          onChange={choose}
          data={CHANNELS.map((value) => ({ value, label: channelLabel(value, choice) }))}
        />
      </Table.Td>
    </Table.Tr>
  );
}

function channelLabel(channel: (typeof CHANNELS)[number], { unlessChosen }: NoticeChoice): string {
  const { t } = i18next;
  const word = t(`settings.notices.channel.${channel}`);
  return channel === unlessChosen ? t('settings.notices.usual', { channel: word }) : word;
}
