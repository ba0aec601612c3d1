/** Every function with its model in both sets; those of a kind together, below the one that all of the kind have. */
import { Select, Table, Text, Title } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { tell } from '../../data/problems';
import { wordOf } from '../../data/status';
import type { ModelRoles, ModelView, RoleView } from '../../host';
import { toast } from '../../kit/toasts';
import classes from './models.module.css';
import { choicesOf, nameOf } from './roles';

const KINDS = ['text', 'image'] as const;
type Kind = (typeof KINDS)[number];

type Props = { roles: ModelRoles; models: readonly ModelView[] };

export function RoleTable({ roles: { roles, mode }, models }: Props) {
  const { t } = useTranslation();
  const of = (set: RoleView['mode'], role: RoleView) =>
    roles.find((other) => other.mode === set && other.function === role.function);
  const rows = (kind: Kind) =>
    roles.filter((role) => role.mode === 'live' && (role.function === 'generate_images') === (kind === 'image'));
  return (
    <section aria-label={t('models.roles.title')}>
      <Title order={2} mb="sm">
        {t('models.roles.title')}
      </Title>
      <Table className={classes.roles ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('models.roles.function')}</Table.Th>
            <Table.Th aria-current={mode === 'live' || undefined}>{t('models.roles.live')}</Table.Th>
            <Table.Th aria-current={mode === 'testing' || undefined}>{t('models.roles.testing')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {KINDS.map((kind) => (
            <Fragment key={kind}>
              <Table.Tr className={classes.all ?? ''}>
                <Table.Th scope="row">{t(`models.roles.all.${kind}`)}</Table.Th>
                <Table.Td>
                  <DefaultChoice kind={kind} models={models} />
                </Table.Td>
                <Table.Td>
                  <Text size="sm" c="dimmed">
                    {t('models.roles.builtInOnly')}
                  </Text>
                </Table.Td>
              </Table.Tr>
              {rows(kind).map((role) => (
                <Table.Tr key={role.function}>
                  <Table.Th scope="row">{wordOf('function', role.function)}</Table.Th>
                  <Table.Td>
                    <RoleChoice role={role} kind={kind} models={models} />
                  </Table.Td>
                  <Table.Td>
                    <RoleChoice role={of('testing', role) ?? role} kind={kind} models={models} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function DefaultChoice({ kind, models }: { kind: Kind; models: readonly ModelView[] }) {
  const { t } = useTranslation();
  const set = useAct('modelDefault');
  const current = models.find((model) => model.isDefault && model.modelType === kind) ?? null;
  return (
    <Select
      aria-label={t('models.roles.choose', { what: t(`models.roles.all.${kind}`), mode: t('models.roles.live') })}
      allowDeselect={false}
      disabled={set.isPending}
      data={choicesOf(models, kind, current)}
      value={current?.id ?? null}
      placeholder={t('models.roles.nobody')}
      onChange={(id) => {
        const model = models.find((row) => row.id === id);
        if (model === undefined || model.id === current?.id) return;
        set.mutate([model.id], {
          onSuccess: () => toast('success', t('models.used', { model: model.displayName })),
          onError: tell,
        });
      }}
    />
  );
}

/** A select has no other way to say "none of its own". */
const AS_ALL = '';

type ChoiceProps = { role: RoleView; kind: Kind; models: readonly ModelView[] };

function RoleChoice({ role, kind, models }: ChoiceProps) {
  const { t } = useTranslation();
  const set = useAct('modelRoleSet');
  const own = role.isOwn ? role.model : null;
  const fallback =
    role.mode === 'live'
      ? models.find((model) => model.isDefault && model.modelType === kind)
      : models.find((model) => model.provider === 'builtin' && model.modelType === kind && model.isActive);
  const name = fallback === undefined ? t('models.roles.nobody') : nameOf(fallback);
  const asAll = t(role.mode === 'live' ? 'models.roles.asAll' : 'models.roles.asBuiltIn', { model: name });
  return (
    <Select
      aria-label={t('models.roles.choose', {
        what: wordOf('function', role.function),
        mode: t(`models.roles.${role.mode}`),
      })}
      allowDeselect={false}
      disabled={set.isPending}
      data={[{ value: AS_ALL, label: asAll, disabled: false }, ...choicesOf(models, kind, own)]}
      value={own?.id ?? AS_ALL}
      onChange={(id) => {
        const wanted = id === null || id === AS_ALL ? null : id;
        if (wanted !== (own?.id ?? null)) set.mutate([role.mode, role.function, wanted], { onError: tell });
      }}
    />
  );
}
