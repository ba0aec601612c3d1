/** The steps of a piece of AI work: how each ended, what it took, and how far an answer came that broke off. */
import { Table, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { codeWords } from '../../data/codes';
import { statusOf, wordOf } from '../../data/status';
import type { UnitRow } from '../../host';
import { Credits } from '../../kit/Amounts';
import { formatCount } from '../../kit/format';
import { StatusDot } from '../../kit/StatusDot';
import classes from './operations.module.css';

export function UnitTable({ units }: { units: readonly UnitRow[] }) {
  const { t } = useTranslation();
  return (
    <Table className={classes.units ?? ''} aria-label={t('operations.detail.units')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('operations.detail.item')}</Table.Th>
          <Table.Th>{t('operations.detail.outcome')}</Table.Th>
          <Table.Th ta="end">{t('operations.detail.credits')}</Table.Th>
          <Table.Th ta="end">{t('operations.detail.tokens')}</Table.Th>
          <Table.Th ta="end">{t('operations.detail.images')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {units.map((unit, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no id and stand in their order for good.
          <Unit key={at} unit={unit} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Unit({ unit }: { unit: UnitRow }) {
  const { t } = useTranslation();
  const tokens = `${formatCount(unit.tokensInput)} / ${formatCount(unit.tokensOutput)}`;
  const hasTokens = unit.tokensInput + unit.tokensOutput > 0;
  return (
    <Table.Tr>
      <Table.Td>{unit.item}</Table.Td>
      <Table.Td>
        {unit.state === '' ? null : <StatusDot {...statusOf('unit', unit.state)} />}
        {unit.outcome !== '' && <div className={classes.why}>{wordOf('outcome', unit.outcome)}</div>}
        {unit.errorCode !== '' && <div className={classes.why}>{codeWords(unit.errorCode).what}</div>}
        {unit.partial !== '' && <Partial text={unit.partial} />}
      </Table.Td>
      <Table.Td ta="end">
        <Credits amount={unit.credits} />
      </Table.Td>
      <Table.Td ta="end" data-figures>
        {hasTokens ? tokens : '–'}
        {hasTokens && unit.isEstimated && (
          <Tooltip label={t('operations.detail.estimatedHint')}>
            <div className={classes.why}>{t('operations.detail.estimated')}</div>
          </Tooltip>
        )}
      </Table.Td>
      <Table.Td ta="end" data-figures>
        {unit.images === 0 ? '–' : formatCount(unit.images)}
      </Table.Td>
    </Table.Tr>
  );
}

/** How far an answer came that broke off. It is shown as it came, and nothing was made of it. */
function Partial({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <details className={classes.partial}>
      <summary>{t('operations.detail.partial')}</summary>
      <p>{t('operations.detail.partialHint')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keyboard as well. */}
      <pre tabIndex={0}>{text}</pre>
    </details>
  );
}
