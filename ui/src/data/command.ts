/**
 * Reading and changing by command: `useCommand` for reads, `useAct` for writes, `useKeyedAct` for those that move money or
 * start paid work. All know the types of the host.
 */
import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useIsMutating,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { useRef } from 'react';
import type { Commands, Result } from '../host';
import { newClientKey } from './clientKey';
import { type FaultError, unwrap } from './fault';
import { useHost } from './host';

export type CommandName = keyof Commands;
export type Arguments<Name extends CommandName> = Parameters<Commands[Name]>;
/** What a command answers when it works. */
export type Answer<Name extends CommandName> =
  Awaited<ReturnType<Commands[Name]>> extends infer Outcome
    ? Outcome extends { status: 'ok'; data: infer Data }
      ? Data
      : never
    : never;

type Options = {
  /** Waits while false, for arguments that are not known yet. */
  enabled?: boolean;
  /** Keeps showing the answer to the former arguments until the new one is here. */
  keep?: boolean;
};

/** Reads by a command; the answer is fetched again whenever the host says that it changed. */
export function useCommand<Name extends CommandName>(
  name: Name,
  args: Arguments<Name>,
  { enabled = true, keep = false }: Options = {},
): UseQueryResult<Answer<Name>, FaultError> {
  const host = useHost();
  return useQuery<Answer<Name>, FaultError>({
    queryKey: [name, ...args],
    queryFn: async () => unwrap(await call(host.commands, name, args)),
    enabled,
    ...(keep ? { placeholderData: keepPreviousData as never } : {}),
  });
}

/** Changes something by a command. What it changed arrives as a `Changed` event, so no answer is put in the cache. */
export function useAct<Name extends CommandName>(
  name: Name,
): UseMutationResult<Answer<Name>, FaultError, Arguments<Name>> {
  const host = useHost();
  return useMutation<Answer<Name>, FaultError, Arguments<Name>>({
    mutationKey: [name],
    mutationFn: async (args) => unwrap(await call(host.commands, name, args)),
    // What was handed over may be a key or a password: nothing remembers it once nobody waits for the answer.
    gcTime: 0,
  });
}

/** The commands that carry a key, as their last argument. */
type KeyedName = 'contentsPublish' | 'creditsGrant' | 'modelTry' | 'operationStart' | 'pipelineStart' | 'promptTry';
type WithoutKey<All extends unknown[]> = All extends [...infer Asked, string] ? Asked : never;

/**
 * As `useAct`, for a command that must not be carried out twice. Its key is made when the question is put and kept until
 * an answer came through: a second click carries it again, and so does another try after an error that leaves open
 * whether the first took place.
 */
export function useKeyedAct<Name extends KeyedName>(
  name: Name,
): UseMutationResult<Answer<Name>, FaultError, WithoutKey<Arguments<Name>>> {
  const host = useHost();
  const key = useRef<string | null>(null);
  return useMutation<Answer<Name>, FaultError, WithoutKey<Arguments<Name>>>({
    mutationKey: [name],
    mutationFn: async (asked) => {
      key.current ??= newClientKey();
      const args = [...asked, key.current] as unknown as Arguments<Name>;
      return unwrap(await call(host.commands, name, args));
    },
    onSuccess: () => {
      key.current = null;
    },
  });
}

/** Whether one of these commands is on its way, wherever it was sent from. */
export function useIsActing(...names: CommandName[]): boolean {
  return useIsMutating({ predicate: ({ options }) => names.some((name) => name === options.mutationKey?.[0]) }) > 0;
}

/** TypeScript cannot see that a command of a union of names takes that name's arguments; this one line says so. */
export function call<Name extends CommandName>(
  commands: Commands,
  name: Name,
  args: Arguments<Name>,
): Promise<Result<Answer<Name>>> {
  const command = commands[name] as unknown as (...args: Arguments<Name>) => Promise<Result<Answer<Name>>>;
  return command(...args);
}
