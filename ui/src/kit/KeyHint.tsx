/** A key or a chord as it is printed on the keyboard. `mod` is Command on a Mac and Ctrl elsewhere. */
import { Kbd } from '@mantine/core';
import { Fragment } from 'react';

type Props = { keys: readonly string[] };

export function KeyHint({ keys }: Props) {
  return (
    <span>
      {keys.map((key, index) => (
        <Fragment key={key}>
          {index > 0 && ' '}
          <Kbd size="xs">{keyName(key)}</Kbd>
        </Fragment>
      ))}
    </span>
  );
}

function keyName(key: string): string {
  if (key !== 'mod') return key;
  return navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl';
}
