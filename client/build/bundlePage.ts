import { build } from 'vite';

/** One plain script of `entry` and all that it imports, which leaves its exports in the global `name`. */
export async function bundlePage(entry: string, name: string): Promise<string> {
  const outputs = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      target: 'es2023',
      write: false,
      lib: { entry, name, formats: ['iife'] },
    },
  });
  const [output] = Array.isArray(outputs) ? outputs : [outputs];
  if (!output || !('output' in output)) throw new Error(`${entry} was not bundled`);
  return output.output[0].code;
}
