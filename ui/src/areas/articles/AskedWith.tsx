/** Which prompts an article was written with, each a link to its words: those of a site, or of all. */
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../data/command';
import { promptAddress } from '../../parts/pages';
import { nameOf } from '../../parts/promptWords';

export function AskedWith({ contentId, siteId }: { contentId: string; siteId: string }) {
  const { t } = useTranslation();
  const { data } = useCommand('contentPrompts', [contentId]);
  if (data === undefined || data.length === 0) return t('articles.about.none');
  return (
    <>
      {data.map((used) => (
        <div key={used.kind}>
          <Anchor component={Link} {...promptAddress(used.kind, used.origin === 'site' ? siteId : null)} size="sm">
            {nameOf(used.kind)}
          </Anchor>{' '}
          {t(used.origin === 'built_in' ? 'articles.about.builtInPrompt' : 'articles.about.prompt', {
            version: used.version,
          })}
        </div>
      ))}
    </>
  );
}
