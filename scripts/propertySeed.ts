import fc from 'fast-check';

/** The same inputs in each run, so that a change fails for what it does; `npm run hunt` tries others. */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });
