import { emptyTask } from "hardhat/config";
import type { TaskDefinition } from "hardhat/types/tasks";

import { buybackCommands } from "./buyback/definitions.ts";
import { chainCommands } from "./chain/definitions.ts";
import { emissionsCommands } from "./emissions/definitions.ts";
import { governanceCommands } from "./governance/definitions.ts";
import { keeperCommands } from "./keeper/definitions.ts";
import { lensCommands } from "./lens/definitions.ts";
import { offeringCommands } from "./offering/definitions.ts";
import { registryCommands } from "./registry/definitions.ts";
import { revenueCommands } from "./revenue/definitions.ts";
import { stakingCommands } from "./staking/definitions.ts";
import { usageCommands } from "./usage/definitions.ts";
import { vestingCommands } from "./vesting/definitions.ts";

/** Every command, `npx hardhat fomo …`. Their actions are loaded when they run. */
export const fomoTasks: TaskDefinition[] = [
  emptyTask("fomo", "Launch, fund, graduate, use and reward models").build(),
  ...chainCommands,
  ...offeringCommands,
  ...vestingCommands,
  ...stakingCommands,
  ...usageCommands,
  ...registryCommands,
  ...revenueCommands,
  ...buybackCommands,
  ...keeperCommands,
  ...emissionsCommands,
  ...governanceCommands,
  ...lensCommands,
];
