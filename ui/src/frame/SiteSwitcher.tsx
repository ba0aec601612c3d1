/** The current site, with its letter and colour, and the way to another one. */
import { Menu } from '@mantine/core';
import { Check, ChevronsUpDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../data/scope';
import { LetterBadge } from '../kit/LetterBadge';
import classes from './SiteSwitcher.module.css';

export function SiteSwitcher({ folded }: { folded: boolean }) {
  const { t } = useTranslation();
  const { sites, site, chooseSite } = useScope();
  // Before the first site there is nothing to switch; the start page speaks for itself.
  if (site === null) return null;
  return (
    <Menu position="bottom-start" width="16rem">
      <Menu.Target>
        <button
          type="button"
          className={classes.current}
          data-folded={folded || undefined}
          title={folded ? site.name : undefined}
          aria-label={`${t('frame.site.choose')}: ${site.name}`}
        >
          <LetterBadge name={site.name} color={site.brandColor} />
          {!folded && (
            <>
              <span className={classes.name}>{site.name}</span>
              <ChevronsUpDown size="1rem" aria-hidden />
            </>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {sites.map((other) => (
          <Menu.Item
            key={other.id}
            leftSection={<LetterBadge name={other.name} color={other.brandColor} />}
            rightSection={other.id === site.id ? <Check size="1rem" aria-hidden /> : null}
            aria-current={other.id === site.id}
            onClick={() => chooseSite(other.id)}
          >
            {other.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
