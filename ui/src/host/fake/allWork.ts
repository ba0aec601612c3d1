/** All AI work at once, in memory: paused, and gone on with. */
import type { Commands } from '../contract';
import type { pipelineCommands } from './pipeline';
import { available, decimal, ok, type World } from './world';

type AllWorkCommand = 'allPaused' | 'allResumeEstimate' | 'pauseAll' | 'resumeAll';
type Runs = Pick<ReturnType<typeof pipelineCommands>, 'pipelinePause' | 'pipelineResume'>;
type Rests = Pick<Commands, 'pipelineResumeEstimate'>;

export function allWorkCommands(
  world: World,
  { pipelinePause, pipelineResume }: Runs,
  { pipelineResumeEstimate }: Rests,
): Pick<Commands, AllWorkCommand> {
  const { data, touch } = world;
  return {
    allPaused: async () =>
      ok({ since: data.pausedAll?.since ?? null, runs: data.pausedAll?.sites.length ?? 0, tasks: 0 }),
    allResumeEstimate: async () => {
      const parts = await Promise.all((data.pausedAll?.sites ?? []).map((id) => pipelineResumeEstimate(id)));
      const all = { creditsMin: 0, creditsMax: 0, costMin: 0, costMax: 0 };
      for (const part of parts) {
        if (part.status === 'error' || part.data.kind !== 'run') continue;
        all.creditsMin += Number(part.data.price.creditsMin);
        all.creditsMax += Number(part.data.price.creditsMax);
        all.costMin += Number(part.data.price.costMin);
        all.costMax += Number(part.data.price.costMax);
      }
      return ok({
        creditsMin: decimal(all.creditsMin),
        creditsMax: decimal(all.creditsMax),
        costMin: decimal(all.costMin),
        costMax: decimal(all.costMax),
        balanceAfterMin: decimal(available(world) - all.creditsMax),
        balanceAfterMax: decimal(available(world) - all.creditsMin),
        isAffordable: all.creditsMin <= available(world),
        unpriced: [],
      });
    },
    pauseAll: async () => {
      const running = Object.keys(data.pipelines).filter((id) => data.pipelines[id]?.standing === 'running');
      for (const id of running) await pipelinePause(id);
      const before = data.pausedAll;
      data.pausedAll = {
        since: before?.since ?? world.now().toISOString(),
        sites: [...(before?.sites ?? []), ...running],
      };
      touch('settings', 'operations');
      return ok({ runs: running.length, tasks: 0, notDone: [] });
    },
    resumeAll: async () => {
      const sites = data.pausedAll?.sites ?? [];
      data.pausedAll = null;
      for (const id of sites) await pipelineResume(id);
      touch('settings', 'operations');
      return ok({ runs: sites.length, tasks: 0, notDone: [] });
    },
  };
}
