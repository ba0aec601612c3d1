/** The settings a prompt may name: what each says, a value it may have, and a press that puts it into the text. */
import { Text, Title, Tooltip, UnstyledButton } from '@mantine/core';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { PromptVariableView } from '../../host';
import classes from './prompts.module.css';

type Props = { variables: readonly PromptVariableView[]; onInsert: (name: string) => void };

export function VariableList({ variables, onInsert }: Props) {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={3}>{t('prompts.variables.title')}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('prompts.variables.hint')}
      </Text>
      <ul className={classes.variables}>
        {variables.map(({ name, example }) => (
          <li key={name}>
            <Tooltip label={t('prompts.variables.insert', { name })}>
              <UnstyledButton
                className={classes.variable ?? ''}
                aria-label={t('prompts.variables.insert', { name })}
                onClick={() => onInsert(name)}
              >
                {name}
              </UnstyledButton>
            </Tooltip>
            <Text span size="sm">
              {meaningOf(name)}
            </Text>
            <Text span size="xs" c="dimmed">
              {example}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A variable of a newer host stands by its name alone. */
function meaningOf(name: string): string {
  const key = `prompts.variables.${name}`;
  return i18next.exists(key) ? String(i18next.t(key as never)) : '';
}
