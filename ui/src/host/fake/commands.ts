/** All commands, answered from memory. */
import type { Commands } from '../contract';
import { accountCommands } from './account';
import { catalogueCommands } from './catalogue';
import { followingCommands } from './following';
import { interruptedCommands } from './interrupted';
import { keywordFileCommands } from './keywordFiles';
import { outboxCommands } from './outbox';
import { pipelineCommands } from './pipeline';
import { plannerCommands } from './planner';
import { promptCommands } from './prompts';
import { restCommands } from './rest';
import { setupCommands } from './setup';
import { spendingCommands } from './spending';
import { usageCommands } from './usage';
import { voiceCommands } from './voices';
import { workCommands } from './work';
import type { World } from './world';
import { writerCommands } from './writer';

export function fakeCommands(world: World): Commands {
  return {
    ...setupCommands(world),
    ...plannerCommands(world),
    ...keywordFileCommands(world),
    ...writerCommands(world),
    ...outboxCommands(world),
    ...followingCommands(world),
    ...workCommands(world),
    ...pipelineCommands(world),
    ...interruptedCommands(world),
    ...restCommands(world),
    ...accountCommands(world),
    ...catalogueCommands(world),
    ...spendingCommands(world),
    ...usageCommands(world),
    ...promptCommands(world),
    ...voiceCommands(world),
  };
}
