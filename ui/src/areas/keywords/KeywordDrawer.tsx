/** The fields of a keyword that a person may change, beside the list. */
import { Button, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import { wordOf } from '../../data/status';
import type { KeywordEdit, KeywordRow } from '../../host';
import { Money } from '../../kit/Amounts';
import { DetailList } from '../../kit/DetailList';
import { SideDrawer } from '../../kit/SideDrawer';
import { toast } from '../../kit/toasts';
import { When } from '../../kit/When';
import { PageLink } from '../../parts/pages';

const INTENTS = ['informational', 'commercial', 'transactional', 'navigational'] as const;
const DIFFICULTY_MAX = 100;
const COUNTRY_CHARS = 2;

/** Stands for no intent; the select cannot hold the empty word. */
const UNKNOWN = 'unknown';

type Props = {
  /** Null while the drawer is closed. */
  row: KeywordRow | null;
  onClose: () => void;
};

export function KeywordDrawer({ row, onClose }: Props) {
  const { t } = useTranslation();
  const formId = useId();
  return (
    <SideDrawer
      opened={row !== null}
      title={row?.text ?? ''}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" form={formId}>
            {t('keywords.drawer.save')}
          </Button>
        </>
      }
    >
      {row !== null && (
        <Stack gap="xl" pb="lg">
          {row.isPassedOver && !row.isDisabled && <Text c="dimmed">{t('keywords.passedOverHint')}</Text>}
          <KeywordForm key={row.id} formId={formId} row={row} onSaved={onClose} />
          <KeywordFacts row={row} />
        </Stack>
      )}
    </SideDrawer>
  );
}

type Values = { volume: number | string; difficulty: number | string; intent: string; country: string };
type FormProps = { formId: string; row: KeywordRow; onSaved: () => void };

function KeywordForm({ formId, row, onSaved }: FormProps) {
  const { t } = useTranslation();
  const update = useAct('keywordUpdate');
  const form = useForm<Values>({
    mode: 'controlled',
    initialValues: {
      volume: row.volume ?? '',
      difficulty: row.difficulty ?? '',
      intent: row.intent || UNKNOWN,
      country: row.country,
    },
    validate: { difficulty: (value) => (Number(value) > DIFFICULTY_MAX ? t('keywords.drawer.difficultyRange') : null) },
  });
  const save = (values: Values) =>
    update.mutate([row.id, editOf(values)], {
      onSuccess: () => {
        toast('success', t('keywords.saved', { text: row.text }));
        onSaved();
      },
      onError: tell,
    });
  return (
    <form id={formId} noValidate onSubmit={form.onSubmit(save)}>
      <Stack gap="md">
        <NumberInput
          label={t('keywords.drawer.volume')}
          min={0}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=","
          data-autofocus
          {...form.getInputProps('volume')}
        />
        <NumberInput
          label={t('keywords.drawer.difficulty')}
          min={0}
          allowDecimal={false}
          allowNegative={false}
          {...form.getInputProps('difficulty')}
        />
        <Select
          label={t('keywords.drawer.intent')}
          allowDeselect={false}
          data={[
            { value: UNKNOWN, label: t('keywords.drawer.unknownIntent') },
            ...INTENTS.map((value) => ({ value, label: wordOf('intent', value) })),
          ]}
          {...form.getInputProps('intent')}
        />
        <TextInput
          label={t('keywords.drawer.country')}
          description={t('keywords.drawer.countryHint')}
          maxLength={COUNTRY_CHARS}
          {...form.getInputProps('country')}
        />
      </Stack>
    </form>
  );
}

function editOf({ volume, difficulty, intent, country }: Values): KeywordEdit {
  const number = (value: number | string) => (value === '' ? null : Number(value));
  return {
    volume: number(volume),
    difficulty: number(difficulty),
    intent: intent === UNKNOWN ? '' : intent,
    country: country.trim().toUpperCase(),
  };
}

function KeywordFacts({ row }: { row: KeywordRow }) {
  const { t } = useTranslation();
  return (
    <DetailList
      facts={[
        { label: t('keywords.drawer.sector'), value: row.sector },
        { label: t('keywords.drawer.cluster'), value: <ClusterOf row={row} /> },
        ...(row.cpc === null ? [] : [{ label: t('keywords.drawer.cpc'), value: <Money amount={row.cpc} /> }]),
        { label: t('keywords.drawer.source'), value: row.source },
        { label: t('keywords.drawer.added'), value: <When at={row.createdAt} style="exact" /> },
      ]}
    />
  );
}

function ClusterOf({ row }: { row: KeywordRow }) {
  const { t } = useTranslation();
  if (row.clusterId === null) return t('keywords.drawer.noCluster');
  return (
    <PageLink page="clusters" open={row.clusterId}>
      {row.cluster}
    </PageLink>
  );
}
