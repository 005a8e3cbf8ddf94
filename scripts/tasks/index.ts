import { emptyTask } from "hardhat/config";
import type { TaskDefinition } from "hardhat/types/tasks";

import { chainCommands } from "./definitions/chain.ts";
import { governanceCommands } from "./definitions/governance.ts";
import { overviewCommands } from "./definitions/overview.ts";
import { raiseCommands } from "./definitions/raise.ts";
import { revenueCommands } from "./definitions/revenue.ts";
import { rewardCommands } from "./definitions/rewards.ts";
import { usageCommands } from "./definitions/usage.ts";

/** Every command, `npx hardhat fomo …`. Their actions are loaded when they run. */
export const fomoTasks: TaskDefinition[] = [
  emptyTask("fomo", "Launch, fund, graduate, use and reward models").build(),
  ...chainCommands,
  ...raiseCommands,
  ...usageCommands,
  ...revenueCommands,
  ...rewardCommands,
  ...governanceCommands,
  ...overviewCommands,
];
