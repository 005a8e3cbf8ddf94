export { folderMemory } from "./folderMemory.ts";
