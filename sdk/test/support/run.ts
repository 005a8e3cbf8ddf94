import { execFile } from "node:child_process";

/** What a finished process left behind. */
export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** The environment of a shell: npm tells what it runs which command it was itself called with, and npx would obey. */
const SHELL = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

/** Runs a program to its end. */
export const run = (program: string, args: readonly string[], cwd: string): Promise<Finished> =>
  new Promise((done, fail) => {
    execFile(program, args, { cwd, env: SHELL, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === "number") done({ code, stdout, stderr });
      else fail(new Error(`${program} did not end by itself: ${stderr}`, { cause: error }));
    });
  });

/** What a program prints that must succeed. */
export async function printed(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, cwd);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code.toString()}: ${stdout}${stderr}`);
  return stdout;
}
