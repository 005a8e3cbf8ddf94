import { pathToFileURL } from "node:url";

/** Runs a module, and says at the end what the process has used. */
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const used = { userCpuTime: userCPUTime, systemCpuTime: systemCPUTime, maxRSS };
  process.stdout.write(`${JSON.stringify({ used })}\n`);
});
await import(pathToFileURL(process.argv[2]!).href);
