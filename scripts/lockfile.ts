interface LockedPackage {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/**
 * What makes `npm ci` fail elsewhere: optional packages of other platforms that npm left out because the
 * registry it asked did not have them, and download addresses.
 */
export function findLockfileProblems({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, one]) => {
    const missing = Object.keys(one.optionalDependencies ?? {}).filter(
      (name) => !isLocked(packages, path, name),
    );
    const problems = missing.map(
      (name) => `package-lock.json lacks ${name}, an optional package of ${path || 'the root'}`,
    );
    return one.resolved && !one.link
      ? [...problems, `package-lock.json names an address for ${path}`]
      : problems;
  });
}

/** Looks the package up as Node would: in the folder itself, then in those above it. */
function isLocked(packages: Lockfile['packages'], path: string, name: string): boolean {
  if (packages[path ? `${path}/node_modules/${name}` : `node_modules/${name}`]) return true;
  if (!path) return false;
  const parent = path.includes('/node_modules/') ? path.slice(0, path.lastIndexOf('/node_modules/')) : '';
  return isLocked(packages, parent, name);
}
