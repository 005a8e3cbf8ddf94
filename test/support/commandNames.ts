import { fomoTasks } from "../../scripts/tasks/index.ts";

/** The name of every command, `launch` of `fomo launch`. */
export const COMMAND_NAMES = fomoTasks.flatMap(({ id }) => id.slice(1));
