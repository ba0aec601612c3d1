/** Which item's details are open, kept in the address of its page as `open`, so that Back closes and links lead to it. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export function useOpen(): [string | null, (id: string | null) => void] {
  const { open } = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (id: string | null) =>
      void navigate({ to: '.', search: (previous) => ({ ...previous, open: id ?? undefined }), replace: id === null }),
    [navigate],
  );
  return [open ?? null, change];
}
