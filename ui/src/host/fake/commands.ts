/** All commands, answered from memory. */
import type { Commands } from '../contract';
import { accountCommands } from './account';
import { allWorkCommands } from './allWork';
import { automationCommands } from './automation';
import { catalogueCommands } from './catalogue';
import { desktopCommands } from './desktop';
import { followingCommands } from './following';
import { interruptedCommands } from './interrupted';
import { keywordFileCommands } from './keywordFiles';
import { outboxCommands } from './outbox';
import { pipelineCommands } from './pipeline';
import { plannerCommands } from './planner';
import { promptCommands } from './prompts';
import { publishingCommands } from './publishing';
import { restCommands } from './rest';
import { scheduleCommands } from './schedule';
import { setupCommands } from './setup';
import { spendingCommands } from './spending';
import { usageCommands } from './usage';
import { voiceCommands } from './voices';
import { workCommands } from './work';
import type { World } from './world';
import { writerCommands } from './writer';

export function fakeCommands(world: World): Commands {
  const runs = pipelineCommands(world);
  return {
    ...setupCommands(world),
    ...plannerCommands(world),
    ...keywordFileCommands(world),
    ...writerCommands(world),
    ...outboxCommands(world),
    ...publishingCommands(world),
    ...scheduleCommands(world),
    ...followingCommands(world),
    ...workCommands(world),
    ...runs,
    ...allWorkCommands(world, runs, restCommands(world)),
    ...automationCommands(world),
    ...interruptedCommands(world),
    ...restCommands(world),
    ...accountCommands(world),
    ...desktopCommands(world),
    ...catalogueCommands(world),
    ...spendingCommands(world),
    ...usageCommands(world),
    ...promptCommands(world),
    ...voiceCommands(world),
  };
}
