/** Asks a person in their browser, on the site's own page, whether Igny8 may sign in; the page then shows a password. */
import { Button, Text } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { faultOf } from '../../data/fault';
import { wordsOf } from '../../data/faults';
import { useHost } from '../../data/host';
import { tell } from '../../data/problems';
import type { SiteConsent } from '../../host';
import type { SiteFormState } from './SiteFields';

type Props = { form: SiteFormState; siteId: string | null };

export function ConsentButton({ form, siteId }: Props) {
  const { t } = useTranslation();
  const host = useHost();
  const { mutate, isPending, data } = useAct('siteConsent');
  const open = ({ url, name, page }: SiteConsent) => {
    form.setFieldValue('url', url);
    if (form.getValues().name.trim() === '') form.setFieldValue('name', name);
    host.openExternal(page).catch(tell);
    form.getInputNode('password')?.focus();
  };
  const ask = () => {
    if (form.validateField('url').hasError) return;
    mutate([form.getValues().url, siteId, null], {
      onSuccess: open,
      // Why there is no page to open stands at the address that was asked.
      onError: (error) => {
        const { what, advice } = wordsOf(faultOf(error));
        form.setFieldError('url', [what, advice].join(' '));
      },
    });
  };
  return (
    <div>
      <Button
        variant="default"
        leftSection={<ExternalLink size="1rem" aria-hidden />}
        loading={isPending}
        onClick={ask}
      >
        {t('sites.consent.ask')}
      </Button>
      <Text size="xs" c="dimmed" mt="xs" aria-live="polite">
        {t(data === undefined ? 'sites.consent.hint' : 'sites.consent.asked')}
      </Text>
    </div>
  );
}
