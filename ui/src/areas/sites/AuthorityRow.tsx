/** A certificate authority of the site's own: chosen as a file, or none. For sites on a network of a company. */
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../data/command';
import { useHost } from '../../data/host';
import { tell } from '../../data/problems';
import type { SiteView } from '../../host';

/** How files of certificates in PEM are named. */
const EXTENSIONS = ['pem', 'crt', 'cer'];

export function AuthorityRow({ site }: { site: SiteView }) {
  const { t } = useTranslation();
  const host = useHost();
  const { mutate, isPending } = useAct('siteAuthority');
  const set = (path: string | null) => mutate([site.id, path], { onError: tell });
  const choose = async () => {
    const kinds = [{ name: t('sites.authority.files'), extensions: EXTENSIONS }];
    const [path] = await host.pickFiles(t('sites.authority.choose'), kinds);
    if (path !== undefined) set(path);
  };
  return (
    <Group justify="space-between" mt="sm" wrap="nowrap">
      <Text size="sm" c="dimmed">
        {t(site.hasAuthority ? 'sites.authority.own' : 'sites.authority.none')}
      </Text>
      {site.hasAuthority ? (
        <Button variant="subtle" flex="none" loading={isPending} onClick={() => set(null)}>
          {t('sites.authority.remove')}
        </Button>
      ) : (
        <Button variant="subtle" flex="none" loading={isPending} onClick={() => void choose().catch(tell)}>
          {t('sites.authority.choose')}
        </Button>
      )}
    </Group>
  );
}
